"""Carry out a POST once for each Idempotency-Key of an account; then repeat the answer.

After draft-ietf-httpapi-idempotency-key-header. The key is claimed in the transaction
of the write: who sends the same one meanwhile waits for the first to end (on PostgreSQL
for its row, on SQLite for the database's lock; 503 where it takes too long) and then
gets its answer, or takes its place where it was refused. A server that dies leaves
both the write and the answer, or neither.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from operator import attrgetter

import orjson
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import status
from rest_framework.exceptions import APIException, NotFound
from rest_framework.response import Response

from manual_org.api.idempotency.models import RepeatableRequest
from manual_org.api.rendering import to_bytes
from manuals import permissions
from manuals.models import Edition

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
LONGEST = 255
_KEPT_HEADERS = ("Location", "Content-Location")
_PRINTABLE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?")
_SWEPT = 20  # rows, by each request with a new key


class InvalidKey(APIException):
    """The header is there, but is no key."""

    status_code = status.HTTP_400_BAD_REQUEST
    default_code = "invalid_idempotency_key"
    default_detail = gettext_lazy(
        "Idempotency-Key lleva de 1 a 255 caracteres ASCII imprimibles."
    )


class KeyReused(APIException):
    """The key stands for another request of the same account."""

    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    default_code = "idempotency_key_reused"
    default_detail = gettext_lazy(
        "Esta Idempotency-Key ya se usó en otra solicitud: use una nueva."
    )


class AnswerNotKept(APIException):
    """The request was carried out; its answer was too large to be kept."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "already_done"
    default_detail = gettext_lazy(
        "La solicitud ya se realizó, pero su respuesta era demasiado grande para "
        "conservarla. Lea el estado actual."
    )


def once(view, handler: Callable) -> Callable:
    """``view``'s handler, run once for the key that its request names.

    Raises InvalidKey, KeyReused, AnswerNotKept, and where the answer must not be shown
    again to this person NotFound or NotAllowed.
    """

    @wraps(handler)
    def answer(request, *args, **kwargs):
        name = _name_of(request)
        with transaction.atomic():
            _forget_expired(name)
            kept, is_new = RepeatableRequest.objects.get_or_create(
                name=name, defaults={"user": request.user}
            )
            if not is_new:
                return _repeat(kept, view, request)
            response = handler(request, *args, **kwargs)
            _keep(kept, view, request, response)
        return response

    return answer


def _name_of(request) -> str:
    """The digest of who asks and the key; InvalidKey."""
    key = request.headers[HEADER].strip(" \t")
    if len(key) > LONGEST or not _PRINTABLE.fullmatch(key):
        raise InvalidKey
    token = getattr(request.auth, "pk", None)
    return _digest([request.user.pk, token, key])


def _digest_of(request) -> str:
    """What was asked: method, address and body, however the JSON is written."""
    return _digest([request.method, request.get_full_path(), request.data])


def _digest(data: list) -> str:
    # Not orjson: it refuses whole numbers beyond 64 bits, which a body may contain.
    # A file says which one it is by its name and a digest of its own.
    text = json.dumps(data, sort_keys=True, default=attrgetter("fingerprint"))
    return sha256(text.encode()).hexdigest()


def _keep(kept: RepeatableRequest, view, request, response: Response) -> None:
    kept.request = _digest_of(request)
    kept.edition_id = view.edition.pk if view.edition is not None else None
    kept.status = response.status_code
    kept.headers = {
        header: response.headers[header]
        for header in _KEPT_HEADERS
        if header in response.headers
    }
    content = b"" if response.data is None else to_bytes(response.data)
    if len(content) > settings.API_IDEMPOTENCY_MAX_BYTES:
        kept.status = 0
    else:
        kept.body = content.decode()
    kept.save(force_update=True)


def _repeat(kept: RepeatableRequest, view, request) -> Response:
    """The answer again, to who may still do what it was the answer to."""
    if kept.request != _digest_of(request):
        raise KeyReused
    if kept.edition_id is not None:
        edition = Edition.objects.select_related("manual").filter(pk=kept.edition_id)
        view.edition = edition.first()
        if view.edition is None or not permissions.may_read(request.user, view.edition):
            raise NotFound(_("La edición ya no existe."))
        view.demand_may_repeat(view.edition)
    if not kept.status:
        raise AnswerNotKept
    return Response(
        orjson.loads(kept.body) if kept.body else None,
        status=kept.status,
        headers={**kept.headers, REPLAYED: "true"},
    )


def _forget_expired(name: str) -> None:
    """This one for certain, and a few others; those that somebody else has, not."""
    RepeatableRequest.objects.expired().filter(name=name).delete()
    others = RepeatableRequest.objects.expired().order_by("created_at")
    forget(others.select_for_update(skip_locked=True)[:_SWEPT])


def forget(rows) -> int:
    """Delete these rows; returns how many."""
    names = list(rows.values_list("name", flat=True))
    if not names:
        return 0
    return RepeatableRequest.objects.filter(name__in=names).delete()[0]
