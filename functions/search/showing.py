"""Answers as people see them: pages of hits with their texts, facets, units.

Texts are read for what is shown only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from functions import labels
from functions.models import Function
from functions.search.answering import Answer, Found, Ranked
from functions.search.interface import (
    BranchFacet,
    Filters,
    Hit,
    Kind,
    KindFacet,
    Piece,
    Responsible,
)
from functions.search.places import Place, counts_of
from functions.search.query import Query
from functions.search.reading import Reading
from functions.search.shelf import KeptText, shelf_of, shown_parts
from functions.search.snippets import kept_snippet, snippet
from manuals.models import Chapter
from units.models import Unit
from units.outline import OutlineUnit

MOST_RESPONSIBLE = 10
HITS_OF_EACH = 3
# What it counts that the unit's own name says what was asked, too.
NAMED = 0.1


def filtered(
    ranked: Ranked, filters: Filters, reading: Reading
) -> tuple[list[Found], tuple[KindFacet, ...], tuple[BranchFacet, ...]]:
    """What the filters leave, and the facets: each counted without its own filter."""
    found, counted = ranked.found, ranked.slots
    kinds: Counter[Kind] = Counter()
    branches: Counter = Counter()
    newest: dict = {}  # branch's key -> (age, the branch, its edition's id)
    rightly = set()
    for slot, count in counted.items():
        kind, branch, edition_id = slot.kind, slot.branch, slot.edition_id
        right_kind = not filters.kinds or kind in filters.kinds
        right_branch = filters.branch is None or (
            branch is not None and branch.key == filters.branch
        )
        if right_branch:
            kinds[kind] += count
        if right_kind and branch is not None:
            branches[branch.key] += count
            age = reading.age[edition_id]
            if branch.key not in newest or age < newest[branch.key][0]:
                newest[branch.key] = age, branch, edition_id
        if right_kind and right_branch:
            rightly.add(slot)
    facets = [
        BranchFacet(newest[key][1], reading.by_id[newest[key][2]], count)
        for key, count in branches.items()
    ]
    facets.sort(key=lambda facet: (-facet.count, facet.unit.position, facet.unit.code))
    return (
        found
        if len(rightly) == len(counted)
        else [one for one in found if one[-1].slot in rightly],
        tuple(KindFacet(kind, kinds[kind]) for kind in Kind if kinds[kind]),
        tuple(facets),
    )


class Shown:
    """Hits of some of what was found; the texts of all are read at once."""

    def __init__(self, found: Iterable[Found], answer: Answer, query, reading: Reading):
        self.found = list(found)
        self.reading = reading
        self.stems = answer.stems
        self.phrases = [tuple(one.word for one in phrase) for phrase in query.phrases]
        places = [one[-1].place for one in self.found]
        self.shelves = {
            pk: shelf_of(reading.by_id[pk])
            for pk in {
                place.edition_id for place in places if isinstance(place.text, KeptText)
            }
        }
        unkept = [place for place in places if place.edition_id not in self.shelves]
        self.functions = _texts(Function, "text", {p.function_id for p in unkept})
        self.objectives = _texts(
            Unit,
            "objective",
            {p.unit_id for p in unkept if p.kind is Kind.UNIT and p.part},
        )
        chapters = {p.chapter_id for p in unkept} - {None}
        self.chapters = (
            Chapter.objects.only("number", "title", "body").in_bulk(chapters)
            if chapters
            else {}
        )
        self.counts = counts_of({p.text.id for p in places}, reading.editions)

    def hits(self) -> tuple[Hit, ...]:
        return tuple([self.hit(one) for one in self.found])

    def hit(self, one: Found) -> Hit:
        *_, score, (place, edition_id, *_, unit) = one
        edition = self.reading.by_id[edition_id]
        anchor, label = _address(place)
        return Hit(
            place.kind,
            edition,
            place.key or (unit.key if unit else None),
            unit,
            anchor,
            label,
            self._snippet(place, unit),
            score,
            *self._chapter(place),
            self.counts.get((place.text.id, edition.manual_id), 1),
        )

    def _chapter(self, place: Place) -> tuple[int | None, str]:
        if place.chapter_id is None:
            return None, ""
        shelf = self.shelves.get(place.edition_id)
        if shelf is not None:
            return shelf.chapters[place.chapter_id]
        chapter = self.chapters[place.chapter_id]
        return chapter.number, chapter.title

    def _snippet(self, place: Place, unit: OutlineUnit | None) -> tuple[Piece, ...]:
        text = place.text
        if isinstance(text, KeptText) and text.spans and place.chapter_id is None:
            return kept_snippet(text, self.stems, self.phrases)
        return snippet(self._text(place, unit), self.stems, self.phrases)

    def _text(self, place: Place, unit: OutlineUnit | None) -> str:
        shelf = self.shelves.get(place.edition_id)
        if place.chapter_id is not None:
            slot = place.chapter_id, place.part
            if shelf is not None:
                return shelf.blocks.get(slot, "")
            return shown_parts(self.chapters[place.chapter_id]).get(place.part, "")
        if shelf is not None:
            return place.text.shown
        if place.function_id is not None:
            return self.functions.get(place.function_id, "")
        if place.part:
            return self.objectives.get(place.unit_id, "")
        return unit.name if unit else ""


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
        *_, score, standing = one
        place = standing.place
        slot = place.edition_id, place.unit_id
        if place.is_name:
            names[slot] = min(score, 1.0)
        elif place.unit_id is not None:
            groups[slot].append(one)

    def distance(hits: list[Found]) -> tuple:
        *rank, score, standing = hits[0]
        unit, place = standing.unit, standing.place
        slot = place.edition_id, place.unit_id
        best = -round(score + NAMED * names.get(slot, 0), 2)
        return (
            _steps(unit, near) if near is not None and unit is not None else 0,
            best,
            -(unit.depth if unit else 0),
            rank,
        )

    chosen = sorted(groups.values(), key=distance)[:MOST_RESPONSIBLE]
    shown = Shown(
        (one for hits in chosen for one in hits[:HITS_OF_EACH]), answer, query, reading
    )
    return tuple(
        Responsible(
            unit=hits[0][-1].unit,
            edition=reading.by_id[hits[0][-1].edition_id],
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
    return _label_of(place.positions) if place.positions else ("", "")


@lru_cache(maxsize=4096)
def _label_of(positions: tuple[int, ...]) -> tuple[str, str]:
    told = [labels.label(level, at) for level, at in enumerate(positions)]
    return labels.anchor(*positions), " ".join(told)


def _texts(model, name: str, pks: set[int | None]) -> dict[int, str]:
    """Id -> the field of that name; no query for none."""
    pks = pks - {None}
    if not pks:
        return {}
    return dict(model.objects.filter(pk__in=pks).order_by().values_list("pk", name))
