"""Codes of units and numbers of functions that change, and why. Pure."""

from __future__ import annotations

from functions.labels import path_label
from review.compare import FunctionChange, UnitChange
from review.compare.changes import MOVED
from review.reorganisation.effect import (
    BY_CHAPTER,
    BY_MOVE,
    BY_OTHER,
    BY_PLACE,
    BY_SUPERIOR,
    NewCode,
    NewNumbers,
    Run,
)
from review.reorganisation.sides import Sides

_CHAPTER, _PARENT = "chapter", "parent"  # as UnitChange.renumbering says


def new_codes(sides: Sides) -> list[NewCode]:
    """Every unit that goes on under another code, in the draft's order."""
    causes: dict[str, NewCode] = {}
    for change in sides.changes:
        if change.old and change.new and change.renumbering:
            causes[change.new.code] = _new_code(change, sides, causes)
    return list(causes.values())


def _new_code(change: UnitChange, sides: Sides, known: dict[str, NewCode]) -> NewCode:
    """``known`` holds the units above it: they stand before it."""
    ref = sides.ref(change)
    if change.renumbering == _CHAPTER:
        return NewCode(ref, BY_CHAPTER)
    if change.renumbering == _PARENT:
        above = known.get(change.new.parent_code)
        if above is None:
            return NewCode(ref, BY_OTHER)
        return NewCode(ref, BY_SUPERIOR, above.through or above.unit)
    if MOVED in change.changes:
        return NewCode(ref, BY_MOVE)
    return NewCode(ref, BY_PLACE if _rank_differs(change, sides) else BY_OTHER)


def _rank_differs(change: UnitChange, sides: Sides) -> bool:
    ranks = []
    for side, code in ((sides.old, change.old.code), (sides.new, change.new.code)):
        parent = side.parent(side.by_code[code])
        family = side.children[parent.code] if parent else []
        ranks.append([unit.code for unit in family].index(code) if parent else None)
    return ranks[0] != ranks[1]


def new_numbers(sides: Sides) -> list[NewNumbers]:
    """Units whose functions, or items of these, go on there under other numbers."""
    found = []
    for unit in sides.changes:
        if unit.old is None or unit.new is None:
            continue
        numbers = NewNumbers(sides.ref(unit))
        for change in unit.walk():
            if _stays(change, unit):
                _note(change, numbers)
        if numbers.runs or numbers.items:
            found.append(numbers)
    return found


def _stays(change: FunctionChange, unit: UnitChange) -> bool:
    old, new = change.old, change.new
    return bool(
        old and new and old.code == unit.old.code and len(old.path) == len(new.path)
    )


def _note(change: FunctionChange, numbers: NewNumbers) -> None:
    old, new = change.old, change.new
    if len(old.path) > 1:
        # An item moves with its function; moved below another one, it has a new place.
        if old.path[-1] != new.path[-1] or change.change == MOVED:
            numbers.items.append((path_label(old.path), path_label(new.path)))
        return
    before, now = old.number, new.number
    if before == now:
        return
    last = numbers.runs[-1] if numbers.runs else None
    if last and before == last.last + 1 and now - before == last.now - last.first:
        last.last = before
    else:
        numbers.runs.append(Run(before, before, now))
