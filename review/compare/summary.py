"""Counts of a comparison, for the head of pages and reports. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from review.compare.changes import (
    CHAPTER_CHANGES,
    FUNCTION_CHANGES,
    UNIT_CHANGES,
    WEIGHTS,
    Comparison,
    FunctionChange,
)


def summary(comparison: Comparison) -> dict[str, object]:
    """How many units, functions, items and chapters, by what became of them.

    ``modified`` functions continue with another text, or with something else among
    their items; ``modified_by_weight`` counts each by the heaviest of these changes.
    """
    functions = [one for unit in comparison.units for one in unit.functions]
    items = [
        inner
        for function in functions
        for item in function.items
        for inner in item.walk()
    ]
    modified = Counter(one.overall for one in functions if one.modified)
    return {
        "same": not differs(comparison),
        "units": {
            "total": _sides(comparison.units),
            **_counted(
                (name for unit in comparison.units for name in unit.changes),
                UNIT_CHANGES,
            ),
            "differing": sum(unit.differs for unit in comparison.units),
        },
        "functions": {
            **_changes(functions),
            "modified": modified.total(),
            "modified_by_weight": {weight: modified[weight] for weight in WEIGHTS},
        },
        "items": _changes(items),
        "chapters": {
            "total": _sides(comparison.chapters),
            **_counted(
                (chapter.change for chapter in comparison.chapters), CHAPTER_CHANGES
            ),
        },
        "edition": len(comparison.edition),
        "manual": len(comparison.manual),
        "terms": len(comparison.terminology),
    }


def differs(comparison: Comparison) -> bool:
    """Whether anything at all differs between the editions, their data included."""
    return bool(
        comparison.manual
        or comparison.edition
        or any(unit.changes != ["same"] or unit.differs for unit in comparison.units)
        or any(unit.fields for unit in comparison.units)
        or any(chapter.change != "same" for chapter in comparison.chapters)
        or any(one.change != "same" for unit in comparison.units for one in unit.walk())
    )


def _sides(changes: Iterable) -> dict[str, int]:
    changes = list(changes)
    return {
        "old": sum(change.old is not None for change in changes),
        "new": sum(change.new is not None for change in changes),
    }


def _counted(names: Iterable[str], known: tuple[str, ...]) -> dict[str, int]:
    """Every known name with its count."""
    counts = Counter(names)
    return {name: counts[name] for name in known}


def _changes(changes: list[FunctionChange]) -> dict[str, object]:
    weights = Counter(change.weight for change in changes)
    return {
        "total": _sides(changes),
        **_counted((change.change for change in changes), FUNCTION_CHANGES),
        "reordered": sum(change.reordered for change in changes),
        "by_weight": {weight: weights[weight] for weight in WEIGHTS},
    }
