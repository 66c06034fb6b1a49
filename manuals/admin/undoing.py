"""What the forms of one edition share: the last reason given, and the way to undo.

Both belong to the editing of a draft's content. The page that undoes a save is an
upper app's, found by its address ``manuals_edition_undo``.
"""

from __future__ import annotations

from datetime import UTC, datetime

from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from manuals.history import Authorship
from manuals.models import Edition

MOMENT = "%Y%m%dT%H%M%S%f"  # in UTC


def moment_code(at: datetime) -> str:
    """A moment of the history as addresses name it: ``20260131T184500123456``."""
    return at.astimezone(UTC).strftime(MOMENT)


def read_moment(code: str) -> datetime:
    """The moment that an address names; ValueError if it names none."""
    return datetime.strptime(code, MOMENT).replace(tzinfo=UTC)


def edition_of(row) -> Edition | None:
    """The edition that a row is or belongs to; None of a row of no edition."""
    return row if isinstance(row, Edition) else getattr(row, "edition", None)


def last_reason(request, edition: Edition | None) -> str:
    """The reason that the person last gave in this session for this edition."""
    return request.session.get(_key(edition), "") if edition is not None else ""


def remember_reason(request, edition: Edition | None, reason: str) -> None:
    if edition is not None and reason:
        request.session[_key(edition)] = reason


def _key(edition: Edition) -> str:
    return f"reason:{edition.pk}"


def undo_address(edition: Edition | None, change: Authorship) -> str:
    """Where what was just written in a draft is undone; empty if nothing was."""
    if edition is None or not edition.is_draft or not change.moment.has_come:
        return ""
    try:
        return reverse(
            "admin:manuals_edition_undo",
            args=[edition.pk, moment_code(change.moment.time)],
        )
    except NoReverseMatch:  # no upper app has the page
        return ""


def with_undo(message, address: str):
    """A message of success with the way back, if there is one."""
    if not address:
        return message
    return format_html(
        '{} <a class="undo" href="{}">{}</a>', message, address, _("Deshacer")
    )
