"""Text inside boxes: how wide it is, and where it breaks.

Measured with the font that the charts are drawn in, which lies beside this module, so
that a chart is the same on every machine.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent / "fonts"
REGULAR = FONTS / "LiberationSans-Regular.ttf"
BOLD = FONTS / "LiberationSans-Bold.ttf"
# Arial and Helvetica have the same widths.
FAMILY = "'Liberation Sans', Arial, Helvetica, sans-serif"

ELLIPSIS = "…"


@cache
def _widths(font: Path) -> tuple[dict[str, float], float]:
    """The advance of each character in ems, and that of one the font lacks."""
    with TTFont(font, lazy=True) as face:
        em = face["head"].unitsPerEm
        advances = face["hmtx"].metrics
        widths = {
            chr(point): advances[name][0] / em
            for point, name in face.getBestCmap().items()
        }
    return widths, max(widths["W"], 1.0)


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line in pixels at a size of letters."""
    widths, unknown = _widths(BOLD if bold else REGULAR)
    return size * sum(widths.get(letter, unknown) for letter in text)


def wrap(
    text: str, size: float, room: float, *, lines: int, bold: bool = False
) -> list[str]:
    """The text in lines no wider than the room; what is too much ends in an ellipsis.

    A word wider than the room is broken where it has to be.
    """
    done: list[str] = []
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if width(joined, size, bold=bold) <= room:
            line = joined
            continue
        if line:
            done.append(line)
        while width(word, size, bold=bold) > room:
            head = _head(word, size, room, bold)
            done.append(head)
            word = word[len(head) :]
        line = word
    if line:
        done.append(line)
    if len(done) > lines:
        last = shorten(f"{done[lines - 1]} {done[lines]}", size, room, bold=bold)
        done[lines - 1 :] = [last]
    return done


def shorten(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """The text in one line, cut with an ellipsis where it does not fit."""
    if width(text, size, bold=bold) <= room:
        return text
    room -= width(ELLIPSIS, size, bold=bold)
    return _head(text, size, room, bold).rstrip() + ELLIPSIS


def _head(text: str, size: float, room: float, bold: bool) -> str:
    """As many letters as fit, at least one."""
    end = 1
    while end < len(text) and width(text[: end + 1], size, bold=bold) <= room:
        end += 1
    return text[:end]
