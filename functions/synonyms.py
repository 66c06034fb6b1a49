"""Writes of the synonyms that the search knows: by editors without a branch limit.

Like the glossary they explain words and change no text: they belong to a manual, or to
none and then to all. Kept pages become stale by the manual's publication counter.
"""

from __future__ import annotations

import logging

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from functions.models import Synonym
from manuals import permissions
from manuals.exceptions import DomainError
from manuals.history import recording
from manuals.models import Manual
from manuals.services import demand_reason

logger = logging.getLogger(__name__)

SYNONYM_DATA = ("direction", "term", "others")


class SynonymGone(DomainError):
    """The synonym was removed meanwhile."""

    code = "synonym_gone"

    def __init__(self):
        super().__init__(_("El sinónimo ya no existe."))


@transaction.atomic
def add_synonym(
    *,
    manual: Manual | None,
    term: str,
    others: list[str],
    user,
    reason: str,
    direction: str = Synonym.Direction.EVERYDAY,
) -> Synonym:
    """Add a synonym to a manual, or to all. Raises NotAllowed, ValidationError."""
    permissions.demand(permissions.may_manage_catalogues(user))
    _lock(manual.pk if manual else None)
    added = Synonym(manual=manual, direction=direction, term=term, others=others)
    added.full_clean()
    with recording(user=user, reason=demand_reason(reason)):
        added.save()
    _publish(added.manual_id)
    logger.info("synonyms of %s: %s added", manual, added.term)
    return added


@transaction.atomic
def change_synonym(*, synonym: Synonym, user, reason: str, **fields) -> Synonym:
    """Change SYNONYM_DATA. Raises NotAllowed, SynonymGone, ValidationError."""
    synonym = _locked(synonym, user)
    unknown = set(fields) - set(SYNONYM_DATA)
    if unknown:
        raise TypeError(f"not changeable here: {', '.join(sorted(unknown))}")
    for name, value in fields.items():
        setattr(synonym, name, value)
    synonym.full_clean()
    with recording(user=user, reason=demand_reason(reason)):
        synonym.save()
    _publish(synonym.manual_id)
    return synonym


@transaction.atomic
def remove_synonym(*, synonym: Synonym, user, reason: str) -> None:
    """Delete a synonym. Raises NotAllowed, SynonymGone."""
    synonym = _locked(synonym, user)
    with recording(user=user, reason=demand_reason(reason)):
        synonym.delete()
    _publish(synonym.manual_id)
    logger.info("synonym %s removed", synonym.term)


def _locked(synonym: Synonym, user) -> Synonym:
    permissions.demand(permissions.may_manage_catalogues(user))
    _lock(synonym.manual_id)
    try:
        return Synonym.objects.select_for_update().get(pk=synonym.pk)
    except Synonym.DoesNotExist:
        raise SynonymGone from None


def _lock(manual_id: int | None) -> None:
    if manual_id is not None:
        Manual.objects.select_for_update().get(pk=manual_id)


def _publish(manual_id: int | None) -> None:
    # Not save(): nothing is said of the manual itself that its history should tell.
    manuals = Manual.objects.all()
    if manual_id is not None:
        manuals = manuals.filter(pk=manual_id)
    manuals.update(publication=F("publication") + 1)
