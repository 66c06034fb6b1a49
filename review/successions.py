"""Splits and mergers of units that a person records, so that comparisons say so."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from manuals import permissions
from manuals.history import recording
from manuals.models import Edition
from manuals.services import demand_reason, lock_draft
from review.compare.changes import Succession as Stated
from review.models import Succession
from units.models import Unit

logger = logging.getLogger(__name__)


@transaction.atomic
def record_succession(
    *,
    edition: Edition,
    kind: str,
    from_keys: Sequence[UUID],
    to_keys: Sequence[UUID],
    user,
    reason: str,
) -> Succession:
    """State that units of the base were split or merged into units of the draft.

    A split has one origin and at least two results, a merger the other way round.
    Raises NotAllowed, EditionClosed, ValidationError.
    """
    edition = lock_draft(edition)
    permissions.demand(permissions.may_edit_everything(user, edition.manual))
    _demand_sound(edition, kind, from_keys, to_keys)
    succession = Succession(
        edition=edition,
        kind=kind,
        from_keys=[str(key) for key in from_keys],
        to_keys=[str(key) for key in to_keys],
    )
    succession.full_clean()
    with recording(user=user, reason=demand_reason(reason)):
        succession.save()
    logger.info("%s recorded in %s", kind, edition)
    return succession


@transaction.atomic
def delete_succession(*, succession: Succession, user, reason: str) -> None:
    """Take back what was stated in a draft. Raises NotAllowed, EditionClosed."""
    edition = lock_draft(succession.edition)
    permissions.demand(permissions.may_edit_everything(user, edition.manual))
    with recording(user=user, reason=demand_reason(reason)):
        succession.delete()


def follow_key(*, edition: Edition, before: UUID, after: UUID) -> None:
    """Let what was stated of a unit follow it to its new key, inside that change."""
    for succession in Succession.objects.filter(edition=edition):
        if str(before) in succession.to_keys:
            succession.to_keys = [
                str(after) if key == str(before) else key for key in succession.to_keys
            ]
            succession.save()


def stated_on_the_way(editions: Iterable[int]) -> list[Stated]:
    """The recorded successions of these editions (ids), as comparisons take them."""
    return [
        Stated(
            kind=row.kind,
            from_keys=tuple(UUID(key) for key in row.from_keys),
            to_keys=tuple(UUID(key) for key in row.to_keys),
        )
        for row in Succession.objects.filter(edition__in=list(editions))
    ]


def _demand_sound(edition, kind, from_keys, to_keys) -> None:
    if edition.base_id is None:
        raise ValidationError(
            _("La edición no parte de otra: no hay unidades de origen.")
        )
    few, many = (
        (from_keys, to_keys) if kind == Succession.Kind.SPLIT else (to_keys, from_keys)
    )
    if len(set(few)) != 1 or len(set(many)) < 2:
        raise ValidationError(
            _(
                "Una división tiene una unidad de origen y al menos dos resultantes; "
                "una fusión, al menos dos de origen y una resultante."
            )
        )
    for keys, place in ((from_keys, edition.base_id), (to_keys, edition.pk)):
        found = Unit.objects.filter(edition=place, key__in=keys).count()
        if found != len(set(keys)):
            raise ValidationError(
                _("Las unidades de origen son de la edición base y las otras de esta.")
            )
