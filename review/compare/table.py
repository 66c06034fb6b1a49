"""The comparative table (cuadro comparativo): Dice, Debe decir, Motivo.

Only what differs stands in it, in reading order; a function that changes in an item is
shown with that item, the others left out as "[…]". Page, Markdown and Word show these
same rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from review.compare.changes import (
    COSMETIC,
    MOVED,
    NEW,
    RENAMED,
    RENUMBERED,
    SAME,
    SUPPRESSED,
    TERMINOLOGY,
    BlockChange,
    ChapterChange,
    ChartChange,
    Comparison,
    FunctionChange,
    Redline,
    UnitChange,
)
from review.compare.redline import deleted, inserted, redline, unchanged
from review.compare.spanish import (
    Codes,
    field_name,
    field_value,
    spoken_date,
    unit_remarks,
    unit_title,
)

LEFT_OUT = "[…]"
# What the system knows of an edition and its document does not print.
_NOT_PRINTED = frozenset(
    ("slug", "notice", "label", "status", "effective_to", "withdrawn_on", "sources")
)
_SURE = 0.75


@dataclass(slots=True)
class Line:
    """A paragraph of a cell; ``segments`` hold the marks of its own side only.

    ``level`` is 0 for a function, 1 for its items, 2 below; a ``remark`` is our word,
    not the manual's.
    """

    segments: Redline
    label: str = ""
    level: int = 0
    remark: bool = False


@dataclass(slots=True)
class Row:
    """One change: the old cell, the new cell, and what to say about it.

    ``cosmetic`` rows may be hidden: nothing but capitals or punctuation changed.
    """

    anchor: str
    old: list[Line]
    new: list[Line]
    remark: str = ""
    cosmetic: bool = False


@dataclass(slots=True)
class Section:
    """The rows of a unit or chapter; ``reason`` is its change note, if it has one."""

    anchor: str
    title: str
    remarks: list[str] = field(default_factory=list)
    reason: str = ""
    rows: list[Row] = field(default_factory=list)


def comparative_table(
    comparison: Comparison,
    reasons: Mapping[UUID, str] | None = None,
    *,
    cosmetic: bool = True,
) -> list[Section]:
    """The sections that differ: data of the edition, chapters, units.

    ``reasons`` are the change notes by the key of their unit. Without ``cosmetic``,
    what changes only capitals, punctuation or spacing is left out.
    """
    reasons = reasons or {}
    codes = Codes(comparison)
    sections = [_data_section(comparison)]
    sections += [_chapter_section(change) for change in comparison.chapters]
    sections += [_unit_section(change, reasons, codes) for change in comparison.units]
    if not cosmetic:
        for section in sections:
            section.rows = [row for row in section.rows if not row.cosmetic]
    return [section for section in sections if section.rows]


def _old(segments: Redline) -> Redline:
    return tuple(one for one in segments if one[0] != "+")


def _new(segments: Redline) -> Redline:
    return tuple(one for one in segments if one[0] != "-")


def _nothing() -> list[Line]:
    return [Line(unchanged(_("(Sin correlativo)")), remark=True)]


def _gone() -> list[Line]:
    return [Line(unchanged(_("(Se suprime)")), remark=True)]


# Data of the edition


def _data_section(comparison: Comparison) -> Section:
    section = Section("datos", _("Datos de la edición"))
    for name, (old, new) in {**comparison.manual, **comparison.edition}.items():
        if name in _NOT_PRINTED:
            continue
        label = f"{capfirst(field_name(name))}:"
        segments = redline(field_value(name, old), field_value(name, new))
        section.rows.append(
            Row(
                f"dato-{name}",
                [Line(_old(segments), label)],
                [Line(_new(segments), label)],
            )
        )
    return section


# Chapters


def _chapter_section(change: ChapterChange) -> Section:
    title = _("%(number)d. %(title)s") % {
        "number": change.side.number,
        "title": change.side.title,
    }
    section = Section(change.anchor, title)
    if change.old is None:
        section.remarks.append(_("Capítulo nuevo."))
    elif change.new is None:
        section.remarks.append(_("Capítulo suprimido."))
    if not {NEW, SUPPRESSED, RENAMED, RENUMBERED}.isdisjoint(change.changes):
        section.rows.append(_heading_row(change))
    section.rows += [
        _block_row(change, block)
        for block in change.blocks
        if block.change not in (SAME, RENUMBERED) or block.reordered
    ]
    section.rows += [
        _chart_row(change, chart)
        for chart in change.charts
        if chart.change not in (SAME, RENUMBERED)
    ]
    return section


def _heading_row(change: ChapterChange) -> Row:
    old = f"{change.old.number}. {change.old.title}" if change.old else ""
    new = f"{change.new.number}. {change.new.title}" if change.new else ""
    segments = redline(old, new)
    return Row(
        change.anchor,
        [Line(_old(segments))] if change.old else _nothing(),
        [Line(_new(segments))] if change.new else _gone(),
    )


def _block_row(chapter: ChapterChange, block: BlockChange) -> Row:
    def lines(side, segments) -> list[Line]:
        label = side.marker or _("Párr. %(number)d") % {"number": side.number}
        return [Line(segments, label)]

    return Row(
        chapter.block_anchor(block),
        lines(block.old, _old(block.redline)) if block.old else _nothing(),
        lines(block.new, _new(block.redline)) if block.new else _gone(),
        _("Cambia de lugar.") if block.reordered else _weight_remark(block.weight),
        block.weight == COSMETIC and not block.reordered,
    )


def _chart_row(chapter: ChapterChange, chart: ChartChange) -> Row:
    def text(side) -> str:
        since = (
            _("vigente desde el %(day)s") % {"day": spoken_date(side.effective_from)}
            if side.effective_from
            else _("sin fecha de vigencia")
        )
        return f"{side.number} {side.title}, {since}"

    segments = redline(
        text(chart.old) if chart.old else "", text(chart.new) if chart.new else ""
    )
    return Row(
        chapter.anchor,
        [Line(_old(segments))] if chart.old else _nothing(),
        [Line(_new(segments))] if chart.new else _gone(),
    )


# Units


def _unit_section(
    change: UnitChange, reasons: Mapping[UUID, str], codes: Codes
) -> Section:
    keys = [side.key for side in (change.new, change.old) if side]
    section = Section(
        change.anchor,
        unit_title(change),
        unit_remarks(change, codes),
        next((reasons[key] for key in keys if reasons.get(key)), ""),
    )
    if change.structural and not change.follows_parent:
        section.rows.append(_name_row(change))
    if change.objective is not None:
        segments = change.objective.redline
        label = f"{capfirst(field_name('objective'))}:"
        section.rows.append(
            Row(
                change.anchor,
                [Line(_old(segments), label)] if change.objective.old else _nothing(),
                [Line(_new(segments), label)] if change.objective.new else _gone(),
                _weight_remark(change.objective.weight),
                change.objective.weight == COSMETIC,
            )
        )
    section.rows += [
        _function_row(function)
        for function in change.functions
        if function.change not in (SAME, RENUMBERED)
        or function.reordered
        or function.modified
    ]
    section.rows += [_departure_row(function) for function in change.left]
    return section


def _name_row(change: UnitChange) -> Row:
    if change.old is None:
        return Row(
            change.anchor,
            _nothing(),
            [Line(inserted(change.new.name), change.new.code)],
        )
    if change.new is None:
        return Row(
            change.anchor, [Line(deleted(change.old.name), change.old.code)], _gone()
        )
    return Row(
        change.anchor,
        [Line(_old(change.name_redline), change.old.code)],
        [Line(_new(change.name_redline), change.new.code)],
        cosmetic=change.name_weight == COSMETIC and change.only_renamed,
    )


def _function_row(change: FunctionChange) -> Row:
    return Row(
        change.anchor,
        list(_lines(change, "old")) if change.old else _nothing(),
        list(_lines(change, "new")) if change.new else _gone(),
        _function_remark(change),
        change.only_cosmetic,
    )


def _departure_row(change: FunctionChange) -> Row:
    """In the unit that a function left: where it went."""
    gone = _("(Pasa a %(code)s, número %(label)s)") % {
        "code": change.new.code,
        "label": change.new.label,
    }
    label = change.old.printed_label
    return Row(
        change.anchor,
        [Line(deleted(change.old.text), label)],
        [Line(unchanged(gone), remark=True)],
    )


def _lines(change: FunctionChange, name: str) -> Iterable[Line]:
    """A function or item on one side, with those of its items that changed."""
    side = getattr(change, name)
    label = side.printed_label
    if change.change == MOVED and name == "old":
        label = f"{side.code}, {label}"
    pick = _old if name == "old" else _new
    yield Line(pick(change.redline), label, len(side.path) - 1)
    items = [item for item in change.items if getattr(item, name)]
    if name == "old":
        items.sort(key=lambda item: item.old.path)
    if not any(_shown(item) for item in items):
        return
    left_out = False
    for item in items:
        if _shown(item):
            left_out = False
            yield from _lines(item, name)
        elif not left_out:
            left_out = True
            yield Line(unchanged(LEFT_OUT), "", len(side.path), remark=True)


def _shown(item: FunctionChange) -> bool:
    return item.overall is not None or item.reordered or item.change == MOVED


def _function_remark(change: FunctionChange) -> str:
    remarks = []
    if change.change == MOVED:
        remarks.append(
            _("Viene de %(code)s, número %(label)s.")
            % {"code": change.old.code, "label": change.old.label}
        )
    if change.reordered:
        remarks.append(_("Cambia de lugar en la lista."))
    if change.change not in (NEW, SUPPRESSED):
        remarks.append(_weight_remark(change.overall))
    if change.confidence < _SURE:
        remarks.append(
            _("Correspondencia probable (%(percent)d %%).")
            % {"percent": round(change.confidence * 100)}
        )
    return " ".join(filter(None, remarks))


def _weight_remark(weight: str | None) -> str:
    if weight == COSMETIC:
        return _("Solo mayúsculas, puntuación o espacios.")
    if weight == TERMINOLOGY:
        return _("Cambio de término.")
    return ""
