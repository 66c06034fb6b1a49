"""What every write begins with: the reason, and the edition under its lock."""

from __future__ import annotations

from django.utils.translation import gettext as _

from manuals.exceptions import EditionClosed, InvalidTransition, ReasonRequired
from manuals.models import Edition, Manual
from manuals.models.plain import demand_writable


def demand_reason(reason: str | None) -> str:
    """The reason without outer space; ReasonRequired when nothing is left.

    Raises ValidationError for characters that no text holds.
    """
    reason = (reason or "").strip()
    if not reason:
        raise ReasonRequired
    demand_writable(reason)
    return reason


def lock_edition(edition: Edition) -> Edition:
    """The edition as stored, locked until the end of the transaction.

    On SQLite the immediate transaction itself is the lock.
    """
    return (
        Edition.objects.select_for_update(of=("self",))
        .select_related("manual")
        .get(pk=edition.pk)
    )


def lock_with_manual(edition: Edition) -> Edition:
    """Lock the manual, then the edition: steps that change what is in force queue."""
    manual = Manual.objects.select_for_update().get(pk=edition.manual_id)
    edition = lock_edition(edition)
    edition.manual = manual
    return edition


def demand_status(edition: Edition, status: str) -> None:
    """Raise InvalidTransition unless the edition, as it was read, is in this state."""
    if edition.status != status:
        raise InvalidTransition(
            _("La edición %(label)s está %(status)s: este paso no es posible.")
            % {"label": edition.label, "status": edition.get_status_display()},
            about=[edition],
        )


def demand_draft(edition: Edition) -> None:
    """Raise EditionClosed unless the edition, as it was read, is a draft."""
    if not edition.is_draft:
        raise EditionClosed(
            _("La edición %(label)s está %(status)s: su contenido no puede cambiar.")
            % {"label": edition.label, "status": edition.get_status_display()},
            about=[edition],
        )


def lock_draft(edition: Edition) -> Edition:
    """Lock the edition for a change of content; EditionClosed unless a draft."""
    try:
        edition = lock_edition(edition)
    except Edition.DoesNotExist:
        raise EditionClosed(_("La edición ya no existe.")) from None
    demand_draft(edition)
    return edition
