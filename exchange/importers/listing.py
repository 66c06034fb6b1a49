"""Placing the lines of one unit's list: function, sub-item, third level or rest."""

from __future__ import annotations

from exchange.document import Function, Unit
from exchange.importers import markers
from exchange.importers.context import Context, Item, Wording
from exchange.importers.headings import kind_of
from exchange.importers.lines import Line
from exchange.importers.markers import Label, Marker, follows, read_marker
from exchange.importers.report import IMPORTED, MARKS
from exchange.importers.wording import (
    begins_in_lower_case,
    begins_like_a_function,
    breaks_off,
    is_finished,
    keeps_a_list_open,
    leads_to_a_list,
)

DEEPEST = 2


class ListReader:
    """Reads the lines of one unit, in order, into a tree of three levels.

    A label decides the level, never the column, since page breaks move columns:

    - a label that comes after the last one of an open list belongs to that list, the
      deepest list first;
    - a first label ("a", "i", "1") opens a list under the last item when that ends in
      a colon, else under the last function;
    - a line without any sign continues the item before it, even if it begins with a
      label that no list expects.

    A bullet without a label is a function, except where it

    - begins in lower case, or follows a text that breaks off: the rest of an item;
    - follows a text that ends in a colon: that text's item, and so are the next ones
      while the list is open. It closes after an item that ends in a period, unless the
      items are no infinitives and the next one is none either;
    - stands in a unit whose functions are numbered: the rest of the item before.
    """

    def __init__(self, context: Context, unit: Unit) -> None:
        self.context = context
        self.unit = unit
        self.style: str | None = None
        self.functions: list[Item] = []
        self.open: list[Item] = []  # the last item of each level, from the function
        self.severed = False  # after a heading that is no unit's
        self.lone: Marker | None = None  # a marker without its text, just read

    @property
    def last(self) -> Item | None:
        return self.open[-1] if self.open else None

    def read(self, line: Line) -> bool:
        """Place a line; False leaves it to be reported as not understood.

        A Markdown heading that names no unit continues nothing, and neither does the
        text under it, up to the next bullet or label.
        """
        if line.text[0] == "#":
            self.severed = True
            return False
        marker = read_marker(line.text)
        if self.severed and not marker.bullet and marker.label is None:
            return False
        self.severed = False
        self._place(line, marker)
        return True

    def _place(self, line: Line, marker: Marker) -> None:
        lone, self.lone = self.lone, None
        if lone and not marker.bullet and marker.label is None:
            marker = self._completed(line, lone)
        if marker.rest >= len(line.text):
            if self._may_be_lone(marker):
                self.context.mark_pieces(line.start, line.end, MARKS)
                self.lone = marker
                return
            marker = read_marker_without_label(line.text)
        if marker.label is not None:
            self._read_labelled(line, marker)
        elif marker.bullet:
            self._read_bullet(line, marker)
        else:
            self._read_plain(line)

    def _may_be_lone(self, marker: Marker) -> bool:
        """Whether a line is only a marker, whose text the next page may bring.

        A label out of turn is rather the end of a sentence: "the article" / "71.".
        """
        if marker.label is None or self.last is None:
            return True
        readings = marker.label.readings()
        expected = any(
            self._comes_after(marker.label, item, readings) for item in self.open
        )
        in_turn = expected or 1 in readings.values()
        return in_turn and (marker.bullet or is_finished(self._ending(self.last)))

    def _completed(self, line: Line, lone: Marker) -> Marker:
        """The marker of a line whose own marker stands alone before it.

        A lone bullet may also be a stray mark inside an item that goes on.
        """
        last = self.last
        if lone.label is None and last is not None:
            before = self._ending(last)
            listed = last.level > 0 and last.style == markers.BULLET
            verbal = begins_like_a_function(line.text)
            goes_on = begins_in_lower_case(line.text) or not (
                is_finished(before) or verbal or (listed and keeps_a_list_open(before))
            )
            if goes_on:
                return Marker(False, None, 0)
        return Marker(lone.bullet, lone.label, 0)

    def close(self) -> None:
        """Turn what was read into the unit's functions."""
        for item in self.functions:
            self._finish(item)
        self.unit.functions = [item.function for item in self.functions]

    def _finish(self, item: Item) -> None:
        item.function.text = item.wording.text(self.context.text)
        for child in item.items:
            self._finish(child)
        item.function.items = [child.function for child in item.items]

    # Labelled lines

    def _read_labelled(self, line: Line, marker: Marker) -> None:
        place = self._place_of(marker.label, line, marker.bullet)
        if place is None:
            if marker.bullet:
                bare = read_marker_without_label(line.text)
                self._read_bullet(line, bare)
            else:
                self._continue(line)
            return
        level, style, position = place
        self._add(line, marker, level, style, position)

    def _place_of(
        self, label: Label, line: Line, bullet: bool
    ) -> tuple[int, str, int] | None:
        """The level, style and position of a label, or None if it is only text."""
        readings = label.readings()
        for level in range(len(self.open) - 1, -1, -1):
            item = self.open[level]
            if self._comes_after(label, item, readings):
                return level, item.style, readings[item.style]
        opened = self._opened_level(readings, bullet)
        if opened is not None:
            return opened
        return self._unexpected(label, readings, line, bullet)

    @staticmethod
    def _comes_after(label: Label, item: Item, readings: dict[str, int]) -> bool:
        if item.style not in readings:
            return False
        if item.style == markers.LETTER:
            return follows(label.token, item.token)
        return readings[item.style] == item.position + 1

    def _opened_level(
        self, readings: dict[str, int], bullet: bool
    ) -> tuple[int, str, int] | None:
        """Where a first label opens a list."""
        style = next((style for style, at in readings.items() if at == 1), None)
        if not self.open:
            # A fragment may begin in the middle of a list.
            style = style or next(iter(readings))
            return 0, style, readings[style]
        before = self._ending(self.last)
        if style is None or not leads_to_a_list(before):
            alone = len(self.open) == 1 and style != self.open[0].style
            if style and alone and (bullet or is_finished(before)):
                return 1, style, 1
            return None
        level = len(self.open)
        return (level, style, 1) if level <= DEEPEST else None

    def _unexpected(
        self, label: Label, readings: dict[str, int], line: Line, bullet: bool
    ) -> tuple[int, str, int] | None:
        """A label out of turn: an item all the same if its line looks like one."""
        finished = is_finished(self._ending(self.last))
        initial = label.close == "." and label.token.isupper()
        for level in range(len(self.open) - 1, -1, -1):
            style = self.open[level].style
            if style in readings and style != markers.BULLET:
                distance = readings[style] - self.open[level].position
                near = -1 <= distance <= 3
                if bullet or (finished and near):
                    self._doubt_label(line, label)
                    return level, style, readings[style]
        if bullet and markers.LETTER in readings and not initial:
            self._doubt_label(line, label)
            return 1, markers.LETTER, readings[markers.LETTER]
        if bullet and markers.NUMBER in readings and self.style != markers.NUMBER:
            if self.style == markers.BULLET and readings[markers.NUMBER] > 1:
                return None
            return 0, markers.NUMBER, readings[markers.NUMBER]
        return None

    def _doubt_label(self, line: Line, label: Label) -> None:
        last = self.last
        self.context.doubt(
            line.number,
            "label",
            line.text,
            f"La numeración «{label.token}» no sigue a la anterior"
            + (f", «{last.token}»." if last and last.token else "."),
        )

    # Bullets without a label

    def _read_bullet(self, line: Line, marker: Marker) -> None:
        text = line.text[marker.rest :]
        level = self._bullet_level(line, text)
        if level is None:
            self._join(line, marker.rest)
        else:
            self._add(line, marker, level, markers.BULLET, 0)

    def _bullet_level(self, line: Line, text: str) -> int | None:
        """The level of a bullet, or None where it is the rest of the last item."""
        last = self.last
        if last is None:
            return 0
        before = self._ending(last)
        lower = begins_in_lower_case(text)
        if leads_to_a_list(before) and len(self.open) <= DEEPEST:
            return len(self.open)
        if last.style == markers.BULLET and last.level > 0:
            siblings = self.open[last.level - 1].items
            alike = lower == begins_in_lower_case(self._beginning(siblings[0]))
            if alike and self._list_goes_on(line, text, last, siblings):
                return last.level
        if lower:
            return self._level_of_lower_case(line, text, before)
        if breaks_off(before) and not begins_like_a_function(text):
            self._doubt_rest(line)
            return None
        if self.style in (markers.NUMBER, markers.ROMAN, markers.LETTER):
            return self._level_among_numbers(line, before)
        return 0

    def _list_goes_on(
        self, line: Line, text: str, last: Item, siblings: list[Item]
    ) -> bool:
        """Whether an unlabelled list under a colon has one more item."""
        if keeps_a_list_open(self._ending(last)):
            return True
        first = siblings[0]
        lead = self.open[last.level - 1]
        if self.style == markers.NUMBER:
            return True
        verbal = begins_like_a_function(self._beginning(self.functions[0]))
        if verbal and not begins_like_a_function(self._beginning(first)):
            return not begins_like_a_function(text)
        deeper = first.indent > lead.indent
        return deeper and line.indent >= first.indent

    def _level_of_lower_case(self, line: Line, text: str, before: str) -> int | None:
        if before.endswith(".") and begins_like_a_function(text):
            self.context.doubt(
                line.number,
                "lower_case",
                line.text,
                "La función comienza con minúscula; se tomó como función aparte.",
            )
            return 0
        return None

    def _level_among_numbers(self, line: Line, before: str) -> int | None:
        """A bullet where functions are numbered: no function unless nothing fits."""
        if not is_finished(before):
            return None
        self.context.doubt(
            line.number,
            "unlabelled",
            line.text,
            "Una viñeta sin número entre funciones numeradas; se tomó como inciso de "
            "la función anterior.",
        )
        return 1

    def _doubt_rest(self, line: Line) -> None:
        self.context.doubt(
            line.number,
            "rest",
            line.text,
            "La viñeta se tomó como la continuación del texto anterior, que está "
            "inconcluso.",
        )

    # Lines without any sign

    def _read_plain(self, line: Line) -> None:
        if self.last is None or self._is_plain_function(line):
            self._add(line, Marker(False, None, 0), 0, markers.PLAIN, 0)
        else:
            self._continue(line)

    def _is_plain_function(self, line: Line) -> bool:
        """A unit that begins without signs has functions without signs."""
        return (
            self.style == markers.PLAIN
            and is_finished(self._ending(self.last))
            and not begins_in_lower_case(line.text)
            and begins_like_a_function(line.text)
        )

    # Writing

    def _beginning(self, item: Item) -> str:
        start, end = item.wording.frames[0]
        return self.context.text[start:end]

    def _ending(self, item: Item) -> str:
        start, end = item.wording.frames[-1]
        return self.context.text[start:end]

    def _add(
        self, line: Line, marker: Marker, level: int, style: str, position: int
    ) -> None:
        level = min(level, len(self.open))
        if self.style is None:
            self.style = style
        function = Function(text="", source_line=line.number)
        item = Item(
            function=function,
            wording=Wording(),
            level=level,
            indent=line.indent,
            line=line.number,
            style=style,
            position=position,
            token=marker.label.token if marker.label else "",
        )
        del self.open[level:]
        siblings = self.open[level - 1].items if level else self.functions
        siblings.append(item)
        self.open.append(item)
        self._mark(line, marker.rest, item)

    def _mark(self, line: Line, rest: int, item: Item) -> None:
        start = line.start + rest
        self.context.mark_pieces(line.start, start, MARKS)
        item.wording.frames += self.context.mark_pieces(
            start, line.end, IMPORTED, f"function/{item.function.key}"
        )

    def _continue(self, line: Line) -> None:
        if line.stands_apart and is_finished(self._ending(self.last)):
            self._doubt_heading(line)
        self._join(line, 0)

    def _doubt_heading(self, line: Line) -> None:
        if len(line.text) < 150 and kind_of(line.text, self.context.kinds):
            self.context.doubt(
                line.number,
                "possible_heading",
                line.text,
                "La línea parece el nombre de una unidad sin código; se tomó como "
                "continuación del texto anterior.",
            )

    def _join(self, line: Line, rest: int) -> None:
        before = self._ending(self.last)
        self._mark(line, rest, self.last)
        self.context.correct_join(line, before, line.text[rest:])


def read_marker_without_label(text: str) -> Marker:
    """The marker of a line whose label turned out to be text."""
    whole = read_marker(text)
    bullet_end = len(text) - len(text[1:].lstrip()) if whole.bullet else 0
    return Marker(whole.bullet, None, bullet_end)
