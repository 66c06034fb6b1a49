"""A part of a comparison: some units, the structure alone, only what differs. Pure.

The whole is never changed. What a part says of the editions (their data, terminology,
successions) is what the whole says.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from enum import StrEnum
from uuid import UUID

from review.compare.changes import (
    SAME,
    ChapterChange,
    Comparison,
    FunctionChange,
    UnitChange,
)


class Part(StrEnum):
    """What of two editions is compared; chapters have no units, units no chapters."""

    ALL = "all"
    STRUCTURE = "structure"
    FUNCTIONS = "functions"
    CHAPTERS = "chapters"


def narrowed(
    comparison: Comparison,
    *,
    part: Part = Part.ALL,
    units: Collection[UUID] | None = None,
    only_changes: bool = False,
) -> Comparison:
    """The comparison with a part of its lists.

    ``units`` are keys as :attr:`UnitChange.key` gives them; naming some leaves the
    chapters out. ``only_changes`` leaves out what is the same in both editions.
    """
    chosen, chapters = comparison.units, comparison.chapters
    if units is not None:
        chosen, chapters = [one for one in chosen if one.key in units], []
    if part is Part.CHAPTERS:
        chosen = []
    elif part is not Part.ALL:
        chapters = []
    if part is Part.STRUCTURE:
        chosen = [replace(one, functions=[], left=[]) for one in chosen]
    if only_changes:
        shortened = [_only_changed(one) for one in chosen]
        chosen = [one for one in shortened if _differs(one, part)]
        chapters = [
            one
            for one in map(_chapter, chapters)
            if one.changes != [SAME] or one.blocks or one.charts
        ]
    return replace(comparison, units=chosen, chapters=chapters)


def keys_of(comparison: Comparison, named: str, *, branch: bool = False) -> set[UUID]:
    """The keys of the unit that ``named`` names, a code or a key; or of its branch.

    A code of the new edition precedes the same code of the old one. Raises LookupError
    where neither edition has such a unit.
    """
    unit = _unit_named(comparison, named)
    return {one.key for one in comparison.under(unit.key)} if branch else {unit.key}


def _unit_named(comparison: Comparison, named: str) -> UnitChange:
    try:
        name, wanted = "key", UUID(named)
    except ValueError:
        name, wanted = "code", named
    for side in ("new", "old"):
        for unit in comparison.units:
            found = getattr(unit, side)
            if found is not None and getattr(found, name) == wanted:
                return unit
    raise LookupError(named)


def _only_changed(unit: UnitChange) -> UnitChange:
    kept = [found for one in unit.functions if (found := _function(one)) is not None]
    return replace(unit, functions=kept)


def _differs(unit: UnitChange, part: Part) -> bool:
    """Whether anything is left to be said of a unit in this part."""
    if unit.functions or unit.left:
        return True
    return part is not Part.FUNCTIONS and bool(
        unit.changes != [SAME] or unit.fields or unit.objective or unit.reordered
    )


def _function(function: FunctionChange) -> FunctionChange | None:
    items = [found for one in function.items if (found := _function(one)) is not None]
    if items or function.left or function.reordered or function.change != SAME:
        return replace(function, items=items)
    return None


def _chapter(chapter: ChapterChange) -> ChapterChange:
    blocks = [
        block
        for block in chapter.compared_blocks or ()
        if block.change != SAME or block.reordered
    ]
    charts = [chart for chart in chapter.charts if chart.change != SAME]
    return replace(chapter, compared_blocks=blocks, charts=charts)
