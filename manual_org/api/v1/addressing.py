"""From an address to the edition it speaks of, as far as the person may read it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import ErrorDetail, NotFound

from manual_org.api.errors import InvalidQuery
from manuals import permissions
from manuals.models import Edition, Manual

CURRENT = "current"


def manual_at(user, slug: str) -> Manual:
    """The manual, if the person may read any edition of it; NotFound otherwise."""
    manual = Manual.objects.visible_to(user).filter(slug=slug).first()
    if manual is None:
        raise NotFound(_("No hay un manual con esta dirección."))
    return manual


def edition_at(user, slug: str, label: str, on: date | None = None) -> Edition:
    """The edition of an address; ``current`` is the one in force, ``on`` that day.

    Raises NotFound, also for a draft that the person may not read; InvalidQuery for
    ``on`` with another label.
    """
    editions = Edition.objects.with_manual().filter(manual__slug=slug)
    if label == CURRENT:
        edition = editions.in_force(on).first()
        if edition is None:
            raise NotFound(_("El manual no tiene una edición vigente ese día."))
        return edition
    if on is not None:
        raise InvalidQuery(
            {
                "on": [
                    ErrorDetail(
                        gettext_lazy("Solo acompaña a la edición «current»."),
                        code="only_with_current",
                    )
                ]
            }
        )
    edition = editions.filter(label=label).first()
    if edition is None or not permissions.may_read(user, edition):
        raise NotFound(_("No hay una edición con esta dirección."))
    return edition


def edition_holding(user, holding: str, key: UUID, query: dict) -> Edition:
    """The edition in which a key is looked up; ``holding`` is units or functions.

    ``query`` names it (``edition``), or the day it was in force (``on``); otherwise it
    is the one in force today, else the last one that had the key. ``manual`` decides
    where editions of several manuals have it.

    Raises NotFound or InvalidQuery.
    """
    editions = Edition.objects.with_manual().filter(**{f"{holding}__key": key})
    if query.get("manual"):
        editions = editions.filter(manual__slug=query["manual"])
    if query.get("edition") == CURRENT or query.get("on"):
        editions = editions.in_force(query.get("on"))
    elif query.get("edition"):
        editions = editions.filter(label=query["edition"])
    else:
        editions = editions.published()
    found = [one for one in editions if permissions.may_read(user, one)]
    if not found:
        raise NotFound(_("Ninguna edición de la consulta tiene este identificador."))
    if len({one.manual_id for one in found}) > 1:
        raise InvalidQuery(
            {
                "manual": [
                    ErrorDetail(
                        gettext_lazy("Varios manuales lo tienen: indique cuál."),
                        code="required",
                    )
                ]
            }
        )
    return max(found, key=lambda one: (one.is_in_force(), _start(one)))


def _start(edition: Edition) -> date:
    return edition.effective_from or date.min
