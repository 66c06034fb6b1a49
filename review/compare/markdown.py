"""A comparison as a readable report in Markdown: summary, structure, comparative table.

Deleted words are struck through, new ones bold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from review.compare.changes import Comparison, Redline, UnitChange
from review.compare.spanish import (
    CHAPTER_CHANGE_NAMES,
    FUNCTION_CHANGE_NAMES,
    ITEM_CHANGE_NAMES,
    UNIT_CHANGE_NAMES,
    WEIGHT_NAMES,
    Codes,
    unit_remarks,
)
from review.compare.summary import differs, summary
from review.compare.table import Line, Section, comparative_table

_SPECIAL = re.compile(r"([\\`*_\[\]<>~|#])")
_MARKS = {"=": "", "-": "~~", "+": "**"}
_INDENT = "\u2003"


def render(
    comparison: Comparison, title: str, reasons: Mapping[UUID, str] | None = None
) -> bytes:
    """The report as UTF-8; ``title`` names the manual, ``reasons`` explain units."""
    parts = [_head(comparison, title)]
    if differs(comparison):
        parts += [_counts(comparison), _terms(comparison), _structure(comparison)]
        parts.append(_table(comparative_table(comparison, reasons)))
    else:
        parts.append(_("Las dos ediciones dicen lo mismo."))
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def escaped(text: str) -> str:
    """The text so that Markdown, inside a table too, shows it as it is."""
    return _SPECIAL.sub(r"\\\1", text).replace("\r", "").replace("\n", "<br>")


def _head(comparison: Comparison, title: str) -> str:
    return "\n\n".join(
        (
            "# " + _("Comparación de ediciones"),
            escaped(title),
            _("De la edición **%(old)s** a la edición **%(new)s**.")
            % {
                "old": escaped(comparison.old.edition),
                "new": escaped(comparison.new.edition),
            },
        )
    )


def _counts(comparison: Comparison) -> str:
    counts = summary(comparison)
    lines = [
        "## " + _("Resumen"),
        "",
        _counted(_("Unidades administrativas"), counts["units"], UNIT_CHANGE_NAMES),
        _counted(_("Funciones"), counts["functions"], FUNCTION_CHANGE_NAMES),
        _counted(_("Incisos"), counts["items"], ITEM_CHANGE_NAMES),
        _counted(_("Capítulos"), counts["chapters"], CHAPTER_CHANGE_NAMES),
    ]
    functions = counts["functions"]
    weights = ", ".join(
        f"{WEIGHT_NAMES[weight]}: {count}"
        for weight, count in functions["modified_by_weight"].items()
    )
    lines.append(
        _(
            "- Funciones que continúan modificadas, incisos incluidos: "
            "%(count)d (%(weights)s)"
        )
        % {"count": functions["modified"], "weights": weights}
    )
    if comparison.matched == "texts":
        lines += [
            "",
            _(
                "Las ediciones no comparten identificadores: unidades y funciones se "
                "correspondieron por su código, su nombre y su texto."
            ),
        ]
    return "\n".join(lines)


def _counted(title: str, counts: Mapping, names: Mapping) -> str:
    said = [f"{label}: {counts[name]}" for name, label in names.items() if counts[name]]
    return _("- %(title)s: %(old)d antes, %(new)d ahora; %(said)s") % {
        "title": title,
        "old": counts["total"]["old"],
        "new": counts["total"]["new"],
        "said": ", ".join(said) or "—",
    }


def _terms(comparison: Comparison) -> str:
    if not comparison.terminology:
        return ""
    lines = ["## " + _("Términos que cambian"), ""]
    lines += _grid(
        (_("Dice"), _("Debe decir"), _("Veces")),
        (
            (escaped(term.old), escaped(term.new), str(term.count))
            for term in comparison.terminology
        ),
    )
    return "\n".join(lines)


def _structure(comparison: Comparison) -> str:
    codes = Codes(comparison)
    rows = [
        (
            _side(change, "old"),
            _side(change, "new"),
            escaped(" ".join(unit_remarks(change, codes))),
        )
        for change in comparison.units
        if change.structural and not change.follows_parent
    ]
    if not rows:
        return ""
    lines = ["## " + _("Cambios de estructura"), ""]
    lines += _grid((comparison.old.edition, comparison.new.edition, _("Cambio")), rows)
    return "\n".join(lines)


def _side(change: UnitChange, name: str) -> str:
    side = getattr(change, name)
    return escaped(f"{side.code} {side.name}") if side else "—"


def _grid(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    heads = list(heads)
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield "| " + " | ".join(row) + " |"


def _table(sections: list[Section]) -> str:
    parts = ["## " + _("Cuadro comparativo")]
    for section in sections:
        parts.append("### " + escaped(section.title))
        if section.remarks:
            parts.append(escaped(" ".join(section.remarks)))
        parts.append("\n".join(_rows(section)))
    return "\n\n".join(parts)


def _rows(section: Section) -> Iterator[str]:
    return _grid(
        (_("Dice"), _("Debe decir"), _("Motivo")),
        (
            (
                _cell(row.old),
                _cell(row.new) + (f"<br>*{escaped(row.remark)}*" if row.remark else ""),
                escaped(section.reason) if at == 0 else "",
            )
            for at, row in enumerate(section.rows)
        ),
    )


def _cell(lines: list[Line]) -> str:
    return "<br>".join(
        _INDENT * line.level
        + (f"{escaped(line.label)} " if line.label else "")
        + _marked(line.segments)
        for line in lines
    )


def _marked(segments: Redline) -> str:
    """The segments with their marks; spaces at the edges stay outside of them."""
    written = ""
    for mark, text in segments:
        inner = text.strip()
        if not inner or mark == "=":
            written += escaped(text)
            continue
        start = text.index(inner)
        written += escaped(text[:start])
        written += _MARKS[mark] + escaped(inner) + _MARKS[mark]
        written += escaped(text[start + len(inner) :])
    return written
