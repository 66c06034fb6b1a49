"""The editions asked, their outlines as far as needed, and what the scope lets in."""

from __future__ import annotations

from dataclasses import dataclass, field

from functions.search.interface import Scope
from functions.search.places import Place, newest_first
from manuals.models import Edition
from units.outline import Outline, OutlineUnit, outline_of


@dataclass
class Reading:
    """For one search; ``editions`` stand the newest first."""

    scope: Scope
    editions: list[Edition] = field(init=False)
    by_id: dict[int, Edition] = field(init=False)
    age: dict[int, int] = field(init=False)  # edition id -> 0 for the newest
    _outlines: dict[int, Outline] = field(default_factory=dict)
    _orders: dict[int, dict[int, int]] = field(default_factory=dict)
    _allowed: dict[int, frozenset[int]] = field(default_factory=dict)
    _branches: dict[tuple[int, int | None], OutlineUnit] = field(default_factory=dict)

    def __post_init__(self):
        self.editions = newest_first(self.scope.editions)
        self.by_id = {edition.pk: edition for edition in self.editions}
        self.age = {edition.pk: age for age, edition in enumerate(self.editions)}

    def outline(self, edition_id: int) -> Outline:
        if edition_id not in self._outlines:
            self._outlines[edition_id] = outline_of(self.by_id[edition_id])
        return self._outlines[edition_id]

    def unit_of(self, place: Place) -> OutlineUnit | None:
        if place.unit_id is None:
            return None
        return self.outline(place.edition_id).by_id.get(place.unit_id)

    def order_of(self, place: Place) -> int:
        """Where the unit stands in its edition's reading order; chapters before."""
        if place.unit_id is None:
            return -1
        if place.edition_id not in self._orders:
            self._orders[place.edition_id] = {
                unit.id: at for at, unit in enumerate(self.outline(place.edition_id))
            }
        return self._orders[place.edition_id].get(place.unit_id, -1)

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

    def branch_of(self, place: Place) -> OutlineUnit | None:
        """The root for what is its own, else the root's child at or above the unit."""
        slot = place.edition_id, place.unit_id
        if slot not in self._branches:
            unit = self.unit_of(place)
            if unit is None:
                return None
            while unit.parent is not None and unit.parent.parent is not None:
                unit = unit.parent
            self._branches[slot] = unit
        return self._branches[slot]
