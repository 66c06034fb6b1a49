"""Orders of siblings: who kept their place, and how one order joins another. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Hashable, Sequence
from typing import TypeVar

from manuals.sequences import longest_rising

T = TypeVar("T", bound=Hashable)


def steady(before: Sequence[T], after: Sequence[T]) -> set[T]:
    """What kept its order among what both have: one longest common subsequence."""
    common = _ranks(before, after)
    return {common[at][1] for at in longest_rising([rank for rank, _one in common])}


def surely_steady(before: Sequence[T], after: Sequence[T]) -> set[T]:
    """What kept its order whichever longest common subsequence one takes.

    Of two neighbours that changed places neither did; of one that passed three others,
    the three.
    """
    common = _ranks(before, after)
    ends = _lengths([rank for rank, _one in common])
    starts = _lengths([-rank for rank, _one in reversed(common)])[::-1]
    longest = max(ends, default=0)
    at: dict[int, list[T]] = {}
    for (_rank, one), end, start in zip(common, ends, starts, strict=True):
        if end + start - 1 == longest:
            at.setdefault(end, []).append(one)
    return {ones[0] for ones in at.values() if len(ones) == 1}


def joined(live: Sequence[T], wanted: Sequence[T], movers: Collection[T]) -> list[T]:
    """The order ``live`` with ``movers`` where ``wanted`` has them.

    Each stands right after what stood before it there and is still in the order; the
    first one comes first. Movers that ``wanted`` lacks are left out; so are the others
    of ``wanted`` that are no more in ``live``.
    """
    order = [one for one in live if one not in movers]
    present = set(order)
    last = None
    for one in wanted:
        if one in movers:
            place = order.index(last) + 1 if last is not None else 0
            order.insert(place, one)
            present.add(one)
        if one in present:
            last = one
    return order


def _ranks(before, after) -> list[tuple[int, Hashable]]:
    """(rank in ``before``, one) of what both have, as it stands in ``after``."""
    rank_of = {one: rank for rank, one in enumerate(before)}
    return [(rank_of[one], one) for one in after if one in rank_of]


def _lengths(ranks: Sequence[int]) -> list[int]:
    """How long the longest increasing subsequence is that ends at each."""
    tails: list[int] = []
    lengths = []
    for rank in ranks:
        place = bisect_left(tails, rank)
        tails[place : place + 1] = [rank]
        lengths.append(place + 1)
    return lengths
