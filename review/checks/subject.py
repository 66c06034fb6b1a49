"""An edition as the rules look at it: read once, asked by all. Pure."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from exchange.document import Chapter, Chart, Document, Unit
from functions.references import UnitNames
from review.checks.catalogues import Catalogues
from review.checks.findings import Hit, Place
from review.checks.texts import Item, Passage, Text, items_of, passages_of

__all__ = ["Item", "Passage", "Subject", "Text"]


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
        return items_of(self.document)

    @cached_property
    def passages(self) -> list[Passage]:
        """Every paragraph and list item of the chapters in reading order."""
        return passages_of(self.document)

    @cached_property
    def texts(self) -> list[Text]:
        """All that is read: the chapters' passages, then functions and items."""
        return [*self.passages, *self.items]

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
            chapter_number=chapter.number,
            order=(0, chapter.number, chapter.charts.index(chart) + 1 if chart else 0),
        )
        return Hit(place, 0, len(text), message, basis=str(chapter.number))
