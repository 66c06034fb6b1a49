"""The editions asked, their outlines as far as needed, and what the scope lets in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from functions.search.interface import Scope
from functions.search.places import Place, newest_first
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


@dataclass
class Reading:
    """For one search; ``editions`` stand the newest first."""

    scope: Scope
    editions: list[Edition] = field(init=False)
    by_id: dict[int, Edition] = field(init=False)
    age: dict[int, int] = field(init=False)  # edition id -> 0 for the newest
    _outlines: dict[int, Outline] = field(default_factory=dict)
    _spots: dict[int, dict[int, Spot]] = field(default_factory=dict)
    _allowed: dict[int, frozenset[int]] = field(default_factory=dict)

    def __post_init__(self):
        self.editions = newest_first(self.scope.editions)
        self.by_id = {edition.pk: edition for edition in self.editions}
        self.age = {edition.pk: age for age, edition in enumerate(self.editions)}

    def outline(self, edition_id: int) -> Outline:
        if edition_id not in self._outlines:
            self._outlines[edition_id] = outline_of(self.by_id[edition_id])
        return self._outlines[edition_id]

    def spots_of(self, edition_id: int) -> dict[int, Spot]:
        """Unit id -> where the unit stands; NOWHERE for those that lack."""
        spots = self._spots.get(edition_id)
        if spots is None:
            spots = self._spots[edition_id] = cache.for_edition(
                self.by_id[edition_id],
                "search spots",
                lambda: _spots_of(self.outline(edition_id)),
            )
        return spots

    def unit_of(self, place: Place) -> OutlineUnit | None:
        return self.spots_of(place.edition_id).get(place.unit_id, NOWHERE).unit

    def is_allowed(self, place: Place) -> bool:
        """Whether the place is in the scope's unit or below it."""
        under = self.scope.under
        if under is None:
            return True
        edition_id = place.edition_id
        if edition_id not in self._allowed:
            top = self.outline(edition_id).by_key.get(under)
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
