"""The source as numbered lines, and a line as the pieces of text that it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINE_END = re.compile(r"\r\n|\n|\r")
# Invisible characters stand beside white space only; inside a word they are text.
_LEADING = re.compile(r"[\s\u200b\u2060\ufeff]*")
_TRAILING = " \t\n\r\f\v\xa0\u1680\u2028\u2029\u202f\u205f\u3000\u200b\u2060\ufeff" + (
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\x1c\x1d\x1e\x1f\x85"
)
_GAP = re.compile(r"\s{2,}|[^\S ]")
_TAB_WIDTH = 4


@dataclass(slots=True)
class Line:
    """One line that is not blank; ``start`` and ``end`` frame its visible text.

    ``gap`` is the number of blank lines before it, ``after_break`` whether a page
    header stands between it and the line before, ``reader`` the stage that took it.
    """

    number: int
    start: int
    end: int
    text: str
    indent: int
    gap: int
    after_break: bool = False
    reader: str | None = None

    @property
    def stands_apart(self) -> bool:
        return self.gap > 0 or self.after_break or self.number == 1


def split_lines(text: str) -> list[Line]:
    """The lines of the text that show something, in order, numbered from 1."""
    lines = []
    gap = 0
    for number, (start, end) in enumerate(_frames(text), start=1):
        raw = text[start:end]
        visible = raw.rstrip(_TRAILING)
        begin = _LEADING.match(visible).end()
        if begin == len(visible):
            gap += 1
            continue
        lines.append(
            Line(
                number=number,
                start=start + begin,
                end=start + len(visible),
                text=visible[begin:],
                indent=len(visible[:begin].expandtabs(_TAB_WIDTH)),
                gap=gap,
            )
        )
        gap = 0
    return lines


def _frames(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in _LINE_END.finditer(text):
        yield start, end.start()
        start = end.end()
    if start < len(text):
        yield start, len(text)


def pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The offsets between ``start`` and ``end`` without inner runs of white space.

    A single space belongs to its piece; anything wider separates two pieces, which
    one space joins again.
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    found = []
    at = start
    for gap in _GAP.finditer(text, start, end):
        if gap.start() > at:
            found.append((at, gap.start()))
        at = gap.end()
    if end > at:
        found.append((at, end))
    return found
