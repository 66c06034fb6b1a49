"""An edition as the rules look at it: read once, asked by all. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from exchange.document import Chapter, Chart, Document, Function, Unit
from functions.labels import label
from functions.references import UnitNames
from review.checks.catalogues import Catalogues
from review.checks.findings import Hit, Place
from review.checks.words import comparable, fold, is_closing


@dataclass(frozen=True, eq=False)
class Item:
    """A function or an item of it, where it stands.

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
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def comparable(self) -> str:
        return comparable(self.text)

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

    def hit(self, start: int, end: int, message: str, **more) -> Hit:
        return Hit(self.place, start, end, message, **more)

    def whole(self, message: str, **more) -> Hit:
        return self.hit(0, len(self.text), message, **more)


class Subject:
    """The edition, the catalogues, and what several rules need of both.

    ``places`` of units and chapters are made by the methods; those of functions and
    items are theirs.
    """

    def __init__(self, document: Document, catalogues: Catalogues) -> None:
        self.document = document
        self.catalogues = catalogues
        self._shared: dict[Callable, Any] = {}

    def shared(self, made: Callable[[Subject], Any]) -> Any:
        """What a function makes of this subject, made once for all rules that ask."""
        if made not in self._shared:
            self._shared[made] = made(self)
        return self._shared[made]

    @property
    def units(self) -> list[Unit]:
        return self.document.units

    @cached_property
    def items(self) -> list[Item]:
        """Every function and item in reading order."""
        return [
            item
            for order, unit in enumerate(self.units)
            for item in _items(unit, unit.functions, (), order)
        ]

    @cached_property
    def functions(self) -> list[Item]:
        """The functions alone, without their items."""
        return [item for item in self.items if item.is_function]

    @cached_property
    def names(self) -> UnitNames:
        return UnitNames(self.units)

    @cached_property
    def children(self) -> dict[str | None, list[Unit]]:
        """Code of a parent -> its units in order; None for those without."""
        found: dict[str | None, list[Unit]] = {}
        for unit in self.units:
            found.setdefault(unit.parent_code, []).append(unit)
        return found

    @cached_property
    def _orders(self) -> dict[int, int]:
        return {id(unit): order for order, unit in enumerate(self.units)}

    def of_unit(self, unit: Unit, field: str, text: str) -> Place:
        return Place(
            field=field,
            text=text,
            unit_code=unit.code,
            unit_key=unit.key,
            order=(1, self._orders[id(unit)], 0),
        )

    def about(self, unit: Unit, message: str, field: str = "name", **more) -> Hit:
        """A hit about the whole of a unit, shown by its name or another field."""
        text = more.pop("text", unit.name)
        return Hit(self.of_unit(unit, field, text), 0, len(text), message, **more)

    @staticmethod
    def about_chapter(chapter: Chapter, message: str, chart: Chart | None = None):
        """A hit about a chapter's title, or about one of its charts."""
        text = f"{chart.number} {chart.title}" if chart else chapter.title
        place = Place(
            field="chart" if chart else "chapter",
            text=text,
            unit_key=chart.unit_key if chart else None,
            order=(0, chapter.number, chapter.charts.index(chart) + 1 if chart else 0),
        )
        return Hit(place, 0, len(text), message, basis=str(chapter.number))


def _items(unit, functions, path, order) -> Iterator[Item]:
    for position, function in enumerate(functions, 1):
        place = (*path, position)
        yield Item(unit, function, place, functions, order)
        if function.items:
            yield from _items(unit, function.items, place, order)
