"""Many functions of a draft written at once, across units, each one once.

For who knows the state that is wanted, such as an undo. The two halves leave room
between them for units to come and go: :func:`take_out`, then :func:`put_in`, inside
one transaction and one ``recording``. The caller holds the edition's lock and has
checked that the lists wanted are such.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.db.models import F, Value
from django.utils.translation import gettext as _

from functions.models import Function
from manuals import permissions
from manuals.history import write_in_bulk
from manuals.models import Edition
from units.models import Unit
from units.permissions import editable_units

_BATCH = 500
_FAR = 10**9  # beyond every position


@dataclass
class Rewriting:
    """What shall become of an edition's functions; they are named by id.

    ``new`` are unsaved functions under ids below 0 that stand for theirs until they
    are stored. ``places`` is id -> (unit, parent, position) of what is new or gets
    another place; ``fields`` are other values by id, as stored.
    """

    new: Mapping[int, Function] = field(default_factory=dict)
    removed: Sequence[int] = ()
    places: Mapping[int, tuple[int, int | None, int]] = field(default_factory=dict)
    fields: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)


def take_out(*, edition: Edition, rewriting: Rewriting, user) -> None:
    """Delete what is to go; free the places and keys of what gets others.

    Functions removed shall have nothing left below them but others removed or placed.

    Raises NotAllowed unless the person may edit every unit that loses or gets
    something, ValidationError where a text is not valid.
    """
    _demand_units(user, edition, rewriting)
    _clean(rewriting)
    moved = [pk for pk in rewriting.places if pk > 0]
    # At the root, which no change deletes: their own unit may be about to go.
    root = Unit.objects.for_edition(edition).filter(parent=None).values("pk")[:1]
    for start in range(0, len(moved), _BATCH):
        Function.objects.filter(pk__in=moved[start : start + _BATCH]).update(
            unit=root, parent=None, position=Value(-_FAR) - F("pk")
        )
    for pk, values in rewriting.fields.items():
        if "key" in values:
            Function.objects.filter(pk=pk).update(key=uuid4())
    Function.objects.filter(edition=edition, pk__in=rewriting.removed).delete()


def _demand_units(user, edition: Edition, rewriting: Rewriting) -> None:
    if permissions.may_edit_everything(user, edition.manual):
        return
    stored = {*rewriting.removed, *rewriting.fields, *rewriting.places}
    losing = Function.objects.for_edition(edition).filter(pk__in=stored)
    touched = set(losing.values_list("unit_id", flat=True))
    # A unit under an id below 0 is asked about where it is put.
    touched |= {unit for unit, _parent, _at in rewriting.places.values() if unit > 0}
    live = set(Unit.objects.for_edition(edition).values_list("pk", flat=True))
    editable = set(editable_units(user, edition).values_list("pk", flat=True))
    permissions.demand(
        touched & live <= editable, _("No tiene permiso para editar esta unidad.")
    )


def _clean(rewriting: Rewriting) -> None:
    changed = Function.objects.in_bulk(list(rewriting.fields))
    for pk, function in changed.items():
        for name, value in rewriting.fields[pk].items():
            setattr(function, name, value)
    for function in (*rewriting.new.values(), *changed.values()):
        function.clean_fields(
            exclude=["edition", "unit", "parent", "position", "source"]
        )


def put_in(
    *, edition: Edition, rewriting: Rewriting, units: Mapping[int, int]
) -> dict[int, int]:
    """Store what is new, place what was taken out, change what says something else.

    ``units`` gives the ids of units that ``rewriting`` names by others. Returns the ids
    of new functions by theirs. History is written.
    """
    ids: dict[int, int] = {}
    waiting = list(rewriting.new)
    while waiting:
        ready = [pk for pk in waiting if rewriting.places[pk][1] not in waiting]
        created = []
        for pk in ready:
            function = rewriting.new[pk]
            function.edition = edition
            _place(function, rewriting.places[pk], units, ids)
            created.append(function)
        Function.objects.bulk_create(created, batch_size=_BATCH)
        ids |= {pk: one.pk for pk, one in zip(ready, created, strict=True)}
        waiting = [pk for pk in waiting if pk not in ids]
    changed = list(
        Function.objects.filter(
            pk__in=[
                pk for pk in {*rewriting.places, *rewriting.fields} if pk not in ids
            ]
        ).order_by("pk")
    )
    names = {"unit", "parent", "position"} if rewriting.places else set()
    for function in changed:
        if function.pk in rewriting.places:
            _place(function, rewriting.places[function.pk], units, ids)
        for name, value in rewriting.fields.get(function.pk, {}).items():
            setattr(function, name, value)
            names.add(name.removesuffix("_id"))
    if changed:
        Function.objects.bulk_update(changed, sorted(names), batch_size=_BATCH)
    write_in_bulk([rewriting.new[pk] for pk in ids], created=True)
    write_in_bulk(changed, created=False)
    return ids


def _place(function: Function, place, units, ids) -> None:
    unit, parent, position = place
    function.unit_id = units.get(unit, unit)
    function.parent_id = ids.get(parent, parent)
    function.position = position
