"""The order of a comparison: the new edition's, with what is gone in its old place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

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
    if all(ranks[at] < ranks[at + 1] for at in range(len(ranks) - 1)):
        return set()
    tails: list[int] = []  # the smallest last rank of a rising run of each length
    at_tail: list[int] = []
    before: list[int] = []
    for at, rank in enumerate(ranks):
        length = bisect_left(tails, rank)
        before.append(at_tail[length - 1] if length else -1)
        if length == len(tails):
            tails.append(rank)
            at_tail.append(at)
        else:
            tails[length] = rank
            at_tail[length] = at
    kept = set()
    at = at_tail[-1]
    while at >= 0:
        kept.add(at)
        at = before[at]
    return set(range(len(ranks))) - kept
