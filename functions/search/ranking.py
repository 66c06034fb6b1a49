"""How well a passage answers: the same on every engine, so computed here. Pure.

Counts: how many of the terms it holds and how rare they are; in the very form typed,
in another form, by another term; how near each other. A term of several words is held
only where its words stand together, which no engine says alike.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
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
    """How well a passage holds each term, 0 if not; the places of those it holds.

    ``nearness`` is what these places give.
    """

    weights: tuple[float, ...]
    at: Sequence[Sequence[int]]
    nearness: float


_NOTHING = Match((0.0,), (), 0.0)


class Matcher:
    """Tells what of the terms a passage holds; made once for many passages."""

    def __init__(self, terms: Sequence[Term]):
        # The best alternative first; of equal ones, in their order.
        self.terms = [
            (
                term.words,
                [
                    (one.weight, one.stems[0] if len(one.stems) == 1 else "", one.stems)
                    for one in sorted(term.alternatives, key=lambda one: -one.weight)
                ],
            )
            for term in terms
        ]
        self.wanted = frozenset(
            stem for term in terms for one in term.alternatives for stem in one.stems
        )

    def match(self, text: Text) -> Match:
        """What a passage holds."""
        found = text.stand(self.wanted)
        written: Sequence[str] = ()
        weights: list[float] = []
        at: list[Sequence[int]] = []
        for typed, alternatives in self.terms:
            for weight, stem, stems in alternatives:
                places = found.get(stem) if stem else _together(stems, found)
                if not places:
                    continue
                if weight == 1.0:
                    written = written or text.written
                    exact = [one for one in places if written[one] in typed]
                    weight, places = (weight, exact) if exact else (OTHER_FORM, places)
                weights.append(weight)
                at.append(places)
                break
            else:
                weights.append(0.0)
        return Match(tuple(weights), at, nearness(at))


def matcher_of(
    held: Sequence[Mapping[Text, Match]],
) -> Callable[[Text], Match]:
    """Tells the same as a Matcher of several terms, from what one of each told.

    ``held`` has the passages that hold a term, for one term after the other.
    """
    if len(held) == 1:
        (only,) = held
        return lambda text: only.get(text, _NOTHING)

    def match(text: Text) -> Match:
        found = [each.get(text, _NOTHING) for each in held]
        at = [one.at[0] for one in found if one.at]
        return Match(tuple([one.weights[0] for one in found]), at, nearness(at))

    return match


def holds_phrase(text: Text, phrase: Iterable[Typed]) -> bool:
    """Whether these very words stand in a row; case and accents do not count."""
    return f" {' '.join(one.word for one in phrase)} " in f" {text.words} "


def rarities(terms: Sequence[Term], total: int, counts: Iterable[int]) -> list[float]:
    """How much each term tells, from how many of all the answers hold it."""
    # Holding more of the terms counts more than holding a rarer one.
    return [
        (KNOWN if term.is_known else 1)
        * (1 + RARITY * math.log(1 + (total + 1) / (count + 0.5)))
        for term, count in zip(terms, counts, strict=True)
    ]


def coverage(weights: Sequence[float], rarity: Sequence[float]) -> float:
    """From 0 to 1: what part of what was asked is held, and how well."""
    if not weights:
        return 1.0
    held = [one * weight for one, weight in zip(rarity, weights, strict=True)]
    return sum(held) / sum(rarity)


def nearness(at: Sequence[Sequence[int]]) -> float:
    """From 0 to 1: 1 when all that is held stands side by side; early is better."""
    if len(at) == 1:
        return 1 / (1 + at[0][0] / 12)
    return len(at) / _span(at) if at else 0.0


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


def _span(at: Sequence[Sequence[int]]) -> int:
    """The shortest stretch that holds a place of each term."""
    places = sorted((place, index) for index, each in enumerate(at) for place in each)
    last: dict[int, int] = {}
    best = places[-1][0] - places[0][0] + 1
    for place, index in places:
        last[index] = place
        if len(last) == len(at):
            best = min(best, place - min(last.values()) + 1)
    return max(best, len(at))
