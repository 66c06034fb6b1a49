"""Conditional requests and how long answers may be kept (RFC 9110, RFC 9111).

An ETag is a digest of the bytes of a representation, which do not depend on the
address that was asked: the ETag of a unit is the same by code, by key and in the
answer to a change of it.
"""

from __future__ import annotations

from hashlib import sha256

from django.conf import settings
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from manual_org.api.errors import PreconditionRequired
from manual_org.api.rendering import to_bytes
from manuals.exceptions import Stale

PUBLIC = "public, max-age=60, must-revalidate"
PERSONAL = "private, no-cache"
CONFIDENTIAL = "private, no-store"


def etag_of(content: bytes) -> str:
    return f'"{sha256(content).hexdigest()[:32]}"'


def is_unchanged(request, etag: str) -> bool:
    """Whether If-None-Match names the ETag; weak comparison, as the RFC asks."""
    header = request.headers.get("If-None-Match")
    if not header:
        return False
    known = parse_etags(header)
    return known == ["*"] or etag in (tag.removeprefix("W/") for tag in known)


def demand_if_match(request) -> None:
    """Raise PreconditionRequired for a change that names no version."""
    if not request.headers.get("If-Match", "").strip():
        raise PreconditionRequired


def demand_current(request, representation) -> None:
    """Raise Stale unless If-Match names the representation; strong comparison."""
    known = parse_etags(request.headers["If-Match"])
    if known != ["*"] and etag_of(to_bytes(representation)) not in known:
        raise Stale


def patch_cache_headers(request, response, *, edition) -> None:
    """Say who may keep an answer: anybody, for a minute, what is public.

    A draft is nobody's to keep; what was asked with an account is the asker's alone.
    ``edition`` is None for answers that speak of several.
    """
    if edition is not None and not edition.is_closed:
        policy = CONFIDENTIAL
    elif request.user.is_authenticated or not settings.PUBLIC_READING:
        policy = PERSONAL
    else:
        policy = PUBLIC
    response.headers["Cache-Control"] = policy
    patch_vary_headers(response, ["Accept", "Authorization", "Cookie"])
