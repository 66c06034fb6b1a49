"""Webhooks in the OpenAPI document: what is sent, and what to answer."""

from __future__ import annotations

from manual_org.webhooks.models import KINDS, PING
from manuals.models import Change, Edition

_SITE = "https://manuales.example"
_API = f"{_SITE}/api/v1/manuals/demo"
_DATE = {"type": ["string", "null"], "format": "date"}
_URI = {"type": "string", "format": "uri-reference"}
_NO_URI = {"type": ["string", "null"], "format": "uri-reference"}
_ID = "0d6f6c1e-5b0a-4c1b-9f1e-6a0c4b1d2e3f"

SUMMARIES = {
    Change.Kind.EDITION_AUTHORISED: "An edition was authorised.",
    Change.Kind.EDITION_ENDED: "The day was set on which an edition's validity ends.",
    Change.Kind.EDITION_WITHDRAWN: "An edition was withdrawn.",
}
EXAMPLE = {
    "id": _ID,
    "type": "edition.authorised",
    "occurred_at": "2024-03-20T11:04:09.120000-06:00",
    "manual": {"slug": "demo", "title": "Manual de demostración"},
    "edition": {
        "manual": "demo",
        "label": "2024",
        "status": "authorised",
        "effective_from": "2024-04-01",
        "effective_to": None,
    },
    "withdrawn_on": None,
    "previous": "2021",
    "url": f"{_API}/editions/2024/",
    "html_url": f"{_SITE}/manuales/demo/2024/",
    "comparison_url": f"{_API}/compare/2021/2024/",
    "comparison_html_url": f"{_SITE}/manuales/demo/comparar/2021/2024/",
    "changes_url": f"{_SITE}/api/v1/changes/",
}
PING_EXAMPLE = {
    name: PING if name == "type" else EXAMPLE[name]
    for name in ("id", "type", "occurred_at", "changes_url")
}


def _object(description: str, **properties) -> dict:
    """Every property is always there; others may come one day."""
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(properties),
    }


_ENVELOPE = {
    "id": {
        "type": "string",
        "format": "uuid",
        "description": "The same in each attempt, and in the header webhook-id.",
    },
    "occurred_at": {"type": "string", "format": "date-time"},
    "changes_url": {**_URI, "description": "The change feed, to read what was missed."},
}
SCHEMAS = {
    "WebhookEvent": _object(
        "What happened to a published edition.",
        id=_ENVELOPE["id"],
        type={"type": "string", "enum": [kind.value for kind in KINDS]},
        occurred_at=_ENVELOPE["occurred_at"],
        manual=_object(
            "The manual, as it is called at that time.",
            slug={"type": "string"},
            title={"type": "string"},
        ),
        edition=_object(
            "The edition as the event left it.",
            manual={"type": "string"},
            label={"type": "string"},
            status={"type": "string", "enum": [*Edition.Status.values]},
            effective_from=_DATE,
            effective_to=_DATE,
        ),
        withdrawn_on=_DATE,
        previous={
            "type": ["string", "null"],
            "description": "Of an authorisation: the edition whose validity ends the "
            "day before.",
        },
        url=_URI,
        html_url=_URI,
        comparison_url={**_NO_URI, "description": "With the previous edition."},
        comparison_html_url=_NO_URI,
        changes_url=_ENVELOPE["changes_url"],
    ),
    "WebhookPing": _object(
        "A test, sent from the administration.",
        id=_ENVELOPE["id"],
        type={"type": "string", "const": PING},
        occurred_at=_ENVELOPE["occurred_at"],
        changes_url=_ENVELOPE["changes_url"],
    ),
}
_HEADERS = [
    ("webhook-id", "The event's id: ignore what you already have.", _ID),
    ("webhook-timestamp", "When it was sent, in seconds since 1970.", "1710954249"),
    (
        "webhook-signature",
        "`v1,` and the base64 of the HMAC-SHA256 of `id.timestamp.body`; after a "
        "change of the secret two of them, with a blank between.",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    ),
]


def add_webhooks(result, **kwargs):
    """A hook of drf-spectacular: the top-level ``webhooks`` of OpenAPI 3.1."""
    result["components"]["schemas"] |= SCHEMAS
    webhooks = {
        kind.value: _webhook(kind.value, SUMMARIES[kind], "WebhookEvent", EXAMPLE)
        for kind in KINDS
    }
    webhooks[PING] = _webhook(PING, "A test.", "WebhookPing", PING_EXAMPLE)
    result["webhooks"] = webhooks
    return result


def _webhook(kind: str, summary: str, schema: str, example: dict) -> dict:
    return {
        "post": {
            "operationId": f"webhook_{kind.replace('.', '_')}",
            "tags": ["webhooks"],
            "summary": summary,
            "security": [],
            "parameters": [
                {
                    "in": "header",
                    "name": name,
                    "required": True,
                    "description": description,
                    "schema": {"type": "string"},
                    "example": value,
                }
                for name, description, value in _HEADERS
            ],
            "requestBody": {
                "required": True,
                "content": {
                    "application/json": {
                        "schema": {"$ref": f"#/components/schemas/{schema}"},
                        "example": {**example, "type": kind},
                    }
                },
            },
            "responses": {
                "2XX": {"description": "It has arrived and is not sent again."},
                "410": {"description": "Send nothing more to this address."},
                "default": {
                    "description": "It is sent again later; Retry-After is respected."
                },
            },
        }
    }
