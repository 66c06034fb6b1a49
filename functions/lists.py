"""A unit's functions saved as one list: what the admin's screen and an import send.

The list is the whole truth: what it lacks is deleted, what has a key keeps it, and only
rows that really change get a history row.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from functions.models import MAX_DEPTH, Function
from functions.querysets import Node, nest
from functions.services import unit_under_lock
from manuals.exceptions import Stale
from manuals.history import recording, write_in_bulk
from manuals.models import Source
from manuals.services import demand_reason, lock_draft
from units.models import Unit
from units.permissions import demand_unit

logger = logging.getLogger(__name__)


@dataclass
class Listed:
    """One row of a list, in reading order.

    ``level`` is 0 for a function, 1 for an item, 2 for the third level; ``key`` is
    None for a new row. ``source`` and ``source_line`` are set by imports.
    """

    level: int
    text: str
    key: UUID | None = None
    source: Source | None = None
    source_line: int | None = None


def listed(unit: Unit) -> list[Listed]:
    """The unit's functions as they stand."""
    rows: list[Listed] = []

    def add(nodes: list[Node]) -> None:
        for node in nodes:
            rows.append(Listed(node.level, node.text, node.key))
            add(node.items)

    add(nest(Function.objects.filter(unit=unit).rows()).get(unit.pk, []))
    return rows


def fingerprint(unit: Unit) -> str:
    """What a person saw of the unit's list, to notice whether it changed meanwhile."""
    return fingerprint_of(listed(unit))


def fingerprint_of(rows: Sequence[Listed]) -> str:
    """The :func:`fingerprint` of rows that were read already."""
    seen = "\n".join(f"{row.level} {row.key} {row.text}" for row in rows)
    return hashlib.sha256(seen.encode()).hexdigest()[:32]


@transaction.atomic
def save_function_list(
    *,
    unit: Unit,
    rows: Sequence[Listed],
    user,
    reason: str,
    seen: str | None = None,
) -> int:
    """Make the unit's functions what ``rows`` say; returns how many rows changed.

    ``seen`` is the :func:`fingerprint` of the list that the person worked on.

    Raises NotAllowed, EditionClosed, FunctionGone, Stale, and ValidationError whose
    messages name the row (counted from 1).
    """
    edition = lock_draft(unit.edition)
    unit = unit_under_lock(unit, edition)
    demand_unit(user, unit)
    if seen is not None and seen != fingerprint(unit):
        raise Stale
    stored = {function.key: function for function in Function.objects.filter(unit=unit)}
    wanted = _build(rows, unit, stored)
    created = [function for function in wanted if function.pk is None]
    changed = [
        function
        for function in wanted
        if function.pk is not None and _differs(function, stored[function.key])
    ]
    kept = {function.key for function in wanted}
    deleted = [function for key, function in stored.items() if key not in kept]
    if not (created or changed or deleted):
        return 0
    _demand_free_keys(created, edition)
    with recording(user=user, reason=demand_reason(reason)):
        Function.objects.filter(
            pk__in=[function.pk for function in (*changed, *deleted)]
        ).update(position=-F("position") - 1)
        for function in created:  # in reading order: parents come first
            function.parent_id = function.parent.pk if function.parent else None
            function.save()
        for function in changed:
            function.parent_id = function.parent.pk if function.parent else None
        Function.objects.bulk_update(
            changed, ["parent", "position", "text", "source", "source_line"]
        )
        write_in_bulk(changed, created=False)
        for function in _deepest_first(deleted):
            function.delete()
    logger.info(
        "functions of %s: %d created, %d changed, %d deleted",
        unit.code,
        len(created),
        len(changed),
        len(deleted),
    )
    return len(created) + len(changed) + len(deleted)


def _build(
    rows: Sequence[Listed], unit: Unit, stored: dict[UUID, Function]
) -> list[Function]:
    """The rows as functions in their places; those stored are copies, changed."""
    errors = []
    wanted: list[Function] = []
    above: list[Function] = []  # the last function of each level so far
    counts: dict[int, int] = {}
    seen: set[UUID] = set()
    for number, row in enumerate(rows, 1):
        text = " ".join(row.text.split())
        if not text:
            errors.append(_("Fila %(row)d: falta el texto.") % {"row": number})
        if not 0 <= row.level < MAX_DEPTH or row.level > len(above):
            errors.append(
                _("Fila %(row)d: el nivel no sigue al de la fila anterior.")
                % {"row": number}
            )
            continue
        key = row.key or uuid4()
        if key in seen:
            errors.append(
                _("Fila %(row)d: la función está repetida.") % {"row": number}
            )
        seen.add(key)
        del above[row.level :]
        parent = above[-1] if above else None
        siblings = id(parent)
        counts[siblings] = counts.get(siblings, 0) + 1
        before = stored.get(key)
        wanted.append(
            Function(
                pk=before.pk if before else None,
                key=key,
                edition_id=unit.edition_id,
                unit=unit,
                parent=parent,
                position=counts[siblings],
                text=text,
                source_id=row.source.pk
                if row.source
                else (before.source_id if before else None),
                source_line=row.source_line or (before.source_line if before else None),
            )
        )
        above.append(wanted[-1])
    if errors:
        raise ValidationError(errors)
    return wanted


def _differs(function: Function, before: Function) -> bool:
    parent_id = function.parent.pk if function.parent else None
    return (
        function.parent is not None and parent_id is None  # below a row still to come
    ) or (parent_id, function.position, function.text) != (
        before.parent_id,
        before.position,
        before.text,
    )


def _demand_free_keys(created: list[Function], edition) -> None:
    keys = [function.key for function in created]
    if Function.objects.for_edition(edition).filter(key__in=keys).exists():
        raise ValidationError(_("Una de las funciones está en otra unidad."))


def _deepest_first(functions: list[Function]) -> list[Function]:
    """Items before what they hang from, so that each is deleted as it was stored."""
    by_id = {function.pk: function for function in functions}

    def depth(function):
        steps = 0
        while function.parent_id in by_id:
            steps, function = steps + 1, by_id[function.parent_id]
        return steps

    return sorted(functions, key=depth, reverse=True)
