"""Which functions and chapters of an edition name a unit.

Of a closed edition everything is read once and kept; of a draft only what may name the
unit that is asked for. Either way it is one query.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import chain
from typing import NamedTuple
from uuid import UUID

from django.db.models import BigIntegerField, F, Lookup, Q, Value

from functions.labels import anchor
from functions.models import Function
from functions.references import Mention, UnitNames, like_pattern
from manuals import cache
from manuals.blocks import split_blocks
from manuals.models import Chapter
from units.outline import Outline, OutlineUnit

_TAG = re.compile(r"<[^>]*>")
_NOTHING = Value(None, output_field=BigIntegerField())


class NamingFunction(NamedTuple):
    """A function or item that names a unit, ``times`` times.

    ``function_id`` is the top-level function it belongs to; ``positions`` lead from
    there down to it.
    """

    id: int
    function_id: int
    unit_id: int
    positions: tuple[int, ...]
    times: int

    @property
    def anchor(self) -> str:
        return anchor(*self.positions)


class NamingBlock(NamedTuple):
    """A block of a chapter that names a unit, by the numbers of both."""

    chapter: int
    block: int
    times: int


@dataclass(slots=True)
class Mentions:
    """Where one unit is named, in reading order."""

    functions: list[NamingFunction] = field(default_factory=list)
    blocks: list[NamingBlock] = field(default_factory=list)

    def __bool__(self):
        return bool(self.functions or self.blocks)

    def without(self, unit: OutlineUnit) -> Mentions:
        """Those that other units and the chapters make."""
        others = [one for one in self.functions if one.unit_id != unit.id]
        return Mentions(others, self.blocks)


class _Row(NamedTuple):
    """A stored text: of a function or item, or (no unit) the body of a chapter."""

    id: int | None
    unit_id: int | None
    parent_id: int | None
    grandparent_id: int | None
    position: int  # the number of a chapter
    above: int | None
    top: int | None
    text: str


@dataclass(frozen=True)
class MentionIndex:
    """Everything an edition says of its units, and how many functions each has."""

    by_key: dict[UUID, Mentions]
    function_counts: dict[int, int]


def names_of(edition, outline: Outline) -> UnitNames:
    """The names of the edition's units, to be found in its texts."""
    return cache.for_edition(edition, "unit-names", lambda: UnitNames(outline))


def index_of(edition, outline: Outline) -> MentionIndex:
    """The whole index; for a closed edition it is made once."""
    return cache.for_edition(
        edition, "mentions", lambda: _index(_rows(edition), edition, outline)
    )


def mentions_of(edition, outline: Outline, unit: OutlineUnit) -> Mentions:
    """Where the edition names the unit, the unit's own functions included."""
    if edition.is_closed:
        index = index_of(edition, outline)
    else:
        index = _index(_rows(edition, like_pattern(unit)), edition, outline)
    return index.by_key.get(unit.key) or Mentions()


class _Like(Lookup):
    """SQL's LIKE, whatever the case of ASCII letters; ``%`` and ``_`` are wildcards."""

    lookup_name = "like"
    operator = "LIKE"

    def as_sql(self, compiler, connection):
        left, left_parameters = self.process_lhs(compiler, connection)
        right, right_parameters = self.process_rhs(compiler, connection)
        return f"{left} {self.operator} {right}", (*left_parameters, *right_parameters)

    def as_postgresql(self, compiler, connection):
        self.operator = "ILIKE"
        return self.as_sql(compiler, connection)


def _rows(edition, pattern: str = "") -> Iterator[_Row]:
    """The functions of the edition that may be like the pattern, and all chapters.

    Texts with combining accents are among them: the pattern cannot tell.
    """
    functions = Function.objects.for_edition(edition).order_by()
    chapters = Chapter.objects.filter(edition=edition).order_by()
    if pattern:
        functions = functions.filter(
            Q(_Like(F("text"), pattern))
            | Q(text__contains="\u0301")
            | Q(text__contains="\u0303")
        )
    rows = functions.values_list(
        *("pk", "unit_id", "parent_id", "parent__parent_id"),
        *("position", "parent__position", "parent__parent__position", "text"),
    ).union(
        chapters.values_list(
            *(_NOTHING, _NOTHING, _NOTHING, _NOTHING),
            *("number", _NOTHING, _NOTHING, "body"),
        ),
        all=True,
    )
    return (_Row(*values) for values in rows.iterator(chunk_size=5000))


def _index(rows: Iterable[_Row], edition, outline: Outline) -> MentionIndex:
    names = names_of(edition, outline)
    order = {unit.id: place for place, unit in enumerate(outline)}
    by_key: dict[UUID, Mentions] = defaultdict(Mentions)
    counts: Counter[int] = Counter()
    for row in rows:
        if row.unit_id is None:
            _read_chapter(row, names, by_key)
            continue
        if row.unit_id not in order:
            continue  # added to a draft since its outline was read
        if row.parent_id is None:
            counts[row.unit_id] += 1
        for key, times in _keys(names.find(row.text)):
            by_key[key].functions.append(
                NamingFunction(
                    row.id,
                    row.grandparent_id or row.parent_id or row.id,
                    row.unit_id,
                    tuple(filter(None, (row.top, row.above, row.position))),
                    times,
                )
            )
    for mentions in by_key.values():
        mentions.functions.sort(key=lambda one: (order[one.unit_id], one.positions))
        mentions.blocks.sort()
    return MentionIndex(dict(by_key), dict(counts))


def _read_chapter(row: _Row, names: UnitNames, by_key: dict[UUID, Mentions]) -> None:
    for block in split_blocks(row.text):
        for key, times in _keys(names.find(unescape(_TAG.sub("", block.html)))):
            by_key[key].blocks.append(NamingBlock(row.position, block.number, times))


def _keys(mentions: list[Mention]) -> Iterable[tuple[UUID, int]]:
    """Key and how many times it is named; a shared name counts for each bearer."""
    if not mentions:
        return ()
    return Counter(chain.from_iterable(one.keys for one in mentions)).items()
