"""What a person is told when the database made them wait too long for others' writes.

On SQLite one transaction writes at a time and the others wait up to the timeout of
settings/database.py; on PostgreSQL two may wait for each other. Either way the
transaction was undone whole, and trying again is all that is needed. The API says it in
its own form (api/errors.py).
"""

from __future__ import annotations

import logging

from django.db import OperationalError
from django.shortcuts import render

logger = logging.getLogger(__name__)

RETRY_AFTER = 5  # seconds
_SQLITE = {5, 6}  # SQLITE_BUSY, SQLITE_LOCKED
# Not serializable, deadlock, lock not available.
_POSTGRESQL = {"40001", "40P01", "55P03"}


def is_busy(error: BaseException) -> bool:
    """Whether the database gave up waiting for another transaction."""
    cause = error.__cause__
    return isinstance(error, OperationalError) and (
        # Extended codes keep the plain one in their last byte.
        getattr(cause, "sqlite_errorcode", 0) & 0xFF in _SQLITE
        or getattr(cause, "pgcode", None) in _POSTGRESQL
    )


class BusyDatabaseMiddleware:
    """Answers 503 with a sentence and a way out; nothing of the request was stored."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not is_busy(exception):
            return None
        logger.warning(
            "%s %s waited in vain: %s", request.method, request.path, exception
        )
        # Without the request: its context processors ask the database.
        response = render(
            None, "503.html", {"sent": request.method == "POST"}, status=503
        )
        response.headers["Retry-After"] = str(RETRY_AFTER)
        response.headers["Cache-Control"] = "no-store"
        return response
