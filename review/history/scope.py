"""Which records a history has: an edition's, those of a branch or of one unit."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from functions.models import MAX_DEPTH, Function
from manuals.models import Chapter, Chart, Edition, Transition
from review.models import ChangeNote, Succession
from units.models import Unit


@dataclass(frozen=True)
class Scope:
    """The records of an edition; with ``keys``, only those about these units.

    ``ids`` are the rows that these units have or had: one that was deleted and came
    back had two. ``functions_only`` narrows it to these rows of functions. Every
    method returns a queryset of history rows.
    """

    edition: Edition
    keys: frozenset[UUID] | None = None
    ids: frozenset[int] = frozenset()
    functions_only: frozenset[int] | None = None

    def units(self) -> QuerySet:
        rows = Unit.history.filter(edition=self.edition)
        return rows if self.keys is None else rows.filter(id__in=self.ids)

    def functions(self) -> QuerySet:
        """Also the record by which a function left one of the units."""
        rows = Function.history.filter(edition=self.edition)
        if self.functions_only is not None:
            return rows.filter(id__in=self.functions_only)
        if self.keys is None:
            return rows
        there = Function.history.filter(unit_id__in=self.ids)
        return rows.alias(
            unit_before=Subquery(previous(Function).values("unit_id")[:1])
        ).filter(
            Q(unit_id__in=self.ids)
            | Q(id__in=there.order_by().values("id"), unit_before__in=self.ids)
        )

    def notes(self) -> QuerySet:
        rows = ChangeNote.history.filter(edition=self.edition)
        return rows if self.keys is None else rows.filter(unit_key__in=self.keys)

    def successions(self) -> QuerySet:
        rows = Succession.history.filter(edition=self.edition)
        return rows if self.keys is None else rows.filter(pk__in=self._successions)

    @cached_property
    def _successions(self) -> list[int]:
        """Those of the units; few, so their lists of keys are looked at here."""
        keys = set(map(str, self.keys))
        if not keys:
            return []
        rows = Succession.history.filter(edition=self.edition).values_list(
            "history_id", "from_keys", "to_keys"
        )
        return [
            pk
            for pk, origins, results in rows
            if not keys.isdisjoint(origins + results)
        ]

    def chapters(self) -> QuerySet:
        return self._whole(Chapter.history.filter(edition=self.edition))

    def charts(self) -> QuerySet:
        chapters = Chapter.history.filter(edition=self.edition).order_by().values("id")
        return self._whole(Chart.history.filter(chapter_id__in=chapters))

    def editions(self) -> QuerySet:
        return self._whole(Edition.history.filter(id=self.edition.pk))

    def transitions(self) -> QuerySet:
        """The steps of its life; rows of a log, not of a history."""
        return self._whole(Transition.objects.filter(edition=self.edition))

    def _whole(self, rows: QuerySet) -> QuerySet:
        return rows if self.keys is None else rows.none()


def previous(model) -> QuerySet:
    """The record before the outer query's, of the same row; take the first."""
    return model.history.filter(
        id=OuterRef("id"), history_id__lt=OuterRef("history_id")
    ).order_by("-history_id")


def unit_key(edition: Edition, code: str) -> UUID | None:
    """The unit that has the code in the edition, or had it last; None if none ever did.

    Codes are unique at any time: the last record that has this one names the unit.
    """
    return (
        Unit.history.filter(edition=edition, code=code)
        .order_by("-history_date", "-history_id")
        .values_list("key", flat=True)
        .first()
    )


def unit_scope(edition: Edition, key: UUID) -> Scope:
    """The history of one unit and its functions."""
    rows = Unit.history.filter(edition=edition)
    ids = frozenset(rows.filter(key=key).values_list("id", flat=True))
    return Scope(edition, frozenset({key}), ids)


def branch_scope(edition: Edition, key: UUID) -> Scope:
    """The history of a unit and of all that hangs from it or ever did."""
    rows = list(
        Unit.history.filter(edition=edition)
        .order_by()
        .values_list("id", "parent_id", "key")
        .distinct()
    )
    ids = _branch(key, rows)
    keys = frozenset(one for pk, _parent, one in rows if pk in ids)
    return Scope(edition, keys, frozenset(ids))


def function_scope(edition: Edition, key: UUID) -> Scope:
    """The history of a function or item and of what hangs from it or ever did."""
    records = Function.history.filter(edition=edition)
    below = {"key": key}
    ids: set[int] = set()
    for _level in range(MAX_DEPTH):
        found = set(records.filter(**below).values_list("id", flat=True)) - ids
        ids |= found
        below = {"parent_id__in": found}
    return Scope(edition, frozenset(), functions_only=frozenset(ids))


def _branch(top: UUID, rows: list[tuple[int, int | None, UUID]]) -> set[int]:
    """The ids of a unit and of what is below; a restored unit has another id, a unit
    matched anew by a person another key.
    """
    related, waiting = defaultdict(set), []
    by_key = defaultdict(set)
    for pk, parent, key in rows:
        related[parent].add(pk)
        by_key[key].add(pk)
    for same in by_key.values():
        for pk in same:
            related[pk] |= same
    waiting = list(by_key[top])
    found = set(waiting)
    while waiting:
        for pk in related[waiting.pop()] - found:
            found.add(pk)
            waiting.append(pk)
    return found
