"""Functions that several units share, word for word or nearly. Pure.

Who is in a group: the functions of an edition by their own text, closing functions
too. Items below them are no members and do not count: a list of items belongs to its
unit. A group has functions of at least two units; those of one unit that say the same
are in it together.

- Verbatim: the texts are equal to the last letter and mark, as they are stored.
- Similar: their words in small letters, joined by blanks, are alike by
  review/common/likeness.py (95 of 100), directly or through others. Capitals and
  punctuation do not count, accents do. Every verbatim group is within a similar one.

On the real manual (97 units, 1,960 functions) that gives 95 verbatim groups with 279
functions and 224 similar ones with 671. The rule ``near_copy`` has the same measure
but other members: it looks for copies by mistake, not for what is common.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from review.common.likeness import Families, families

_WORD = re.compile(r"\w+")


class Member(NamedTuple):
    """A function that may be common: ``order`` is its place in the reading order."""

    id: int
    unit: int
    order: tuple[int, int]
    text: str


Group = list[Member]


def words_of(text: str) -> str:
    """The words of a text in small letters, joined by blanks."""
    return " ".join(_WORD.findall(text.lower()))


def verbatim_groups(members: Iterable[Member]) -> list[Group]:
    """Functions with one text; the largest group first, members in reading order."""
    return _shared(_by_text(members).values())


def similar_groups(members: Iterable[Member]) -> list[Group]:
    """Functions with alike texts; the largest group first, members in reading order."""
    by_words = _by_words(members)
    return _shared(
        [member for words in family for member in by_words[words]]
        for family in families(by_words)
    )


class Surroundings:
    """The functions that are common with one text or another."""

    def __init__(self, members: Iterable[Member]) -> None:
        self._by_words = _by_words(members)
        self._families = Families(self._by_words)

    def of(self, text: str) -> Group:
        """The functions whose texts are alike with this one, in reading order.

        As similar groups are, of one unit too. It need not be the text of any of them.
        """
        words = words_of(text)
        if not words:
            return []
        alike = self._families.of(words)
        return sorted(
            (member for one in alike for member in self._by_words.get(one, ())),
            key=_order,
        )


def wordings(group: Group) -> list[Group]:
    """The group by its texts: the one that most have first, then as they are read."""
    return sorted(
        _by_text(group).values(), key=lambda some: (-len(some), some[0].order)
    )


def units_of(group: Group) -> int:
    """How many units the functions of a group belong to."""
    return len({member.unit for member in group})


def _by_text(members: Iterable[Member]) -> dict[str, Group]:
    found: dict[str, Group] = {}
    for member in members:
        found.setdefault(member.text, []).append(member)
    return found


def _by_words(members: Iterable[Member]) -> dict[str, Group]:
    """Without texts that have no words: there is nothing to compare."""
    found: dict[str, Group] = {}
    for text, some in _by_text(members).items():
        if words := words_of(text):
            found.setdefault(words, []).extend(some)
    return found


def _shared(groups: Iterable[Group]) -> list[Group]:
    found = [sorted(group, key=_order) for group in groups if units_of(group) > 1]
    return sorted(found, key=lambda group: (-len(group), _order(group[0])))


def _order(member: Member) -> tuple[int, int]:
    return member.order
