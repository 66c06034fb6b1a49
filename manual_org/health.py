"""The state of the server for monitors: 200, or 503 with what is missing."""

import logging
from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


@cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """(app, name) of every migration of the installed code, which cannot change."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def missing_migrations() -> list[str]:
    """The migrations that the database has not seen, ``app.name``, sorted."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in known_migrations() - applied.keys())


@never_cache
@require_safe
def health(request):
    """200 when the database answers and has every migration, else 503."""
    try:
        missing = missing_migrations()
    except DatabaseError:
        logger.exception("The health check found no database.")
        return JsonResponse({"status": "error", "database": "missing"}, status=503)
    if missing:
        return JsonResponse(
            {"status": "error", "database": "ok", "missing_migrations": missing},
            status=503,
        )
    return JsonResponse({"status": "ok", "database": "ok", "missing_migrations": []})
