"""Stage: the headers and page numbers that a page break leaves in the text."""

from __future__ import annotations

import re
from collections import Counter

from exchange.importers.context import Context
from exchange.importers.lines import Line
from exchange.importers.report import MARKS, PAGE_HEADERS
from exchange.importers.wording import plain, squeezed

READER = "page_headers"
_TITLE = re.compile(r"manual (?:general )?de organizacion\b")
_HEADING = re.compile(r"#{1,6}\s+")
_PAGE = re.compile(r"(?:p[aá]g(?:ina|\.)?\s*)(\d{1,4})(?:\s*(?:de|/)\s*\d{1,4})?", re.I)
_NUMBER = re.compile(r"[-–—]?\s*(\d{1,4})\s*[-–—]?")
_LONGEST_HEADER = 200
_REPEATED = 3
_MOST_TITLES = 5


def read_page_headers(context: Context) -> None:
    """Take the lines that repeat on every page and say where a page breaks.

    Reads: the lines. Writes: spans of page headers, ``titles`` (their texts, first one
    first), ``after_break`` of the line that follows each.

    A page header is the manual's title in capitals, or as it stands at least twice;
    any other line of capitals that repeats; and page numbers. A title at the very
    beginning is the front matter's.
    """
    repeated = _repeated_headers(context)
    titles = [text for text in repeated if _TITLE.match(plain(text))][:_MOST_TITLES]
    numbers = _page_numbers(context.lines)
    broken = False
    for position, line in enumerate(context.lines):
        bare = _bare(line.text)
        if bare in repeated or position in numbers:
            if bare in titles:
                title = squeezed(bare)
                if title not in context.titles:
                    context.titles.append(title)
                if position == 0 and _opens_a_manual(context):
                    continue
            _take(context, line)
            broken = True
            continue
        line.after_break = broken
        broken = False
        _cut_glued_header(context, line, titles)


def _bare(text: str) -> str:
    return _HEADING.sub("", text).strip("* ") if text[0] in "#*" else text


def _opens_a_manual(context: Context) -> bool:
    """Whether more than one page follows, so that the first line is a title page."""
    return any(plain(line.text).startswith("autoriz") for line in context.lines[1:8])


def _take(context: Context, line: Line) -> None:
    sign = _HEADING.match(line.text)
    start = line.start + (sign.end() if sign else 0)
    if sign:
        context.mark(line.start, line.start + len(sign.group().rstrip()), MARKS)
    context.mark_pieces(start, line.end, PAGE_HEADERS)
    context.take(line, READER)


def _repeated_headers(context: Context) -> dict[str, int]:
    """The texts of headers, in the order of the source, and how often they come."""
    counts = Counter(
        _bare(line.text)
        for line in context.lines
        if len(line.text) <= _LONGEST_HEADER
        and (line.text[0].isalpha() or line.text[0] in "#*")
    )
    found = {}
    for text, count in counts.items():
        capitals = text == text.upper() and any(c.isalpha() for c in text)
        if _TITLE.match(plain(text)):
            if capitals or count >= 2:
                found[text] = count
        elif capitals and count >= _REPEATED and len(text.split()) >= 2:
            found[text] = count
    return found


def _page_numbers(lines: list[Line]) -> set[int]:
    """Positions of page numbers: "Página 3 de 90", or bare numbers that count up."""
    found = {
        position for position, line in enumerate(lines) if _PAGE.fullmatch(line.text)
    }
    bare = [
        (position, int(match.group(1)))
        for position, line in enumerate(lines)
        if len(line.text) <= 8 and (match := _NUMBER.fullmatch(line.text))
    ]
    steps = [
        later[1] - earlier[1] for earlier, later in zip(bare, bare[1:], strict=False)
    ]
    # A bare number alone may be the rest of a sentence ("artículo" / "71").
    if len(bare) >= _REPEATED and steps.count(1) >= 0.8 * len(steps):
        found.update(position for position, _ in bare)
    return found


def _cut_glued_header(context: Context, line: Line, titles: list[str]) -> None:
    """Take a header that the extraction glued to the end of a line of text."""
    for title in titles:
        rest = line.text[: -len(title)]
        if rest and line.text.endswith(title) and rest[-1].isspace():
            context.mark_pieces(line.end - len(title), line.end, PAGE_HEADERS)
            line.text = rest.rstrip()
            line.end = line.start + len(line.text)
            return
