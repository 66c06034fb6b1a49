"""What became of a function or item. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from functions import labels
from review.compare.changes.names import (
    COSMETIC,
    MOVED,
    SUBSTANTIVE,
    Redline,
    heaviest,
)


@dataclass(slots=True)
class FunctionSide:
    """A function or item as one of the editions has it.

    ``path`` holds its positions from 1: number, item, third level; ``code`` is that
    of its unit.
    """

    key: UUID
    code: str
    path: tuple[int, ...]
    text: str
    source_line: int | None = None
    source_sha256: str | None = None

    @property
    def number(self) -> int:
        return self.path[-1]

    @property
    def label(self) -> str:
        """``3``, ``b`` or ``ii``, without its mark."""
        return labels.label(len(self.path) - 1, self.path[-1])

    @property
    def printed_label(self) -> str:
        return labels.printed_label(len(self.path) - 1, self.path[-1])

    @property
    def anchor(self) -> str:
        """Its address on the unit's page of its edition: ``f3-b``."""
        return labels.anchor(*self.path)


@dataclass(slots=True)
class FunctionChange:
    """What became of a function or item; its items speak for themselves.

    ``weight`` is that of the text's own change, None where the text is the same.
    ``reordered``: it stands in another order among those that remain in its list, not
    merely one number on. ``via`` says that a moved one follows the ``split`` or
    ``merged`` unit. ``left`` are its former items that stand elsewhere now.
    """

    change: str
    old: FunctionSide | None
    new: FunctionSide | None
    redline: Redline
    weight: str | None = None
    confidence: float = 1.0
    reordered: bool = False
    via: str | None = None
    items: list[FunctionChange] = field(default_factory=list)
    left: list[FunctionChange] = field(default_factory=list)

    @property
    def side(self) -> FunctionSide:
        """The new side, else the old."""
        return self.new or self.old

    @property
    def key(self) -> UUID:
        return self.side.key

    @property
    def anchor(self) -> str:
        """Its address on a page that shows the comparison."""
        return f"funcion-{self.key}"

    @property
    def overall(self) -> str | None:
        """The heaviest weight of its own text and of everything in its items.

        An item that comes, goes, or changes places with another is substantive.
        """
        if self.left:
            return SUBSTANTIVE
        if not self.items:
            return self.weight
        return heaviest([self.weight, *(item._as_part() for item in self.items)])

    def _as_part(self) -> str | None:
        if self.reordered or self.change == MOVED:
            return SUBSTANTIVE
        return self.overall

    @property
    def modified(self) -> bool:
        """It continues, and its text or something in its items differs."""
        return (
            self.old is not None and self.new is not None and self.overall is not None
        )

    @property
    def only_cosmetic(self) -> bool:
        """Nothing but capitals, punctuation or spacing: what readers may hide."""
        return (
            self.modified
            and self.overall == COSMETIC
            and self.change != MOVED
            and not self.reordered
        )

    def walk(self) -> Iterator[FunctionChange]:
        """It and everything in it, in reading order."""
        yield self
        for item in self.items:
            yield from item.walk()
