"""Whether a unit lies in the branches that a person, or their token, may edit."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from manuals import permissions
from manuals.scopes import BRANCH, Beyond
from units.models import Unit


def may_edit_unit(user, unit) -> bool | Beyond:
    """Whether the person may edit this unit: role, and branch where limited.

    A branch is a unit and everything below it; the branch's own top is part of it.
    """
    manual = unit.edition.manual
    if not (allowed := permissions.may_edit(user, manual)):
        return allowed
    return _in_branches(permissions.branches(user, manual), unit) and (
        _in_branches(permissions.branch_of_token(user), unit) or Beyond(BRANCH)
    )


def may_edit_below(user, unit) -> bool | Beyond:
    """Whether the person may create, reorder or delete units right below this one."""
    return may_edit_unit(user, unit)


def _in_branches(keys: frozenset[UUID] | None, unit) -> bool:
    if keys is None or unit.key in keys:
        return True
    return type(unit).objects.above(unit).filter(key__in=keys).exists()


def demand_unit(user, unit) -> None:
    """Raise NotAllowed unless the person may edit the unit."""
    permissions.demand(
        may_edit_unit(user, unit),
        _("No tiene permiso para editar esta unidad."),
    )


def demand_place(user, unit) -> None:
    """Raise NotAllowed unless the person may change where the unit stands.

    The top of a granted branch stays where it is: its place belongs to the unit above.
    """
    permissions.demand(
        may_place(user, unit), _("No tiene permiso para cambiar esta estructura.")
    )


def may_place(user, unit) -> bool | Beyond:
    """Whether the person may move or delete the unit; see :func:`demand_place`."""
    if unit.parent_id:
        return may_edit_below(user, unit.parent)
    return permissions.may_edit_everything(user, unit.edition.manual)


def editable_units(user, edition):
    """The units of an edition that the person may edit, as a queryset."""
    units = Unit.objects.for_edition(edition)
    if not permissions.may_edit(user, edition.manual):
        return units.none()
    editable = units
    for keys in (
        permissions.branches(user, edition.manual),
        permissions.branch_of_token(user),
    ):
        if keys is None:
            continue
        within = Q(pk__in=[])
        for top in units.filter(key__in=keys):
            within |= Q(lft__gte=top.lft, rght__lte=top.rght)
        editable = editable.filter(within)
    return editable
