"""Bringing back, as a new change in a draft, what the history remembers.

A record of the history is read, never saved: the live row is loaded, or made anew with
the same key, through the services that any other change takes. All of it is one change
in the history.
"""

from __future__ import annotations

import logging

from django.db import transaction
from django.utils.translation import gettext as _

from functions.models import Function
from functions.services import change_function, create_function, move_function
from manuals.exceptions import DomainError
from manuals.history import recording
from manuals.models import Edition
from manuals.services import demand_reason
from units.models import Unit, UnitKind
from units.services import change_unit, create_unit, move_unit

logger = logging.getLogger(__name__)


class NothingToRestoreTo(DomainError):
    """The unit or function that the record stood below is gone from the edition."""

    code = "nothing_to_restore_to"


@transaction.atomic
def restore_function(
    *, record, user, reason: str, text: bool = True, place: bool = True
) -> Function:
    """Give a function the text, the place or both that a history record has.

    A deleted one returns whole, with its key and with the items deleted along with it.
    Raises NothingToRestoreTo, NotAllowed, EditionClosed, ValidationError.
    """
    reason = demand_reason(reason)
    edition = _edition(record)
    live = _row_of(Function, record, edition)
    with recording(user=user, reason=reason):
        if live is None:
            unit, parent = _unit_of(record, edition), _parent_of(record, edition)
            deletion = _deletion(Function, record)
            return _recreate(record, deletion, unit, parent, user, reason)
        if text and live.text != record.text:
            live = change_function(
                function=live, text=record.text, user=user, reason=reason
            )
        if place:
            live = _put_back(live, record, edition, user, reason)
    return live


@transaction.atomic
def restore_unit(
    *, record, user, reason: str, data: bool = True, place: bool = True
) -> Unit:
    """Give a unit what it said of itself, its place or both that a record has.

    A deleted one returns whole, with its key, and with the units and functions that
    were deleted along with it. Raises as restore_function does.
    """
    reason = demand_reason(reason)
    edition = _edition(record)
    live = _row_of(Unit, record, edition)
    with recording(user=user, reason=reason):
        if live is None:
            deletion = _deletion(Unit, record)
            return _recreate_unit(record, deletion, edition, user, reason)
        fields = _said(record) if data else {}
        if any(getattr(live, name) != value for name, value in fields.items()):
            live = change_unit(unit=live, user=user, reason=reason, **fields)
        if place and record.parent_id is not None:
            parent = _unit_parent(record, edition)
            if (live.parent_id, live.position) != (parent.pk, record.position):
                live = move_unit(
                    unit=live,
                    target=parent,
                    position=record.position,
                    user=user,
                    reason=reason,
                )
    return live


def brought_along(record) -> tuple[int, int]:
    """How many units and functions return with a deleted row, itself not counted."""
    is_unit = record.instance_type is Unit
    deletion = _deletion(record.instance_type, record)
    level, units, functions = {deletion.id}, 0, 0
    if is_unit:
        tops: set[int] = set()
        while level:
            tops |= level
            level = _ids(_deleted_along(Unit, deletion, parent_id__in=level))
            units += len(level)
        level = _ids(
            _deleted_along(Function, deletion, unit_id__in=tops, parent_id=None)
        )
        functions = len(level)
    while level:
        level = _ids(_deleted_along(Function, deletion, parent_id__in=level))
        functions += len(level)
    return units, functions


def _ids(records) -> set[int]:
    return set(records.values_list("id", flat=True))


def _put_back(live, record, edition, user, reason) -> Function:
    unit, parent = _unit_of(record, edition), _parent_of(record, edition)
    place = (live.unit_id, live.parent_id, live.position)
    if place == (unit.pk, parent.pk if parent else None, record.position):
        return live
    return move_function(
        function=live,
        unit=unit,
        parent=parent,
        position=record.position,
        user=user,
        reason=reason,
    )


def _recreate(record, deletion, unit, parent, user, reason) -> Function:
    function = create_function(
        unit=unit,
        parent=parent,
        text=record.text,
        position=record.position,
        key=record.key,
        user=user,
        reason=reason,
    )
    for item in _deleted_along(Function, deletion, parent_id=deletion.id):
        _recreate(item, item, unit, function, user, reason)
    return function


def _recreate_unit(record, deletion, edition, user, reason) -> Unit:
    parent = _unit_parent(record, edition) if record.parent_id is not None else None
    unit = create_unit(
        edition=edition,
        parent=parent,
        position=record.position,
        key=record.key,
        user=user,
        reason=reason,
        **_said(record),
    )
    below = {"unit_id": deletion.id, "parent_id": None}
    for function in _deleted_along(Function, deletion, **below):
        _recreate(function, function, unit, None, user, reason)
    for child in _deleted_along(Unit, deletion, parent_id=deletion.id):
        _recreate_unit(child, child, edition, user, reason)
    return unit


def _said(record) -> dict[str, object]:
    kind = UnitKind.objects.filter(pk=record.kind_id).first()
    if kind is None:
        raise NothingToRestoreTo(_("El nivel de la unidad ya no está en el catálogo."))
    return {
        "name": record.name,
        "kind": kind,
        "objective": record.objective,
        "positions": record.positions,
        "printed_code": record.printed_code,
        "printed_page": record.printed_page,
    }


def _edition(record) -> Edition:
    edition = Edition.objects.with_manual().filter(pk=record.edition_id).first()
    if edition is None:
        raise NothingToRestoreTo(_("La edición de este registro ya no existe."))
    return edition


def _unit_of(record, edition) -> Unit:
    """The live unit that the function stood in, by key: the row may be another."""
    unit = _live(Unit, record.unit_id, edition)
    if unit is None:
        raise NothingToRestoreTo(
            _("La unidad de esta función ya no existe: restáurela primero.")
        )
    return unit


def _parent_of(record, edition) -> Function | None:
    if record.parent_id is None:
        return None
    parent = _live(Function, record.parent_id, edition)
    if parent is None:
        raise NothingToRestoreTo(
            _("La función de la que depende ya no existe: restáurela primero.")
        )
    return parent


def _unit_parent(record, edition) -> Unit:
    parent = _live(Unit, record.parent_id, edition)
    if parent is None:
        raise NothingToRestoreTo(
            _("La unidad superior ya no existe: restáurela primero.")
        )
    return parent


def _live(model, pk, edition):
    """What now has the key that the row ``pk`` had when it was last recorded."""
    remembered = model.history.filter(id=pk).order_by("-history_id").first()
    if remembered is None:
        return None
    return model.objects.filter(edition=edition, key=remembered.key).first()


def _row_of(model, record, edition):
    """The row that the record speaks of, also once it has another key; or None.

    A row that was deleted and came back is another one with the same key.
    """
    rows = model.objects.filter(edition=edition)
    return rows.filter(pk=record.id).first() or rows.filter(key=record.key).first()


def _deletion(model, record):
    """The record of the row's last deletion; the record itself if none was written."""
    return (
        model.history.filter(
            edition=record.edition_id, key=record.key, history_type="-"
        )
        .order_by("-history_date", "-history_id")
        .first()
        or record
    )


def _deleted_along(model, deletion, **below):
    """What went in the same change and has not come back in another way since."""
    live = model.objects.filter(edition=deletion.edition_id)
    return (
        model.history.filter(
            history_type="-", history_date=deletion.history_date, **below
        )
        .exclude(key__in=live.values("key"))
        .order_by("position", "history_id")
    )
