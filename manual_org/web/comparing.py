"""What a page of a comparison lists, and the filters that choose among it.

A comparison becomes groups (the edition's data, a chapter, a unit) of parts (a datum, a
paragraph, a chart, a function with its items). Every kind of change that the summary
counts is a filter, so that what is listed is what was counted. No HTML here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from review.compare import Comparison, FunctionChange, UnitChange
from review.compare.changes import (
    COSMETIC,
    MERGED,
    MOVED,
    NEW,
    REWORDED,
    SAME,
    SPLIT,
    SUPPRESSED,
)
from review.compare.changes import KIND as OTHER_KIND
from review.compare.changes import RENAMED as OTHER_NAME
from review.compare.changes import RENUMBERED as OTHER_CODE

DATA, CHAPTER, UNIT = "data", "chapter", "unit"

# What the system knows of an edition, and what is not part of its text.
_NOT_SHOWN = frozenset(("slug", "label", "status", "notice", "sources"))


@dataclass(frozen=True)
class Kind:
    """A kind of change: its name in addresses, and what it chooses.

    ``whole`` says that a group that has it is listed with all its parts.
    """

    name: str
    tag: str
    label: Any
    whole: bool = True


DATA_KIND = Kind("datos", "data", _("Datos de la edición"))
CHAPTER_KIND = Kind("capitulos", "chapter", _("Capítulos"))
UNIT_KINDS = (
    Kind("unidades-nuevas", f"unit {NEW}", _("Nuevas")),
    Kind("unidades-suprimidas", f"unit {SUPPRESSED}", _("Suprimidas")),
    Kind("unidades-divididas", f"unit {SPLIT}", _("De una división")),
    Kind("unidades-fusionadas", f"unit {MERGED}", _("De una fusión")),
    Kind("unidades-otro-nombre", f"unit {OTHER_NAME}", _("Con otro nombre"), False),
    Kind("unidades-otro-nivel", f"unit {OTHER_KIND}", _("De otro nivel"), False),
    Kind("unidades-movidas", f"unit {MOVED}", _("Con otra dependencia"), False),
    Kind("unidades-otro-codigo", f"unit {OTHER_CODE}", _("Con otro código"), False),
)
FUNCTION_KINDS = (
    Kind("funciones-nuevas", NEW, _("Nuevas")),
    Kind("funciones-suprimidas", SUPPRESSED, _("Suprimidas")),
    Kind("funciones-movidas", MOVED, _("Movidas de otra unidad")),
    Kind("funciones-de-fondo", "substantive", _("Modificadas de fondo")),
    Kind("funciones-de-termino", "terminology", _("Solo cambia un término")),
    Kind("funciones-de-forma", COSMETIC, _("Solo mayúsculas, puntuación o espacios")),
    Kind("funciones-otro-lugar", "reordered", _("En otro orden")),
)
KINDS = {
    kind.name: kind for kind in (DATA_KIND, CHAPTER_KIND, *UNIT_KINDS, *FUNCTION_KINDS)
}


@dataclass(slots=True)
class Part:
    """Something of a group that differs; ``change`` is what the comparison says."""

    change: Any
    tags: frozenset[str] = frozenset()
    cosmetic: bool = False


@dataclass(slots=True)
class Group:
    """The edition's data, a chapter or a unit, with its parts.

    ``stands`` says that it is listed even when none of its parts is.
    """

    sort: str
    change: Any = None
    tags: frozenset[str] = frozenset()
    stands: bool = False
    parts: list[Part] = field(default_factory=list)


@dataclass(frozen=True)
class Filters:
    """What a reader asked for; ``branch`` is the code of a unit in either edition."""

    kind: Kind | None = None
    branch: str = ""
    hide_cosmetic: bool = False

    def __bool__(self):
        return bool(self.kind or self.branch or self.hide_cosmetic)


def groups_of(comparison: Comparison) -> list[Group]:
    """Everything that differs, in reading order."""
    groups = [_data_group(comparison)]
    groups += map(_chapter_group, comparison.chapters)
    groups += map(_unit_group, comparison.units)
    return [
        group for group in groups if group.parts or group.stands or group.sort == UNIT
    ]


def _data_group(comparison):
    differing = {**comparison.manual, **comparison.edition}
    parts = [
        Part((name, *values))
        for name, values in differing.items()
        if name not in _NOT_SHOWN
    ]
    return Group(DATA, tags=frozenset((DATA_KIND.tag,)), parts=parts)


def _chapter_group(change):
    parts = [
        Part(block, cosmetic=block.weight == COSMETIC and not block.reordered)
        for block in change.blocks
        if block.change not in (SAME, OTHER_CODE) or block.reordered
    ]
    parts += [
        Part(chart) for chart in change.charts if chart.change not in (SAME, OTHER_CODE)
    ]
    stands = any(name not in (SAME, REWORDED) for name in change.changes)
    return Group(CHAPTER, change, frozenset((CHAPTER_KIND.tag,)), stands, parts)


def _unit_group(change: UnitChange):
    parts = []
    if change.objective is not None:
        objective = change.objective
        parts.append(Part(objective, cosmetic=objective.weight == COSMETIC))
    if "positions" in change.fields:
        parts.append(Part(("positions", *change.fields["positions"])))
    parts += [
        Part(function, tags, function.only_cosmetic)
        for function in change.functions
        if (tags := frozenset(_tags(function)))
    ]
    return Group(
        UNIT,
        change,
        frozenset(f"unit {name}" for name in change.changes),
        bool(change.left) or (change.structural and not change.follows_parent),
        parts,
    )


def _tags(function: FunctionChange) -> Iterator[str]:
    """The kinds of change that a function counts in; none where nothing differs."""
    if function.change in (NEW, SUPPRESSED, MOVED):
        yield function.change
    if function.modified:
        yield function.overall
    if function.reordered:
        yield "reordered"


def counted(groups: Iterable[Group]) -> dict[str, int]:
    """How many units or functions each kind of change has, by the kind's name."""
    counts = dict.fromkeys(KINDS, 0)
    for group in groups:
        for kind in UNIT_KINDS:
            counts[kind.name] += kind.tag in group.tags
        for part in group.parts:
            for kind in FUNCTION_KINDS:
                counts[kind.name] += kind.tag in part.tags
        if group.sort == DATA:
            counts[DATA_KIND.name] = len(group.parts)
        counts[CHAPTER_KIND.name] += group.sort == CHAPTER
    return counts


