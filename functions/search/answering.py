"""From a query to all that answers it, the best first."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from functions.search import expanding, ranking
from functions.search.expanding import Term
from functions.search.interface import Expansion, Kind
from functions.search.places import Asked, Place, Text
from functions.search.query import Query, Typed
from functions.search.ranking import Match
from functions.search.reading import NOWHERE, Reading
from functions.search.shelf import places_of
from functions.search.stems import is_stop_word
from manuals.models import Edition
from units.outline import OutlineUnit

# Where nothing holds all that was asked: how much less than the best still counts.
RELAXED = 0.5
# So many answers to a question that hold all its words need no others.
ENOUGH = 5
# How much nearness counts beside what is held.
NEAR = 0.15
# What a hit is counts beside what it says.
_BY_KIND = {Kind.UNIT: 1.0, Kind.FUNCTION: 1.0, Kind.ITEM: 0.99, Kind.CHAPTER: 0.6}


class Found(NamedTuple):
    """A place that answers; by ``order`` best first, then as the manual reads."""

    place: Place
    score: float
    order: tuple
    branch: OutlineUnit | None


@dataclass
class Answer:
    """Everything that answers a query, best first, and how it was come by."""

    found: list[Found]
    terms: list[Term]
    relaxed: bool = False
    left_out: tuple[str, ...] = ()
    unknown: tuple[Typed, ...] = ()
    is_partial: bool = False

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(
            stem
            for term in self.terms
            for one in term.alternatives
            for stem in one.stems
        )

    @property
    def expansions(self) -> tuple[Expansion, ...]:
        return tuple(
            Expansion(term.text, also)
            for term in self.terms
            if (also := tuple(one.said for one in term.alternatives if one.said))
        )


def answer_to(query: Query, reading: Reading) -> Answer:
    """All that answers: what holds everything asked, or else most of it."""
    terms = expanding.terms_of(query, expanding.thesaurus_for(reading.editions))
    if not terms and not query.phrases:
        return Answer([], [])
    found, is_partial = _holding_all(query, terms, reading)
    # A chapter that happens to hold all words is no reason to keep silent about units;
    # and who asks in a sentence uses more words than what is looked for.
    said = sum(place.unit_id is not None for place, _match in found)
    enough = ENOUGH if query.is_question else 1
    if said >= enough or not terms or (query.phrases and found):
        return Answer(_ranked(found, terms, reading), terms, is_partial=is_partial)
    return _relaxed(query, expanding.with_families(terms), reading)


def _holding_all(query, terms, reading) -> tuple[list[tuple[Place, Match]], bool]:
    parts = [term.question for term in terms] + _phrases(query)
    found, is_partial = _matches(query, ("and", *parts), terms, reading)
    number = len(terms)
    return [one for one in found if len(one[1].weights) == number], is_partial


def _relaxed(query: Query, terms: list[Term], reading: Reading) -> Answer:
    """What holds most of what was asked; a phrase is never left out."""
    question = ("or", *(term.question for term in terms))
    parts = _phrases(query)
    found, is_partial = _matches(query, ("and", question, *parts), terms, reading)
    found = [(place, match) for place, match in found if match.weights]
    held = {index for _place, match in found for index in match.weights}
    unknown = tuple(
        word
        for index, term in enumerate(terms)
        if index not in held
        for word in query.words
        if word.word in term.words
    )
    if not found:
        return Answer([], terms, relaxed=True, unknown=unknown)
    rarity = ranking.rarities(terms, [match for _place, match in found])
    whole = sum(rarity)
    covered = [ranking.coverage(match, rarity, whole) for _place, match in found]
    enough = RELAXED * max(covered)
    kept = [one for one, part in zip(found, covered, strict=True) if part >= enough]
    left_out = tuple(
        term.text
        for index, term in enumerate(terms)
        if any(index not in match.weights for _place, match in kept)
    )
    ranked = _ranked(kept, terms, reading, rarity)
    return Answer(ranked, terms, True, left_out, unknown, is_partial)


def _phrases(query: Query) -> list[tuple]:
    """The phrases by their words' stems; the very words are compared afterwards."""
    return [
        ("and", *(("or", *sorted(word.stems)) for word in phrase))
        for phrase in query.phrases
    ]


