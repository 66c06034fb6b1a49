"""The reason that is proposed for an undo: it names that of what is undone."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from review.undo.standing import said_date


def proposed_reason(reason: str, at: datetime) -> str:
    """``Deshacer: <reason>``; ``Rehacer: <reason>`` where that was an undo.

    A save without a reason is named by its date.
    """
    undo, redo = _("Deshacer: "), _("Rehacer: ")
    if reason.startswith(undo):
        return redo + reason.removeprefix(undo)
    reason = reason.removeprefix(redo)
    return undo + (reason or _("cambio del %(date)s") % {"date": said_date(at)})
