"""How well a passage answers: the same on every engine, so computed here. Pure.

Counts: how many of the terms it holds and how rare they are; in the very form typed,
in another form, by another term; how near each other. A term of several words is held
only where its words stand together, which no engine says alike.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from functions.search.expanding import Alternative, Term
from functions.search.query import Typed

# The words of another term may have these many others between them.
LOOSE = 4
RARITY = 0.6
# A term of the field tells more than the other words of a sentence.
KNOWN = 1.6
# Not as typed: another form of the word.
OTHER_FORM = 0.95


@dataclass(frozen=True)
class Match:
    """What a passage holds: term index -> how well, and all the places of it."""

    weights: dict[int, float]
    at: dict[int, tuple[int, ...]]
    length: int

    def is_whole(self, number: int) -> bool:
        return len(self.weights) == number


class Matcher:
    """Tells what of the terms a passage holds; made once for many passages."""

    def __init__(self, terms: Sequence[Term]):
        self.terms = [
            (index, term.words, [(one.weight, one) for one in term.alternatives])
            for index, term in enumerate(terms)
        ]
        self.wanted = frozenset(
            stem for term in terms for one in term.alternatives for stem in one.stems
        )

    def match(self, words: str, stems: str) -> Match:
        """What a passage of these words and stems holds."""
        told = stems.split(" ")
        wanted = self.wanted
        found: dict[str, list[int]] = {}
        for place in [at for at, stem in enumerate(told) if stem in wanted]:
            found.setdefault(told[place], []).append(place)
        written: list[str] | None = None
        weights: dict[int, float] = {}
        at: dict[int, tuple[int, ...]] = {}
        for index, typed, alternatives in self.terms:
            best, places = 0.0, ()
            for weight, one in alternatives:
                if weight > best and (where := _where(one, found)):
                    best, places = weight, where
            if not best:
                continue
            if best == 1.0:
                if written is None:
                    written = words.split(" ")
                exact = tuple(one for one in places if written[one] in typed)
                best, places = (best, exact) if exact else (OTHER_FORM, places)
            weights[index], at[index] = best, places
        return Match(weights, at, len(told))


def holds_phrase(words: str, phrase: Iterable[Typed]) -> bool:
    """Whether these very words stand in a row; case and accents do not count."""
    return f" {' '.join(one.word for one in phrase)} " in f" {words} "


def rarities(terms: Sequence[Term], matches: Sequence[Match]) -> list[float]:
    """How much each term tells, from how many of the answers hold it."""
    counts = [
        sum(index in one.weights for one in matches) for index in range(len(terms))
    ]
    total = len(matches)
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


def _where(one: Alternative, found: dict[str, list[int]]) -> tuple[int, ...]:
    """Where the alternative stands; nowhere unless its words are together."""
    if len(one.stems) == 1:
        return tuple(found.get(one.stems[0], ()))
    if any(stem not in found for stem in one.stems):
        return ()
    room = 2 * len(one.stems) + LOOSE
    rarest = min(one.stems, key=lambda stem: len(found[stem]))
    for start in found[rarest]:
        near = [
            min(found[stem], key=lambda place: abs(place - start)) for stem in one.stems
        ]
        if max(near) - min(near) < room:
            return tuple(sorted(near))
    return ()


def _span(at: dict[int, tuple[int, ...]]) -> int:
    """The shortest stretch that holds a place of each term."""
    places = sorted((place, index) for index, each in at.items() for place in each)
    last: dict[int, int] = {}
    best = places[-1][0] - places[0][0] + 1
    for place, index in places:
        last[index] = place
        if len(last) == len(at):
            best = min(best, place - min(last.values()) + 1)
    return max(best, len(at))
