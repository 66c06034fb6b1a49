"""What a token allows of what its person may do.

Whoever identifies a caller by a token sets ``user.limits``. People without them (a
session, a command at the server) are limited by their roles alone. Only
manuals/permissions.py and units/permissions.py ask here.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

READ_DRAFTS = "read_drafts"
WRITE = "write"
MANUAL = "manual"
BRANCH = "branch"


@dataclass(frozen=True, slots=True)
class Limits:
    """``manual_id`` and ``unit_key`` None: every manual, all of its units.

    A branch is of one manual, which is then given too.
    """

    read_drafts: bool = False
    write: bool = False
    manual_id: int | None = None
    unit_key: UUID | None = None


@dataclass(frozen=True, slots=True)
class Beyond:
    """No: the token was made for less. Falsy; ``scope`` is what it lacks."""

    scope: str

    def __bool__(self):
        return False


def limits_of(user) -> Limits | None:
    """The limits that the caller came with; None for who came without a token."""
    return getattr(user, "limits", None)


def reading(user, manual_id: int | None) -> bool | Beyond:
    """Whether the token reads drafts of this manual; of every manual for None."""
    limits = limits_of(user)
    if limits is None:
        return True
    if not limits.read_drafts:
        return Beyond(READ_DRAFTS)
    return _of_manual(limits, manual_id)


def writing(user, manual_id: int | None, *, whole: bool) -> bool | Beyond:
    """Whether the token writes in this manual; in every manual for None.

    ``whole``: in all of it, not in a branch only.
    """
    limits = limits_of(user)
    if limits is None:
        return True
    if not limits.write:
        return Beyond(WRITE)
    if whole and limits.unit_key is not None:
        return Beyond(BRANCH)
    return _of_manual(limits, manual_id)


def _of_manual(limits: Limits, manual_id: int | None) -> bool | Beyond:
    if limits.manual_id in (None, manual_id):
        return True
    return Beyond(MANUAL)
