"""Pairing lists of functions by their texts; the measures behind exchange.matching."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from exchange.document import Function, Unit
from exchange.importers.wording import normal
from manuals.sequences import longest_rising

_LIKE_ALONE = 45.0  # the only ones between the same two paired neighbours
_LIKE_IN_PLACE = 50.0  # between the same two paired neighbours
_LIKE_IN_UNIT = 70.0  # anywhere in the unit
_LIKE_ELSEWHERE = 90.0  # in another unit
_LONG_ENOUGH = 8  # words that a text needs to be known inside another
_HELD_ALONE = 0.9
_SHINGLE = 4
_COMMON = 12
_MOST_COMPARED = 100_000
_NEAR = 20

FunctionPair = tuple[Function, Function, float]
PlacePair = tuple[int, int, float]
Placed = tuple[int, str]  # a text and its place in its list


class Texts:
    """Normal forms of texts, each computed once.

    The normal form has no case, accents or punctuation; of a function with items it
    is that of its own text.
    """

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self._units: dict[int, list[str]] = {}
        self._counts: dict[int, Counter[str]] = {}

    def form(self, text: str) -> str:
        """The normal form of a text."""
        found = self._known.get(text)
        if found is None:
            found = self._known[text] = normal(text)
        return found

    def normal(self, function: Function) -> str:
        """The normal form of a function's text."""
        return self.form(function.text)

    def of_list(self, functions: Iterable[Function]) -> list[str]:
        """The normal forms of a list, in its order."""
        known, form = self._known, self.form
        texts = [function.text for function in functions]
        return [known.get(text) or form(text) for text in texts]

    def of_unit(self, unit: Unit) -> list[str]:
        """The normal forms of a unit's functions, in their order."""
        found = self._units.get(id(unit))
        if found is None:
            found = self._units[id(unit)] = self.of_list(unit.functions)
        return found

    def counts(self, unit: Unit) -> Counter[str]:
        """How often each of them stands in the unit."""
        found = self._counts.get(id(unit))
        if found is None:
            found = self._counts[id(unit)] = Counter(self.of_unit(unit))
        return found


def pair_in_order(
    new: list[Function], base: list[Function], texts: Texts
) -> list[FunctionPair]:
    """The pairs between two versions of one list, with the confidence of each.

    Equal keys and texts first, in order; then, between neighbours that are paired,
    what is alike enough; then what is alike anywhere in the list.
    """
    # A key's number hashes faster than the key.
    places = {other.key.int: place for place, other in enumerate(base)}
    known = {
        at: places[one.key.int] for at, one in enumerate(new) if one.key.int in places
    }
    pairs = pair_texts(texts.of_list(new), texts.of_list(base), known)
    return [(new[at], base[place], confidence) for at, place, confidence in pairs]


def pair_texts(
    new: list[str], base: list[str], known: dict[int, int] | None = None
) -> list[PlacePair]:
    """The same of normal forms, by their places; ``known`` are pairs to begin with."""
    if new == base and not known:
        return [(at, at, 1.0) for at in range(len(new))]
    equal = _pair_equal(new, base, known or {})
    pairs = [(at, place, 1.0) for at, place in equal.items()]
    if len(equal) < len(new) and len(equal) < len(base):
        pairs += _pair_in_gaps(new, base, equal)
        done_new = {at for at, _, _ in pairs}
        done_base = {place for _, place, _ in pairs}
        pairs += _pair_alike(
            [(at, text) for at, text in enumerate(new) if at not in done_new],
            [(at, text) for at, text in enumerate(base) if at not in done_base],
            _LIKE_IN_UNIT,
        )
    return sorted(pairs)


def _pair_equal(
    new: list[str], base: list[str], known: dict[int, int]
) -> dict[int, int]:
    """The known pairs and those of equal texts, the first with the first."""
    pairs = dict(known)
    taken = set(known.values())
    waiting: dict[str, list[int]] = defaultdict(list)
    for place in range(len(base) - 1, -1, -1):
        if place not in taken:
            waiting[base[place]].append(place)
    for at, text in enumerate(new):
        if at not in pairs and waiting.get(text):
            pairs[at] = waiting[text].pop()
    return pairs


