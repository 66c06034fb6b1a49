"""How well a passage answers: the same on every engine, so computed here. Pure.

Counts: how many of the terms it holds and how rare they are; in the very form typed,
in another form, by another term; how near each other. A term of several words is held
only where its words stand together, which no engine says alike.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from functions.search.expanding import Term
from functions.search.places import Text
from functions.search.query import Typed

# The words of another term may have these many others between them.
LOOSE = 4
RARITY = 0.6
# A term of the field tells more than the other words of a sentence.
KNOWN = 1.6
# Not as typed: another form of the word.
OTHER_FORM = 0.95


class Match(NamedTuple):
    """What a passage holds: term index -> how well, and all the places of it."""

    weights: dict[int, float]
    at: dict[int, Sequence[int]]
    length: int

    def is_whole(self, number: int) -> bool:
        return len(self.weights) == number


class Matcher:
    """Tells what of the terms a passage holds; made once for many passages."""

    def __init__(self, terms: Sequence[Term]):
        # The best alternative first; of equal ones, in their order.
        self.terms = [
            (
                index,
                term.words,
                [
                    (one.weight, one.stems[0] if len(one.stems) == 1 else "", one)
                    for one in sorted(term.alternatives, key=lambda one: -one.weight)
                ],
            )
            for index, term in enumerate(terms)
        ]
        self.wanted = frozenset(
            stem for term in terms for one in term.alternatives for stem in one.stems
        )

    def match(self, text: Text) -> Match:
        """What a passage holds."""
        found, length = text.stand(self.wanted)
        written: list[str] | None = None
        weights: dict[int, float] = {}
        at: dict[int, Sequence[int]] = {}
        for index, typed, alternatives in self.terms:
            for weight, stem, one in alternatives:
                places = found.get(stem) if stem else _together(one.stems, found)
                if not places:
                    continue
                if weight == 1.0:
                    if written is None:
                        written = text.written
                    exact = [one for one in places if written[one] in typed]
                    weight, places = (weight, exact) if exact else (OTHER_FORM, places)
                weights[index], at[index] = weight, places
                break
        return Match(weights, at, length)


def holds_phrase(text: Text, phrase: Iterable[Typed]) -> bool:
    """Whether these very words stand in a row; case and accents do not count."""
    return f" {' '.join(one.word for one in phrase)} " in f" {text.words} "


def rarities(terms: Sequence[Term], matches: Sequence[Match]) -> list[float]:
    """How much each term tells, from how many of the answers hold it."""
    total = len(matches)
    held = Counter(index for one in matches for index in one.weights)
    counts = [held[index] for index in range(len(terms))]
    # Holding more of the terms counts more than holding a rarer one.
    return [
        (KNOWN if term.is_known else 1)
        * (1 + RARITY * math.log(1 + (total + 1) / (count + 0.5)))
        for term, count in zip(terms, counts, strict=True)
    ]


def coverage(found: Match, rarity: Sequence[float], whole: float) -> float:
    """From 0 to 1: what part of what was asked is held, and how well.

    ``whole`` is the sum of the rarities.
    """
    if not whole:
        return 1.0
    return sum([rarity[i] * weight for i, weight in found.weights.items()]) / whole


def nearness(found: Match) -> float:
    """From 0 to 1: 1 when all that is held stands side by side; early is better."""
    if not found.at:
        return 0.0
    if len(found.at) == 1:
        (places,) = found.at.values()
        return 1 / (1 + places[0] / 12)
    return len(found.at) / _span(found.at)


def _together(stems: Sequence[str], found: dict[str, Sequence[int]]) -> Sequence[int]:
    """Where these stems stand near each other; nowhere unless all do."""
    for stem in stems:
        if stem not in found:
            return ()
    room = 2 * len(stems) + LOOSE
    rarest = min(stems, key=lambda stem: len(found[stem]))
    for start in found[rarest]:
        near = [
            min(found[stem], key=lambda place: abs(place - start)) for stem in stems
        ]
        if max(near) - min(near) < room:
            return tuple(sorted(near))
    return ()


def _span(at: dict[int, Sequence[int]]) -> int:
    """The shortest stretch that holds a place of each term."""
    places = sorted((place, index) for index, each in at.items() for place in each)
    last: dict[int, int] = {}
    best = places[-1][0] - places[0][0] + 1
    for place, index in places:
        last[index] = place
        if len(last) == len(at):
            best = min(best, place - min(last.values()) + 1)
    return max(best, len(at))
