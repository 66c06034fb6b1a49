"""Production's settings on loopback, with an empty view to compare with."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-measurements-" + "x" * 40)
os.environ.setdefault("ALLOWED_HOSTS", "127.0.0.1")
os.environ.setdefault("HTTPS", "False")
os.environ.setdefault("LOG_LEVEL", "WARNING")
os.environ.setdefault("DATABASE_URL", "sqlite:///bench.sqlite3")

from manual_org.settings.prod import *  # noqa: E402, F403

ROOT_URLCONF = "bench.urls"
# Requests come from one address, and are counted here.
REST_FRAMEWORK = {
    **REST_FRAMEWORK,  # noqa: F405
    "DEFAULT_THROTTLE_CLASSES": [],
}
