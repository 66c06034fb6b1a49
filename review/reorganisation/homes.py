"""Functions of the base that are not in their unit now: moved, alike elsewhere, gone.

A text counts as alike when its words are, or nearly, as in the checks' ``near_copy``:
it begins with the same verb and names no other matter. Down the chain of command one
matter is elaborated, revised and approved, which are three functions. A text that a
unit had before must agree in every word of weight: it is claimed to do the same. Pure.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from exchange.document import Function, Unit
from review.checks.rules.near_copies import of_other_matter
from review.checks.words import comparable, is_closing
from review.compare import FunctionChange, UnitChange
from review.compare.changes import MOVED as MOVED_CHANGE
from review.reorganisation.effect import (
    CLOSING,
    KEPT,
    LIKELY,
    MOVED,
    OUTCOMES,
    WITHOUT,
    Fate,
    Home,
    Homes,
    Structure,
)
from review.reorganisation.sides import Sides, walk

ALIKE = 90  # of 100: what a reworded copy keeps of its words
_LEAST_WORDS = 5  # shorter texts are alike by chance
_SMALL = 3  # letters of articles and prepositions
_STEM, _FORM = 3, 75  # letters; of 100: what forms of one word share


@dataclass(eq=False, slots=True)
class _Standing:
    """A function or item of the draft; ``words`` include those of its items."""

    function: Function
    unit: Unit
    path: tuple[int, ...]
    words: str
    new_there: bool


def homes(sides: Sides, structure: Structure) -> Homes:
    """What became of every function and item of the base; ``structure`` is told too.

    Each has exactly one outcome; what is not in its unit now is listed in the base's
    reading order.
    """
    seeker = _Seeker(sides, structure)
    counts = {level: dict.fromkeys(OUTCOMES, 0) for level in ("functions", "items")}
    of_units: dict[str, Counter[str]] = defaultdict(Counter)
    went_to: dict[str, Counter[str]] = defaultdict(Counter)
    found: list[Fate] = []
    for change in seeker.changes:
        fate = seeker.fate(change)
        outcome = fate.outcome if fate else KEPT
        is_item = len(change.old.path) > 1
        counts["items" if is_item else "functions"][outcome] += 1
        if not is_item:
            of_units[change.old.code][outcome] += 1
            if outcome == MOVED:
                went_to[change.old.code][change.new.code] += 1
        if fate:
            found.append(fate)
    for one in structure.removed:
        code = one.unit.old_code
        one.functions = {name: of_units[code][name] for name in OUTCOMES}
        one.went_to = [
            (sides.ref_new(to), count) for to, count in went_to[code].most_common()
        ]
    return Homes(counts, found)


class _Seeker:
    def __init__(self, sides: Sides, structure: Structure) -> None:
        self.sides = sides
        self.heirs = {
            one.unit.old_code: {heir.unit.new_code for heir in one.heirs}
            for one in structure.removed
        }
        # Base function's key -> the function of the draft like it, for its items.
        self.found: dict[int, _Standing] = {}
        self.parents: dict[int, int] = {}
        self.old_functions: dict[int, Function] = {}
        for unit in sides.old.units:
            for function, _path in walk(unit.functions):
                self.old_functions[function.key.int] = function
                for item in function.items:
                    self.parents[item.key.int] = function.key.int

    @cached_property
    def changes(self) -> list[FunctionChange]:
        """Of every function and item of the base, in its reading order."""
        order = {unit.code: at for at, unit in enumerate(self.sides.old.units)}
        found = [
            change
            for unit in self.sides.changes
            for change in unit.walk()
            if change.old
        ]
        return sorted(found, key=lambda one: (order[one.old.code], one.old.path))

    def fate(self, change: FunctionChange) -> Fate | None:
        """Where it went; None where it goes on in its unit."""
        unit = self.sides.old.changes[change.old.code]
        if change.new is not None:
            if unit.new is not None and unit.new.code == change.new.code:
                return None
            home = Home(
                self.sides.ref_new(change.new.code),
                change.new.path,
                change.new.key,
                change.new.text,
            )
            return self._fate(MOVED, change, unit, home)
        function = self.old_functions[change.old.key.int]
        if len(change.old.path) == 1 and is_closing(function.text):
            return self._fate(CLOSING, change, unit)
        standing, likeness = self._like(function, change, unit)
        if standing is None:
            return self._fate(WITHOUT, change, unit)
        self.found[function.key.int] = standing
        home = Home(
            self.sides.ref_new(standing.unit.code),
            standing.path,
            standing.function.key,
            standing.function.text,
            1.0 if likeness == 100 else min(0.99, round(likeness / 100, 2)),
            standing.new_there,
        )
        return self._fate(LIKELY, change, unit, home)

    def _fate(self, outcome, change, unit: UnitChange, home=None) -> Fate:
        old = change.old
        return Fate(
            outcome,
            old.key,
            self.sides.ref(unit),
            old.path,
            old.text,
            unit.new is None,
            home,
        )

    def _like(
        self, function: Function, change: FunctionChange, unit: UnitChange
    ) -> tuple[_Standing | None, float]:
        """What is like a function of the base that is gone, and how much of 100.

        New texts come before those that a unit had already, successors before other
        units, the most alike before the less. Items are first sought below what their
        function is like.
        """
        words = _whole(function)
        above = self.found.get(self.parents.get(function.key.int))
        if above is not None:
            scored = _alike(words, self._below(above))
            if scored:
                return max(scored, key=lambda one: one[1])
        if words.count(" ") < _LEAST_WORDS - 1:
            return None, 0.0
        is_item = len(change.old.path) > 1
        heirs = self.heirs.get(change.old.code, set())
        if unit.new is not None:
            heirs = {unit.new.code}  # typed anew in the unit itself
        scored = [
            one
            for one in self._shelf.like(words, is_item)
            if one[0].new_there or _same_matter(words, one[0].words)
        ]
        if not scored:
            return None, 0.0
        return max(
            scored,
            key=lambda one: (one[0].new_there, one[0].unit.code in heirs, one[1]),
        )

    def _below(self, standing: _Standing) -> list[_Standing]:
        return [
            one
            for item in standing.function.items
            if (one := self._shelf.by_key.get(item.key.int)) is not None
        ]

    @cached_property
    def _shelf(self) -> _Shelf:
        return _Shelf(list(self._standing()))

    def _standing(self) -> Iterator[_Standing]:
        """Everything in the draft; what came with its key is new in its unit too."""
        new_there = {
            change.new.key.int
            for unit in self.sides.changes
            for change in unit.walk()
            if change.new and (change.old is None or change.change == MOVED_CHANGE)
        }
        for unit in self.sides.new.units:
            for function, path in walk(unit.functions):
                yield _Standing(
                    function,
                    unit,
                    path,
                    _whole(function),
                    function.key.int in new_there,
                )


class _Shelf:
    """The draft's texts by level and first word, each group sorted by length."""

    def __init__(self, standing: list[_Standing]) -> None:
        self.by_key = {one.function.key.int: one for one in standing}
        self._groups: dict[tuple[bool, str], list[_Standing]] = defaultdict(list)
        for one in standing:
            if one.words:
                group = len(one.path) > 1, one.words.partition(" ")[0]
                self._groups[group].append(one)
        for group in self._groups.values():
            group.sort(key=lambda one: len(one.words))
        self._lengths = {
            name: [len(one.words) for one in group]
            for name, group in self._groups.items()
        }

    def like(self, words: str, is_item: bool) -> list[tuple[_Standing, float]]:
        """What is alike; only texts of about the same length can be."""
        name = is_item, words.partition(" ")[0]
        lengths = self._lengths.get(name, ())
        shortest = len(words) * ALIKE / (200 - ALIKE)
        longest = len(words) * (200 - ALIKE) / ALIKE
        # A letter more on each side than the quotient of two floats may lose.
        low = bisect_left(lengths, shortest - 1)
        high = bisect_right(lengths, longest + 1)
        return _alike(words, self._groups[name][low:high]) if high > low else []


