"""Finding in a new document the units and functions of an edition that exists.

Two things with one key are the same thing over time, so a document read from a file
takes over the keys of the edition that it continues. Pure: no Django, no database.
Exact texts are paired through a dictionary, the few that remain by similarity within
their unit and their place, so that two whole editions take about a tenth of a second.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from exchange.document import Document, Function, Unit
from exchange.importers.report import Doubt
from exchange.matching_text import FunctionPair, Texts, pair_in_order, pair_moved

_SURE = 0.75
_FEW = 3


@dataclass(slots=True)
class Pair:
    """A unit or function of the new document and the one that it continues."""

    new: Unit | Function
    base: Unit | Function
    confidence: float

    @property
    def doubtful(self) -> bool:
        """Whether a person should confirm it."""
        return self.confidence < _SURE


@dataclass
class Matches:
    """Which units and functions of a new document continue which of a base.

    ``suppressed_units`` and ``suppressed_functions`` are those of the base that nothing
    continues (of a fragment: only functions, and only of units that it contains).
    """

    units: list[Pair] = field(default_factory=list)
    functions: list[Pair] = field(default_factory=list)
    new_units: list[Unit] = field(default_factory=list)
    new_functions: list[Function] = field(default_factory=list)
    suppressed_units: list[Unit] = field(default_factory=list)
    suppressed_functions: list[Function] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def base_of(self, unit: Unit) -> Unit | None:
        """The base unit that a unit of the new document continues."""
        return next((pair.base for pair in self.units if pair.new is unit), None)


def match_onto(base: Document, new: Document, fragment: bool = False) -> Matches:
    """Give the units, functions and items of ``new`` the keys that they have in base.

    ``new`` is changed, its charts too; ``base`` is not. Otherwise as match().
    """
    matches = match(base, new, fragment)
    renamed = {pair.new.key: pair.base.key for pair in matches.units}
    for pair in (*matches.units, *matches.functions):
        pair.new.key = pair.base.key
    for chapter in new.chapters:
        for chart in chapter.charts:
            chart.unit_key = renamed.get(chart.unit_key, chart.unit_key)
    return matches


def match(base: Document, new: Document, fragment: bool = False) -> Matches:
    """Find what each unit, function and item of ``new`` continues; nothing is changed.

    Of a ``fragment`` only the units that it contains are compared: what it does not
    contain, it does not suppress. Pairs that a person should confirm come back as
    doubts with their line.
    """
    return _Matching(base, new, fragment).run()


class _Matching:
    def __init__(self, base: Document, new: Document, fragment: bool) -> None:
        self.base = base
        self.new = new
        self.fragment = fragment
        self.matches = Matches()
        self.texts = Texts()
        self.owners: dict[str, list[Unit]] = defaultdict(list)
        for unit in base.units:
            for text in self.texts.of_unit(unit):
                self.owners[text].append(unit)

    def run(self) -> Matches:
        pairs = self._pair_units()
        self._note_units(pairs)
        rest_new: list[Function] = []
        rest_base: list[Function] = []
        settled = self._moved_unchanged(pairs)

        def unsettled(unit: Unit) -> list[Function]:
            if not settled:
                return unit.functions
            return [one for one in unit.functions if id(one) not in settled]

        for new, base, _ in pairs:
            left_new, left_base = self._pair_functions(unsettled(new), unsettled(base))
            rest_new += left_new
            rest_base += left_base
        found = {id(new) for new, _, _ in pairs}
        for unit in self.new.units:
            if id(unit) not in found:
                rest_new += unsettled(unit)
                self.matches.new_units.append(unit)
        if not self.fragment:
            continued = {id(base) for _, base, _ in pairs}
            for unit in self.base.units:
                if id(unit) not in continued:
                    rest_base += unsettled(unit)
                    self.matches.suppressed_units.append(unit)
        self._pair_moved(rest_new, rest_base)
        return self.matches

    # Units

    def _pair_units(self) -> list[tuple[Unit, Unit, float]]:
        """The pairs of units, in the order of the new document."""
        candidates = []
        scorer = _UnitScorer(self.base, self.new, self.texts, self.owners)
        for at, unit in enumerate(self.new.units):
            for other in scorer.candidates(unit):
                score = scorer.score(unit, other)
                if score:
                    candidates.append((score, -at, unit, other))
        candidates.sort(key=lambda one: (one[0], one[1]), reverse=True)
        taken_new: set[int] = set()
        taken_base: set[int] = set()
        pairs = []
        for score, at, unit, other in candidates:
            if id(unit) in taken_new or id(other) in taken_base:
                continue
            taken_new.add(id(unit))
            taken_base.add(id(other))
            pairs.append((at, unit, other, score))
        pairs.sort(key=lambda one: -one[0])
        return [(unit, other, min(score, 1.0)) for _, unit, other, score in pairs]

    def _note_units(self, pairs: list[tuple[Unit, Unit, float]]) -> None:
        for unit, other, confidence in pairs:
            self.matches.units.append(Pair(unit, other, confidence))
            if confidence < _SURE:
                self._doubt_unit(unit, other, confidence)

    def _doubt_unit(self, unit: Unit, other: Unit, confidence: float) -> None:
        self.matches.doubts.append(
            Doubt(
                unit.source_line,
                "match_unit",
                f"{unit.code} {unit.name}",
                f"Se tomó por la unidad {other.code} {other.name} de la edición base "
                f"(semejanza {confidence:.0%}).",
            )
        )

    # Functions

    def _moved_unchanged(self, pairs: list[tuple[Unit, Unit, float]]) -> set[int]:
        """Pair functions whose text only one unit has, before another one after.

        They are known before anything alike is looked for: what stands in their old
        place is another function, however much it resembles them. Returns the ids of
        the functions that are settled.
        """
        continues = {id(new): base for new, base, _ in pairs}
        paired = {id(base) for _, base, _ in pairs}
        everywhere: Counter[str] = Counter()
        for unit in self.new.units:
            everywhere.update(self.texts.of_unit(unit))
        base_keys, new_keys = (
            _keys_of_functions(self.base),
            _keys_of_functions(self.new),
        )
        settled: set[int] = set()
        for unit in self.new.units:
            was = continues.get(id(unit))
            stayed = self.texts.counts(was) if was else ()
            for at, text in enumerate(self.texts.of_unit(unit)):
                if text in stayed or everywhere[text] > 1:
                    continue
                owners = self.owners.get(text, ())
                if len(owners) != 1 or (self.fragment and id(owners[0]) not in paired):
                    continue
                function = unit.functions[at]
                place = self.texts.of_unit(owners[0]).index(text)
                other = owners[0].functions[place]
                if function.key.int in base_keys or other.key.int in new_keys:
                    continue
                self._note(function, other, 1.0)
                settled |= {id(function), id(other)}
        return settled

    def _pair_functions(
        self, new: list[Function], base: list[Function]
    ) -> tuple[list[Function], list[Function]]:
        """Pair two lists, their items too; returns what is left of both."""
        pairs = pair_in_order(new, base, self.texts)
        for function, other, confidence in pairs:
            self._note(function, other, confidence)
        return _unpaired(new, base, pairs)

    def _note(self, function: Function, other: Function, confidence: float) -> None:
        self.matches.functions.append(Pair(function, other, confidence))
        if confidence < _SURE:
            self._doubt_function(function, other, confidence)
        if function.items or other.items:
            self._leave(*self._pair_functions(function.items, other.items))

    def _doubt_function(
        self, function: Function, other: Function, confidence: float
    ) -> None:
        self.matches.doubts.append(
            Doubt(
                function.source_line,
                "match_function",
                function.text[:120],
                f"Se tomó por la función «{other.text[:80]}» de la edición base "
                f"(semejanza {confidence:.0%}).",
            )
        )

    def _leave(self, new: Iterable[Function], base: Iterable[Function]) -> None:
        for function in new:
            self.matches.new_functions.append(function)
            self._leave(function.items, ())
        for function in base:
            self.matches.suppressed_functions.append(function)
            self._leave((), function.items)

    def _pair_moved(self, new: list[Function], base: list[Function]) -> None:
        """Pair what is left across units: a function that moved keeps its key."""
        everywhere = Counter({text: len(here) for text, here in self.owners.items()})
        pairs = pair_moved(new, base, everywhere, self.texts)
        for function, other, confidence in pairs:
            self._note(function, other, confidence)
        self._leave(*_unpaired(new, base, pairs))


class _UnitScorer:
    """How likely a unit of the new document continues one of the base."""

    def __init__(
        self, base: Document, new: Document, texts: Texts, owners: dict[str, list[Unit]]
    ) -> None:
        self.texts = texts
        self.owners = owners
        self.by_key = {unit.key: unit for unit in base.units}
        self.by_code = {_tail(unit.code, base): unit for unit in base.units}
        self.by_name: dict[str, list[Unit]] = defaultdict(list)
        self.new = new
        self.base = base
        for unit in base.units:
            self.by_name[texts.form(unit.name)].append(unit)

    def candidates(self, unit: Unit) -> list[Unit]:
        found = {}
        if unit.key in self.by_key:
            return [self.by_key[unit.key]]
        same_code = self.by_code.get(_tail(unit.code, self.new))
        if same_code:
            found[id(same_code)] = same_code
        for other in self.by_name.get(self.texts.form(unit.name), ()):
            found[id(other)] = other
        shared: Counter[int] = Counter()
        units: dict[int, Unit] = {}
        for text in self.texts.of_unit(unit):
            owners = self.owners.get(text, ())
            # A text of many units says nothing about which of them this is.
            if len(owners) <= _FEW:
                for other in owners:
                    shared[id(other)] += 1
                    units[id(other)] = other
        for key, _ in shared.most_common(_FEW):
            found[key] = units[key]
        return list(found.values())

    def score(self, unit: Unit, other: Unit) -> float:
        """From 0 (another unit) to 1; a key or name of its own decides alone."""
        if unit.key == other.key:
            return 2.0
        name = _ratio(self.texts.form(unit.name), self.texts.form(other.name))
        code = _tail(unit.code, self.new) == _tail(other.code, self.base)
        text = self._shared_text(unit, other)
        if name == 1.0:
            return 0.7 + 0.1 * code + 0.2 * text
        if text >= 0.5 or (code and text >= 0.25) or (code and name >= 0.8):
            return min(0.95, 0.3 * name + 0.2 * code + 0.5 * text + 0.1)
        return 0.0

    def _shared_text(self, unit: Unit, other: Unit) -> float:
        """The share of functions that both have; without any, nothing is shared."""
        larger = max(len(unit.functions), len(other.functions))
        if not larger:
            return 0.0
        if self.texts.of_unit(unit) == self.texts.of_unit(other):
            return 1.0
        theirs = self.texts.counts(other)
        shared = sum(
            min(count, theirs[text])
            for text, count in self.texts.counts(unit).items()
            if text in theirs
        )
        return shared / larger


def _unpaired(
    new: list[Function], base: list[Function], pairs: list[FunctionPair]
) -> tuple[list[Function], list[Function]]:
    """What of two lists is in no pair."""
    if len(pairs) == len(new) == len(base):
        return [], []
    paired = {id(one) for pair in pairs for one in pair[:2]}
    return (
        [one for one in new if id(one) not in paired],
        [one for one in base if id(one) not in paired],
    )


def _ratio(one: str, other: str) -> float:
    return 1.0 if one == other else fuzz.ratio(one, other) / 100


def _keys_of_functions(document: Document) -> set[int]:
    """As numbers, which hash faster."""
    return {function.key.int for unit in document.units for function in unit.functions}


def _tail(code: str, document: Document) -> str:
    """The code without the number of the functions chapter, which editions change."""
    chapter = document.edition.functions_chapter
    return code.removeprefix(f"{chapter}.") if chapter else code.partition(".")[2]
