"""Conditional requests and how long answers may be kept (RFC 9110, RFC 9111).

An ETag is a digest of the bytes of a representation, which do not depend on the
address that was asked: the ETag of a unit is the same by code, by key and in the
answer to a change of it. Each form has its own; If-Match names that of the whole
representation as JSON, compressed or not.
"""

from __future__ import annotations

from hashlib import sha256

from django.conf import settings
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from manual_org.api.errors import PreconditionRequired
from manual_org.api.rendering import JSON_TYPE, to_bytes
from manual_org.sending import plain_etag
from manuals.exceptions import Stale

PUBLIC = "public, max-age=60, must-revalidate"
PERSONAL = "private, no-cache"
CONFIDENTIAL = "private, no-store"


def etag_of(content: bytes, media_type: str = JSON_TYPE) -> str:
    """The same bytes as another media type are another representation."""
    digest = sha256(content)
    if media_type != JSON_TYPE:
        digest.update(media_type.encode())
    return f'"{digest.hexdigest()[:32]}"'


def demand_if_match(request) -> None:
    """Raise PreconditionRequired for a change that names no version."""
    if not request.headers.get("If-Match", "").strip():
        raise PreconditionRequired


def demand_current(request, representation) -> None:
    """Raise Stale unless If-Match names the representation; strong comparison.

    The compressed form that a client may have read is of the same version.
    """
    if not is_current(request.headers["If-Match"], representation):
        raise Stale


def is_current(if_match: str, representation) -> bool:
    """Whether one of the versions that If-Match names is this one."""
    known = parse_etags(if_match)
    return known == ["*"] or etag_of(to_bytes(representation)) in map(plain_etag, known)


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
