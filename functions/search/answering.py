"""From a query to all that answers it, the best first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from functions.search import expanding, ranking
from functions.search.expanding import Term
from functions.search.interface import Expansion, Kind
from functions.search.places import Asked, Text
from functions.search.query import Query, Typed
from functions.search.ranking import Match
from functions.search.reading import Reading, Slot, Standing
from functions.search.shelf import only_shelf, texts_of
from functions.search.stems import is_stop_word

# Where nothing holds all that was asked: how much less than the best still counts.
RELAXED = 0.5
# So many answers to a question that hold all its words need no others.
ENOUGH = 5
# How much nearness counts beside what is held.
NEAR = 0.15

# A text, where it stands, and what it holds.
Holding = tuple[Text, Sequence[Standing], Match]
# What ranks an answer, less is better, with its score and where it stands: plain, since
# an object for each of hundreds, of which twenty are shown, would be most of a search.
Found = tuple[float, tuple[int, int], tuple, float, Standing]
_RANK = itemgetter(slice(3))


class Ranked(NamedTuple):
    """Places, the best first, and how many have the same slot.

    ``said`` counts those that are no chapter's; ``is_partial``: there are more.
    """

    found: list[Found]
    slots: Mapping[Slot, int]
    said: int
    is_partial: bool


NOTHING = Ranked([], {}, 0, False)


@dataclass
class Answer:
    """Everything that answers a query, and how it was come by."""

    ranked: Ranked
    terms: list[Term]
    relaxed: bool = False
    left_out: tuple[str, ...] = ()
    unknown: tuple[Typed, ...] = ()

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
        return Answer(NOTHING, [])
    ranked = _whole(query, terms, reading)
    # A chapter that happens to hold all words is no reason to keep silent about units;
    # and who asks in a sentence uses more words than what is looked for.
    enough = ENOUGH if query.is_question else 1
    if ranked.said >= enough or not terms or (query.phrases and ranked.found):
        return Answer(ranked, terms)
    return _relaxed(query, expanding.with_families(terms), reading)


def _whole(query: Query, terms: list[Term], reading: Reading) -> Ranked:
    """What holds everything asked; kept where that depends on one term alone."""
    other = (*query.phrases, *query.excluded, *query.excluded_phrases)
    if len(terms) == 1 and not other and reading.scope.under is None:
        shelf = only_shelf(reading.editions)
        if shelf is not None:
            name = "ranked", terms[0]
            return shelf.kept(name, lambda: _holding_all(query, terms, reading))
    return _holding_all(query, terms, reading)


def _holding_all(query: Query, terms: list[Term], reading: Reading) -> Ranked:
    parts = [term.question for term in terms] + _phrases(query)
    found, is_partial = _holding(query, ("and", *parts), terms, reading)
    found = [one for one in found if all(one[2].weights)]
    return _ranked(found, _rarity(terms, found), reading, is_partial)


def _relaxed(query: Query, terms: list[Term], reading: Reading) -> Answer:
    """What holds most of what was asked; a phrase is never left out."""
    question = ("or", *(term.question for term in terms))
    parts = _phrases(query)
    found, is_partial = _holding(query, ("and", question, *parts), terms, reading)
    found = [one for one in found if any(one[2].weights)]
    held = _counts(terms, found)
    unknown = tuple(
        word
        for count, term in zip(held, terms, strict=True)
        if not count
        for word in query.words
        if word.word in term.words
    )
    if not found:
        return Answer(NOTHING, terms, relaxed=True, unknown=unknown)
    rarity = _rarity(terms, found)
    covered = [ranking.coverage(match.weights, rarity) for *_, match in found]
    enough = RELAXED * max(covered)
    kept = [one for one, part in zip(found, covered, strict=True) if part >= enough]
    left_out = tuple(
        term.text
        for index, term in enumerate(terms)
        if any(not match.weights[index] for *_, match in kept)
    )
    ranked = _ranked(kept, rarity, reading, is_partial)
    return Answer(ranked, terms, True, left_out, unknown)


def _counts(terms: Sequence[Term], found: Sequence[Holding]) -> list[int]:
    """How many places hold each term."""
    return [
        sum([len(each) for _text, each, match in found if match.weights[index]])
        for index in range(len(terms))
    ]


def _rarity(terms: Sequence[Term], found: Sequence[Holding]) -> list[float]:
    total = sum([len(each) for _text, each, _match in found])
    return ranking.rarities(terms, total, _counts(terms, found))


def _phrases(query: Query) -> list[tuple]:
    """The phrases by their words' stems; the very words are compared afterwards."""
    return [
        ("and", *(("or", *sorted(word.stems)) for word in phrase))
        for phrase in query.phrases
    ]


