"""Signatures of Standard Webhooks (standardwebhooks.com): HMAC-SHA256, no Django.

Signed is ``<id>.<timestamp>.<body>``; a secret is written ``whsec_`` and its base64.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from collections.abc import Iterable

PREFIX = "whsec_"
BYTES = 32


def new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(BYTES)).decode()


def signature(secret: str, *, event_id: str, timestamp: int, body: bytes) -> str:
    """``v1,`` and the base64 of the HMAC."""
    key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    signed = b".".join([event_id.encode(), str(timestamp).encode(), body])
    return "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()


def headers(
    keys: Iterable[str], *, event_id: str, timestamp: int, body: bytes
) -> dict[str, str]:
    """The three headers; a signature by each secret, the newest first."""
    signatures = [
        signature(key, event_id=event_id, timestamp=timestamp, body=body)
        for key in keys
    ]
    return {
        "webhook-id": event_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signatures),
    }
