"""Which unit and function of the new edition continues which of the old one.

Where the editions share keys, keys decide; two independent imports are paired by
exchange.matching, by codes, names and texts, with its confidence. Pure: no Django, no
database.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from exchange.document import Document, Function, Unit
from exchange.matching import match

KEYS = "keys"
TEXTS = "texts"


class Located(NamedTuple):
    """A function or item and where it stands; ``parent`` is None at the top."""

    function: Function
    unit: Unit
    path: tuple[int, ...]
    parent: int | None


class Index:
    """The units and functions of a document by key, a UUID's number: it hashes faster.

    Raises ValueError for a key that occurs twice: such a document says of two things
    that they are the same.
    """

    def __init__(self, document: Document) -> None:
        self.units: dict[int, Unit] = {}
        self.codes: dict[str, int] = {}
        self.functions: dict[int, Located] = {}
        for unit in document.units:
            if self.units.setdefault(unit.key.int, unit) is not unit:
                raise ValueError(f"two units have the key {unit.key}")
            self.codes[unit.code] = unit.key.int
            self._add(unit.functions, unit, (), None)

    def _add(self, functions, unit, path, parent) -> None:
        known = self.functions
        for number, function in enumerate(functions, 1):
            place = (*path, number)
            located = Located(function, unit, place, parent)
            key = function.key.int
            if known.setdefault(key, located) is not located:
                raise ValueError(f"two functions have the key {function.key}")
            if function.items:
                self._add(function.items, unit, place, key)

    def parent_of(self, unit: Unit) -> int | None:
        return self.codes.get(unit.parent_code)


@dataclass
class Pairing:
    """The pairs, by the keys of the new edition, as numbers.

    A key that is not in the old edition never means a thing of it, so that old keys of
    what continues and new keys of what is new can stand in one dictionary.
    """

    old: Index
    new: Index
    matched: str
    old_keys: dict[int, int] = field(default_factory=dict)
    new_keys: dict[int, int] = field(default_factory=dict)
    confidence: dict[int, float] = field(default_factory=dict)

    def join(self, new: int, old: int, confidence: float) -> None:
        """Say that one of the new edition continues one of the old."""
        self.old_keys[new] = old
        self.new_keys[old] = new
        self.confidence[new] = confidence

    def old_unit(self, unit: Unit) -> Unit | None:
        return self.old.units.get(self.old_keys.get(unit.key.int))

    def old_function(self, function: Function) -> Located | None:
        return self.old.functions.get(self.old_keys.get(function.key.int))

    def is_suppressed(self, key: int) -> bool:
        """Whether nothing in the new edition continues this one of the old."""
        return key not in self.new_keys

    def sure(self, key: int) -> float:
        return self.confidence.get(key, 1.0)


def pair(old: Document, new: Document) -> Pairing:
    """The pairs of two documents, neither of which is changed."""
    was, now = Index(old), Index(new)
    units = was.units.keys() & now.units.keys()
    functions = was.functions.keys() & now.functions.keys()
    if units or functions:
        same = {key: key for key in (*units, *functions)}
        return Pairing(was, now, KEYS, same, same)
    return _pair_by_text(old, new, was, now)


def _pair_by_text(old: Document, new: Document, was: Index, now: Index) -> Pairing:
    matches = match(old, new)
    pairing = Pairing(was, now, TEXTS)
    for one in (*matches.units, *matches.functions):
        pairing.join(one.new.key.int, one.base.key.int, one.confidence)
    return pairing
