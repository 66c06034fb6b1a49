"""Stage: the chapters of text, as Markdown paragraphs and list items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from exchange.document import Chapter
from exchange.importers.context import ChapterMark, Context, Wording
from exchange.importers.lines import Line
from exchange.importers.markers import ROMAN, read_marker
from exchange.importers.report import IMPORTED, MARKS
from exchange.importers.wording import (
    begins_in_lower_case,
    breaks_off,
    is_finished,
    normal,
)

READER = "chapters_text"
_LONG = 60
_RULE = re.compile(r"[-*_=]{3,}")
_CLOSING_NOTE = re.compile(r"\bpresente (?:documento|manual)\b")


@dataclass
class _Block:
    wording: Wording
    item: bool
    line: Line
    roman: int = 0


def read_prose(context: Context) -> None:
    """Read the chapters of text, and what text the chapter of charts has.

    Reads: ``chapters``, free lines outside the units. Writes: the
    document's chapters with Markdown bodies, spans of their blocks and bullets.

    A line is a paragraph or, with a bullet, an item; an item with a roman number that
    follows the one before is an item without its bullet too. A line continues the
    block before it where that breaks off. The last item of a list that speaks of "el
    presente documento" is its closing note, a paragraph.
    """
    for number, mark in enumerate(context.chapters):
        last = len(context.lines)
        if number + 1 < len(context.chapters):
            last = context.chapters[number + 1].position
        chapter = Chapter(
            number=mark.number,
            title=mark.title,
            kind=mark.kind,
            source_line=context.lines[mark.position].number,
        )
        context.document.chapters.append(chapter)
        lines = context.free_lines(mark.position + 1, last)
        if mark.kind == "functions":
            lines = _before_the_units(context, lines)
        chapter.body = _body(context, mark, list(lines))


def _before_the_units(context: Context, lines: Iterable[Line]) -> Iterator[Line]:
    """The plain lines between the heading of the functions chapter and its units."""
    first = context.headings[0].position if context.headings else 0
    end = context.lines[first].number
    for line in lines:
        marker = read_marker(line.text)
        if line.number > end or marker.bullet or marker.label or line.text[0] == "#":
            return
        context.doubt(
            line.number,
            "functions_body",
            line.text,
            "Un texto antes de la primera unidad se guardó en el propio capítulo.",
        )
        yield line


def _body(context: Context, mark: ChapterMark, lines: list[Line]) -> str:
    blocks: list[_Block] = []
    for line in lines:
        context.take(line, READER)
        marker = read_marker(line.text)
        rest = _bullet_length(line) if marker.bullet else 0
        if _RULE.fullmatch(line.text) or rest >= len(line.text):
            context.mark_pieces(line.start, line.end, MARKS)
            continue
        context.mark_pieces(line.start, line.start + rest, MARKS)
        roman = marker.label.readings().get(ROMAN, 0) if marker.label else 0
        text = line.text[rest:]
        last = blocks[-1] if blocks else None
        follows = bool(last and last.roman and roman == last.roman + 1)
        if last and not follows and _continues(context, last, line, text, rest > 0):
            context.correct_join(line, _ending(context, last), text)
            _extend(context, mark, blocks, line, rest)
            continue
        blocks.append(_Block(Wording(), rest > 0 or follows, line, roman))
        _extend(context, mark, blocks, line, rest)
        if follows and not rest:
            context.correct(line.number, "item_without_bullet", line.text, f"- {text}")
    _close_list(context, blocks)
    return _markdown(context, blocks)


def _bullet_length(line: Line) -> int:
    text = line.text
    return len(text) - len(text[1:].lstrip())


def _extend(
    context: Context, mark: ChapterMark, blocks: list[_Block], line: Line, rest: int
) -> None:
    ref = f"chapter/{mark.number}/block/{len(blocks)}"
    blocks[-1].wording.frames += context.mark_pieces(
        line.start + rest, line.end, IMPORTED, ref
    )


def _ending(context: Context, block: _Block) -> str:
    start, end = block.wording.frames[-1]
    return context.text[start:end]


def _continues(
    context: Context, last: _Block, line: Line, text: str, bullet: bool
) -> bool:
    """Whether a line is the rest of the block before it."""
    before = _ending(context, last)
    if before[0] in "#|" or text[0] in "#|":
        return False
    if bullet:
        return (
            begins_in_lower_case(text)
            and not is_finished(before)
            and breaks_off(before)
        )
    if begins_in_lower_case(text):
        return not before.endswith((":", ";"))
    if is_finished(before):
        return False
    if breaks_off(before):
        return True
    if line.after_break:
        return True
    # A short paragraph without its period is a title.
    return not line.stands_apart and len(before) > _LONG and not last.item


def _close_list(context: Context, blocks: list[_Block]) -> None:
    for at, block in enumerate(blocks):
        ends = at + 1 == len(blocks) or not blocks[at + 1].item
        if not (block.item and ends and at >= 2 and blocks[at - 1].item):
            continue
        text = block.wording.text(context.text)
        if _CLOSING_NOTE.search(normal(text)):
            block.item = False
            context.correct(block.line.number, "closing_note", block.line.text, text)


def _markdown(context: Context, blocks: list[_Block]) -> str:
    """Paragraphs apart by a blank line, items of one list together."""
    parts: list[str] = []
    for at, block in enumerate(blocks):
        text = block.wording.text(context.text)
        if at:
            together = block.item and blocks[at - 1].item
            parts.append("\n" if together else "\n\n")
        parts.append(f"- {text}" if block.item else text)
    return "".join(parts)
