"""The names of changes and weights, as the JSON form writes them. Pure."""

from __future__ import annotations

from collections.abc import Iterable

Segment = tuple[str, str]  # "=", "-" or "+", and its text
Redline = tuple[Segment, ...]

NEW = "new"
SUPPRESSED = "suppressed"
MOVED = "moved"
RENAMED = "renamed"
REWORDED = "reworded"
RENUMBERED = "renumbered"
KIND = "kind"
SPLIT = "split"
MERGED = "merged"
SAME = "same"

SUBSTANTIVE = "substantive"
TERMINOLOGY = "terminology"
COSMETIC = "cosmetic"
_HEAVIER = {None: 0, COSMETIC: 1, TERMINOLOGY: 2, SUBSTANTIVE: 3}

UNIT_CHANGES = (
    NEW,
    SUPPRESSED,
    SPLIT,
    MERGED,
    RENAMED,
    KIND,
    MOVED,
    RENUMBERED,
    SAME,
)
FUNCTION_CHANGES = (NEW, SUPPRESSED, MOVED, REWORDED, RENUMBERED, SAME)
CHAPTER_CHANGES = (NEW, SUPPRESSED, RENAMED, REWORDED, RENUMBERED, SAME)
WEIGHTS = (SUBSTANTIVE, TERMINOLOGY, COSMETIC)


def heaviest(weights: Iterable[str | None]) -> str | None:
    return max(weights, key=_HEAVIER.__getitem__, default=None)
