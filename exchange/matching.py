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
from uuid import UUID

from exchange.document import Document, Function, Unit
from exchange.importers.report import Doubt
from exchange.importers.wording import normal
from exchange.matching_text import Texts, pair_in_order, pair_moved

_SURE = 0.75


@dataclass
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
    """What match_onto() found; the keys are already in the new document.

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

    ``new`` is changed, its charts too; ``base`` is not. Of a ``fragment`` only the
    units that it contains are compared: what it does not contain, it does not suppress.
    Pairs that a person should confirm come back as doubts with their line.
    """
    return _Matching(base, new, fragment).run()


class _Matching:
    def __init__(self, base: Document, new: Document, fragment: bool) -> None:
        self.base = base
        self.new = new
        self.fragment = fragment
        self.matches = Matches()
        self.texts = Texts()
        self.base_keys = _keys_of_functions(base)
        self.new_keys = _keys_of_functions(new)

    def run(self) -> Matches:
        pairs = self._pair_units()
        self._adopt_unit_keys(pairs)
        rest_new: list[tuple[Unit, Function]] = []
        rest_base: list[tuple[Unit, Function]] = []
        continued = {id(base) for _, base, _ in pairs}
        settled = self._moved_unchanged(pairs)
        for new, base, _ in pairs:
            left_new, left_base = self._pair_functions(
                [one for one in new.functions if id(one) not in settled],
                [one for one in base.functions if id(one) not in settled],
            )
            rest_new += [(new, function) for function in left_new]
            rest_base += [(base, function) for function in left_base]
        found = {id(new) for new, _, _ in pairs}
        for unit in self.new.units:
            if id(unit) not in found:
                rest_new += [
                    (unit, one) for one in unit.functions if id(one) not in settled
                ]
                self.matches.new_units.append(unit)
        if not self.fragment:
            for unit in self.base.units:
                if id(unit) not in continued:
                    rest_base += [
                        (unit, one) for one in unit.functions if id(one) not in settled
                    ]
                    self.matches.suppressed_units.append(unit)
        self._pair_moved(rest_new, rest_base)
        return self.matches

    # Units

    def _pair_units(self) -> list[tuple[Unit, Unit, float]]:
        """The pairs of units, in the order of the new document."""
        candidates = []
        scorer = _UnitScorer(self.base, self.new, self.texts)
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

    def _adopt_unit_keys(self, pairs: list[tuple[Unit, Unit, float]]) -> None:
        renamed: dict[UUID, UUID] = {}
        for unit, other, confidence in pairs:
            renamed[unit.key] = other.key
            unit.key = other.key
            self.matches.units.append(Pair(unit, other, confidence))
            if confidence < _SURE:
                self._doubt_unit(unit, other, confidence)
        for chapter in self.new.chapters:
            for chart in chapter.charts:
                chart.unit_key = renamed.get(chart.unit_key, chart.unit_key)

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
        """Adopt functions whose text only one unit has, before another one after.

        They are known before anything alike is looked for: what stands in their old
        place is another function, however much it resembles them. Returns the ids of
        the functions that are settled.
        """
        continues = {id(base): id(new) for new, base, _ in pairs}
        everywhere = was = self._owners(self.base.units)
        if self.fragment:
            was = self._owners(base for _, base, _ in pairs)
        settled: set[int] = set()
        for text, found in self._owners(self.new.units).items():
            if not len(found) == len(was.get(text, ())) == len(everywhere[text]) == 1:
                continue
            (unit, function), (source, other) = found[0], was[text][0]
            if (
                continues.get(id(source)) != id(unit)
                and function.key.int not in self.base_keys
                and other.key.int not in self.new_keys
            ):
                self._adopt(function, other, 1.0)
                settled |= {id(function), id(other)}
        return settled

    def _owners(
        self, units: Iterable[Unit]
    ) -> defaultdict[str, list[tuple[Unit, Function]]]:
        """Where each text stands."""
        owners: defaultdict[str, list[tuple[Unit, Function]]] = defaultdict(list)
        for unit in units:
            texts = self.texts.of_unit(unit)
            for text, function in zip(texts, unit.functions, strict=True):
                owners[text].append((unit, function))
        return owners

    def _pair_functions(
        self, new: list[Function], base: list[Function]
    ) -> tuple[list[Function], list[Function]]:
        """Pair two lists, their items too; returns what is left of both."""
        pairs = pair_in_order(new, base, self.texts)
        for function, other, confidence in pairs:
            self._adopt(function, other, confidence)
        paired_new = {id(function) for function, _, _ in pairs}
        paired_base = {id(other) for _, other, _ in pairs}
        return (
            [one for one in new if id(one) not in paired_new],
            [one for one in base if id(one) not in paired_base],
        )

    def _adopt(self, function: Function, other: Function, confidence: float) -> None:
        function.key = other.key
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

    def _pair_moved(
        self,
        new: list[tuple[Unit, Function]],
        base: list[tuple[Unit, Function]],
    ) -> None:
        """Pair what is left across units: a function that moved keeps its key."""
        everywhere = Counter(
            text for unit in self.base.units for text in self.texts.of_unit(unit)
        )
        pairs = pair_moved(
            [one for _, one in new], [one for _, one in base], everywhere, self.texts
        )
        for function, other, confidence in pairs:
            self._adopt(function, other, confidence)
        paired = {id(one) for pair in pairs for one in pair[:2]}
        self._leave(
            (one for _, one in new if id(one) not in paired),
            (one for _, one in base if id(one) not in paired),
        )


