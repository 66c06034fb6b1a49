"""Stage: the organisation charts, with their units and their dates."""

from __future__ import annotations

import re

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
        if mark.kind != "charts":
            continue
        last = len(context.lines)
        if number + 1 < len(context.chapters):
            last = context.chapters[number + 1].position
        chart: Chart | None = None
        for line in context.free_lines(mark.position + 1, last):
            chart = _read_line(context, mark, line, chart)


def _read_line(
    context: Context, mark: ChapterMark, line: Line, chart: Chart | None
) -> Chart | None:
    found = _CHART.fullmatch(line.text) if len(line.text) <= _LONGEST_TITLE else None
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

    Reads: ``headings`` with their lines. Writes: ``headings`` without those that have a
    validity and no function.
    """
    kept = []
    for heading in context.headings:
        validity = [line for line in heading.body if _VALIDITY.match(line.text)]
        if not validity or heading.unit.functions or context.chapters:
            kept.append(heading)
            continue
        line = context.lines[heading.position]
        for one in validity:
            context.mark_pieces(
                one.start, one.end, IMPORTED, f"chart/{heading.printed}"
            )
            context.take(one, READER)
        context.doubt(
            line.number,
            "chart",
            line.text,
            "Es el título de un organograma, sin funciones; no se tomó como unidad.",
        )
    context.headings = kept
