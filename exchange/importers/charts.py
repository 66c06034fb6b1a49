"""Stage: the organisation charts, with their units and their dates."""

from __future__ import annotations

import re
from itertools import pairwise

from exchange.document import Chart
from exchange.importers.contents import arabic
from exchange.importers.context import ChapterMark, Context
from exchange.importers.lines import Line
from exchange.importers.report import IMPORTED, MARKS
from exchange.importers.wording import normal, read_date, squeezed, without_final_dot

READER = "charts"
_CHART = re.compile(
    r"(?P<sign>#{1,6}\s*)?(?P<bold>\*\*)?(?P<number>(?:\d{1,3}|[IVXLC]{1,6})"
    r"(?:\.\d{1,3}){1,4})(?P<dot>[.)]-?)?(?:\s*\*\*)?\s+(?P<title>[^\W\d_].*)"
)
_VALIDITY = re.compile(r"[*_\s]*vigencia\b\s*[:.]?", re.I)
_LONGEST_TITLE = 250


def read_charts(context: Context) -> None:
    """Read the charts chapter: "7.2 Name" and "Vigencia: date" under it.

    Reads: ``chapters``, free lines of the chapter of charts. Writes: the charts of the
    document's chapter (without units yet), spans. Other lines are left to be text.
    """
    for number, mark in enumerate(context.chapters):
        last = len(context.lines)
        if number + 1 < len(context.chapters):
            last = context.chapters[number + 1].position
        lines = list(context.free_lines(mark.position + 1, last))
        if mark.kind == "text" and _shows_charts(lines):
            mark.kind = "charts"
        if mark.kind == "charts":
            chart: Chart | None = None
            for line in lines:
                chart = _read_line(context, mark, line, chart)


def _shows_charts(lines: list[Line]) -> bool:
    """Whether a validity stands under a number and a name: charts by another title."""
    return any(
        _VALIDITY.match(after.text) and read_date(after.text) and _match(before.text)
        for before, after in pairwise(lines)
    )


def _match(text: str) -> re.Match[str] | None:
    return _CHART.fullmatch(text) if len(text) <= _LONGEST_TITLE else None


def _read_line(
    context: Context, mark: ChapterMark, line: Line, chart: Chart | None
) -> Chart | None:
    found = _match(line.text)
    if found:
        return _take_chart(context, mark, line, found)
    if chart and _VALIDITY.match(line.text) and chart.effective_from is None:
        take_validity(context, line, chart)
    return chart


def take_validity(context: Context, line: Line, chart: Chart) -> None:
    chart.effective_from = read_date(line.text)
    if chart.effective_from is None:
        context.doubt(
            line.number,
            "date",
            line.text,
            "No se entiende la vigencia del organograma.",
        )
    context.mark_pieces(
        line.start, line.end, IMPORTED, f"chart/{chart.number}/effective_from"
    )
    context.take(line, READER)


def _take_chart(
    context: Context, mark: ChapterMark, line: Line, found: re.Match[str]
) -> Chart:
    printed = found["title"].rstrip("* ")
    title = without_final_dot(printed)
    chart = Chart(number=arabic(found["number"]), title=squeezed(title))
    at = line.start
    begin = found.start("title")
    context.mark_pieces(at, at + found.start("number"), MARKS)
    context.mark_pieces(
        at + found.start("number"),
        at + found.end("number"),
        IMPORTED,
        f"chart/{chart.number}/number",
    )
    context.mark_pieces(at + found.end("number"), at + begin, MARKS)
    context.mark_pieces(
        at + begin, at + begin + len(title), IMPORTED, f"chart/{chart.number}/title"
    )
    context.mark_pieces(at + begin + len(title), line.end, MARKS)
    context.take(line, READER)
    mark.charts.append(chart)
    mark.chart_lines.append(line)
    return chart


def settle_charts(context: Context) -> None:
    """Give each chart the unit of its name, the highest where several share it.

    Reads: the units with their settled codes. Writes: the charts' ``unit_key``, doubts.
    """
    units = {}
    for unit in sorted(context.document.units, key=lambda one: one.code.count(".")):
        units.setdefault(normal(unit.name), unit)
    for mark, chapter in zip(context.chapters, context.document.chapters, strict=True):
        chapter.charts = mark.charts
        for chart in chapter.charts:
            unit = units.get(normal(chart.title))
            if unit:
                chart.unit_key = unit.key
            else:
                context.doubt(
                    chapter.source_line,
                    "chart",
                    f"{chart.number} {chart.title}",
                    "Ninguna unidad se llama como este organograma.",
                )


def set_lone_charts_aside(context: Context) -> None:
    """Take headings of charts that a source without chapters holds for no units.

    Reads: ``headings`` with their lines and functions. Writes: ``headings`` without
    those that have no function, but a validity or the number of another chapter than
    the units that have functions; their spans, doubts.
    """
    if context.chapters:
        return
    chapters = {
        heading.printed.partition(".")[0]
        for heading in context.headings
        if heading.unit.functions
    }
    kept = []
    for heading in context.headings:
        validity = [
            line
            for line in heading.body
            if line.reader is None and _VALIDITY.match(line.text)
        ]
        own = not chapters or heading.printed.partition(".")[0] in chapters
        if heading.unit.functions or heading.unit.objective or (own and not validity):
            kept.append(heading)
            continue
        for line in validity:
            context.mark_pieces(
                line.start, line.end, IMPORTED, f"chart/{heading.printed}"
            )
            context.take(line, READER)
        line = context.lines[heading.position]
        context.doubt(
            line.number,
            "chart",
            line.text,
            "Es el título de un organograma, sin funciones; no se tomó como unidad.",
        )
    context.headings = kept
