"""The life cycle: review, authorisation, withdrawal, and the dates in force."""

from __future__ import annotations

import logging
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from manuals import permissions
from manuals.dates import today
from manuals.exceptions import EditionsOverlap
from manuals.history import recording
from manuals.models import Edition, Transition
from manuals.services.locks import (
    demand_reason,
    demand_status,
    lock_edition,
    lock_with_manual,
)
from manuals.services.steps import log_step

logger = logging.getLogger(__name__)


@transaction.atomic
def submit_edition(*, edition: Edition, user, comment: str = "") -> Edition:
    """Close a draft for review.

    What must be in order before is asked by the layer that knows the content.
    """
    edition = lock_edition(edition)
    permissions.demand(permissions.may_edit_everything(user, edition.manual))
    demand_status(edition, Edition.Status.DRAFT)
    edition.submitted_by_id = getattr(user, "pk", None)
    return _step(
        edition, Edition.Status.REVIEW, Transition.Step.SUBMITTED, user, comment
    )


@transaction.atomic
def send_back_edition(*, edition: Edition, user, comment: str) -> Edition:
    """Open an edition in review for changes again, saying why."""
    edition = lock_edition(edition)
    permissions.demand(permissions.may_send_back(user, edition))
    demand_status(edition, Edition.Status.REVIEW)
    comment = demand_reason(comment)
    edition.submitted_by = None
    return _step(
        edition, Edition.Status.DRAFT, Transition.Step.SENT_BACK, user, comment
    )


def edition_closed_by(*, edition: Edition, effective_from: date) -> Edition | None:
    """The edition whose validity would end by authorising this one from that day."""
    return (
        Edition.objects.in_force(effective_from)
        .filter(manual=edition.manual_id)
        .exclude(pk=edition.pk)
        .first()
    )


@transaction.atomic
def authorise_edition(
    *, edition: Edition, user, effective_from: date, comment: str = ""
) -> Edition:
    """Authorise an edition in review; the edition in force ends the day before.

    Raises NotAllowed (SecondPersonRequired for whoever submitted it),
    InvalidTransition, EditionsOverlap.
    """
    edition = lock_with_manual(edition)
    permissions.demand_authorise(user, edition)
    demand_status(edition, Edition.Status.REVIEW)
    edition.effective_from = effective_from
    return _authorise(edition, user, Transition.Step.AUTHORISED, comment)


@transaction.atomic
def record_authorised_edition(
    *, edition: Edition, user, effective_from: date | None = None, comment: str = ""
) -> Edition:
    """Record a draft as an edition that was authorised outside the system.

    Needs who authorised and their position, a document number or the date of
    ratification, and an effective date (that date of ratification unless said).
    Where a later edition is in force already, this one ends the day before it.

    Raises ValidationError naming what is missing, NotAllowed, EditionsOverlap.
    """
    edition = lock_with_manual(edition)
    permissions.demand(permissions.may_record_authorised(user))
    demand_status(edition, Edition.Status.DRAFT)
    edition.effective_from = (
        effective_from or edition.effective_from or edition.ratified_on
    )
    missing = []
    if not edition.authorised_by:
        missing.append(_("quién autorizó"))
    if not edition.authorised_position:
        missing.append(_("el cargo de quien autorizó"))
    if not edition.document_number and edition.ratified_on is None:
        missing.append(_("el número de oficio o la fecha de ratificación"))
    if edition.effective_from is None:
        missing.append(_("la fecha de inicio de vigencia"))
    if missing:
        raise ValidationError(
            _("Para registrar la edición como autorizada falta: %(missing)s.")
            % {"missing": ", ".join(missing)}
        )
    if edition.effective_to is None:
        following = (
            Edition.objects.published()
            .filter(manual=edition.manual_id, effective_from__gt=edition.effective_from)
            .order_by("effective_from")
            .first()
        )
        if following:
            edition.effective_to = following.effective_from - timedelta(days=1)
    return _authorise(edition, user, Transition.Step.RECORDED, comment)


def _authorise(edition: Edition, user, step: str, comment: str) -> Edition:
    previous = edition_closed_by(edition=edition, effective_from=edition.effective_from)
    if previous is not None:
        if (
            previous.effective_to is not None
            or previous.effective_from >= edition.effective_from
        ):
            raise EditionsOverlap(
                _(
                    "La edición %(label)s ya está vigente el %(day)s y su vigencia no "
                    "puede cerrarse antes."
                )
                % {"label": previous.label, "day": edition.effective_from},
                about=[previous],
            )
        previous.effective_to = edition.effective_from - timedelta(days=1)
        closing = _("Entra en vigor la edición %(label)s.") % {"label": edition.label}
        with recording(user=user, reason=closing):
            previous.save()
            log_step(previous, Transition.Step.CLOSED, user, closing)
    _demand_no_overlap(edition)
    edition = _step(edition, Edition.Status.AUTHORISED, step, user, comment)
    edition.manual.save(update_fields=["publication"])
    return edition


@transaction.atomic
def withdraw_edition(
    *, edition: Edition, user, reason: str, on: date | None = None
) -> Edition:
    """Withdraw an authorised edition (baja) from a day on, today unless said.

    It stays readable and remains the answer for the days before.
    """
    edition = lock_with_manual(edition)
    permissions.demand(permissions.may_withdraw(user, edition))
    demand_status(edition, Edition.Status.AUTHORISED)
    edition.withdrawn_on = on or today()
    edition = _step(
        edition,
        Edition.Status.WITHDRAWN,
        Transition.Step.WITHDRAWN,
        user,
        demand_reason(reason),
    )
    edition.manual.save(update_fields=["publication"])
    return edition


def _demand_no_overlap(edition: Edition) -> None:
    """The guard holds the same rule; here it is said in words."""
    others = (
        Edition.objects.published()
        .filter(manual=edition.manual_id)
        .exclude(pk=edition.pk)
    )
    for other in others:
        last = other.last_day()
        if last is not None and last < edition.effective_from:
            continue
        if (
            edition.effective_to is not None
            and other.effective_from > edition.effective_to
        ):
            continue
        if last is not None and last < other.effective_from:
            continue
        raise EditionsOverlap(
            _("La vigencia se traslapa con la de la edición %(label)s.")
            % {"label": other.label},
            about=[other],
        )


def _step(edition: Edition, status: str, step: str, user, comment: str) -> Edition:
    edition.status = status
    edition.full_clean()
    with recording(user=user, reason=comment or Transition.Step(step).label):
        edition.save()
        log_step(edition, step, user, comment)
    logger.info("edition %s: %s", edition, step)
    return edition