def unchanged_functions(comparison: Comparison) -> int:
    """How many functions keep unit, text, items and order, if not their number."""
    return sum(
        not any(_tags(function))
        for unit in comparison.units
        for function in unit.functions
    )


def cosmetic_parts(groups: Iterable[Group]) -> int:
    """How many parts of a list change nothing but capitals, punctuation or spacing."""
    return sum(part.cosmetic for group in groups for part in group.parts)


def chosen(
    comparison: Comparison, groups: list[Group], filters: Filters
) -> list[tuple[Group, list[Part]]]:
    """What the filters leave, each group with its parts that are to be listed.

    Raises LookupError where neither edition has a unit of the branch's code.
    """
    keys = branch_keys(comparison, filters.branch) if filters.branch else None
    listed = []
    for group in groups:
        if keys is not None and (group.sort != UNIT or group.change.key not in keys):
            continue
        parts = group.parts
        if filters.hide_cosmetic:
            parts = [part for part in parts if not part.cosmetic]
        kind = filters.kind
        if kind is None:
            if parts or (group.stands and not _hidden(group, filters)):
                listed.append((group, parts))
        elif kind.tag in group.tags:
            listed.append((group, parts if kind.whole else []))
        elif group.sort == UNIT:
            parts = [part for part in parts if kind.tag in part.tags]
            if parts:
                listed.append((group, parts))
    return listed


def _hidden(group, filters):
    """Whether a unit only has other capitals in its name, and those are not wanted."""
    return (
        filters.hide_cosmetic
        and group.sort == UNIT
        and group.change.name_weight == COSMETIC
        and group.change.only_renamed
    )


def branch_keys(comparison: Comparison, code: str) -> set[UUID]:
    """The keys of a unit and of what hangs from it, by its code, the new one first."""
    for side in ("new", "old"):
        for unit in comparison.units:
            found = getattr(unit, side)
            if found is not None and found.code == code:
                return {one.key for one in comparison.under(unit.key)}
    raise LookupError(code)


def branches(comparison: Comparison, most: int) -> list[tuple[str, str]]:
    """(code, name) of the new edition's upper units: as many levels as fit."""
    units = [unit.new for unit in comparison.units if unit.new]
    depths = {None: -1}
    for unit in units:
        depths[unit.code] = depths.get(unit.parent_code, -1) + 1
    for depth in range(max(depths.values()), 0, -1):
        upper = [unit for unit in units if 0 < depths[unit.code] <= depth]
        if len(upper) <= most:
            return [(unit.code, unit.name) for unit in upper]
    return []
