"""A list pasted from a word processor, read as the importer reads a unit's list.

The text of one unit, with or without its heading: its bullets and labels decide the
levels, page headers are dropped, cut items joined. Besides what files have, a clipboard
has soft line breaks and words divided at the end of a line. Rows that continue one of
the list on the screen are found as an import onto a base finds them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.document import Function, Unit
from exchange.importers.context import Context, excerpt
from exchange.importers.headers import read_page_headers
from exchange.importers.headings import read_headings
from exchange.importers.lines import Line, split_lines
from exchange.importers.listing import ListReader
from exchange.importers.markers import read_marker
from exchange.importers.preamble import read_preamble
from exchange.importers.wording import normal
from exchange.matching_text import Texts, pair_in_order
from functions.pasting import Pasted, PastedRow, PresentRow
from units.models import UnitKind

_SOFT_BREAKS = re.compile("[\v\f\u2028\u2029]")
_SOFT_HYPHEN = "\u00ad"
_DIVIDED = re.compile(
    r"(?<![^\W\d_])(?P<word>[^\W\d_]+)[-\u2010\u00ad][ \t\xa0]*\r?\n[ \t\xa0]*"
    r"(?=(?P<line>(?P<rest>[a-záéíóúüñ]+)[^\r\n]*))"
)
_LABELS = ("funciones", "sus funciones", "funciones sustantivas")


def recognise(text: str, present: Sequence[PresentRow]) -> Pasted:
    """Read a pasted list; raises ValidationError where it is of several units."""
    remarks: list[str] = []
    text = _undivided(_SOFT_BREAKS.sub("\n", text), remarks)
    context = Context(
        text=text, kinds=UnitKind.objects.names(), lines=split_lines(text)
    )
    functions = _read(context, remarks)
    remarks += _said(context)
    rows = _flat(functions)
    _continue(functions, rows, present)
    return Pasted([row for row, _function in rows], remarks)


def _undivided(text: str, remarks: list[str]) -> str:
    """The text with words put together that the end of a line divides."""

    def join(found: re.Match[str]) -> str:
        if read_marker(found["line"]).label is not None:
            return found.group()
        remarks.append(
            _("Se unió la palabra dividida «%(word)s-%(rest)s».")
            % {"word": found["word"], "rest": found["rest"]}
        )
        return found["word"]  # the line follows, which may be divided too

    return _DIVIDED.sub(join, text).replace(_SOFT_HYPHEN, "")


def _read(context: Context, remarks: list[str]) -> list[Function]:
    read_page_headers(context)
    read_headings(context)
    if len(context.headings) > 1:
        raise ValidationError(
            _(
                "El texto contiene %(number)d unidades: pegue las funciones de una "
                "sola, o importe el documento desde la página de la edición."
            )
            % {"number": len(context.headings)}
        )
    unit = Unit(code="", name="", kind="")
    if context.headings:
        (heading,) = context.headings
        unit = heading.unit
        before = list(context.free_lines(0, heading.position))
        heading.body = list(context.free_lines(heading.position + 1))
        lines = read_preamble(context, heading)
        remarks.append(
            _("No se tomó el nombre de la unidad: «%(name)s».")
            % {"name": excerpt(f"{unit.code or heading.printed} {unit.name}".strip())}
        )
        if unit.objective:
            remarks.append(_not_taken(unit.objective))
        remarks += [_not_taken(line.text) for line in before]
    else:
        lines = _without_label(list(context.free_lines()), remarks)
    reader = ListReader(context, unit)
    for line in lines:
        if line.reader is None and not reader.read(line):
            remarks.append(_not_taken(line.text, line.number))
    reader.close()
    return unit.functions


def _without_label(lines: list[Line], remarks: list[str]) -> list[Line]:
    """The lines without a first one that only says "Funciones"."""
    if lines and normal(lines[0].text) in _LABELS:
        remarks.append(_not_taken(lines[0].text))
        return lines[1:]
    return lines


def _not_taken(text: str, line: int | None = None) -> str:
    if line is None:
        return _("No se tomó: «%(text)s».") % {"text": excerpt(text)}
    return _("Renglón %(line)d, no se tomó: «%(text)s».") % {
        "line": line,
        "text": excerpt(text),
    }


def _said(context: Context) -> list[str]:
    """What the importer's reader corrected and doubted, and dropped as headers."""
    said = [
        _("Renglón %(line)d: es la continuación del anterior («%(read)s»).")
        % {"line": one.line, "read": one.read}
        for one in context.report.corrections
    ]
    said += [
        _("Renglón %(line)d: %(message)s") % {"line": one.line, "message": one.message}
        for one in context.report.doubts
        if one.line is not None
    ]
    dropped = [line for line in context.lines if line.reader == "page_headers"]
    if dropped:
        said.append(
            ngettext(
                "Se omitió %(number)d encabezado o número de página.",
                "Se omitieron %(number)d encabezados o números de página.",
                len(dropped),
            )
            % {"number": len(dropped)}
        )
    return said


def _flat(
    functions: Sequence[Function], level: int = 0
) -> list[tuple[PastedRow, Function]]:
    rows = []
    for function in functions:
        row = PastedRow(level, function.text, function.source_line)
        rows += [(row, function), *_flat(function.items, level + 1)]
    return rows


# Pairing with what is there


def _continue(
    functions: list[Function],
    rows: list[tuple[PastedRow, Function]],
    present: Sequence[PresentRow],
) -> None:
    """Say of each row which one on the screen it continues."""
    ids: dict[UUID, str] = {}
    there = _tree(present, ids)
    texts = Texts()
    found: dict[UUID, UUID] = {}

    def pair(new: list[Function], base: list[Function]) -> None:
        for one, other, _confidence in pair_in_order(new, base, texts):
            found[one.key] = other.key
            pair(one.items, other.items)

    pair(functions, there)
    _pair_across_levels(rows, _every(there), found, texts)
    for row, function in rows:
        row.id = ids.get(found.get(function.key))


def _tree(present: Sequence[PresentRow], ids: dict[UUID, str]) -> list[Function]:
    """The rows on the screen as functions with their items; ``ids`` is filled."""
    top: list[Function] = []
    above: list[Function] = []
    for row in present:
        function = Function(text=row.text)
        ids[function.key] = row.id
        del above[row.level :]
        (above[-1].items if above else top).append(function)
        above.append(function)
    return top


def _every(functions: Sequence[Function]) -> list[Function]:
    return [
        one for function in functions for one in (function, *_every(function.items))
    ]


def _pair_across_levels(
    rows: list[tuple[PastedRow, Function]],
    there: list[Function],
    found: dict[UUID, UUID],
    texts: Texts,
) -> None:
    """A function that became an item, or the reverse, where its text is the same."""
    taken = set(found.values())
    waiting: dict[str, UUID] = {}
    for one in there:
        if one.key not in taken:
            waiting.setdefault(texts.normal(one), one.key)
    for _row, function in rows:
        if function.key not in found:
            other = waiting.pop(texts.normal(function), None)
            if other is not None:
                found[function.key] = other
