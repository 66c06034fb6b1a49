"""The effect as sections of tables in Spanish, for the page and for text.

A cell may name a unit, which a page leads to. Pure: no Django, no database.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from review.reorganisation.effect import UnitRef


@dataclass(frozen=True, slots=True)
class Cell:
    """``old``: the unit is meant as the base has it."""

    text: str
    unit: UnitRef | None = None
    old: bool = False

    def __str__(self):
        return self.text


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    number: bool = False


@dataclass(slots=True)
class Table:
    """``none`` is said in place of a table without rows; empty: it is left out.

    ``help`` explains what the rows are. ``grouped``: rows on end begin with the same
    cell, which a page says once.
    """

    id: str
    caption: str
    columns: Sequence[Column]
    rows: list[list[Cell]] = field(default_factory=list)
    none: str = ""
    help: str = ""
    grouped: bool = False


@dataclass(slots=True)
class Section:
    id: str
    title: str
    tables: list[Table]
    help: str = ""

    @property
    def shown(self) -> list[Table]:
        return [table for table in self.tables if table.rows or table.none]


def columns(*titles: str) -> list[Column]:
    """Titles that end in «#» are of numbers."""
    return [Column(title.removesuffix("#"), title.endswith("#")) for title in titles]


def row(*values: Cell | str | float | None) -> list[Cell]:
    return [one if isinstance(one, Cell) else Cell(_said(one)) for one in values]


def _said(value: str | float | None) -> str:
    if value is None:
        return "—"
    return value if isinstance(value, str) else f"{value:,g}"


def now(unit: UnitRef | None) -> Cell:
    """A unit as the draft has it."""
    return Cell("—") if unit is None else Cell(unit.said, unit)


def before(unit: UnitRef | None) -> Cell:
    """A unit as the base has it."""
    return Cell("—") if unit is None else Cell(unit.was, unit, old=True)


def listed(units: Iterable[UnitRef], *, old: bool = False) -> str:
    return "; ".join(unit.was if old else unit.said for unit in units)
