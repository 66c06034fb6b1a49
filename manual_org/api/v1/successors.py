"""What became of a unit or function, as answers say it; see successor_shapes.py."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from functions.labels import anchor
from functions.models import Function
from manual_org.api.v1 import successor_shapes as shapes
from manual_org.api.v1.representations import Links, stamp
from manuals.models import Edition
from review.becoming import Became
from review.compare.changes import KIND, MOVED, RENAMED, RENUMBERED
from review.lineage import NEW, SUPPRESSED, Event, Heir
from units.models import Unit


class UnitRow(NamedTuple):
    edition_id: int
    key: UUID
    code: str
    name: str
    kind: str
    parent_code: str | None
    parent_key: UUID | None

    def represented(self, links: Links) -> dict:
        return {
            "key": str(self.key),
            "code": self.code,
            "name": self.name,
            "kind": self.kind,
            "parent_code": self.parent_code,
            "url": links.unit(self.code),
            "html_url": links.unit_page(self.code),
        }

    def changes_since(self, before: UnitRow) -> list[str]:
        told = {
            RENAMED: self.name != before.name,
            KIND: self.kind != before.kind,
            MOVED: self.parent_key != before.parent_key,
            RENUMBERED: self.code != before.code,
        }
        return [name for name, holds in told.items() if holds]


class FunctionRow(NamedTuple):
    edition_id: int
    key: UUID
    unit_key: UUID
    unit_code: str
    unit_name: str
    positions: tuple[int, ...]
    text: str

    def represented(self, links: Links) -> dict:
        place = anchor(*self.positions)
        return {
            "key": str(self.key),
            "unit_key": str(self.unit_key),
            "unit_code": self.unit_code,
            "unit_name": self.unit_name,
            "label": place.removeprefix("f"),
            "text": self.text,
            "url": f"{links.functions}{self.key}/",
            "html_url": f"{links.unit_page(self.unit_code)}#{place}",
        }

    def changes_since(self, before: FunctionRow) -> list[str]:
        told = {
            shapes.REWORDED: self.text != before.text,
            MOVED: self.unit_key != before.unit_key,
            RENUMBERED: self.positions != before.positions,
        }
        return [name for name, holds in told.items() if holds]


def unit_rows(editions: Iterable[Edition], keys: Iterable[UUID]) -> list[UnitRow]:
    rows = Unit.objects.filter(edition__in=editions, key__in=keys).order_by()
    names = ("edition_id", "key", "code", "name", "kind__name")
    return [
        UnitRow(*values)
        for values in rows.values_list(*names, "parent__code", "parent__key")
    ]


def function_rows(
    editions: Iterable[Edition], keys: Iterable[UUID]
) -> list[FunctionRow]:
    rows = Function.objects.filter(edition__in=editions, key__in=keys).order_by()
    return [
        FunctionRow(edition, key, *unit, _positions(*positions), text)
        for edition, key, *unit, third, second, first, text in rows.values_list(
            "edition_id",
            "key",
            "unit__key",
            "unit__code",
            "unit__name",
            "position",
            "parent__position",
            "parent__parent__position",
            "text",
        )
        for positions in [(first, second, third)]
    ]


def _positions(*positions: int | None) -> tuple[int, ...]:
    """From the function down to the item; what is above a function is None."""
    return tuple(position for position in positions if position is not None)


class Told:
    """Rows of some things in some editions, and what an answer says of them.

    ``editions`` are in order of time.
    """

    def __init__(self, request, editions: Sequence[Edition], rows: Iterable):
        self.editions = editions
        self._links = {edition.pk: Links(request, edition) for edition in editions}
        self._rows = {(row.edition_id, row.key): row for row in rows}

    def row(self, edition: Edition, key: UUID):
        return self._rows.get((edition.pk, key))

    def stands(self, key: UUID) -> list[dict]:
        """Each edition that has the thing, and what differs from the one before."""
        found, before = [], None
        for edition in self.editions:
            row = self.row(edition, key)
            if row is None:
                continue
            found.append(
                {
                    "edition": stamp(edition),
                    **row.represented(self._links[edition.pk]),
                    "changes": row.changes_since(before) if before else [],
                }
            )
            before = row
        return found

    def ended(self, key: UUID) -> dict | None:
        """The first edition after the last one that has the thing."""
        last = max(
            at for at, edition in enumerate(self.editions) if self.row(edition, key)
        )
        following = self.editions[last + 1 : last + 2]
        return stamp(following[0]) if following else None

    def events(self, became: Became) -> list[dict]:
        """What happened, in order of time whichever way it was followed."""
        events = [self._event(became, event) for event in became.events]
        return events[::-1] if became.is_backward else events

    def _event(self, became: Became, event: Event) -> dict:
        before, after = became.around(event)
        kind, old, new = event.kind, (event.key,), event.to
        if became.is_backward:
            old, new = new, old
            kind = NEW if kind == SUPPRESSED else kind
        source = shapes.RECORDED if event.recorded else shapes.PROPOSED
        return {
            "before": stamp(before),
            "after": stamp(after),
            "kind": kind,
            "source": None if event.recorded is None else source,
            "confidence": event.confidence,
            "from": self._all(before, old),
            "to": self._all(after, new),
        }

    def _all(self, edition: Edition, keys: Iterable[UUID]) -> list[dict]:
        links = self._links[edition.pk]
        found = [self.row(edition, key) for key in keys]
        return [row.represented(links) for row in found if row is not None]

    def found(self, edition: Edition, key: UUID, heirs: Iterable[Heir]) -> list[dict]:
        """What the thing is in an edition; itself first, then what is surest."""
        links = self._links[edition.pk]
        ordered = sorted(
            heirs, key=lambda one: (one.key != key, not one.recorded, -one.confidence)
        )
        return [
            {
                **self.row(edition, heir.key).represented(links),
                "source": _source(heir, key),
                "confidence": heir.confidence,
            }
            for heir in ordered
        ]


def _source(heir: Heir, key: UUID) -> str:
    if heir.key == key:
        return shapes.SAME
    return shapes.RECORDED if heir.recorded else shapes.PROPOSED