class _UnitScorer:
    """How likely a unit of the new document continues one of the base."""

    def __init__(self, base: Document, new: Document, texts: Texts) -> None:
        self.texts = texts
        self.by_key = {unit.key: unit for unit in base.units}
        self.by_code = {_tail(unit.code, base): unit for unit in base.units}
        self.by_name: dict[str, list[Unit]] = defaultdict(list)
        self.by_text: dict[str, list[Unit]] = defaultdict(list)
        self.new = new
        self.base = base
        for unit in base.units:
            self.by_name[normal(unit.name)].append(unit)
            for text in texts.of_unit(unit):
                self.by_text[text].append(unit)

    def candidates(self, unit: Unit) -> list[Unit]:
        found = {}
        if unit.key in self.by_key:
            return [self.by_key[unit.key]]
        same_code = self.by_code.get(_tail(unit.code, self.new))
        if same_code:
            found[id(same_code)] = same_code
        for other in self.by_name.get(normal(unit.name), ()):
            found[id(other)] = other
        shared: Counter[int] = Counter()
        units: dict[int, Unit] = {}
        for text in self.texts.of_unit(unit):
            owners = self.by_text.get(text, ())
            # A text of many units says nothing about which of them this is.
            if len(owners) <= 3:
                for other in owners:
                    shared[id(other)] += 1
                    units[id(other)] = other
        for key, _ in shared.most_common(3):
            found[key] = units[key]
        return list(found.values())

    def score(self, unit: Unit, other: Unit) -> float:
        """From 0 (another unit) to 1; a key or name of its own decides alone."""
        if unit.key == other.key:
            return 2.0
        name = self.texts.ratio(normal(unit.name), normal(other.name))
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
        theirs = self.texts.counts(other)
        shared = sum(
            min(count, theirs[text])
            for text, count in self.texts.counts(unit).items()
            if text in theirs
        )
        return shared / larger


def _keys_of_functions(document: Document) -> set[int]:
    """As numbers, which hash faster."""
    return {function.key.int for unit in document.units for function in unit.functions}


def _tail(code: str, document: Document) -> str:
    """The code without the number of the functions chapter, which editions change."""
    chapter = document.edition.functions_chapter
    return code.removeprefix(f"{chapter}.") if chapter else code.partition(".")[2]
