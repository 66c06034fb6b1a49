"""Tokens made, found, used and revoked."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manual_org.api import keys
from manual_org.api.models import ApiToken
from manual_org.busy import is_busy
from manuals import permissions
from manuals.dates import today
from manuals.exceptions import DomainError
from manuals.history import recording
from manuals.models import Manual
from manuals.services import demand_reason

DAYS = 365  # unless said
MOST_DAYS = 730
# How exactly the last use is known: more would be a write for each request.
USE_NOTED = datetime.timedelta(hours=1)


class TokenRevoked(DomainError):
    """The token was revoked before."""

    code = "token_revoked"
    default_message = gettext_lazy("El token ya estaba revocado.")


def create_token(
    *,
    user,
    name: str,
    by,
    reason: str = "",
    last_day: datetime.date | None = None,
    read_drafts: bool = False,
    write: bool = False,
    manual: Manual | None = None,
    unit_key: UUID | None = None,
) -> tuple[ApiToken, str]:
    """A new token of an account, and its key, which is nowhere else.

    ``write`` includes ``read_drafts``. Raises NotAllowed or ValidationError.
    """
    permissions.demand(
        permissions.may_make_token(by, user),
        _("No tiene permiso para crear tokens de esta cuenta."),
    )
    last_day = last_day or today() + datetime.timedelta(days=DAYS)
    demand_last_day(last_day)
    if not user.is_active:
        raise ValidationError({"user": _("La cuenta está inactiva.")})
    key = keys.new_key()
    token = ApiToken(
        user=user,
        name=name.strip(),
        prefix=keys.prefix_of(key),
        digest=keys.digest_of(key),
        read_drafts=read_drafts or write,
        write=write,
        manual=manual,
        unit_key=unit_key,
        created_by=by if by.pk else None,
        expires_at=end_of(last_day),
    )
    token.full_clean()
    with transaction.atomic(), recording(user=by, reason=reason or _("Token nuevo")):
        token.save(force_insert=True)
    return token, key


def last_day_allowed() -> datetime.date:
    return today() + datetime.timedelta(days=MOST_DAYS)


def end_of(day: datetime.date) -> datetime.datetime:
    """When a token expires whose last day this is."""
    following = day + datetime.timedelta(days=1)
    return timezone.make_aware(datetime.datetime.combine(following, datetime.time()))


def demand_last_day(day: datetime.date) -> None:
    """ValidationError unless a token may have this last day."""
    if not today() <= day <= last_day_allowed():
        raise ValidationError(
            _("Indique un día de hoy en adelante, a más tardar el %(last)s.")
            % {"last": date_format(last_day_allowed())}
        )


def revoke_token(*, token: ApiToken, by, reason: str) -> ApiToken:
    """From now on the token identifies nobody; NotAllowed or TokenRevoked."""
    permissions.demand(
        permissions.may_revoke_token(by, token.user),
        _("No tiene permiso para revocar este token."),
    )
    with (
        transaction.atomic(),
        recording(user=by, reason=demand_reason(reason)),
    ):
        stored = ApiToken.objects.select_for_update().get(pk=token.pk)
        if stored.revoked_at is not None:
            raise TokenRevoked
        stored.revoked_at = timezone.now()
        stored.revoked_by = by if by.pk else None
        stored.save(update_fields=["revoked_at", "revoked_by"])
    return stored


def find_usable(key: str) -> ApiToken | None:
    """The token with this key and its account, if both are good now; one query."""
    if not keys.is_well_formed(key):
        return None
    token = (
        ApiToken.objects.select_related("user")
        .filter(digest=keys.digest_of(key))
        .order_by()
        .first()
    )
    return token if token is not None and token.is_usable(timezone.now()) else None


def note_use(token: ApiToken) -> None:
    """Keep when the token was last used, to the hour; never at the price of an answer.

    Many requests at once write it once, and none waits for another one's transaction.
    """
    now = timezone.now()
    last = token.last_used_at
    if last is not None and now - last < USE_NOTED:
        return
    unnoted = Q(last_used_at=None) | Q(last_used_at__lte=now - USE_NOTED)
    rows = ApiToken.objects.filter(unnoted, pk=token.pk)
    try:
        with _without_waiting():
            rows.update(last_used_at=now)
    except OperationalError as error:
        if not is_busy(error):
            raise


@contextmanager
def _without_waiting() -> Iterator[None]:
    """SQLite has one lock for all that is written: somebody may hold it for seconds."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (patience,) = cursor.fetchone()
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {patience}")
