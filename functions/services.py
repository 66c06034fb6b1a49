"""Every write of functions: under the edition's lock, in one transaction.

Positions are renumbered in two phases (parked at negative values, then placed).
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from functions.models import MAX_DEPTH, Function
from manuals.exceptions import DomainError
from manuals.history import recording, write_in_bulk, write_selected
from manuals.models import Edition
from manuals.services import demand_reason, lock_draft
from units.models import Unit
from units.permissions import demand_unit

logger = logging.getLogger(__name__)

_BATCH = 500


class FunctionGone(DomainError):
    """The function was deleted meanwhile."""

    code = "function_gone"


@transaction.atomic
def create_function(
    *,
    unit: Unit,
    text: str,
    user,
    reason: str,
    parent: Function | None = None,
    position: int | None = None,
    key=None,
) -> Function:
    """Insert a function, or an item below ``parent``, at ``position`` (from 1).

    Last unless said. Raises NotAllowed, EditionClosed, ValidationError.
    """
    edition = lock_draft(unit.edition)
    unit = unit_under_lock(unit, edition)
    demand_unit(user, unit)
    parent = _reload(parent, edition) if parent is not None else None
    function = Function(edition=edition, unit=unit, parent=parent, text=text)
    if key is not None:
        function.key = key
    siblings = _siblings(unit, parent)
    function.position = _within(position, len(siblings) + 1)
    function.full_clean(exclude=["edition"], validate_constraints=False)
    if key is not None and edition.functions.filter(key=key).exists():
        raise ValidationError({"key": _("La edición ya tiene esta función.")})
    with recording(user=user, reason=demand_reason(reason)):
        _place(
            siblings[: function.position - 1]
            + [None]
            + siblings[function.position - 1 :]
        )
        function.save()
    logger.info("function %s created in %s", function.key, unit.code)
    return function


@transaction.atomic
def change_function(*, function: Function, text: str, user, reason: str) -> Function:
    """Reword a function or item; it keeps its key and its place."""
    edition = lock_draft(function.edition)
    function = _reload(function, edition)
    demand_unit(user, function.unit)
    function.text = text
    function.full_clean(exclude=["edition"])
    with recording(user=user, reason=demand_reason(reason)):
        function.save()
    logger.info("function %s changed in %s", function.key, function.unit.code)
    return function


@transaction.atomic
def move_function(
    *,
    function: Function,
    user,
    reason: str,
    unit: Unit | None = None,
    parent: Function | None = None,
    position: int | None = None,
) -> Function:
    """Put a function, with its items, elsewhere: in order, in depth or in another unit.

    ``parent`` None makes it a function of ``unit`` (its own unless said); ``position``
    counts from 1 among the new siblings without itself, last unless said.

    Raises NotAllowed, EditionClosed, ValidationError (too deep, below itself).
    """
    edition = lock_draft(function.edition)
    function = _reload(function, edition)
    demand_unit(user, function.unit)
    parent = _reload(parent, edition) if parent is not None else None
    if parent is not None:
        unit = parent.unit
    unit = unit_under_lock(unit, edition) if unit is not None else function.unit
    demand_unit(user, unit)
    below = _below(function)
    if parent is not None and parent.pk in {function.pk, *(item.pk for item in below)}:
        raise ValidationError(
            {"parent": _("Una función no puede depender de sí misma.")}
        )
    if _depth(parent) + 1 + _height(function, below) > MAX_DEPTH:
        raise ValidationError({"parent": _("Una función tiene a lo más tres niveles.")})
    left = [one for one in _siblings(function.unit, function.parent) if one != function]
    joined = [one for one in _siblings(unit, parent) if one != function]
    position = _within(position, len(joined) + 1)
    with recording(user=user, reason=demand_reason(reason)):
        # Out of the way of both families until its own place is free.
        Function.objects.filter(pk=function.pk).update(position=-(10**9))
        if joined != left:
            _place(left)
        _place(joined[: position - 1] + [None] + joined[position - 1 :])
        if unit.pk != function.unit_id:
            for item in below:
                item.unit = unit
            Function.objects.filter(pk__in=[item.pk for item in below]).update(
                unit=unit
            )
            write_in_bulk(below, created=False)
        function.unit, function.parent, function.position = unit, parent, position
        function.save()
    logger.info("function %s moved to %s", function.key, unit.code)
    return function


@transaction.atomic
def rekey_function(*, function: Function, key: UUID, user, reason: str) -> Function:
    """Say which function or item over time this one is: it takes another key.

    Raises NotAllowed, EditionClosed, ValidationError naming the function of the
    edition that has the key.
    """
    edition = lock_draft(function.edition)
    function = _reload(function, edition)
    demand_unit(user, function.unit)
    others = Function.objects.for_edition(edition).exclude(pk=function.pk)
    other = others.select_related("unit").filter(key=key).first()
    if other is not None:
        raise ValidationError(
            {
                "key": _("La edición ya tiene esta función, en %(code)s: %(text)s")
                % {"code": other.unit.code, "text": other}
            }
        )
    before, function.key = function.key, key
    function.full_clean(exclude=["edition"])
    with recording(user=user, reason=demand_reason(reason)):
        function.save()
    logger.info("function %s of %s is now %s", before, function.unit.code, key)
    return function


@transaction.atomic
def delete_function(*, function: Function, user, reason: str) -> None:
    """Delete a function or item with everything below it; the others close up."""
    edition = lock_draft(function.edition)
    function = _reload(function, edition)
    demand_unit(user, function.unit)
    unit, parent, key = function.unit, function.parent, function.key
    with recording(user=user, reason=demand_reason(reason)):
        function.delete()
        _place(_siblings(unit, parent))
    logger.info("function %s deleted from %s", key, unit.code)


def write_functions(
    *, edition: Edition, rows: Sequence[tuple[Function, Function | None]]
) -> None:
    """Write many new functions in bulk: an import or a duplicate fills a draft.

    ``rows`` are unsaved functions, each with its (also unsaved) parent or None, whose
    unit and position are set; the caller holds the edition's lock and an open
    ``recording``. History is written.
    """
    levels: list[list[Function]] = []
    depth: dict[int, int] = {}
    for function, parent in rows:
        level = depth[id(parent)] + 1 if parent is not None else 0
        if level >= MAX_DEPTH:
            raise ValidationError(_("Una función tiene a lo más tres niveles."))
        depth[id(function)] = level
        function.edition = edition
        if level == len(levels):
            levels.append([])
        levels[level].append((function, parent))
    for level in levels:
        for function, parent in level:
            function.parent = parent
        Function.objects.bulk_create(
            [function for function, _parent in level], batch_size=_BATCH
        )
    if rows:
        first = min(function.pk for function, _parent in rows)
        written = Function.objects.for_edition(edition).filter(pk__gte=first)
        write_selected(written, created=True)


def _reload(function: Function, edition: Edition) -> Function:
    try:
        return Function.objects.select_related("unit__edition__manual", "parent").get(
            pk=function.pk, edition=edition
        )
    except Function.DoesNotExist:
        raise FunctionGone(
            _("La función ya no existe en esta edición."), about=[function]
        ) from None


def unit_under_lock(unit: Unit, edition: Edition) -> Unit:
    """The unit as it stands; FunctionGone when somebody deleted it meanwhile."""
    try:
        return Unit.objects.select_related("edition__manual").get(
            pk=unit.pk, edition=edition
        )
    except Unit.DoesNotExist:
        raise FunctionGone(_("La unidad ya no existe en esta edición.")) from None


def _siblings(unit: Unit, parent: Function | None) -> list[Function]:
    return list(
        Function.objects.filter(unit=unit, parent=parent, position__gte=0).order_by(
            "position"
        )
    )


def _below(function: Function) -> list[Function]:
    """Items and their items, without the function itself."""
    below, level = [], [function.pk]
    while level:
        found = list(Function.objects.filter(parent__in=level))
        below += found
        level = [item.pk for item in found]
    return below


def _depth(function: Function | None) -> int:
    depth = 0
    while function is not None:
        depth, function = depth + 1, function.parent
    return depth


def _height(function: Function, below: Sequence[Function]) -> int:
    """Levels below the function: 0 without items."""
    parents = {item.pk: item.parent_id for item in below}
    height = 0
    for pk in parents:
        steps = 0
        while pk != function.pk:
            pk, steps = parents[pk], steps + 1
        height = max(height, steps)
    return height


def _within(position: int | None, last: int) -> int:
    if position is None:
        return last
    return max(1, min(position, last))


def _place(order: Sequence[Function | None]) -> None:
    """Give siblings the positions of this order; None keeps a place free."""
    moved = []
    for position, function in enumerate(order, 1):
        if function is not None and function.position != position:
            function.position = position
            moved.append(function)
    if not moved:
        return
    Function.objects.filter(pk__in=[function.pk for function in moved]).update(
        position=-F("position") - 1
    )
    Function.objects.bulk_update(moved, ["position"], batch_size=_BATCH)
    write_in_bulk(moved, created=False)
