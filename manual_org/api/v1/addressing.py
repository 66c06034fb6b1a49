"""From an address to the edition it speaks of, as far as the person may read it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail, NotFound

from manual_org.api.errors import InvalidQuery
from manuals import permissions
from manuals.brief import edition_reader, editions_in_brief, whole_editions
from manuals.models import Edition, Manual

CURRENT = "current"


def manual_at(user, slug: str) -> tuple[Manual, list[Edition]]:
    """The manual with its editions that the person may read, the newest first.

    Raises NotFound when there is none, also where only its drafts are hidden.
    """
    editions = whole_editions(slug)
    readable = [edition for edition in editions if permissions.may_read(user, edition)]
    if readable:
        manual = readable[0].manual
    else:
        manual = Manual.objects.visible_to(user).filter(slug=slug).first()
    if manual is None:
        raise NotFound(_("No hay un manual con esta dirección."))
    # Those without a date are drafts and come first.
    readable.sort(
        key=lambda one: (one.effective_from or date.max, one.label), reverse=True
    )
    return manual, readable


def edition_at(
    user, slug: str, label: str, on: date | None = None, *, read=editions_in_brief
) -> Edition:
    """The edition of an address; ``current`` is the one in force, ``on`` that day.

    ``read`` is one of the readers of manuals/brief.py. Raises NotFound, also for a
    draft that the person may not read; InvalidQuery for ``on`` with another label.
    """
    if label == CURRENT:
        for edition in read(slug):
            if edition.is_in_force(on):
                return edition
        raise NotFound(_("El manual no tiene una edición vigente ese día."))
    _demand_current(on)
    for edition in read(slug):
        if edition.label == label and permissions.may_read(user, edition):
            return edition
    raise NotFound(_("No hay una edición con esta dirección."))


_holders = {
    "units": edition_reader("units__key"),
    "functions": edition_reader("functions__key"),
}


def editions_with(holding: str, key: UUID) -> list[Edition]:
    """The editions of whatever manual that have a key, in no order; drafts too."""
    return _holders[holding](key.hex)


def edition_holding(user, holding: str, key: UUID, query: dict) -> Edition:
    """The edition in which a key is looked up; ``holding`` is units or functions.

    ``query`` names it (``edition``), or the day it was in force (``on``); otherwise it
    is the one in force today, else the last one that had the key. ``manual`` decides
    where editions of several manuals have it.

    Raises NotFound or InvalidQuery.
    """
    found = editions_with(holding, key)
    label, on = query.get("edition"), query.get("on")
    if label not in (None, CURRENT):
        _demand_current(on)
        found = [one for one in found if one.label == label]
    elif label == CURRENT or on is not None:
        found = [one for one in found if one.is_in_force(on)]
    else:
        found = [one for one in found if one.is_closed]
    if "manual" in query:
        found = [one for one in found if one.manual.slug == query["manual"]]
    found = [one for one in found if permissions.may_read(user, one)]
    if not found:
        raise NotFound(_("Ninguna edición de la consulta tiene este identificador."))
    if len({one.manual_id for one in found}) > 1:
        raise InvalidQuery(
            {
                "manual": [
                    ErrorDetail(
                        _("Varios manuales lo tienen: indique cuál."), code="required"
                    )
                ]
            }
        )
    return max(
        found, key=lambda one: (one.is_in_force(), one.effective_from or date.min)
    )


def _demand_current(on: date | None) -> None:
    if on is not None:
        raise InvalidQuery(
            {
                "on": [
                    ErrorDetail(
                        _("Solo acompaña a la edición «current»."),
                        code="only_with_current",
                    )
                ]
            }
        )
