"""The database as Django wants it, from a DATABASE_URL or from a default file.

Only the two engines on which the guards of authorised editions exist are accepted.
"""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environ import Env

SQLITE = "django.db.backends.sqlite3"
SCHEMES = {"sqlite", "postgres", "postgresql"}

PATIENCE = 20  # seconds that a writer waits for others, on either engine

# A deferred transaction that writes after it has read fails at once when another
# one wrote in between, whatever the timeout: hence IMMEDIATE.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": PATIENCE,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
    ),
}
# Whoever waits for a lock for longer is told so, instead of waiting for ever.
POSTGRESQL_SETTINGS = f"-c lock_timeout={PATIENCE}s"

CONN_MAX_AGE = 600


def database_from_url(url: str, *, default_path: Path) -> dict[str, Any]:
    """The settings of one database; an empty url means SQLite at default_path.

    Raises ImproperlyConfigured for a url of another engine or without a name.
    """
    config = {"ENGINE": SQLITE, "NAME": str(default_path)}
    if url:
        known = url.partition("://")[0] in SCHEMES
        config = Env.db_url_config(url) if known else {}
    if not config.get("NAME"):
        raise ImproperlyConfigured(
            "DATABASE_URL debe tener la forma postgres://usuario:clave@equipo/base "
            "o sqlite:///ruta/al/archivo."
        )
    config["CONN_MAX_AGE"] = CONN_MAX_AGE
    config["CONN_HEALTH_CHECKS"] = True
    # A transaction per request would hold SQLite's only write lock while pages
    # are rendered; the services open their own.
    config["ATOMIC_REQUESTS"] = False
    if config["ENGINE"] == SQLITE:
        config["OPTIONS"] = {**SQLITE_OPTIONS, **config.get("OPTIONS", {})}
    else:
        options = config.setdefault("OPTIONS", {})
        # What the address says comes after it, and prevails.
        said = [POSTGRESQL_SETTINGS, options.get("options", "")]
        options["options"] = " ".join(filter(None, said))
    return config
