"""Endpoints made, changed, stopped and deleted; deliveries asked for again."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manual_org.webhooks import events
from manual_org.webhooks.models import OVERLAP, RESTED, Delivery, Endpoint
from manual_org.webhooks.signing import new_secret
from manuals import permissions
from manuals.exceptions import DomainError
from manuals.history import recording
from manuals.models import Manual
from manuals.services import demand_reason


class AlreadySo(DomainError):
    """An endpoint is to be stopped or started that already is."""

    code = "already_so"
    default_message = gettext_lazy("El destino ya estaba así.")


def _demand(user) -> None:
    permissions.demand(
        permissions.may_manage_webhooks(user),
        _("No tiene permiso para administrar los avisos a otros sistemas."),
    )


def create_endpoint(
    *, user, reason: str, manuals: Iterable[Manual] = (), **fields
) -> Endpoint:
    """A new endpoint with a secret of its own; NotAllowed or ValidationError."""
    _demand(user)
    endpoint = Endpoint(created_by=user if user.pk else None, **fields)
    endpoint.full_clean()
    with transaction.atomic(), recording(user=user, reason=demand_reason(reason)):
        endpoint.save(force_insert=True)
        endpoint.manuals.set(manuals)
    return endpoint


def change_endpoint(
    *,
    endpoint: Endpoint,
    user,
    reason: str,
    manuals: Iterable[Manual] | None = None,
    **fields,
) -> Endpoint:
    """Change its data; a new URL is tried at once. NotAllowed or ValidationError."""
    _demand(user)
    with transaction.atomic(), recording(user=user, reason=demand_reason(reason)):
        stored = _locked(endpoint)
        moved = fields.get("url", stored.url) != stored.url
        for name, value in fields.items():
            setattr(stored, name, value)
        stored.full_clean()
        stored.save(update_fields=[*fields])
        if manuals is not None:
            stored.manuals.set(manuals)
        if moved:
            _try_at_once(stored)
    return stored


def rotate_secret(*, endpoint: Endpoint, user, reason: str) -> Endpoint:
    """A new secret; the one before signs beside it for a day more. NotAllowed."""
    _demand(user)
    with transaction.atomic(), recording(user=user, reason=demand_reason(reason)):
        stored = _locked(endpoint)
        stored.secret_before = stored.secret
        stored.secret_before_until = timezone.now() + OVERLAP
        stored.secret = new_secret()
        stored.save(update_fields=["secret", "secret_before", "secret_before_until"])
    return stored


def stop_endpoint(*, endpoint: Endpoint, user, reason: str) -> Endpoint:
    """Send nothing until it is started; what happens waits. NotAllowed, AlreadySo."""
    _demand(user)
    with transaction.atomic(), recording(user=user, reason=demand_reason(reason)):
        stored = _locked(endpoint)
        if not stored.active:
            raise AlreadySo
        stored.active, stored.stopped = False, Endpoint.Stopped.PERSON
        stored.save(update_fields=["active", "stopped"])
    return stored


def start_endpoint(*, endpoint: Endpoint, user, reason: str) -> Endpoint:
    """Send again, first all that waits. NotAllowed, AlreadySo."""
    _demand(user)
    with transaction.atomic(), recording(user=user, reason=demand_reason(reason)):
        stored = _locked(endpoint)
        if stored.active:
            raise AlreadySo
        stored.active, stored.stopped = True, ""
        stored.save(update_fields=["active", "stopped"])
        _try_at_once(stored)
    return stored


def delete_endpoint(*, endpoint: Endpoint, user, reason: str) -> None:
    """With its deliveries, what waits too; NotAllowed."""
    _demand(user)
    with transaction.atomic(), recording(user=user, reason=demand_reason(reason)):
        endpoint.delete()


def send_ping(*, endpoint: Endpoint, user) -> Delivery:
    """Ask for a test, which takes the road of every event; NotAllowed."""
    _demand(user)
    with transaction.atomic():
        Endpoint.objects.filter(pk=endpoint.pk).update(resting_until=None)
        return events.enqueue_ping(endpoint)


def send_again(*, deliveries: Sequence[Delivery], user) -> int:
    """Send these as soon as possible, once more or at last; how many. NotAllowed.

    They keep id and body: whoever has one already knows it by its id.
    """
    _demand(user)
    with transaction.atomic():
        Endpoint.objects.filter(
            pk__in={delivery.endpoint_id for delivery in deliveries}
        ).update(resting_until=None)
        return Delivery.objects.filter(pk__in=[one.pk for one in deliveries]).update(
            state=Delivery.State.PENDING, finished_at=None, **_at_once()
        )


def forget_finished(*, before: datetime.datetime) -> int:
    """Delete deliveries finished before a moment; how many. What waits stays."""
    _total, deleted = Delivery.objects.finished_before(before).delete()
    return deleted.get(Delivery._meta.label, 0)


def _locked(endpoint: Endpoint) -> Endpoint:
    return Endpoint.objects.select_for_update().get(pk=endpoint.pk)


def _at_once() -> dict:
    return {"next_attempt_at": timezone.now(), "trying_since": None, "tries": 0}


def _try_at_once(endpoint: Endpoint) -> None:
    Endpoint.objects.filter(pk=endpoint.pk).update(**RESTED)
    endpoint.deliveries.pending().update(**_at_once())