def _holding(query, question, terms, reading) -> tuple[list[Holding], bool]:
    """Texts with what they hold, and whether there are more than are ranked."""
    but = tuple(stem for word in query.excluded for stem in sorted(word.stems))
    texts, is_partial = texts_of(Asked(question, but), reading.editions)
    if query.phrases or query.excluded_phrases:
        texts = [text for text in texts if _says(query, text)]
    matchers: dict = {}
    held: list[Holding] = []
    for text in texts:
        shelf = text.shelf
        match = matchers.get(shelf)
        if match is None:
            match = matchers[shelf] = (
                shelf.matcher(terms) if shelf else ranking.Matcher(terms).match
            )
        standings = reading.standings(text)
        if standings:
            held.append((text, standings, match(text)))
    return held, is_partial


def _says(query: Query, text: Text) -> bool:
    """Whether the phrases asked for are there, and none of those excluded."""
    return all(
        ranking.holds_phrase(text, phrase) for phrase in query.phrases
    ) and not any(
        ranking.holds_phrase(text, phrase) for phrase in query.excluded_phrases
    )


def _ranked(found: list[Holding], rarity, reading: Reading, is_partial) -> Ranked:
    """Best first, each thing once: of several editions the newest that answers."""
    rank, one_edition = reading.rank, len(reading.editions) == 1
    covered: dict[tuple[float, ...], float] = {}
    ranked: list[Found] = []
    best: dict[tuple, Found] = {}
    for text, standings, (weights, at, nearness) in found:
        part = covered.get(weights)
        if part is None:
            part = covered[weights] = ranking.coverage(weights, rarity)
        score = part + NEAR * nearness - text.wordiness
        for standing in standings:
            _place, edition_id, order, factor, kind, _slot, _unit = standing
            counted = score
            if kind is Kind.UNIT and standing.place.is_name:
                counted += _named(text, part, at)
            counted *= factor
            one = -round(counted, 6), rank[edition_id], order, counted, standing
            if one_edition and kind is not Kind.UNIT:
                ranked.append(one)
                continue
            thing = _thing(standing, reading)
            other = best.get(thing)
            if other is None or _is_better(one, other):
                best[thing] = one
    ranked += best.values()
    ranked.sort(key=_RANK)
    said = sum([one.kind is not Kind.CHAPTER for _t, each, _m in found for one in each])
    return Ranked(ranked, Counter([one[-1].slot for one in ranked]), said, is_partial)


def _thing(standing: Standing, reading: Reading) -> tuple:
    """What is the same in several editions: a key; of a chapter, the words.

    In one edition only a unit has two places, its name and its objective.
    """
    place, unit = standing.place, standing.unit
    manual_id = reading.by_id[place.edition_id].manual_id
    if place.chapter_id is not None:
        return "chapter", manual_id, place.text.id
    if place.function_id is not None:
        return "function", manual_id, place.key
    return "unit", manual_id, unit.key if unit else place.unit_id


def _is_better(one: Found, other: Found) -> bool:
    """In a newer edition, or in the same and before; of one thing, so of one manual."""
    return (one[1], _RANK(one)) < (other[1], _RANK(other))


def _named(text: Text, covered: float, at: Sequence[Sequence[int]]) -> float:
    """How much of a name was asked for: all of it is the unit itself."""
    full = [word for word in text.written if not is_stop_word(word)]
    held = len({place for each in at for place in each})
    return 0.3 * covered + 0.5 * covered * min(1.0, held / max(len(full), 1))
