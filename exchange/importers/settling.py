"""The right code of each unit from what is printed, the index and the levels. Pure.

Codes are printed with final dots, repeated and mistyped. One heading of each code is
trusted, unless something speaks against it; the others take the code that the index
gives their name, else the next one that their level asks for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process

from exchange.importers.numbering import Code, follows
from exchange.importers.wording import normal

_SAME_NAME = 88


class Printed(NamedTuple):
    """A unit heading: its code as printed, () without one, its name and level."""

    code: Code
    name: str
    kind: str


class Settled(NamedTuple):
    """The code of a heading; ``guessed`` where only its place and level gave it."""

    code: Code
    guessed: bool


class NameIndex:
    """The units that the index announces, by code and by name."""

    def __init__(self, entries: Iterable[tuple[Code, str]]) -> None:
        self.names: dict[Code, str] = {}
        for code, name in entries:
            self.names.setdefault(code, normal(name))
        self.codes: dict[str, list[Code]] = defaultdict(list)
        for code, name in self.names.items():
            self.codes[name].append(code)
        self._found: dict[str, list[Code]] = {}

    def __contains__(self, code: Code) -> bool:
        return code in self.names

    def agrees(self, code: Code, name: str) -> bool:
        """Whether the index announces the code with this name, or one much like it."""
        announced = self.names.get(code)
        return announced is not None and (
            announced == name or fuzz.ratio(announced, name) >= _SAME_NAME
        )

    def codes_of(self, name: str) -> list[Code]:
        """The codes of a normal name, else those of the names most like it."""
        if name in self.codes:
            return self.codes[name]
        if name not in self._found:
            best = process.extractOne(
                name, self.codes.keys(), scorer=fuzz.ratio, score_cutoff=_SAME_NAME
            )
            self._found[name] = self.codes[best[0]] if best else []
        return self._found[name]


def chapter_of(codes: Iterable[Code]) -> int | None:
    """The number that most codes begin with; None without codes."""
    counts = Counter(code[0] for code in codes if code)
    return counts.most_common(1)[0][0] if counts else None


def settle(
    headings: Sequence[Printed], index: NameIndex, chapter: int | None = None
) -> list[Settled]:
    """The code of each heading, in order; no code comes twice.

    ``chapter`` is the number of the functions chapter, by default that of most codes.
    """
    return _Settling(headings, index, chapter).run()


class _Settling:
    def __init__(
        self, headings: Sequence[Printed], index: NameIndex, chapter: int | None
    ) -> None:
        self.headings = headings
        self.index = index
        self.names = [normal(heading.name) for heading in headings]
        self.codes = [heading.code for heading in headings]
        self.chapter = chapter or chapter_of(self.codes)
        # A fragment begins anywhere and has gaps; a whole chapter begins at "n.1".
        self.whole = bool(headings) and self.codes[0][1:] == (1,)
        self.last_child: dict[Code, int] = {}

    def run(self) -> list[Settled]:
        vouched = self._vouched_by_children()
        for at, code in vouched.items():
            self.codes[at] = code
        trusted = self._trusted()
        used = {self.codes[at] for at in trusted}
        settled: list[Settled] = []
        kinds: dict[Code, str] = {}
        for at, heading in enumerate(self.headings):
            before = settled[-1].code if settled else ()
            code, guessed = self.codes[at], at in vouched
            if at not in trusted:
                code, guessed = self._announced(at, used, before), False
                if not code:
                    code, guessed = self._by_level(at, kinds, used, before), True
            used.add(code)
            kinds[code] = heading.kind
            settled.append(Settled(code, guessed))
        return settled

    def _vouched_by_children(self) -> dict[int, Code]:
        """Headings out of turn whose first child, right after, gives their code."""
        known = set(self.codes)
        vouched = {}
        for at in range(2, len(self.codes)):
            parent, child = self.codes[at - 1], self.codes[at]
            missing = child[:-1]
            if len(missing) < 2 or missing in known or child[-1] != 1:
                continue
            in_turn = follows(parent, self.codes[at - 2])
            if not in_turn and not self.index.agrees(parent, self.names[at - 1]):
                vouched[at - 1] = missing
                known.add(missing)
        return vouched

    def _trusted(self) -> set[int]:
        """One heading for each code, the likeliest, unless something speaks against it.

        That is: the index gives its name another code that no heading has, it begins
        with another chapter, or it does not fit under the unit before it.
        """
        places: dict[Code, list[int]] = defaultdict(list)
        kinds: dict[Code, str] = {}
        for at, code in enumerate(self.codes):
            if code:
                places[code].append(at)
                kinds.setdefault(code, self.headings[at].kind)
        trusted = set()
        for code, candidates in places.items():
            at = max(candidates, key=lambda one: self._likelihood(one, kinds))
            if code[0] != self.chapter:
                continue
            if not self.index.agrees(code, self.names[at]):
                other = self.index.codes_of(self.names[at])
                if other and not any(one in places for one in other):
                    continue
                if self.whole and code not in self.index and not self._fits(at, places):
                    continue
            trusted.add(at)
        return trusted

    def _likelihood(self, at: int, kinds: dict[Code, str]) -> tuple[bool, ...]:
        """Named so by the index; of its sibling's level; in its place; the first."""
        code = self.codes[at]
        sibling = kinds.get((*code[:-1], code[-1] - 1)) if code[-1] > 1 else None
        previous = self.codes[at - 1] if at else ()
        return (
            self.index.agrees(code, self.names[at]),
            sibling == self.headings[at].kind,
            follows(code, previous),
        )

    def _fits(self, at: int, places: dict[Code, list[int]]) -> bool:
        """Whether the parent is printed, and is the unit before or one above that."""
        code = self.codes[at]
        if len(code) == 2 or at == 0:
            return True
        parent = code[:-1]
        return parent in places and self.codes[at - 1][: len(parent)] == parent

    def _announced(self, at: int, used: set[Code], before: Code) -> Code:
        """The free code that the index gives the name; of several, the next one."""
        codes = self.index.codes_of(self.names[at])
        free = [code for code in codes if code not in used]
        return min([code for code in free if code > before] or free, default=())

    def _by_level(
        self, at: int, kinds: dict[Code, str], used: set[Code], before: Code
    ) -> Code:
        """The next code of the nearest unit of the same level above, else a child's."""
        chapter = (self.chapter or 1,)
        parent = before or chapter
        for length in range(len(before), 1, -1):
            if kinds.get(before[:length]) == self.headings[at].kind:
                parent = before[: length - 1]
                self.last_child.setdefault(parent, before[length - 1])
                break
        if parent == (*chapter, 1):
            # What hangs from the root is numbered as if it stood beside it.
            parent = chapter
        number = self.last_child.get(parent, 0) + 1
        while (*parent, number) in used:
            number += 1
        self.last_child[parent] = number
        return (*parent, number)
