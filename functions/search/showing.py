"""Answers as people see them: pages of hits with their texts, facets, units.

Texts are read for what is shown only.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from html import unescape

from functions import labels
from functions.models import Function
from functions.search.answering import Answer, Found
from functions.search.interface import (
    BranchFacet,
    Filters,
    Hit,
    Kind,
    KindFacet,
    Responsible,
)
from functions.search.places import Place, counts_of
from functions.search.query import Query
from functions.search.reading import Reading
from functions.search.snippets import snippet
from manuals.blocks import split_blocks
from manuals.models import Chapter
from units.models import Unit
from units.outline import OutlineUnit

MOST_RESPONSIBLE = 10
HITS_OF_EACH = 3
# What it counts that the unit's own name says what was asked, too.
NAMED = 0.1

_TAG = re.compile(r"<[^>]*>")


def filtered(
    found: Sequence[Found], filters: Filters, reading: Reading
) -> tuple[list[Found], tuple[KindFacet, ...], tuple[BranchFacet, ...]]:
    """What the filters leave, and the facets: each counted without its own filter."""
    left: list[Found] = []
    kinds: Counter[Kind] = Counter()
    branches: Counter = Counter()
    first: dict = {}
    for one in found:
        branch = reading.branch_of(one.place)
        kind = one.place.kind
        right_kind = not filters.kinds or kind in filters.kinds
        right_branch = filters.branch is None or (
            branch is not None and branch.key == filters.branch
        )
        if right_branch:
            kinds[kind] += 1
        if right_kind and branch is not None:
            branches[branch.key] += 1
            if branch.key not in first or _is_newer(one, first[branch.key], reading):
                first[branch.key] = one
        if right_kind and right_branch:
            left.append(one)
    facets = [
        BranchFacet(
            reading.branch_of(first[key].place),
            reading.by_id[first[key].place.edition_id],
            count,
        )
        for key, count in branches.items()
    ]
    facets.sort(key=lambda facet: (-facet.count, facet.unit.position, facet.unit.code))
    return (
        left,
        tuple(KindFacet(kind, kinds[kind]) for kind in Kind if kinds[kind]),
        tuple(facets),
    )


def _is_newer(one: Found, other: Found, reading: Reading) -> bool:
    return reading.age[one.place.edition_id] < reading.age[other.place.edition_id]


class Shown:
    """Hits of some of what was found; the texts of all are read at once."""

    def __init__(self, found: Iterable[Found], answer: Answer, query, reading: Reading):
        self.found = list(found)
        self.reading = reading
        self.stems = answer.stems
        self.phrases = [tuple(one.word for one in phrase) for phrase in query.phrases]
        places = [one.place for one in self.found]
        self.functions = dict(
            Function.objects.filter(pk__in={p.function_id for p in places} - {None})
            .order_by()
            .values_list("pk", "text")
        )
        self.objectives = _if_any(
            {p.unit_id for p in places if p.kind is Kind.UNIT and p.part},
            Unit.objects.values_list("pk", "objective"),
        )
        self.chapters = {
            chapter.pk: chapter
            for chapter in _rows(
                {p.chapter_id for p in places} - {None},
                Chapter.objects.only("number", "title", "body"),
            )
        }
        self.counts = counts_of({p.passage_id for p in places}, reading.editions)

    def hits(self) -> tuple[Hit, ...]:
        return tuple(self.hit(one) for one in self.found)

    def hit(self, one: Found) -> Hit:
        place = one.place
        edition = self.reading.by_id[place.edition_id]
        unit = self.reading.unit_of(place)
        chapter = self.chapters.get(place.chapter_id)
        anchor, label = _address(place)
        key = place.key or (unit.key if unit else None)
        return Hit(
            kind=place.kind,
            edition=edition,
            key=key,
            unit=unit,
            anchor=anchor,
            label=label,
            snippet=snippet(self._text(place, unit), self.stems, self.phrases),
            score=one.score,
            chapter_number=chapter.number if chapter else None,
            chapter_title=chapter.title if chapter else "",
            editions=self.counts.get((place.passage_id, edition.manual_id), 1),
        )

    def _text(self, place: Place, unit: OutlineUnit | None) -> str:
        if place.function_id is not None:
            return self.functions.get(place.function_id, "")
        if place.chapter_id is None:
            if place.part:
                return self.objectives.get(place.unit_id, "")
            return unit.name if unit else ""
        chapter = self.chapters[place.chapter_id]
        if not place.part:
            return chapter.title
        for block in split_blocks(chapter.body):
            if block.number == place.part:
                return unescape(_TAG.sub("", block.html))
        return ""


def responsible(
    found: Sequence[Found],
    answer: Answer,
    query: Query,
    reading: Reading,
    near: OutlineUnit | None,
) -> tuple[Responsible, ...]:
    """The units that do what was asked, the nearest first.

    Near in the tree to ``near``; without it, in meaning to the query, and of units that
    answer equally the one further down, which does it itself.
    """
    groups: dict[tuple, list[Found]] = defaultdict(list)
    names: dict[tuple, float] = {}
    for one in found:
        slot = one.place.edition_id, one.place.unit_id
        if one.place.is_name:
            names[slot] = min(one.score, 1.0)
        elif one.place.unit_id is not None:
            groups[slot].append(one)

    def distance(hits: list[Found]) -> tuple:
        unit = reading.unit_of(hits[0].place)
        slot = hits[0].place.edition_id, hits[0].place.unit_id
        best = -round(hits[0].score + NAMED * names.get(slot, 0), 2)
        return (
            _steps(unit, near) if near is not None and unit is not None else 0,
            best,
            -(unit.depth if unit else 0),
            hits[0].order,
        )

    chosen = sorted(groups.values(), key=distance)[:MOST_RESPONSIBLE]
    shown = Shown(
        (one for hits in chosen for one in hits[:HITS_OF_EACH]), answer, query, reading
    )
    return tuple(
        Responsible(
            unit=reading.unit_of(hits[0].place),
            edition=reading.by_id[hits[0].place.edition_id],
            count=len(hits),
            hits=tuple(shown.hit(one) for one in hits[:HITS_OF_EACH]),
        )
        for hits in chosen
    )


def _steps(unit: OutlineUnit, other: OutlineUnit) -> int:
    """Steps in the tree from one unit to another, also of another edition."""
    one = [each.key for each in (*unit.chain(), unit)]
    two = [each.key for each in (*other.chain(), other)]
    shared = 0
    while shared < min(len(one), len(two)) and one[shared] == two[shared]:
        shared += 1
    return len(one) + len(two) - 2 * shared


def _address(place: Place) -> tuple[str, str]:
    if place.chapter_id is not None:
        anchor = f"p{place.part}" if place.part else ""
        return anchor, anchor
    if not place.positions:
        return "", ""
    told = [labels.label(level, at) for level, at in enumerate(place.positions)]
    return labels.anchor(*place.positions), " ".join(told)


def _rows(pks: set, rows) -> Iterable:
    return rows.filter(pk__in=pks).order_by() if pks else ()


def _if_any(pks: set, rows) -> dict:
    return dict(_rows(pks, rows))
