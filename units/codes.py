"""The numbering rule of units (DESIGN section 4). Pure.

The root is ``<functions chapter>.1``; its k-th child ``<chapter>.(k+1)``; any other
unit's k-th child ``<parent code>.k``. The topmost unit of a fragment keeps its printed
code and numbers its children like any other unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

LONGEST = 255  # characters of a code


@dataclass(frozen=True)
class Place:
    """Where a unit stands: ids are any hashable, position counts from 1."""

    id: int
    parent: int | None
    position: int
    code: str


def root_code(chapter: int) -> str:
    return f"{chapter}.1"


def child_code(parent_code: str, rank: int, chapter: int | None) -> str:
    """The code of a unit's rank-th child (from 1)."""
    if chapter is not None and parent_code == root_code(chapter):
        return f"{chapter}.{rank + 1}"
    return f"{parent_code}.{rank}"


def renumbered(
    places: Iterable[Place],
    orders: Mapping[int, Sequence[int]],
    chapter: int | None,
) -> dict[int, tuple[int, str]]:
    """What changes when families are put in a new order and numbered by the rule.

    ``orders`` gives for each parent the ids of its children as they shall stand; a
    child may be new there or new altogether. Returns id -> (position, code) of every
    unit whose position or code becomes another, descending only where a code changes:
    the rest of the tree keeps what it has.
    """
    before = {place.id: place for place in places}
    children: dict[int | None, list[Place]] = {}
    for place in before.values():
        children.setdefault(place.parent, []).append(place)
    order_of = {
        parent: [place.id for place in sorted(family, key=lambda place: place.position)]
        for parent, family in children.items()
    }
    order_of.update({parent: list(order) for parent, order in orders.items()})
    codes = {place.id: place.code for place in before.values()}
    changes: dict[int, tuple[int, str]] = {}
    pending = list(orders)
    while pending:
        parent = pending.pop()
        for rank, child in enumerate(order_of.get(parent, ()), 1):
            code = child_code(codes[parent], rank, chapter)
            place = before.get(child)
            if place is None or (rank, code) != (place.position, place.code):
                changes[child] = (rank, code)
            else:
                changes.pop(child, None)
            if code != codes.get(child):
                codes[child] = code
                pending.append(child)
    return changes
