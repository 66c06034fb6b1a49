"""Where the passages that answer a question stand, in the editions asked for.

Of several editions the newest of each manual answers first; the others only with what
the newest does not say in the same words, so that a hundred editions that hardly differ
cost little more than one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections

from functions.models import Entry
from functions.search import fulltext
from functions.search.fulltext import Question
from functions.search.interface import Kind
from manuals.models import Edition

# More would not be read by anybody, and could not be ranked in time.
MOST_PLACES = 10_000

_COLUMNS = (
    "SELECT entry.edition_id, entry.part, COALESCE(entry.unit_id, own.unit_id),"
    " entry.chapter_id, own.id, own.key, own.position, above.position, top.position,"
    " passage.id, passage.words, passage.stems"
    " FROM functions_passage passage"
    " JOIN functions_entry entry ON entry.passage_id = passage.id"
    " LEFT JOIN functions_function own ON own.id = entry.function_id"
    " LEFT JOIN functions_function above ON above.id = own.parent_id"
    " LEFT JOIN functions_function top ON top.id = above.parent_id"
)


class Place(NamedTuple):
    """A passage in its place; ``positions`` leads from the function to the item."""

    edition_id: int
    part: int
    unit_id: int | None
    chapter_id: int | None
    function_id: int | None
    key: UUID | None
    positions: tuple[int, ...]
    passage_id: int
    words: str
    stems: str

    kind: Kind

    @property
    def is_name(self) -> bool:
        return self.kind is Kind.UNIT and self.part == 0


def _kind(chapter_id: int | None, function_id: int | None, above: int | None) -> Kind:
    if chapter_id is not None:
        return Kind.CHAPTER
    if function_id is None:
        return Kind.UNIT
    return Kind.FUNCTION if above is None else Kind.ITEM


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


def places_of(asked: Asked, editions: Sequence[Edition]) -> list[Place]:
    """The places that answer, at most MOST_PLACES; ``editions`` newest first."""
    by_manual: dict[int, list[int]] = defaultdict(list)
    for edition in editions:
        by_manual[edition.manual_id].append(edition.pk)
    newest = [pks[0] for pks in by_manual.values()]
    if not newest:
        return []
    places = _read(asked, newest)
    for first, *others in by_manual.values():
        if others and len(places) < MOST_PLACES:
            places += _read(asked, others, lacking=first)
    return places[:MOST_PLACES]


def counts_of(passages: Iterable[int], editions: Iterable[Edition]) -> dict:
    """(Passage id, manual id) -> in how many of these editions it stands."""
    passages = list(passages)
    manual_of = {edition.pk: edition.manual_id for edition in editions}
    if not passages or len(manual_of) < 2:
        return {}
    counts: dict[tuple[int, int], int] = defaultdict(int)
    rows = Entry.objects.filter(passage__in=passages).order_by().distinct()
    for passage_id, edition_id in rows.values_list("passage_id", "edition_id"):
        if edition_id in manual_of:
            counts[passage_id, manual_of[edition_id]] += 1
    return counts


def _read(asked: Asked, editions: list[int], lacking: int | None = None) -> list[Place]:
    connection = connections[DEFAULT_DB_ALIAS]
    vendor = connection.vendor
    compiled = fulltext.compile_question(vendor, asked.question, asked.but)
    of_one = vendor == "sqlite" and len(editions) == 1
    sql = f"{_COLUMNS} WHERE {fulltext.where(vendor, of_one_edition=of_one)}"
    parameters: list = [compiled, *(editions * 2 if of_one else ())]
    if lacking is not None:
        sql += (
            " AND NOT EXISTS (SELECT 1 FROM functions_entry newer WHERE"
            " newer.passage_id = passage.id AND newer.edition_id = %s)"
        )
        parameters.append(lacking)
    sql += f" AND entry.edition_id IN ({_marks(editions)}) LIMIT {MOST_PLACES}"
    parameters += editions
    as_key = UUID if vendor == "sqlite" else lambda key: key
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [
            Place(
                edition_id,
                part,
                unit_id,
                chapter_id,
                function_id,
                as_key(key) if key is not None else None,
                tuple(one for one in (top, above, own) if one is not None),
                passage_id,
                words,
                stems,
                _kind(chapter_id, function_id, above),
            )
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
            ) in cursor.fetchall()
        ]


def _marks(values: Sequence) -> str:
    return ", ".join(["%s"] * len(values))
