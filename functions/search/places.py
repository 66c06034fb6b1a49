"""Where the passages that answer a question stand, in the editions asked for.

Of several editions the newest of each manual answers first; the others only with what
the newest does not say in the same words, so that a hundred editions that hardly differ
cost little more than one. A closed edition answers from what is kept of it
(``shelf.py``), any other from the database: the same places either way.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections

from functions.models import Entry
from functions.search import fulltext
from functions.search.fulltext import Question
from functions.search.interface import MOST_PLACES, Kind
from manuals.models import Edition

# What the length of a text counts beside what it holds.
LONG = 0.02

COLUMNS = (
    "entry.edition_id, entry.part, COALESCE(entry.unit_id, own.unit_id),"
    " entry.chapter_id, own.id, own.key, own.position, above.position, top.position,"
    " passage.id, passage.words, passage.stems"
)
TABLES = (
    " FROM functions_passage passage"
    " JOIN functions_entry entry ON entry.passage_id = passage.id"
    " LEFT JOIN functions_function own ON own.id = entry.function_id"
    " LEFT JOIN functions_function above ON above.id = own.parent_id"
    " LEFT JOIN functions_function top ON top.id = above.parent_id"
)


class Text:
    """A passage as it is compared: its words and their stems, and where it stands."""

    __slots__ = ("id", "places", "shelf", "standings", "stems", "words")

    def __init__(self, pk: int, words: str, stems: str):
        self.id = pk
        self.words = words
        self.stems = stems
        self.places: Sequence[Place] = ()
        # The same with what ranks them, see reading.py; empty until that is known.
        self.standings: Sequence = ()
        self.shelf = None  # that it is kept on, see shelf.py

    @property
    def written(self) -> list[str]:
        """The words in order, folded."""
        return self.words.split(" ")

    @property
    def wordiness(self) -> float:
        return wordiness(self.stems.count(" ") + 1)

    def stand(self, wanted: frozenset[str]) -> dict[str, Sequence[int]]:
        """Stem -> its places, for the wanted ones at least; only what is there."""
        told = self.stems.split(" ")
        found: dict[str, list[int]] = {}
        for place in [at for at, stem in enumerate(told) if stem in wanted]:
            found.setdefault(told[place], []).append(place)
        return found


def wordiness(length: int) -> float:
    """What a text of so many words loses: a short one says more by what it holds."""
    return LONG * math.log(length)


class Place(NamedTuple):
    """A passage in its place; ``positions`` leads from the function to the item."""

    edition_id: int
    part: int
    unit_id: int | None
    chapter_id: int | None
    function_id: int | None
    key: UUID | None
    positions: tuple[int, ...]
    text: Text
    kind: Kind

    @property
    def is_name(self) -> bool:
        return self.kind is Kind.UNIT and self.part == 0


@dataclass(frozen=True)
class Asked:
    """A question and what must not be in an answer."""

    question: Question
    but: tuple[Question, ...] = ()


def newest_first(editions: Iterable[Edition]) -> list[Edition]:
    """Drafts before all, then by the day from which they are in force."""
    return sorted(
        editions,
        key=lambda one: (
            one.effective_from is None,
            one.effective_from.toordinal() if one.effective_from else 0,
            one.label,
        ),
        reverse=True,
    )


def counts_of(passages: Iterable[int], editions: Iterable[Edition]) -> dict:
    """(Passage id, manual id) -> in how many of these editions it stands."""
    manual_of = {edition.pk: edition.manual_id for edition in editions}
    if len(manual_of) == len(set(manual_of.values())):
        return {}
    passages = list(passages)
    if not passages:
        return {}
    counts: dict[tuple[int, int], int] = defaultdict(int)
    rows = Entry.objects.filter(passage__in=passages).order_by().distinct()
    for passage_id, edition_id in rows.values_list("passage_id", "edition_id"):
        if edition_id in manual_of:
            counts[passage_id, manual_of[edition_id]] += 1
    return counts


def read_places(
    asked: Asked, editions: Sequence[int], lacking: int | None = None
) -> list[Place]:
    """From the database, one more than MOST_PLACES at most.

    ``lacking`` leaves out the passages that this edition has.
    """
    vendor = connections[DEFAULT_DB_ALIAS].vendor
    compiled = fulltext.compile_question(vendor, asked.question, asked.but)
    of_one = vendor == "sqlite" and len(editions) == 1
    sql = (
        f"SELECT {COLUMNS}{TABLES}"  # noqa: S608 - our own text
        f" WHERE {fulltext.where(vendor, of_one_edition=of_one)}"
    )
    parameters: list = [compiled, *([*editions] * 2 if of_one else ())]
    if lacking is not None:
        sql += (
            " AND NOT EXISTS (SELECT 1 FROM functions_entry newer WHERE"
            " newer.passage_id = passage.id AND newer.edition_id = %s)"
        )
        parameters.append(lacking)
    marks = ", ".join(["%s"] * len(editions))
    sql += f" AND entry.edition_id IN ({marks}) LIMIT {MOST_PLACES + 1}"
    texts: dict[int, Text] = {}
    return places_in(rows_of(sql, [*parameters, *editions]), texts, Text)


def rows_of(sql: str, parameters: list) -> list[tuple]:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def places_in(rows: Iterable[tuple], texts: dict[int, Text], make_text) -> list[Place]:
    """The places that rows of COLUMNS tell of; ``texts`` holds each passage once."""
    is_sqlite = connections[DEFAULT_DB_ALIAS].vendor == "sqlite"
    places = []
    for (
        edition_id,
        part,
        unit_id,
        chapter_id,
        function_id,
        key,
        own,
        above,
        top,
        passage_id,
        words,
        stems,
    ) in rows:
        text = texts.get(passage_id)
        if text is None:
            text = texts[passage_id] = make_text(passage_id, words, stems)
        if function_id is None:
            positions = ()
        elif above is None:
            positions = (own,)
        else:
            positions = (above, own) if top is None else (top, above, own)
        places.append(
            Place(
                edition_id,
                part,
                unit_id,
                chapter_id,
                function_id,
                UUID(key) if is_sqlite and key is not None else key,
                positions,
                text,
                _kind(chapter_id, function_id, above),
            )
        )
    return places


def _kind(chapter_id: int | None, function_id: int | None, above: int | None) -> Kind:
    if chapter_id is not None:
        return Kind.CHAPTER
    if function_id is None:
        return Kind.UNIT
    return Kind.FUNCTION if above is None else Kind.ITEM
