"""The units of a comparison as both editions have them: found by code, with families.

Pure: no Django, no database.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from exchange.document import Document, Function, Unit
from review.compare import Comparison, UnitChange
from review.reorganisation.effect import UnitRef


class Side:
    """One of the editions: its units in reading order, their places in the tree."""

    def __init__(self, document: Document, name: str, changes: list[UnitChange]):
        self.document = document
        self.units = document.units
        self.by_code = {unit.code: unit for unit in self.units}
        self.changes: dict[str, UnitChange] = {
            side.code: one for one in changes if (side := getattr(one, name))
        }

    def parent(self, unit: Unit) -> Unit | None:
        return self.by_code.get(unit.parent_code)

    def parent_change(self, code: str) -> UnitChange | None:
        """What became of the superior of the unit with this code."""
        parent = self.parent(self.by_code[code])
        return self.changes[parent.code] if parent else None

    @cached_property
    def children(self) -> dict[str, list[Unit]]:
        """Code of a superior -> its direct subordinates."""
        found: dict[str, list[Unit]] = {unit.code: [] for unit in self.units}
        for unit in self.units:
            if unit.parent_code in found:
                found[unit.parent_code].append(unit)
        return found

    @cached_property
    def depths(self) -> dict[str, int]:
        """Code -> how deep, 1 at the top; units stand after their superiors."""
        found: dict[str, int] = {}
        for unit in self.units:
            found[unit.code] = found.get(unit.parent_code, 0) + 1
        return found

    @cached_property
    def branch_of(self) -> dict[str, str]:
        """Code -> code of the unit below the root that it belongs to; root: itself."""
        found: dict[str, str] = {}
        for unit in self.units:
            deep = self.depths[unit.code] > 2
            found[unit.code] = found[unit.parent_code] if deep else unit.code
        return found


class Sides:
    """Both editions, and how a finding names each unit."""

    def __init__(self, old: Document, new: Document, comparison: Comparison) -> None:
        self.comparison = comparison
        self.changes = comparison.units
        self.old = Side(old, "old", comparison.units)
        self.new = Side(new, "new", comparison.units)
        self._refs: dict[int, UnitRef] = {}

    def ref(self, change: UnitChange) -> UnitRef:
        found = self._refs.get(id(change))
        if found is None:
            old, new = change.old, change.new
            found = self._refs[id(change)] = UnitRef(
                key=change.key,
                kind=change.side.kind,
                name=change.side.name,
                old_code=old.code if old else None,
                new_code=new.code if new else None,
                old_name=old.name if old else None,
            )
        return found

    def ref_old(self, code: str) -> UnitRef:
        """The unit that has this code in the base."""
        return self.ref(self.old.changes[code])

    def ref_new(self, code: str) -> UnitRef:
        return self.ref(self.new.changes[code])

    @cached_property
    def by_key(self) -> dict:
        """Key in either edition -> what became of the unit."""
        found = {one.new.key: one for one in self.changes if one.new}
        for one in self.changes:
            if one.old:
                found.setdefault(one.old.key, one)
        return found


def walk(
    functions: list[Function], above: tuple[int, ...] = ()
) -> Iterator[tuple[Function, tuple[int, ...]]]:
    """Every function and item with its path, in reading order."""
    for number, function in enumerate(functions, 1):
        path = (*above, number)
        yield function, path
        if function.items:
            yield from walk(function.items, path)
