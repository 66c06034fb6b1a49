"""The editions asked, their outlines as far as needed, and what the scope lets in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from functions.search.interface import Kind, Scope
from functions.search.places import Place, Text, newest_first
from manuals import cache
from manuals.models import Edition
from units.outline import Outline, OutlineUnit, outline_of


class Spot(NamedTuple):
    """Where a unit stands: its number in reading order, itself, and its branch.

    The branch is the root for what is its own, else the root's child at or above.
    """

    order: int
    unit: OutlineUnit | None
    branch: OutlineUnit | None


NOWHERE = Spot(-1, None, None)  # chapters: before all units

# What a hit is counts beside what it says.
_BY_KIND = {Kind.UNIT: 1.0, Kind.FUNCTION: 1.0, Kind.ITEM: 0.99, Kind.CHAPTER: 0.6}


@dataclass(eq=False, slots=True)
class Slot:
    """What facets count alike."""

    kind: Kind
    branch: OutlineUnit | None
    edition_id: int


class Standing(NamedTuple):
    """A place with what ranks and counts it, whatever is asked.

    ``order`` is as the manual reads; ``factor`` says what it counts to be of its kind.
    """

    place: Place
    edition_id: int
    order: tuple
    factor: float
    kind: Kind
    slot: Slot
    unit: OutlineUnit | None


def standing(place: Place, spots: dict[int, Spot], slots: dict) -> Standing:
    """``spots`` are those of the place's edition; ``slots`` shares what is alike."""
    edition_id, part, unit_id, chapter_id, *_, positions, _text, kind = place
    spot = spots.get(unit_id, NOWHERE)
    alike = kind, spot.branch, edition_id
    if alike not in slots:
        slots[alike] = Slot(*alike)
    return Standing(
        place,
        edition_id,
        (spot.order, positions, chapter_id or 0, part),
        _BY_KIND[kind],
        kind,
        slots[alike],
        spot.unit,
    )


def spots_of(edition: Edition, read=outline_of) -> dict[int, Spot]:
    """Unit id -> where the unit stands; NOWHERE for those that lack."""
    return cache.for_edition(edition, "search spots", lambda: _spots_of(read(edition)))


@dataclass
class Reading:
    """For one search; ``editions`` stand the newest first."""

    scope: Scope
    editions: list[Edition] = field(init=False)
    by_id: dict[int, Edition] = field(init=False)
    age: dict[int, int] = field(init=False)  # edition id -> 0 for the newest
    rank: dict[int, tuple[int, int]] = field(init=False)  # -> manual's id, age
    _outlines: dict[int, Outline] = field(default_factory=dict)
    _spots: dict[int, dict[int, Spot]] = field(default_factory=dict)
    _slots: dict[tuple, Slot] = field(default_factory=dict)
    _allowed: dict[int, frozenset[int]] = field(default_factory=dict)

    def __post_init__(self):
        self.editions = newest_first(self.scope.editions)
        self.by_id = {edition.pk: edition for edition in self.editions}
        self.age = {edition.pk: age for age, edition in enumerate(self.editions)}
        self.rank = {
            edition.pk: (edition.manual_id, self.age[edition.pk])
            for edition in self.editions
        }

    def outline(self, edition_id: int) -> Outline:
        if edition_id not in self._outlines:
            self._outlines[edition_id] = outline_of(self.by_id[edition_id])
        return self._outlines[edition_id]

    def spots_of(self, edition_id: int) -> dict[int, Spot]:
        """Unit id -> where the unit stands; NOWHERE for those that lack."""
        spots = self._spots.get(edition_id)
        if spots is None:
            spots = self._spots[edition_id] = spots_of(
                self.by_id[edition_id], lambda edition: self.outline(edition.pk)
            )
        return spots

    def standings(self, text: Text) -> Sequence[Standing]:
        """Where a text stands, of what the scope lets in."""
        found = text.standings
        if not found:
            found = text.standings = [
                standing(place, self.spots_of(place.edition_id), self._slots)
                for place in text.places
            ]
        if self.scope.under is None:
            return found
        return [one for one in found if self._is_allowed(one.place)]

    def _is_allowed(self, place: Place) -> bool:
        """Whether the place is in the scope's unit or below it."""
        edition_id = place.edition_id
        if edition_id not in self._allowed:
            top = self.outline(edition_id).by_key.get(self.scope.under)
            self._allowed[edition_id] = frozenset(
                unit.id for unit in (top.branch() if top else ())
            )
        return place.unit_id in self._allowed[edition_id]


def _spots_of(outline: Outline) -> dict[int, Spot]:
    spots: dict[int, Spot] = {}
    for at, unit in enumerate(outline):
        branch = unit
        while branch.parent is not None and branch.parent.parent is not None:
            branch = branch.parent
        spots[unit.id] = Spot(at, unit, branch)
    return spots