def _matches(query, question, terms, reading) -> tuple[list[tuple[Place, Match]], bool]:
    """Places with what they hold, and whether there are more than are ranked."""
    but = tuple(stem for word in query.excluded for stem in sorted(word.stems))
    matcher = ranking.Matcher(terms)
    kept: list[tuple[Place, Match]] = []
    matches: dict[Text, Match | None] = {}
    has_phrases = bool(query.phrases or query.excluded_phrases)
    places, is_partial = places_of(Asked(question, but), reading.editions)
    if reading.scope.under is not None:
        places = [place for place in places if reading.is_allowed(place)]
    for place in places:
        text = place.text
        if text in matches:
            match = matches[text]
        else:
            match = None
            if not has_phrases or _says(query, text):
                match = matcher.match(text)
            matches[text] = match
        if match is not None:
            kept.append((place, match))
    return kept, is_partial


def _says(query: Query, text: Text) -> bool:
    """Whether the phrases asked for are there, and none of those excluded."""
    return all(
        ranking.holds_phrase(text, phrase) for phrase in query.phrases
    ) and not any(
        ranking.holds_phrase(text, phrase) for phrase in query.excluded_phrases
    )


def _ranked(found, terms, reading: Reading, rarity=None) -> list[Found]:
    """Best first, each thing once: of several editions the newest that answers."""
    if rarity is None:
        rarity = ranking.rarities(terms, [match for _place, match in found])
    whole = sum(rarity)
    one_edition = len(reading.editions) == 1
    scores: dict[tuple[Text, bool], float] = {}
    ranked: list[Found] = []
    best: dict[tuple, Found] = {}
    at = None  # the edition that is read
    for place, match in found:
        edition_id, part, unit_id, chapter_id, *_, positions, text, kind = place
        slot = text, kind is Kind.UNIT and part == 0
        score = scores.get(slot)
        if score is None:
            score = scores[slot] = _score(place, match, rarity, whole)
        score *= _BY_KIND[kind]
        if edition_id != at:
            at, edition = edition_id, reading.by_id[edition_id]
            manual_id, age = edition.manual_id, reading.age[edition_id]
            spots = reading.spots_of(edition_id)
        spot = spots.get(unit_id, NOWHERE)
        one = Found(
            place,
            score,
            (
                -round(score, 6),
                manual_id,
                age,
                spot.order,
                positions,
                chapter_id or 0,
                part,
            ),
            spot.branch,
        )
        if one_edition and kind is not Kind.UNIT:
            ranked.append(one)
            continue
        thing = _thing(place, edition, reading)
        other = best.get(thing)
        if other is None or _is_better(one, other, reading):
            best[thing] = one
    ranked += best.values()
    ranked.sort(key=attrgetter("order"))
    return ranked


def _thing(place: Place, edition: Edition, reading: Reading) -> tuple:
    """What is the same in several editions: a key; of a chapter, the words.

    In one edition only a unit has two places, its name and its objective.
    """
    if place.chapter_id is not None:
        return "chapter", edition.manual_id, place.text.id
    if place.function_id is not None:
        return "function", edition.manual_id, place.key
    unit = reading.unit_of(place)
    return "unit", edition.manual_id, unit.key if unit else place.unit_id


def _is_better(one: Found, other: Found, reading: Reading) -> bool:
    ages = (reading.age[found.place.edition_id] for found in (one, other))
    mine, its = ages
    return mine < its or (mine == its and one.order < other.order)


def _score(place: Place, match: Match, rarity: Sequence[float], whole: float) -> float:
    covered = ranking.coverage(match, rarity, whole)
    score = covered + NEAR * ranking.nearness(match) - 0.02 * math.log(match.length)
    if place.kind is Kind.UNIT and place.part == 0:
        # How much of the name was asked for: all of it is the unit itself.
        full = [w for w in place.text.written if not is_stop_word(w)]
        held = len({at for each in match.at.values() for at in each})
        score += 0.3 * covered + 0.5 * covered * min(1.0, held / max(len(full), 1))
    return score
