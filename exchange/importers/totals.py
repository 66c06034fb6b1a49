"""Last stages: what no stage took, the white space, and the sum of it all."""

from __future__ import annotations

import re

from exchange.importers.context import Context
from exchange.importers.encoding import line_of
from exchange.importers.errors import Unaccounted
from exchange.importers.report import BLANK, NOT_UNDERSTOOD, count_items

_SPACE = re.compile(r"[\s\u200b\u2060\ufeff]+")


def report_leftovers(context: Context) -> None:
    """Record the lines that no stage took, each with a doubt.

    Reads: free lines. Writes: spans of what was not understood, doubts.
    """
    for line in context.free_lines():
        context.mark_pieces(line.start, line.end, NOT_UNDERSTOOD)
        context.take(line, "leftovers")
        context.doubt(
            line.number,
            "not_understood",
            line.text,
            "No se entendió esta línea; no forma parte de lo importado.",
        )


def record_blanks(context: Context) -> None:
    """Record every run of white space that is not inside a recorded text.

    Reads: the source, the spans. Writes: spans of blanks, all spans in order.

    Raises Unaccounted if spans overlap or if anything but white space is in no span:
    a stage that took a line without recording it is a bug, never a loss in silence.
    """
    context.spans.sort()
    spans = context.spans
    context.spans = []
    at = 0
    for span in [*spans, None]:
        end = span.start if span else len(context.text)
        if end < at:
            raise Unaccounted(line_of(context.text, end), "una parte se leyó dos veces")
        if end > at:
            blank = _SPACE.match(context.text, at, end)
            if blank is None or blank.end() != end:
                raise Unaccounted(line_of(context.text, at), "falta una parte")
            context.mark(at, end, BLANK)
        if span:
            context.spans.append(span)
            at = span.end


def sum_up(context: Context) -> None:
    """Count the characters of each class, one span at a time, and the items.

    Reads: the spans, the document. Writes: the report's figures.
    """
    report = context.report
    report.characters = len(context.text)
    for span in context.spans:
        report.accounted[span.kind] += span.end - span.start
    report.counts.update(count_items(context.document))
    report.counts["chapters"] = len(context.document.chapters)
    report.counts["index_entries"] = len(context.index)
    report.corrections.sort(key=lambda one: one.line)
    report.doubts.sort(key=lambda one: one.line or 0)
