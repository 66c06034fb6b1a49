"""Many structural changes of a draft's tree at once, each unit written once.

For who knows the tree that is wanted, such as an undo: families get the order given,
rows come and go, and the tree columns are computed anew by one walk. The caller has
checked that the tree wanted is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from manuals import permissions as manual_permissions
from manuals.history import recording
from manuals.models import Edition
from manuals.services import demand_reason, lock_draft
from units.codes import Place
from units.models import Unit
from units.permissions import editable_units
from units.placing import FAR, park, places_of, write_columns, write_history
from units.planning import numbered
from units.trees import tree_columns


@dataclass
class Arrangement:
    """What shall become of an edition's tree; units are named by id.

    ``new`` are unsaved units under ids below 0 that stand for theirs until they are
    stored. ``parents`` is id -> parent of what is new or goes elsewhere (None for the
    root); ``orders`` is parent -> children as they shall stand, of every family that
    changes. ``fields`` are other values by id, as stored. ``codes`` are those wanted;
    without any the numbering rule gives them. ``root_code`` is another one of the root.
    """

    new: Mapping[int, Unit] = field(default_factory=dict)
    removed: Sequence[int] = ()
    parents: Mapping[int, int | None] = field(default_factory=dict)
    orders: Mapping[int, Sequence[int]] = field(default_factory=dict)
    fields: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    codes: Mapping[int, str] | None = None
    root_code: str | None = None


@transaction.atomic
def rearrange_units(
    *, edition: Edition, arrangement: Arrangement, user, reason: str
) -> dict[int, int]:
    """Write an arrangement of a draft's tree; returns the ids of new units by theirs.

    Units removed shall have nothing left below them but others removed, and no
    functions. Raises NotAllowed, EditionClosed, TreeConflict where a code cannot be
    given, ValidationError.
    """
    edition = lock_draft(edition)
    places = places_of(edition)
    _demand_all(user, edition, _touched(places, arrangement))
    wanted = _wanted(places, arrangement, edition)
    _clean(arrangement)
    with recording(user=user, reason=demand_reason(reason)):
        leaving = set(arrangement.removed)
        before = {place.id: place for place in places}
        moved = [
            pk for pk, place in wanted.items() if pk > 0 and place != before.get(pk)
        ]
        park(moved)
        # What stays may still hang from what goes.
        for pk in moved:
            if before[pk].parent in leaving:
                Unit.objects.filter(pk=pk).update(parent=wanted[pk].parent)
        Unit.objects.filter(pk__in=leaving).delete()
        ids = _create(arrangement, wanted, edition)
        final = {
            ids.get(pk, pk): replace(
                place,
                id=ids.get(pk, pk),
                parent=ids.get(place.parent, place.parent),
            )
            for pk, place in wanted.items()
        }
        placed = [final[pk] for pk in (*moved, *ids.values())]
        write_columns(
            ("parent", "position", "code"),
            [(one.id, one.parent, one.position, one.code) for one in placed],
        )
        for pk, values in arrangement.fields.items():
            Unit.objects.filter(pk=pk).update(**values)
        _write_tree_columns(edition, final.values())
        write_history(sorted(ids.values()), created=True)
        write_history(sorted({*moved, *arrangement.fields}), created=False)
    return ids


def _touched(places, arrangement: Arrangement) -> set[int | None]:
    """Units and families that change themselves, and not by being renumbered alone.

    None stands for what concerns the whole tree.
    """
    above = {place.id: place.parent for place in places}
    gone = {above[pk] for pk in arrangement.removed}
    left = {above[pk] for pk in arrangement.parents if pk in above}
    touched = {*arrangement.fields, *arrangement.orders, *gone, *left}
    touched |= set(arrangement.parents.values())
    if arrangement.root_code is not None or not touched:
        touched.add(None)  # codes alone
    return {pk for pk in touched if pk is None or pk > 0}


def _demand_all(user, edition: Edition, touched: set[int | None]) -> None:
    """Raise NotAllowed unless the person may edit everything that is touched."""
    if manual_permissions.may_edit_everything(user, edition.manual):
        return
    editable = editable_units(user, edition).values_list("pk", flat=True)
    manual_permissions.demand(
        touched <= set(editable), _("No tiene permiso para cambiar esta estructura.")
    )


def _clean(arrangement: Arrangement) -> None:
    """Raise ValidationError unless what units shall say of themselves is valid."""
    elsewhere = ["edition", "parent", "kind", "code", "position"]
    changed = Unit.objects.in_bulk(list(arrangement.fields))
    for pk, unit in changed.items():
        for name, value in arrangement.fields[pk].items():
            setattr(unit, name, value)
    for unit in (*arrangement.new.values(), *changed.values()):
        unit.clean_fields(exclude=elsewhere)


def _wanted(places, arrangement: Arrangement, edition) -> dict[int, Place]:
    """Every unit that there shall be, in its place."""
    gone = set(arrangement.removed)
    wanted = {place.id: place for place in places if place.id not in gone}
    for pk, unit in arrangement.new.items():
        wanted[pk] = Place(pk, None, 0, unit.code)
    for pk, parent in arrangement.parents.items():
        wanted[pk] = replace(wanted[pk], parent=parent)
    for order in arrangement.orders.values():
        for position, pk in enumerate(order, 1):
            wanted[pk] = replace(wanted[pk], position=position)
    if arrangement.codes is not None:
        codes = arrangement.codes
    else:
        codes = _by_rule(wanted, arrangement, edition)
    for pk, code in codes.items():
        wanted[pk] = replace(wanted[pk], code=code)
    return wanted


def _by_rule(wanted, arrangement: Arrangement, edition) -> dict[int, str]:
    """The codes that change by the rule, the root's first where it gets another."""
    codes = {}
    orders = {pk: list(order) for pk, order in arrangement.orders.items() if pk}
    places = list(wanted.values())
    if arrangement.root_code is not None:
        families: dict[int, list[Place]] = {}
        for index, place in enumerate(places):
            if place.parent is None:
                codes[place.id] = arrangement.root_code
                places[index] = replace(place, code=arrangement.root_code)
            else:
                families.setdefault(place.parent, []).append(place)
        orders = {
            parent: [one.id for one in sorted(family, key=lambda one: one.position)]
            for parent, family in families.items()
        }
    changes = numbered(places, orders, edition.functions_chapter)
    return codes | {pk: code for pk, (_position, code) in changes.items()}


