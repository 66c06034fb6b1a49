"""Waivers: a person looks at a finding, says why, and the text stands.

A waiver is no content of an edition: it holds in every edition of the manual in which
the finding has the same fingerprint, and is given and withdrawn in any state. Who edits
the text gives it (an editor, in their branch); who reviews it (revisor) reads the
waiver and sends the edition back, instead of letting faults pass unseen.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from manuals import permissions
from manuals.exceptions import DomainError, NotAllowed
from manuals.history import moment, recording, write_in_bulk
from manuals.models import Edition, Manual
from manuals.services import demand_reason
from review.checks.findings import Finding
from review.checks.textformat import place_name
from review.models import Waiver
from units.models import Unit
from units.permissions import editable_units, may_edit_unit

logger = logging.getLogger(__name__)


class WaiverGone(DomainError):
    """The waiver was withdrawn meanwhile."""

    code = "waiver_gone"

    def __init__(self):
        super().__init__(_("La dispensa ya no existe: otra persona la retiró."))


class Reach:
    """Which findings of an edition a person may waive; asked of many at once."""

    def __init__(self, user, edition: Edition):
        self._all = permissions.may_edit_everything(user, edition.manual)
        self._keys = frozenset()
        if not self._all and permissions.may_edit(user, edition.manual):
            units = editable_units(user, edition)
            self._keys = frozenset(units.values_list("key", flat=True))

    def edits(self, finding: Finding) -> bool:
        """Whether the person may change the text that the finding is about."""
        return self._all or finding.place.unit_key in self._keys

    def __contains__(self, finding: Finding) -> bool:
        """In a branch: what was judged stands there, and nowhere else too."""
        return self._all or (self.edits(finding) and not finding.hit.anywhere)


def fingerprints_waived(manual: Manual) -> frozenset[str]:
    """The fingerprints of the findings that were waived in a manual."""
    waivers = Waiver.objects.filter(manual=manual)
    return frozenset(waivers.values_list("fingerprint", flat=True))


@dataclass(frozen=True)
class Told:
    """A waiver as it was given and, if it was, withdrawn."""

    fingerprint: str
    rule: str
    place: str
    said: str
    reason: str
    person: Any
    at: datetime
    withdrawn_by: Any = None
    withdrawn_at: datetime | None = None
    withdrawn_why: str = ""


def all_waivers(manual: Manual) -> list[Told]:
    """Every waiver of a manual, those withdrawn too; the newest first."""
    held = [
        Told(person=one.person, **_said(one))
        for one in Waiver.objects.filter(manual=manual).select_related("person")
    ]
    gone = [
        Told(
            person=one.person,
            withdrawn_by=one.history_user,
            withdrawn_at=one.history_date,
            withdrawn_why=one.history_change_reason or "",
            **_said(one),
        )
        for one in Waiver.history.filter(
            manual_id=manual.pk, history_type="-"
        ).select_related("person", "history_user")
    ]
    return sorted(
        (*held, *gone), key=lambda one: one.withdrawn_at or one.at, reverse=True
    )


def _said(row) -> dict[str, Any]:
    names = ("fingerprint", "rule", "place", "said", "reason", "at")
    return {name: getattr(row, name) for name in names}


@transaction.atomic
def waive(
    *, edition: Edition, findings: Sequence[Finding], user, reason: str
) -> list[Waiver]:
    """Let the texts of these findings of an edition stand; what is waived stays so.

    Returns the waivers made. Raises NotAllowed, ReasonRequired.
    """
    reason = demand_reason(reason)
    reach = Reach(user, edition)
    _demand_all([one for one in findings if one not in reach])
    # Two people who waive the same finding come one after the other.
    manual = Manual.objects.select_for_update().get(pk=edition.manual_id)
    known = fingerprints_waived(manual)
    by_fingerprint = {one.fingerprint: one for one in findings}
    with recording(user=user, reason=reason):
        made = [
            Waiver(
                manual=manual,
                fingerprint=fingerprint,
                rule=finding.rule,
                unit_key=None if finding.hit.anywhere else finding.place.unit_key,
                place=place_name(finding.place)[:255],
                said=finding.message,
                reason=reason,
                person=user if getattr(user, "pk", None) else None,
                at=moment(),
            )
            for fingerprint, finding in by_fingerprint.items()
            if fingerprint not in known
        ]
        Waiver.objects.bulk_create(made, batch_size=500)
        write_in_bulk(made, created=True)
    logger.info("%d findings of %s waived", len(made), edition)
    return made


def _demand_all(others: Sequence[Finding]) -> None:
    if not others:
        return
    raise NotAllowed(
        ngettext(
            "No tiene permiso para dispensar un hallazgo: %(place)s.",
            "No tiene permiso para dispensar %(count)d hallazgos; el primero: "
            "%(place)s.",
            len(others),
        )
        % {"count": len(others), "place": place_name(others[0].place)}
    )


@transaction.atomic
def withdraw_waivers(*, waivers: Iterable[Waiver], user, reason: str) -> int:
    """Take waivers back; their history keeps them. Returns how many.

    Raises NotAllowed, ReasonRequired, WaiverGone.
    """
    reason = demand_reason(reason)
    asked = {waiver.pk for waiver in waivers}
    rows = list(
        Waiver.objects.select_for_update(of=("self",))
        .filter(pk__in=asked)
        .select_related("manual")
        .order_by("pk")
    )
    if len(rows) < len(asked):
        raise WaiverGone
    permissions.demand(all(may_withdraw(user, row) for row in rows))
    with recording(user=user, reason=reason):
        for row in rows:
            row.delete()
    logger.info("%d waivers withdrawn", len(rows))
    return len(rows)


def withdraw_waiver(*, waiver: Waiver, user, reason: str) -> None:
    """Take one waiver back; see :func:`withdraw_waivers`."""
    withdraw_waivers(waivers=[waiver], user=user, reason=reason)


def may_withdraw(user, waiver: Waiver) -> bool:
    """Whether the person edits what the waiver is about, in the newest edition."""
    manual = waiver.manual
    if permissions.may_edit_everything(user, manual):
        return True
    if not permissions.may_edit(user, manual) or waiver.unit_key is None:
        return False
    unit = (
        Unit.objects.filter(edition__manual=manual, key=waiver.unit_key)
        .select_related("edition__manual")
        .order_by("-edition_id")
        .first()
    )
    return unit is not None and may_edit_unit(user, unit)
