"""Small manuals for tests, with readable fixed values.

``make_tree`` draws a whole edition from a line such as ``"8.1 > 8.2 > 8.2.1"``; every
helper goes through the services or fills a draft and sets its state last, as the
guards demand.
"""

from __future__ import annotations

import datetime
from itertools import count

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission

from functions.models import Function
from functions.services import create_function
from manuals.models import Edition, Manual
from manuals.permissions import OPERATOR, ROLES
from manuals.services import record_authorised_edition
from units.models import Unit, UnitKind
from units.services import create_unit

REASON = "Prueba"
_numbers = count(1)


class ManualFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Manual
        django_get_or_create = ("slug",)

    slug = "dir"
    title = "Manual de Organización de la Dirección de Pruebas"
    acronym = "DIR"
    institution = "Instituto de Pruebas"


class EditionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Edition

    manual = factory.SubFactory(ManualFactory)
    label = "2021"
    functions_chapter = 8
    authorised_by = "Ana Pérez"
    authorised_position = "Titular de la Dirección"
    ratified_on = datetime.date(2021, 3, 4)
    document_number = "09/001/2021"


def make_kind(name: str = "Coordinación", plural: str | None = None) -> UnitKind:
    kind, _created = UnitKind.objects.get_or_create(
        name=name, defaults={"plural": plural or f"{name} (plural)"}
    )
    return kind


def make_user(role: str | None = None, username: str | None = None, **fields):
    """An account in the group of a role; without one, an account without any."""
    username = username or f"{role or 'persona'}-{next(_numbers)}"
    user = get_user_model().objects.create_user(username, password="clave", **fields)
    if role == "superuser":
        user.is_staff = user.is_superuser = True
        user.save()
    elif role:
        group, _created = Group.objects.get_or_create(name=role)
        group.permissions.add(
            *Permission.objects.filter(
                content_type__app_label="manuals", codename__in=ROLES[role]
            )
        )
        user.groups.add(group)
        user.is_staff = True
        user.save()
    return user


def make_edition(label: str = "2021", **fields) -> Edition:
    return EditionFactory(label=label, **fields)


def make_unit(
    parent: Unit | Edition, name: str = "Coordinación de Pruebas", **fields
) -> Unit:
    """A unit below another; below an edition, its root."""
    edition = parent if isinstance(parent, Edition) else parent.edition
    fields.setdefault("kind", make_kind(name.split()[0]))
    return create_unit(
        edition=edition,
        parent=None if isinstance(parent, Edition) else parent,
        name=name,
        user=OPERATOR,
        reason=REASON,
        **fields,
    )


def make_tree(drawing: str, edition: Edition | None = None) -> dict[str, Unit]:
    """Units by code, from codes separated by `` > `` or blanks, parents first.

    The first code is the root; ``8.2`` ... hang from a root ``8.1``, any other code
    from the one without its last part. Names are "Coordinación <code>".
    """
    edition = edition or make_edition()
    units: dict[str, Unit] = {}
    for code in drawing.replace(">", " ").split():
        parent_code = code.rpartition(".")[0]
        if not units:
            unit = make_unit(edition, name=f"Coordinación {code}")
        else:
            parent = units.get(parent_code) or next(iter(units.values()))
            unit = make_unit(parent, name=f"Coordinación {code}")
        units[unit.code] = unit
    return units


def make_function(unit: Unit, text: str = "Planear.", **fields) -> Function:
    return create_function(unit=unit, text=text, user=OPERATOR, reason=REASON, **fields)


def fill_empty_units(edition: Edition) -> None:
    """A function in each unit without any: nothing goes to review with empty ones."""
    for unit in Unit.objects.for_edition(edition).filter(functions=None):
        make_function(unit)


def authorise(edition: Edition, effective_from=None) -> Edition:
    """Close a filled draft as an edition authorised outside the system."""
    return record_authorised_edition(
        edition=edition, user=OPERATOR, effective_from=effective_from
    )
