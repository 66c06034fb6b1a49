"""Whole public answers, kept as they are sent: pages and API of authorised editions.

An answer about a published edition changes only with the day and with what its manual
publishes (DESIGN, section 7). So the key of a kept answer holds the address, the day
and the state of the manual's publication; whatever moves one of them makes the old
answers unreachable, and the least recently used go first. Only what the view itself
calls public is kept: drafts and everything personal never come here. Each form of an
answer of the API is kept by its media type: whatever their Accept headers say, all who
get the same form share it.

The reading of a manual's state is remembered for a second, so that the answer to a
question that was asked before needs no database. Browsers keep it for a minute anyway.
"""

from __future__ import annotations

import re
import time
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse
from django.utils.cache import cc_delim_re, patch_vary_headers

from manual_org.api.formats.accept import chosen
from manual_org.sending import (
    compressed,
    compressed_etag,
    fitted,
    is_compressible,
    is_known,
    not_modified,
    takes_gzip,
)
from manuals.brief import publication_state, state_of_all
from manuals.dates import today

# About one manual, or a search over all of them.
ADDRESS = re.compile(
    r"/(?:manuales|(?P<api>api/v1)/manuals)/(?P<slug>[-\w]+)/"
    r"|/(?:buscar/(?:resultados/)?|(?P<wide_api>api/v1/search/))$"
)
MANUALS_REMEMBERED = 1000


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer in both forms; ``headers`` are those that both share."""

    headers: dict[str, str]
    body: bytes
    etag: str
    zipped: bytes  # empty: is sent as it is
    zipped_etag: str
    anonymous: bool  # not for who shows a session or a token

    @property
    def size(self) -> int:
        return len(self.body) + len(self.zipped)

    def answer(self, request) -> HttpResponse:
        """200 or 304, compressed where the client takes it."""
        zipped = self.zipped and takes_gzip(request)
        etag = self.zipped_etag if zipped else self.etag
        asked = request.META
        if is_known(asked.get("HTTP_IF_NONE_MATCH"), self.etag):
            return not_modified(self.headers, etag)
        response = HttpResponse(self.zipped if zipped else self.body)
        for name, value in self.headers.items():
            response.headers[name] = value
        response.headers["Content-Length"] = str(len(response.content))
        if zipped:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["ETag"] = etag
        return response


@dataclass(frozen=True, slots=True)
class Negotiated:
    """Stands at an address that has several forms, which are kept beside it."""

    media_types: tuple[str, ...]
    size: ClassVar[int] = 500  # about, with its key

    def key(self, key: tuple, request) -> tuple:
        """Of the form that this request gets; of nothing where it gets none."""
        asked = request.META
        return *key, chosen(asked.get("HTTP_ACCEPT"), self.media_types)


class Shelf:
    """What is kept by one process, up to so many bytes."""

    def __init__(self, capacity: int):
        self.capacity = capacity
        self.size = 0
        self._kept: OrderedDict[tuple, Kept | Negotiated] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple) -> Kept | Negotiated | None:
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
            return kept

    def put(self, key: tuple, kept: Kept | Negotiated) -> None:
        with self._lock:
            before = self._kept.pop(key, None)
            self.size += kept.size - (before.size if before else 0)
            self._kept[key] = kept
            while self.size > self.capacity:
                self.size -= self._kept.popitem(last=False)[1].size


class KeptAnswersMiddleware:
    """Answers from what is kept; keeps the public answers that pass.

    Stands before the middleware of sessions: a kept answer asks for nobody's.
    """

    def __init__(self, get_response):
        if not settings.KEPT_ANSWERS_BYTES or not settings.PUBLIC_READING:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.shelf = Shelf(settings.KEPT_ANSWERS_BYTES)
        self.states: dict[str | None, tuple[float, tuple]] = {}

    def __call__(self, request):
        key = self._key(request)
        if key is None:
            return self.get_response(request)
        kept = self.shelf.get(key)
        if isinstance(kept, Negotiated):
            kept = self.shelf.get(kept.key(key, request))
        if kept is not None and (not kept.anonymous or _is_anonymous(request)):
            return kept.answer(request)
        response = self._whole_answer(request)
        # What answers HEAD may lack its body.
        if not _is_public(request, response) or not response.content:
            return fitted(request, response)
        kept = _kept(response)
        if media_types := getattr(response, "negotiated", ()):
            one = Negotiated(media_types)
            self.shelf.put(key, one)
            key = one.key(key, request)
        self.shelf.put(key, kept)
        return kept.answer(request)

    def _whole_answer(self, request):
        """Uncompressed, and whatever the client has already."""
        taken = {
            name: request.META.pop(name)
            for name in ("HTTP_IF_NONE_MATCH", "HTTP_ACCEPT_ENCODING")
            if name in request.META
        }
        response = self.get_response(request)
        request.META.update(taken)
        return response

    def _key(self, request):
        """All that the answer depends on; None for what is never kept."""
        if request.method not in {"GET", "HEAD"}:
            return None
        address = ADDRESS.match(request.path_info)
        if address is None:
            return None
        state = self._state(address["slug"])
        if not state:
            return None
        is_api = address["api"] or address["wide_api"]
        return (
            request.get_full_path(),
            # The API's links carry the host.
            (request.scheme, request.get_host()) if is_api else None,
            today(),
            state,
        )

    def _state(self, slug: str | None):
        """Of a manual, or of all where none is named."""
        now = time.monotonic()
        read_at, state = self.states.get(slug, (None, ()))
        if read_at is None or now - read_at >= settings.PUBLICATION_SECONDS:
            state = publication_state(slug) if slug else state_of_all()
            if len(self.states) >= MANUALS_REMEMBERED:
                self.states.clear()
            self.states[slug] = now, state
        return state


def _is_anonymous(request) -> bool:
    asked = request.META
    return (
        "HTTP_AUTHORIZATION" not in asked
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
    )


def _is_public(request, response) -> bool:
    """Whether anybody may have the answer, and whole."""
    if response.status_code != 200 or response.streaming or response.cookies:
        return False
    directives = cc_delim_re.split(response.headers.get("Cache-Control", ""))
    if "public" not in directives or "ETag" not in response.headers:
        return False
    return not _varies_by_person(response) or _is_anonymous(request)


def _varies_by_person(response) -> bool:
    named = {
        name.lower() for name in cc_delim_re.split(response.headers.get("Vary", ""))
    }
    return bool(named & {"cookie", "authorization"})


def _kept(response) -> Kept:
    body, etag = response.content, response.headers["ETag"]
    zipped = b""
    if is_compressible(response):
        zipped = compressed(body)
        patch_vary_headers(response, ["Accept-Encoding"])
    return Kept(
        headers={
            name: value
            for name, value in response.headers.items()
            if name not in {"ETag", "Content-Length"}
        },
        body=body,
        etag=etag,
        zipped=zipped,
        zipped_etag=compressed_etag(etag),
        anonymous=_varies_by_person(response),
    )
