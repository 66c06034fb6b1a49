"""Units, functions and items before and after: of all, by level and by branch.

Posts are not counted: a manual says which units there are, not how many people.
Pure: no Django, no database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from exchange.document import Unit
from review.reorganisation.effect import Count, Totals, UnitRef
from review.reorganisation.sides import Side, Sides, walk


def totals(sides: Sides) -> Totals:
    """Branches are the units below the root with all that hangs from each.

    Those of the draft come first in its order, then those that it does not have.
    """
    found = Totals(all=_both(sides.old.units, sides.new.units))
    before = Counter(unit.kind for unit in sides.old.units)
    now = Counter(unit.kind for unit in sides.new.units)
    found.kinds = [
        (kind, before[kind], now[kind]) for kind in dict.fromkeys([*before, *now])
    ]
    branches = _branches(sides)
    for at, (ref, old, new) in enumerate(branches):
        counted = (ref, _both(old, new))
        if at == 0 and len(branches) > 1:
            found.root = counted
        else:
            found.branches.append(counted)
    return found


def _branches(sides: Sides) -> list[tuple[UnitRef, list[Unit], list[Unit]]]:
    """The root alone, then each branch: its unit, and the units of both editions."""
    old, new = _of_branches(sides.old, sides), _of_branches(sides.new, sides)
    return [
        (ref, old.get(ref, []), new.get(ref, [])) for ref in dict.fromkeys([*new, *old])
    ]


def _of_branches(side: Side, sides: Sides) -> dict[UnitRef, list[Unit]]:
    found: dict[UnitRef, list[Unit]] = {}
    for unit in side.units:
        top = sides.ref(side.changes[side.branch_of[unit.code]])
        found.setdefault(top, []).append(unit)
    return found


def _both(old: list[Unit], new: list[Unit]) -> Count:
    before, now = _count(old), _count(new)
    return Count(*zip(before, now, strict=True))


def _count(units: Iterable[Unit]) -> tuple[int, int, int]:
    number = functions = items = 0
    for unit in units:
        number += 1
        for _function, path in walk(unit.functions):
            if len(path) == 1:
                functions += 1
            else:
                items += 1
    return number, functions, items
