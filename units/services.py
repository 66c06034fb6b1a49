"""Every structural write of the tree: under the edition's lock, in one transaction.

Positions and codes are renumbered in two phases, parked first and then placed, because
a statement that shifts unique values fails on both engines.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from manuals import permissions as manual_permissions
from manuals.history import recording, write_selected
from manuals.models import Chart, Edition
from manuals.services import demand_reason, lock_draft
from units import permissions, planning
from units.codes import root_code
from units.exceptions import TreeConflict
from units.models import Unit, UnitKind
from units.placing import park, places_of, write_columns, write_history

logger = logging.getLogger(__name__)

_BATCH = 500
# What upper layers keep under a unit's key: callables (edition, before, after), run
# inside the recording and the transaction that give a unit another key.
_followers: list[Callable[..., object]] = []
CHANGEABLE = ("name", "kind", "objective", "positions", "printed_page", "printed_code")


@transaction.atomic
def create_unit(
    *,
    edition: Edition,
    parent: Unit | None,
    name: str,
    kind: UnitKind,
    user,
    reason: str,
    position: int | None = None,
    **fields,
) -> Unit:
    """Insert a unit below ``parent`` at ``position`` (from 1; last unless said).

    ``parent`` None makes the edition's root. Following siblings and all codes that
    depend on them are renumbered. ``fields`` are others of CHANGEABLE.

    Raises NotAllowed, EditionClosed, TreeConflict, ValidationError.
    """
    edition = lock_draft(edition)
    parent = _reload(parent, edition)
    if parent is None:
        manual_permissions.demand(
            manual_permissions.may_edit_everything(user, edition.manual)
        )
        root = Unit.objects.for_edition(edition).filter(parent=None).first()
        if root is not None:
            raise TreeConflict(_("La edición ya tiene una unidad raíz."), about=[root])
    else:
        permissions.demand_unit(user, parent)
    _demand_known(fields, (*CHANGEABLE, "key"))
    unit = Unit(edition=edition, parent=parent, name=name, kind=kind, **fields)
    changes = {}
    if parent is None:
        unit.code = root_code(edition.functions_chapter or 1)
    else:
        plan = planning.insertion(
            places_of(edition),
            parent=parent.pk,
            position=position,
            chapter=edition.functions_chapter,
        )
        changes = dict(plan.places)
        unit.position, unit.code = changes.pop(planning.NEW)
    unit.full_clean(
        exclude=["edition", "parent"], validate_unique=False, validate_constraints=False
    )
    with recording(user=user, reason=demand_reason(reason)):
        _place(changes)
        unit.save()
    logger.info("unit %s created in %s", unit.code, edition)
    return unit


@transaction.atomic
def change_unit(*, unit: Unit, user, reason: str, **fields) -> Unit:
    """Change what a unit says of itself: the fields of CHANGEABLE, never its place.

    Raises NotAllowed, EditionClosed, ValidationError.
    """
    edition = lock_draft(unit.edition)
    unit = _reload(unit, edition)
    permissions.demand_unit(user, unit)
    _demand_known(fields, CHANGEABLE)
    for name, value in fields.items():
        setattr(unit, name, value)
    unit.full_clean(exclude=["edition", "parent"])
    with recording(user=user, reason=demand_reason(reason)):
        unit.save()
    logger.info("unit %s changed in %s", unit.code, edition)
    return unit


def follow_keys_with(step: Callable[..., object]) -> None:
    """Have ``step`` run whenever a unit takes another key (from ``ready()``)."""
    if step not in _followers:
        _followers.append(step)


@transaction.atomic
def rekey_unit(*, unit: Unit, key: UUID, user, reason: str) -> Unit:
    """Say which unit over time this one is: it takes another key.

    The edition's charts of the unit, and what upper layers keep under its key, follow.
    Branches follow keys too, so it takes who may change the unit's place.

    Raises NotAllowed, EditionClosed, ValidationError naming the unit of the edition
    that has the key.
    """
    edition = lock_draft(unit.edition)
    unit = _reload(unit, edition)
    permissions.demand_place(user, unit)
    other = Unit.objects.for_edition(edition).exclude(pk=unit.pk).filter(key=key)
    if (found := other.first()) is not None:
        raise ValidationError(
            {"key": _("La edición ya tiene esta unidad: %(unit)s.") % {"unit": found}}
        )
    before, unit.key = unit.key, key
    unit.full_clean(exclude=["edition", "parent"])
    with recording(user=user, reason=demand_reason(reason)):
        unit.save()
        for chart in Chart.objects.filter(chapter__edition=edition, unit_key=before):
            chart.unit_key = key
            chart.save()
        for follow in _followers:
            follow(edition=edition, before=before, after=key)
    logger.info("unit %s of %s is now %s", before, edition, key)
    return unit


@transaction.atomic
def move_unit(
    *, unit: Unit, target: Unit, user, reason: str, position: int | None = None
) -> Unit:
    """Move a unit with all that hangs from it below ``target``.

    ``position`` counts from 1 among the target's children without the unit itself;
    last unless said. Both families are renumbered.

    Raises NotAllowed, EditionClosed, TreeConflict (the root, or below itself).
    """
    edition = lock_draft(unit.edition)
    unit, target = _reload(unit, edition), _reload(target, edition)
    permissions.demand_place(user, unit)
    permissions.demand_unit(user, target)
    reason = demand_reason(reason)
    plan = planning.move(
        places_of(edition),
        unit=unit.pk,
        target=target.pk,
        position=position,
        chapter=edition.functions_chapter,
    )
    if not plan:
        return unit
    changes = dict(plan.places)
    with recording(user=user, reason=reason):
        place = changes.pop(unit.pk, (unit.position, unit.code))
        _place(changes, moving=unit)
        unit.parent = target
        unit.position, unit.code = place
        unit.save()
    logger.info("unit %s moved to %s in %s", unit.key, target.code, edition)
    return unit


@transaction.atomic
def delete_unit(*, unit: Unit, user, reason: str) -> None:
    """Delete a unit with everything below it, functions included.

    Raises NotAllowed, EditionClosed, TreeConflict.
    """
    edition = lock_draft(unit.edition)
    unit = _reload(unit, edition)
    permissions.demand_place(user, unit)
    code, chapter = unit.code, edition.functions_chapter
    plan = planning.deletion(places_of(edition), unit=unit.pk, chapter=chapter)
    with recording(user=user, reason=demand_reason(reason)):
        unit.delete()
        _place(dict(plan.places))
    logger.info("unit %s deleted from %s", code, edition)


@transaction.atomic
def renumber_edition(*, edition: Edition, user, reason: str) -> None:
    """Give every unit of a draft the code that the rule asks for.

    The root takes ``<functions chapter>.1`` where it had another chapter's number.
    """
    edition = lock_draft(edition)
    manual_permissions.demand(
        manual_permissions.may_edit_everything(user, edition.manual)
    )
    with recording(user=user, reason=demand_reason(reason)):
        plan = planning.renumbering(
            places_of(edition), chapter=edition.functions_chapter
        )
        _place(dict(plan.places))


def write_tree(
    *, edition: Edition, rows: Sequence[tuple[Unit, str | None]]
) -> dict[str, Unit]:
    """Write a whole new tree in bulk: an import or a duplicate fills a draft.

    ``rows`` are unsaved units in reading order, each with its parent's code (None for
    the root); the caller holds the edition's lock and an open ``recording``. Sets
    position and tree columns, level by level, and writes history. Returns code -> unit.

    Raises TreeConflict when a parent is missing or does not stand before its child.
    """
    by_code: dict[str, Unit] = {}
    children: dict[str | None, list[Unit]] = {}
    parent_of: dict[str, str | None] = {}
    levels: list[list[Unit]] = []
    for unit, parent_code in rows:
        if parent_code is not None and parent_code not in by_code:
            raise TreeConflict(
                _("La unidad %(code)s no tiene unidad superior.") % {"code": unit.code}
            )
        siblings = children.setdefault(parent_code, [])
        siblings.append(unit)
        unit.edition, unit.tree_id = edition, edition.pk
        unit.position = len(siblings)
        unit.level = by_code[parent_code].level + 1 if parent_code is not None else 0
        by_code[unit.code] = unit
        parent_of[unit.code] = parent_code
        if unit.level == len(levels):
            levels.append([])
        levels[unit.level].append(unit)
    if len(children.get(None, ())) != 1:
        raise TreeConflict(_("Una edición tiene exactamente una unidad raíz."))
    _number_nodes(children)
    for level in levels:
        for unit in level:
            parent_code = parent_of[unit.code]
            unit.parent = by_code[parent_code] if parent_code is not None else None
        Unit.objects.bulk_create(level, batch_size=_BATCH)
    (root,) = levels[0]
    written = Unit.objects.for_edition(edition).filter(pk__gte=root.pk)
    write_selected(written, created=True)
    return by_code


def _number_nodes(children: dict[str | None, list[Unit]]) -> None:
    """Set lft and rght by one walk over the tree; no recursion, trees may be deep."""
    counter = 1
    (root,) = children[None]
    root.lft = counter
    stack = [(root, iter(children.get(root.code, ())))]
    while stack:
        unit, remaining = stack[-1]
        counter += 1
        child = next(remaining, None)
        if child is None:
            unit.rght = counter
            stack.pop()
        else:
            child.lft = counter
            stack.append((child, iter(children.get(child.code, ()))))


def _reload(unit: Unit | None, edition: Edition) -> Unit | None:
    """The unit as it stands under the lock; its tree columns may have moved."""
    if unit is None:
        return None
    try:
        fresh = Unit.objects.select_related("kind", "parent").get(
            pk=unit.pk, edition=edition
        )
    except Unit.DoesNotExist:
        raise TreeConflict(_("La unidad ya no existe en esta edición.")) from None
    fresh.edition = edition
    if fresh.parent is not None:
        fresh.parent.edition = edition
    return fresh


def _demand_known(fields, known: Iterable[str]) -> None:
    unknown = set(fields) - set(known)
    if unknown:
        raise TypeError(f"not changeable here: {', '.join(sorted(unknown))}")


def _place(changes: dict[int, tuple[int, str]], moving: Unit | None = None) -> None:
    """Write positions and codes in two phases, with history for every changed row.

    ``moving`` is a unit on its way to another place: parked too, so that its old
    position and code are free, and saved by the caller afterwards.
    """
    park([*changes, moving.pk] if moving is not None else changes)
    write_columns(("position", "code"), [(pk, *place) for pk, place in changes.items()])
    write_history(changes, created=False)
