"""What others are told: the body of each event, and its place in the outbox.

Only of what is published, and only what leads to it: whoever is told fetches the rest.
"""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from manual_org.webhooks.models import KINDS, PING, Delivery, Endpoint
from manuals.models import Change, Edition


def enqueue(change: Change) -> None:
    """Write what each endpoint is to be told of a change, in its transaction."""
    if change.kind not in KINDS:
        return
    endpoints = Endpoint.objects.listening(change.kind, change.manual_id)
    if not endpoints:
        return
    event_id = uuid.uuid4()
    edition = Edition.objects.select_related("manual").get(pk=change.edition_id)
    body = body_of(event_id, change, edition)
    subject = f"{edition.manual.slug} {edition.label}"
    Delivery.objects.bulk_create(
        _delivery(endpoint, event_id, change.kind, body, subject)
        for endpoint in endpoints
    )


def enqueue_ping(endpoint: Endpoint) -> Delivery:
    """A test: an event like any other, about nothing."""
    event_id = uuid.uuid4()
    body = {
        "id": str(event_id),
        "type": PING,
        "occurred_at": _moment(timezone.now()),
        "changes_url": _address("api:v1:changes"),
    }
    delivery = _delivery(endpoint, event_id, PING, body)
    delivery.save(force_insert=True)
    return delivery


def _delivery(endpoint, event_id, kind, body, subject="") -> Delivery:
    return Delivery(
        endpoint=endpoint,
        event_id=event_id,
        kind=kind,
        subject=subject,
        body=json.dumps(body, ensure_ascii=False, separators=(",", ":")),
    )


def body_of(event_id: uuid.UUID, change: Change, edition: Edition) -> dict[str, Any]:
    """The body as plain values: as the change feed tells it, with its addresses.

    ``comparison_url`` and its page where another edition's validity ends with the
    authorisation; the feed's cursor is not known before the commit.
    """
    manual, told = edition.manual, change.details
    names = [manual.slug, edition.label]
    previous = told.get("previous")
    compared = previous and [manual.slug, previous, edition.label]
    return {
        "id": str(event_id),
        "type": str(change.kind),
        "occurred_at": _moment(change.at),
        "manual": {"slug": manual.slug, "title": manual.title},
        "edition": {
            "manual": manual.slug,
            "label": edition.label,
            "status": edition.status,
            "effective_from": _day(edition.effective_from),
            "effective_to": _day(edition.effective_to),
        },
        "withdrawn_on": _day(edition.withdrawn_on),
        "previous": previous,
        "url": _address("api:v1:edition", names),
        "html_url": _address("web:edition", names),
        "comparison_url": compared and _address("api:v1:comparison", compared),
        "comparison_html_url": compared and _address("web:comparison", compared),
        "changes_url": _address("api:v1:changes"),
    }


def _address(name: str, names=()) -> str:
    return settings.SITE_URL + reverse(name, args=names)


def _day(day) -> str | None:
    return day and day.isoformat()


def _moment(moment) -> str:
    return timezone.localtime(moment).isoformat()
