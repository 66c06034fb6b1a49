"""DATABASE_URL to Django's settings, and what SQLite then does."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from manual_org.settings.database import SQLITE_OPTIONS, database_from_url
from tests import support

DEFAULT = Path("somewhere", "db.sqlite3")


@pytest.mark.parametrize("url", ["", "sqlite:////var/data/db.sqlite3"])
def test_sqlite_has_the_same_options_however_it_is_named(url):
    config = database_from_url(url, default_path=DEFAULT)
    assert config["OPTIONS"] == SQLITE_OPTIONS
    assert config["NAME"] == ("/var/data/db.sqlite3" if url else str(DEFAULT))


def test_postgresql_keeps_its_connections_and_checks_them():
    config = database_from_url(
        "postgres://ana:p%40ss@db.example:5433/manuales?sslmode=require",
        default_path=DEFAULT,
    )
    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert (config["USER"], config["PASSWORD"]) == ("ana", "p@ss")
    assert (config["HOST"], config["PORT"]) == ("db.example", 5433)
    assert config["OPTIONS"] == {
        "sslmode": "require",
        "options": "-c lock_timeout=20s",
    }
    assert config["CONN_HEALTH_CHECKS"] is True
    assert config["CONN_MAX_AGE"] > 0


def test_what_the_address_says_of_postgresql_prevails():
    config = database_from_url(
        "postgres://localhost/manuales?options=-c%20lock_timeout%3D5s",
        default_path=DEFAULT,
    )
    assert config["OPTIONS"]["options"].split("-c ")[1:] == [
        "lock_timeout=20s ",
        "lock_timeout=5s",
    ]


@pytest.mark.parametrize("url", ["", "postgres://localhost/manuales"])
def test_no_request_is_wrapped_in_a_transaction(url):
    config = database_from_url(url, default_path=DEFAULT)
    assert config["ATOMIC_REQUESTS"] is False


@pytest.mark.parametrize(
    "url",
    ["mysql://localhost/manuales", "postgres://localhost", "manuales"],
)
def test_another_engine_or_no_name_is_refused(url):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL debe tener la forma"):
        database_from_url(url, default_path=DEFAULT)


@pytest.mark.django_db
def test_sqlite_checks_foreign_keys_and_writes_ahead():
    support.require_sqlite()
    with connection.cursor() as cursor:
        answers = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("foreign_keys", "journal_mode", "busy_timeout")
        }
    assert answers == {"foreign_keys": 1, "journal_mode": "wal", "busy_timeout": 20000}


@pytest.mark.django_db(transaction=True)
def test_sqlite_takes_the_write_lock_when_a_transaction_begins():
    support.require_sqlite()
    connection.ensure_connection()
    assert connection.transaction_mode == "IMMEDIATE"
