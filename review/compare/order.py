"""The order of a comparison: the new edition's, with what is gone in its old place."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

from manuals.sequences import longest_rising

T = TypeVar("T", bound=Hashable)


def woven(new: Sequence[T], old: Iterable[T]) -> list[T]:
    """``new`` in its order, each thing only in ``old`` after its old predecessor.

    ``old`` holds, in the old order, what is in ``new`` and what is gone; its first
    things stand at the beginning when they are gone.
    """
    present = set(new)
    gone_after: dict[T | None, list[T]] = {}
    anchor: T | None = None
    for thing in old:
        if thing in present:
            anchor = thing
        else:
            gone_after.setdefault(anchor, []).append(thing)
    if not gone_after:
        return list(new)
    order = gone_after.get(None, [])[:]
    for thing in new:
        order.append(thing)
        order += gone_after.get(thing, ())
    return order


def out_of_order(ranks: Sequence[int]) -> set[int]:
    """The fewest indexes whose removal leaves the ranks rising."""
    return set(range(len(ranks))).difference(longest_rising(ranks))
