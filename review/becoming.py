"""What became of a unit or function of a manual, followed through its editions.

What people recorded and what the comparison of neighbouring editions proposes become
the steps of review/lineage.py; those between closed editions are kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from uuid import UUID

from manuals.models import Edition
from review.compare.changes import Comparison, Succession, UnitChange
from review.compare.editions import kept, kept_comparison, way_from
from review.lineage import REPLACED, Event, Heir, Link, Step, follow
from review.successions import stated_on_the_way

# The share of a gone unit's functions that one other unit must have to be proposed.
_MOST = 0.5


def in_time(editions: Iterable[Edition]) -> list[Edition]:
    """Published editions in order of time, then the drafts, which come next."""
    return sorted(
        editions,
        key=lambda one: (
            not one.is_closed,
            one.effective_from if one.is_closed else date.max,
            one.pk,
        ),
    )


@dataclass(frozen=True)
class Became:
    """A walk through ``editions``, in order of time or back, whose last is the target.

    Steps of ``events`` are numbered along the walk.
    """

    editions: Sequence[Edition]
    is_backward: bool
    events: list[Event] = field(default_factory=list)
    heirs: list[Heir] = field(default_factory=list)

    def around(self, event: Event) -> tuple[Edition, Edition]:
        """The editions before and after what happened, in order of time."""
        pair = self.editions[event.step], self.editions[event.step + 1]
        return pair[::-1] if self.is_backward else pair

    @property
    def keys(self) -> set[UUID]:
        """Everything that the walk speaks of."""
        found = {heir.key for heir in self.heirs}
        for event in self.events:
            found |= {event.key, *event.to}
        return found


def unit_became(
    key: UUID, editions: Sequence[Edition], *, since: Edition, target: Edition, user
) -> Became:
    """What a unit of the edition ``since`` is, or was, in the edition ``target``.

    ``editions`` are in order of time and hold both. Raises NotAllowed for one that the
    person may not read.
    """
    return _became(key, editions, since, target, user, "unit step", unit_step)


def function_became(
    key: UUID, editions: Sequence[Edition], *, since: Edition, target: Edition, user
) -> Became:
    """The same of a function or item; the comparison pairs those without one key."""
    return _became(key, editions, since, target, user, "function step", function_step)


def _became(key, editions, since, target, user, name, make) -> Became:
    begin, end = editions.index(since), editions.index(target)
    is_backward = end < begin
    passed = editions[min(begin, end) : max(begin, end) + 1]
    steps = [_step(old, new, user, name, make) for old, new in pairwise(passed)]
    if is_backward:
        passed = passed[::-1]
        steps = [step.reversed() for step in reversed(steps)]
    return Became(passed, is_backward, *follow(key, steps))


def _step(old: Edition, new: Edition, user, name: str, make: Callable) -> Step:
    def build() -> Step:
        comparison = kept_comparison(old=old, new=new, user=user)
        # Otherwise the comparison knows what was recorded.
        apart = [] if way_from(old, new) else stated_on_the_way([new.pk])
        return make(comparison, apart)

    return kept(old, new, name, build)


def unit_step(comparison: Comparison, recorded: Iterable[Succession] = ()) -> Step:
    """The units of two editions, and which became which. Pure.

    ``recorded`` are statements that the comparison does not know. A unit that left
    without any is proposed to be the one that took most of its functions.
    """
    units = comparison.units
    links = [
        Link(unit.old.key, unit.new.key, REPLACED, False, unit.confidence)
        for unit in units
        if unit.old and unit.new and unit.old.key != unit.new.key
    ]
    links += [
        Link(old, new, one.kind, one.recorded, one.confidence)
        for one in (*recorded, *comparison.successions)
        for old in one.from_keys
        for new in one.to_keys
        if old != new
    ]
    led = {link.old for link in links}
    by_code = {unit.new.code: unit.new.key for unit in units if unit.new}
    for unit in units:
        if unit.new is None and unit.old.key not in led:
            links += _heir_of_most(unit, by_code)
    return Step(
        frozenset(unit.old.key for unit in units if unit.old),
        frozenset(unit.new.key for unit in units if unit.new),
        tuple(links),
    )


def _heir_of_most(unit: UnitChange, by_code: dict[str, UUID]) -> Iterator[Link]:
    went = Counter(function.new.code for function in unit.left)
    if not went:
        return
    ((code, count),) = went.most_common(1)
    share = count / (len(unit.left) + len(unit.functions))
    if share > _MOST:
        yield Link(unit.old.key, by_code[code], REPLACED, False, round(share, 2))


def function_step(comparison: Comparison, recorded: Iterable[Succession] = ()) -> Step:
    """The functions and items of two editions, and which became which. Pure."""
    functions = [one for unit in comparison.units for one in unit.walk()]
    return Step(
        frozenset(one.old.key for one in functions if one.old),
        frozenset(one.new.key for one in functions if one.new),
        tuple(
            Link(one.old.key, one.new.key, REPLACED, False, one.confidence)
            for one in functions
            if one.old and one.new and one.old.key != one.new.key
        ),
    )