def _pair_in_gaps(
    new: list[str], base: list[str], equal: dict[int, int]
) -> list[PlacePair]:
    """Pair the unpaired runs between the same neighbours, most alike first."""
    anchors = _rising(sorted(equal.items()))
    gaps_new = _gaps(new, [at for at, _ in anchors], equal.keys())
    gaps_base = _gaps(base, [place for _, place in anchors], set(equal.values()))
    found: list[PlacePair] = []
    for gap, texts in gaps_new.items():
        if gap in gaps_base:
            alone = len(texts) == len(gaps_base[gap]) == 1
            least = _LIKE_ALONE if alone else _LIKE_IN_PLACE
            found += _pair_alike(texts, gaps_base[gap], least)
    return found


def _gaps(
    texts: list[str], anchors: list[int], done: Collection[int]
) -> dict[int, list[Placed]]:
    """What is not done, by the number of the anchors before it."""
    gaps: dict[int, list[Placed]] = defaultdict(list)
    for at, text in enumerate(texts):
        if at not in done:
            gaps[bisect_left(anchors, at)].append((at, text))
    return gaps


def _rising(anchors: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of anchors, sorted by the first place, that rises in both."""
    return [anchors[at] for at in longest_rising([second for _, second in anchors])]


def _pair_alike(new: list[Placed], base: list[Placed], least: float) -> list[PlacePair]:
    """Pair by similarity, the most alike first; of equals, those nearest in order.

    In lists far longer than any unit has, only places near each other are compared.
    """
    scored = []
    reach = max(_NEAR, _MOST_COMPARED // max(len(new), 1))
    for at, (_, mine) in enumerate(new):
        for place in range(max(0, at - reach), min(len(base), at + reach + 1)):
            score = fuzz.ratio(mine, base[place][1], score_cutoff=least)
            if score:
                scored.append((score, -abs(at - place), at, place))
    scored.sort(reverse=True)
    taken_new: set[int] = set()
    taken_base: set[int] = set()
    pairs = []
    for score, _, at, place in scored:
        if at in taken_new or place in taken_base:
            continue
        taken_new.add(at)
        taken_base.add(place)
        pairs.append((new[at][0], base[place][0], score / 100))
    return pairs


def pair_moved(
    new: list[Function],
    base: list[Function],
    everywhere: Counter[str],
    texts: Texts,
) -> list[FunctionPair]:
    """Pairs across units, of texts that only one unit of the base has.

    ``everywhere`` counts the normal texts of the base: a function that many units
    share has not moved when one unit loses it and another gains it.
    """
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    equal: dict[str, list[int]] = defaultdict(list)
    for place, other in enumerate(base):
        text = texts.normal(other)
        equal[text].append(place)
        for shingle in _shingles(text):
            index[shingle].append(place)
    gained = Counter(texts.normal(one) for one in new)
    scored = []
    for at, one in enumerate(new):
        mine = texts.normal(one)
        if gained[mine] > 1 or everywhere[mine] > 1:
            continue
        if mine in equal:
            scored.append((100.0, at, equal[mine][0]))
            continue
        shared: Counter[int] = Counter()
        for shingle in _shingles(mine):
            places = index.get(shingle, ())
            if len(places) <= _COMMON:
                shared.update(places)
        for place, _ in shared.most_common(3):
            other = texts.normal(base[place])
            score = _likeness_elsewhere(mine, other)
            if score and everywhere[other] == 1:
                scored.append((score, at, place))
    scored.sort(key=lambda each: (-each[0], each[1], each[2]))
    taken_new: set[int] = set()
    taken_base: set[int] = set()
    pairs = []
    for score, at, place in scored:
        if at not in taken_new and place not in taken_base:
            taken_new.add(at)
            taken_base.add(place)
            # Near twins are common between units: never quite sure.
            confidence = 1.0 if score == 100.0 else score / 100 - 0.2
            pairs.append((new[at], base[place], confidence))
    return pairs


def _likeness_elsewhere(mine: str, other: str) -> float:
    """From 0 to 100; a text that came with another unit may have been added to.

    Then nearly all words of the shorter one stand in the longer one, in their order.
    """
    score = fuzz.ratio(mine, other, score_cutoff=_LIKE_ELSEWHERE)
    if score:
        return score
    words, others = mine.split(), other.split()
    shorter, longer = sorted((len(words), len(others)))
    if shorter < _LONG_ENOUGH or longer > 2 * shorter:
        return 0.0
    held = 100 * LCSseq.similarity(words, others) / shorter
    return held * _HELD_ALONE if held >= _LIKE_ELSEWHERE else 0.0


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    if len(words) < _SHINGLE:
        return {tuple(words)}
    return {tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)}
