"""An edition's tree as plain values, in reading order, read with one query.

What pages, API and exports need to know of the structure: who is above, below, before
and after. Kept per closed edition by manuals/cache.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from manuals import cache
from units.models import Unit


@dataclass(slots=True, eq=False)
class OutlineUnit:
    """One unit in its place; ``depth`` is 0 for the root."""

    id: int
    key: UUID
    code: str
    name: str
    kind: str
    position: int
    depth: int
    # What a unit stands beside is not shown with it: it would be the whole tree.
    parent: OutlineUnit | None = field(repr=False)
    children: list[OutlineUnit] = field(default_factory=list, repr=False)
    previous: OutlineUnit | None = field(default=None, repr=False)
    next: OutlineUnit | None = field(default=None, repr=False)
    descendants: int = 0

    def chain(self) -> list[OutlineUnit]:
        """The chain of command: from the root to the parent."""
        chain, above = [], self.parent
        while above is not None:
            chain.append(above)
            above = above.parent
        return chain[::-1]

    def branch(self) -> Iterator[OutlineUnit]:
        """The unit and everything below it, in reading order."""
        stack = [self]
        while stack:
            unit = stack.pop()
            yield unit
            stack.extend(reversed(unit.children))


class Outline:
    """The units of one edition in reading order, also found by code, key and id."""

    def __init__(self, units: list[OutlineUnit]):
        self.units = units
        self.by_code = {unit.code: unit for unit in units}
        self.by_key = {unit.key: unit for unit in units}
        self.by_id = {unit.id: unit for unit in units}

    def __len__(self):
        return len(self.units)

    def __iter__(self):
        return iter(self.units)

    @property
    def root(self) -> OutlineUnit | None:
        return self.units[0] if self.units else None


def outline_of(edition) -> Outline:
    """The edition's outline; one query, none when it is kept."""
    return cache.for_edition(edition, "outline", lambda: _read(edition))


def _read(edition) -> Outline:
    units: list[OutlineUnit] = []
    by_id: dict[int, OutlineUnit] = {}
    rows = (
        Unit.objects.for_edition(edition)
        .order_by("lft")
        .values_list("pk", "key", "code", "name", "kind__name", "position", "parent_id")
    )
    for pk, key, code, name, kind, position, parent_id in rows:
        parent = by_id.get(parent_id)
        unit = OutlineUnit(
            pk,
            key,
            code,
            name,
            kind,
            position,
            parent.depth + 1 if parent else 0,
            parent,
        )
        if parent:
            parent.children.append(unit)
        if units:
            unit.previous, units[-1].next = units[-1], unit
        by_id[pk] = unit
        units.append(unit)
    for unit in reversed(units):
        if unit.parent:
            unit.parent.descendants += unit.descendants + 1
    return Outline(units)
