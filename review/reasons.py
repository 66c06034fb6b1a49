"""The reasons that people gave while saving, by unit: a first wording of its note."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from functions.models import Function
from manuals.models import Edition
from units.models import Unit

# Of a unit's own row, what a note has to explain; its code only follows others.
_OF_ITS_OWN = ("name", "kind_id", "parent_id", "positions", "objective")
_ENDS = (".", "!", "?", "…")


def proposed_notes(edition: Edition, keys: Collection[UUID]) -> dict[UUID, str]:
    """A note for each of these units of a draft, made of the reasons of its saves.

    What the draft began with, saves that were undone and the undoing of them say
    nothing. A unit of which nothing is left has no entry.
    """
    ids = dict(
        Unit.history.filter(edition=edition, key__in=keys)
        .order_by("history_id")
        .values_list("id", "key")
    )
    silent = _undone(edition) | set(edition.transitions.values_list("at", flat=True))
    said: dict[UUID, dict[str, datetime]] = defaultdict(dict)
    for row, at, reason in [*_of_units(edition, ids), *_of_functions(edition, ids)]:
        key, words = ids[row], (reason or "").strip()
        if words and at not in silent:
            said[key][words] = min(at, said[key].get(words, at))
    return {
        key: _sentences(sorted(reasons, key=reasons.__getitem__))
        for key, reasons in said.items()
    }


def _sentences(reasons: list[str]) -> str:
    """One reason as it is; several as sentences, one after the other."""
    if len(reasons) == 1:
        return reasons[0]
    return " ".join(
        reason if reason.endswith(_ENDS) else f"{reason}." for reason in reasons
    )


def _undone(edition: Edition) -> set[datetime]:
    """The moments of what no longer holds; an undo that was undone no longer does."""
    gone: set[datetime] = set()
    undoings = edition.undoings.order_by("-at").values_list("at", "undone")
    for at, undone in undoings:
        if at not in gone:
            gone.add(undone)
        gone.add(at)
    return gone


def _of_units(edition: Edition, ids: Mapping[int, UUID]):
    """(unit, moment, reason) of each change of a unit's own row."""
    rows = (
        Unit.history.filter(edition=edition, id__in=ids)
        .order_by("history_id")
        .values_list(
            "id",
            "history_date",
            "history_change_reason",
            "history_type",
            *_OF_ITS_OWN,
        )
    )
    before: dict[int, tuple] = {}
    for row, at, reason, movement, *own in rows:
        if movement != "~" or before.get(row) != tuple(own):
            yield row, at, reason
        before[row] = tuple(own)


def _of_functions(edition: Edition, ids: Mapping[int, UUID]):
    """(unit, moment, reason) of each change of functions; one that moves is of both."""
    once_there = Function.history.filter(unit_id__in=ids).order_by().values("id")
    rows = (
        Function.history.filter(edition=edition, id__in=once_there)
        .order_by("history_id")
        .values_list("id", "unit_id", "history_date", "history_change_reason")
    )
    before: dict[int, int] = {}
    for row, unit, at, reason in rows:
        for place in {unit, before.get(row, unit)} & ids.keys():
            yield place, at, reason
        before[row] = unit