def _alike(words: str, group: list[_Standing]) -> list[tuple[_Standing, float]]:
    found = process.extract(
        words,
        [one.words for one in group],
        scorer=fuzz.ratio,
        score_cutoff=ALIKE,
        limit=None,
    )
    return [
        (group[at], score)
        for text, score, at in found
        if text == words or not of_other_matter(words, text)
    ]


def _same_matter(one: str, other: str) -> bool:
    """Whether neither has a word of weight for which the other has another one.

    Asked of texts that stood there before: two units may do the same, each in its own
    matter. Forms of one word are the same.
    """
    first, second = set(one.split()), set(other.split())
    ours, theirs = _weighty(first - second), _weighty(second - first)
    if not ours or not theirs:
        return True
    fewer, more = sorted((ours, theirs), key=len)
    return all(any(_same_word(word, like) for like in more) for word in fewer)


def _same_word(one: str, other: str) -> bool:
    """«áreas» and «área»; not «corrección» and «construcción», nor two numbers."""
    if one.isdecimal() or other.isdecimal():
        return False
    return one[:_STEM] == other[:_STEM] and fuzz.ratio(one, other) >= _FORM


def _weighty(words: set[str]) -> list[str]:
    return [word for word in words if len(word) > _SMALL or word.isdecimal()]


def _whole(function: Function) -> str:
    """The words of a function and of its items: one head may have other items."""
    return " ".join(comparable(one.text) for one, _path in walk([function]) if one.text)
