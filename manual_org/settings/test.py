"""Tests: fast, isolated, on SQLite or on the PostgreSQL that DATABASE_URL names."""

import tempfile
from pathlib import Path

from django.core.management.utils import get_random_secret_key

from manual_org.settings.base import *
from manual_org.settings.base import DATABASES, LOGGING
from manual_org.settings.database import SQLITE

SECRET_KEY = get_random_secret_key()
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

# Connections kept by threads of a live server would hold the test database open.
DATABASES["default"]["CONN_MAX_AGE"] = 0

if DATABASES["default"]["ENGINE"] == SQLITE:
    # A file, not memory: threads then have connections and locks of their own, as in
    # production. Nothing of it has to survive a power cut.
    _directory = tempfile.TemporaryDirectory(prefix="manual_org-test-")
    DATABASES["default"]["NAME"] = str(Path(_directory.name, "db.sqlite3"))
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_directory.name, "test.sqlite3"))}
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"

else:
    # A statement that takes minutes fails its test and does not hold up all others.
    _options = DATABASES["default"]["OPTIONS"]
    _options["options"] += " -c statement_timeout=120s"

# Expected refusals would fill the output; pytest shows the log of a failed test.
LOGGING["root"]["level"] = "WARNING"

# Tests count the queries of answers made anew; those of kept answers turn this on.
KEPT_ANSWERS_BYTES = 0
PUBLICATION_SECONDS = 0
