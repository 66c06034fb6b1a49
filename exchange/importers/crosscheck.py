"""Stage: the index against the body, entry by entry."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from rapidfuzz import fuzz

from exchange.importers.context import Context, IndexEntry
from exchange.importers.wording import normal, without_final_dot

_SPELLING = 90
_SAME_THING = 60


@dataclass
class _Heading:
    """What the body has under a code; ``text`` is the printed line."""

    line: int
    code: str  # as settled
    printed: str  # without its final dot
    name: str
    text: str


def check_index(context: Context) -> None:
    """Compare every index entry with the heading that it announces.

    Reads: ``index``, the document. Writes: the report's ``index_check``; doubts for
    names that differ and for what only one of the two has.
    """
    check = context.report.index_check
    check.entries = len(context.index)
    if not context.index:
        return
    body = {heading.code: heading for heading in _headings(context)}
    by_name: dict[str, list[str]] = defaultdict(list)
    for code, heading in body.items():
        by_name[normal(heading.name)].append(code)
    taken: set[str] = set()
    for entry in context.index:
        code = _find(entry, body, by_name, taken)
        if code is None:
            _report_missing(context, entry)
        else:
            taken.add(code)
            _compare(context, entry, body[code])
    for heading in body.values():
        if heading.code not in taken:
            check.missing_in_index.append(
                {"line": heading.line, "code": heading.code, "name": heading.name}
            )
            context.doubt(
                heading.line,
                "index_lacks",
                f"{heading.printed} {heading.name}",
                "El índice no lo anuncia.",
            )


def _headings(context: Context) -> list[_Heading]:
    found = []
    for mark in context.chapters:
        line = context.lines[mark.position]
        code = str(mark.number)
        found.append(_Heading(line.number, code, code, mark.title, line.text))
        for chart, chart_line in zip(mark.charts, mark.chart_lines, strict=True):
            found.append(
                _Heading(
                    chart_line.number,
                    chart.number,
                    chart.number,
                    chart.title,
                    chart_line.text,
                )
            )
    for heading in context.headings:
        line = context.lines[heading.position]
        unit = heading.unit
        found.append(
            _Heading(line.number, unit.code, heading.printed, unit.name, line.text)
        )
    return found


def _find(
    entry: IndexEntry,
    body: dict[str, _Heading],
    by_name: dict[str, list[str]],
    taken: set[str],
) -> str | None:
    """The code of the heading that an entry announces: its own, else by its name."""
    name = normal(entry.name)
    own = body.get(entry.code)
    free = own is not None and entry.code not in taken
    if free and fuzz.ratio(name, normal(own.name)) >= _SAME_THING:
        return entry.code
    return next((code for code in by_name.get(name, ()) if code not in taken), None)


def _report_missing(context: Context, entry: IndexEntry) -> None:
    context.report.index_check.missing_in_body.append(
        {"line": entry.line, "code": entry.printed_code, "name": entry.name}
    )
    context.doubt(
        entry.line,
        "index_missing",
        f"{entry.printed_code} {entry.name}",
        "El índice anuncia algo que el documento no contiene.",
    )


def _compare(context: Context, entry: IndexEntry, heading: _Heading) -> None:
    check = context.report.index_check
    announced = without_final_dot(entry.name)
    difference = {
        "line": entry.line,
        "code": entry.code,
        "index": announced,
        "body": heading.name,
        "body_line": heading.line,
    }
    if entry.code != heading.printed:
        check.codes.append({**difference, "index": entry.code, "body": heading.printed})
    if entry.name.endswith(".") != heading.text.endswith("."):
        check.final_dots += 1
    if entry.printed_code.endswith(".") != (f"{heading.printed}." in heading.text):
        check.code_dots += 1
    if announced == heading.name:
        return
    if normal(announced) == normal(heading.name):
        check.written_otherwise.append(difference)
        message = (
            "El índice y el documento difieren en mayúsculas, acentos o puntuación."
        )
    else:
        message = "El índice y el documento escriben este nombre de distinto modo."
        alike = fuzz.ratio(normal(announced), normal(heading.name)) >= _SPELLING
        (check.spelling if alike else check.written_otherwise).append(difference)
    context.doubt(entry.line, "index_name", f"{entry.name} / {heading.name}", message)
