"""Units split into several and units merged into one.

What a person recorded is taken as it is. Otherwise a split or a merger is proposed
where a new unit took functions of an old one, or a unit that stays those of one that
is gone; names help: "Recursos Materiales" and "Servicios Generales" after "Recursos
Materiales y Servicios Generales". Pure: no Django, no database.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from uuid import UUID

from exchange.document import Document, Unit
from exchange.importers.wording import normal
from exchange.matching_text import Texts, pair_moved
from review.compare.agreement import FUNCTION_WORDS, singular
from review.compare.changes import MERGED, SPLIT, Succession
from review.compare.pairing import KEYS, Pairing

_TEXT, _NAME = 0.75, 0.35  # what shared functions and shared words of a name tell
_LIKELY = 0.5

Flow = Counter[tuple[int, int]]


def successions(
    pairing: Pairing,
    old: Document,
    new: Document,
    recorded: Iterable[Succession] = (),
) -> list[Succession]:
    """The recorded ones, then proposals for units that these do not speak of."""
    known = list(recorded)
    spoken_of = {key for one in known for key in (*one.from_keys, *one.to_keys)}
    gone = [
        unit
        for unit in old.units
        if pairing.is_suppressed(unit.key.int) and unit.key not in spoken_of
    ]
    fresh = [
        unit
        for unit in new.units
        if unit.key.int not in pairing.old_keys and unit.key not in spoken_of
    ]
    if not gone and not fresh:
        return known
    proposer = _Proposer(pairing, old, new, gone, fresh)
    return known + [
        one
        for one in (*proposer.splits(), *proposer.mergers())
        if spoken_of.isdisjoint((*one.from_keys, *one.to_keys))
    ]


class _Proposer:
    def __init__(self, pairing, old, new, gone, fresh) -> None:
        self.pairing: Pairing = pairing
        self.gone: list[Unit] = gone
        self.fresh: list[Unit] = fresh
        self.levels = _words_of_levels(old, new)
        self.flow = _flow(pairing, old, new, gone, fresh)
        self.order = {unit.key.int: at for at, unit in enumerate(new.units)}

    def splits(self) -> Iterable[Succession]:
        """Old units with two or more successors, one of which may keep its key."""
        pieces: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for unit in self.fresh:
            for (source, target), count in self.flow.items():
                if target == unit.key.int:
                    origin = self.pairing.old.units[source]
                    score = self._score(count, unit, origin)
                    if score >= _LIKELY:
                        pieces[source].append((target, score))
        for source, found in pieces.items():
            stays = self.pairing.new_keys.get(source)
            targets = [target for target, _score in found]
            if stays is not None:
                targets.append(stays)
            if len(targets) > 1:
                targets.sort(key=self.order.__getitem__)
                sure = min(score for _target, score in found)
                yield Succession(SPLIT, _keys([source]), _keys(targets), sure, False)

    def mergers(self) -> Iterable[Succession]:
        """New units with two or more predecessors, one of which may keep its key."""
        sources: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for unit in self.gone:
            for (source, target), count in self.flow.items():
                if source == unit.key.int:
                    heir = self.pairing.new.units[target]
                    score = self._score(count, unit, heir)
                    if score >= _LIKELY:
                        sources[target].append((source, score))
        places = {key: at for at, key in enumerate(self.pairing.old.units)}
        for target, found in sources.items():
            stays = self.pairing.old_keys.get(target)
            origins = [source for source, _score in found]
            if stays is not None:
                origins.append(stays)
            if len(origins) > 1:
                origins.sort(key=places.__getitem__)
                sure = min(score for _source, score in found)
                yield Succession(MERGED, _keys(origins), _keys([target]), sure, False)

    def _score(self, count: int, part: Unit, whole: Unit) -> float:
        """How likely one unit is a part of the other, from 0 to 1."""
        words = self._words(part)
        shared = len(words & self._words(whole)) / len(words) if words else 0.0
        if count < 2 and shared < 0.5:
            return 0.0
        share = count / len(part.functions)
        return round(min(1.0, _TEXT * share + _NAME * shared), 2)

    def _words(self, unit: Unit) -> set[str]:
        """The words of the name that are its own: no level, article or letter."""
        return {
            word
            for word in map(singular, normal(unit.name).split())
            if len(word) > 2 and word not in self.levels and word not in FUNCTION_WORDS
        }


def _keys(numbers: Iterable[int]) -> tuple[UUID, ...]:
    return tuple(UUID(int=number) for number in numbers)


def _words_of_levels(*documents: Document) -> set[str]:
    return {
        singular(word)
        for document in documents
        for unit in document.units
        for word in normal(unit.kind).split()
    }


def _flow(pairing, old, new, gone, fresh) -> Flow:
    """How many functions came from which unit into which, where either is new or gone.

    A function counts by its key, or, typed again, by its text.
    """
    flow: Flow = Counter()
    fresh_keys = {unit.key.int for unit in fresh}
    gone_keys = {unit.key.int for unit in gone}
    left_new: dict[int, Unit] = {}
    for unit in new.units:
        for function in unit.functions:
            was = pairing.old_function(function)
            if was is None:
                left_new[function.key.int] = unit
            elif unit.key.int in fresh_keys or was.unit.key.int in gone_keys:
                flow[was.unit.key.int, unit.key.int] += 1
    if pairing.matched != KEYS or not left_new:
        return flow
    left_old = {
        function.key.int: unit
        for unit in old.units
        for function in unit.functions
        if pairing.is_suppressed(function.key.int)
    }
    if not left_old:
        return flow
    texts = Texts()
    copies = Counter(one.text for unit in old.units for one in unit.functions)
    was = [pairing.old.functions[key].function for key in left_old]
    now = [pairing.new.functions[key].function for key in left_new]
    everywhere: Counter[str] = Counter()
    for function in was:
        everywhere[texts.normal(function)] += copies[function.text]
    for one, other, _sure in pair_moved(now, was, everywhere, texts):
        source, target = left_old[other.key.int].key.int, left_new[one.key.int].key.int
        if target in fresh_keys or source in gone_keys:
            flow[source, target] += 1
    return flow
