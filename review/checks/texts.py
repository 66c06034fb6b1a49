"""The texts of an edition where they stand: functions, their items, chapters. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from exchange.document import Chapter, Document, Function, Unit
from functions.labels import label
from manuals.blocks import Block, split_blocks
from review.checks.findings import Hit, Place
from review.checks.words import comparable, fold, is_closing

_HISTORY = re.compile(r"\b(?:antecedentes|histori\w*|resena)\b")


class Text:
    """A text that rules read; ``text`` is what they read, ``place`` where it stands."""

    text: str
    place: Place

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def comparable(self) -> str:
        return comparable(self.text)

    @property
    def is_history(self) -> bool:
        """Whether it tells what was: names of former times are right there."""
        return False

    def breaks_line(self, start: int, end: int) -> bool:
        """Whether the blanks of a range are the end of a line in the source."""
        return False

    def hit(self, start: int, end: int, message: str, **more) -> Hit:
        return Hit(self.place, start, end, message, **more)

    def whole(self, message: str, **more) -> Hit:
        return self.hit(0, len(self.text), message, **more)


@dataclass(frozen=True, eq=False)
class Item(Text):
    """A function or an item of it.

    ``path`` holds positions from 1: one for a function, three on the third level.
    ``siblings`` is the list that it stands in.
    """

    unit: Unit
    function: Function
    path: tuple[int, ...]
    siblings: list[Function]
    unit_order: int

    @property
    def text(self) -> str:
        return self.function.text

    @property
    def is_function(self) -> bool:
        return len(self.path) == 1

    @property
    def is_last(self) -> bool:
        return self.path[-1] == len(self.siblings)

    @cached_property
    def is_closing(self) -> bool:
        """Whether it is the function that leaves the rest open: «Las demás que ...»."""
        return self.is_function and is_closing(self.text)

    @cached_property
    def place(self) -> Place:
        below = [label(level, at) for level, at in enumerate(self.path) if level]
        return Place(
            field="text",
            text=self.text,
            unit_code=self.unit.code,
            function_number=self.path[0],
            item_label="-".join(below) or None,
            unit_key=self.unit.key,
            function_key=self.function.key,
            order=(1, self.unit_order, 1, *self.path),
        )

    @property
    def name(self) -> str:
        """How a message names it: ``8.2.1, función 3, inciso a)``."""
        place = self.place
        said = f"{place.unit_code}, función {place.function_number}"
        if place.item_label:
            return f"{said}, inciso {place.item_label.replace('-', ') ')})"
        return said


@dataclass(frozen=True, eq=False)
class Passage(Text):
    """A block of a chapter's body, as citable as a function: ``capítulo 3, #p12``.

    Its text is Markdown, its line ends read as blanks; no range moves by that.
    """

    chapter: Chapter
    block: Block

    @cached_property
    def text(self) -> str:
        return _in_one_line(self.block)

    @property
    def is_history(self) -> bool:
        return _HISTORY.search(fold(self.chapter.title)) is not None

    def breaks_line(self, start: int, end: int) -> bool:
        return "\n" in self.block.text[start:end]

    @cached_property
    def place(self) -> Place:
        return Place(
            field="block",
            text=self.text,
            chapter_number=self.chapter.number,
            block_number=self.block.number,
            order=(0, self.chapter.number, 0, self.block.number),
        )


def items_of(document: Document) -> list[Item]:
    """Every function and item in reading order."""
    return [
        item
        for order, unit in enumerate(document.units)
        for item in _items(unit, unit.functions, (), order)
    ]


def _items(unit, functions, path, order) -> Iterator[Item]:
    for position, function in enumerate(functions, 1):
        place = (*path, position)
        yield Item(unit, function, place, functions, order)
        if function.items:
            yield from _items(unit, function.items, place, order)


def passages_of(document: Document) -> list[Passage]:
    """Every block of the chapters' bodies in reading order."""
    return [
        Passage(chapter, block)
        for chapter in document.chapters
        for block in split_blocks(chapter.body)
    ]


def block_text(body: str, number: int) -> str | None:
    """The text of the block with this number, as rules read it; None without one."""
    blocks = split_blocks(body)
    return _in_one_line(blocks[number - 1]) if number <= len(blocks) else None


def _in_one_line(block: Block) -> str:
    return block.text.replace("\n", " ")


def with_block(body: str, number: int, text: str) -> str | None:
    """The body with another text in the block of this number.

    None where that cannot be done by the letter: the block's text stands in the body
    several times or not in one piece, or other blocks would change by it.
    """
    blocks = split_blocks(body)
    if number > len(blocks):
        return None
    old = blocks[number - 1].text
    if "\n" in old or body.count(old) != 1:
        return None
    changed = body.replace(old, text)
    wanted = [text if one.number == number else one.text for one in blocks]
    return changed if [one.text for one in split_blocks(changed)] == wanted else None
