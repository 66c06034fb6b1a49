"""A whole comparison, and the terms that it found. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from exchange.document import Source
from review.compare.changes.chapters import ChapterChange
from review.compare.changes.units import Succession, UnitChange, UnitSide


@dataclass(slots=True)
class Term:
    """One term replaced by another; ``forms`` are its singular, plural ... as found."""

    old: str
    new: str
    count: int
    forms: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class EditionRef:
    manual: str
    edition: str


@dataclass(slots=True)
class Comparison:
    """Everything that differs between two editions, in the new one's reading order.

    ``matched`` says what paired them: their ``keys``, or ``texts``, names and codes.
    ``manual`` and ``edition`` hold the fields that differ, as (old, new).
    """

    old: EditionRef
    new: EditionRef
    matched: str
    manual: dict[str, tuple[Any, Any]]
    edition: dict[str, tuple[Any | list[Source], Any | list[Source]]]
    chapters: list[ChapterChange]
    units: list[UnitChange]
    terminology: list[Term] = field(default_factory=list)
    successions: list[Succession] = field(default_factory=list)

    def under(self, key: UUID) -> list[UnitChange]:
        """The changes of a unit and of all that hangs from it in either edition."""
        top = next(unit for unit in self.units if key in (unit.key, _key(unit.old)))
        chains = [_Chain(self.units, side, top) for side in ("old", "new")]
        return [one for one in self.units if any(chain.holds(one) for chain in chains)]


def _key(side: UnitSide | None) -> UUID | None:
    return side.key if side else None


class _Chain:
    """Whether units hang from one of them, by the parents of one edition."""

    def __init__(self, units: list[UnitChange], name: str, top: UnitChange) -> None:
        self.name = name
        sides = [side for unit in units if (side := getattr(unit, name))]
        self.parents = {side.code: side.parent_code for side in sides}
        side = getattr(top, name)
        self.top = side.code if side else None

    def holds(self, unit: UnitChange) -> bool:
        side = getattr(unit, self.name)
        code = side.code if side and self.top else None
        while code is not None and code != self.top:
            code = self.parents.get(code)
        return code is not None