def _create(arrangement: Arrangement, wanted, edition) -> dict[int, int]:
    """Store the new units, those above others first; returns their ids."""
    ids: dict[int, int] = {}
    waiting = list(arrangement.new)
    while waiting:
        ready = [pk for pk in waiting if wanted[pk].parent not in waiting]
        for pk in ready:
            unit = arrangement.new[pk]
            parent = wanted[pk].parent
            unit.edition, unit.tree_id = edition, edition.pk
            unit.parent_id = ids.get(parent, parent)
            # Out of the way; the tree columns are computed below.
            unit.position, unit.code = pk - 2 * FAR, f"~~{-pk}"
            unit.lft, unit.rght, unit.level = 1, 2, 0
        created = Unit.objects.bulk_create([arrangement.new[pk] for pk in ready])
        ids |= {pk: unit.pk for pk, unit in zip(ready, created, strict=True)}
        waiting = [pk for pk in waiting if pk not in ids]
    return ids


def _write_tree_columns(edition: Edition, places: Iterable[Place]) -> None:
    """Bring the tree columns in line with parents and positions."""
    children: dict[int | None, list[tuple[int, int]]] = {}
    for place in places:
        children.setdefault(place.parent, []).append((place.position, place.id))
    expected = tree_columns(children)
    stored = Unit.objects.for_edition(edition).order_by()
    rows = stored.values_list("pk", "lft", "rght", "level")
    write_columns(
        ("lft", "rght", "level"),
        [
            (pk, *expected[pk])
            for pk, *columns in rows
            if tuple(columns) != expected[pk]
        ],
    )
