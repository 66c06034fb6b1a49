"""What tests of docs/mirror.py share: the script as a module, and a server to read.

The script asks by urllib; here Django's test client answers, so that a request costs
little and can fail where a test says so. test_mirror_killed.py uses a real server.
"""

from __future__ import annotations

import email.message
import http.client
import importlib.util
import io
import sqlite3
import tempfile
import urllib.error
from contextlib import closing
from pathlib import Path
from unittest import mock
from urllib.parse import urlsplit

from django.test import Client

from functions.models import Function
from functions.querysets import nest
from manuals.models import Edition
from units.models import Unit

SCRIPT = Path(__file__).parents[2] / "docs" / "mirror.py"
SERVER = "http://testserver"


def load():
    spec = importlib.util.spec_from_file_location("mirror", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


mirror = load()


class Killed(BaseException):
    """Like SIGKILL, nothing in the script catches it."""


class Server:
    """Answers as urllib.request.urlopen does, and says what was asked.

    ``before`` is called with the number of each request, from 1, and its address; what
    it raises is raised to the script.
    """

    def __init__(self, before=lambda number, url: None):
        self.before = before
        self.asked: list[tuple[str, int]] = []
        self.client = Client()

    def __call__(self, request, timeout):
        url = request.full_url
        self.before(len(self.asked) + 1, url)
        parts = urlsplit(url)
        answer = self.client.get(
            f"{parts.path}?{parts.query}", headers=dict(request.header_items())
        )
        self.asked.append((f"{parts.path}?{parts.query}", answer.status_code))
        if answer.status_code != 200:
            raise http_error(url, answer.status_code, answer.headers, answer.content)
        body = io.BytesIO(answer.content)
        body.headers = answer.headers
        return body


def http_error(url, status, headers=None, body=b""):
    message = email.message.Message()
    for name, value in (headers or {}).items():
        message[name] = value
    reason = http.client.responses[status]
    return urllib.error.HTTPError(url, status, reason, message, io.BytesIO(body))


class MirrorMixin:
    """A folder for databases, and the script's runs against the server above."""

    def setUp(self):
        super().setUp()
        folder = self.enterContext(tempfile.TemporaryDirectory())
        self.database = Path(folder) / "mirror.db"
        self.sleep = self.enterContext(mock.patch("time.sleep"))

    def run_mirror(self, database=None, *, server=None, token=None, slug="dir"):
        """One run; how many changes it followed."""
        server = server or Server()
        with mock.patch.object(mirror.urllib.request, "urlopen", server):
            one = mirror.Mirror(
                mirror.Api(SERVER, token), slug, database or self.database
            )
            with closing(one.db):
                return one.catch_up()

    def read(self, query, *values, database=None):
        with closing(sqlite3.connect(database or self.database)) as db:
            return db.execute(query, values).fetchall()

    def content(self, database=None) -> list[str]:
        """All of a database as SQL, but for the ETag of the last question."""
        with closing(sqlite3.connect(database or self.database)) as db:
            db.execute("UPDATE mirror SET etag = NULL")
            return list(db.iterdump())

    def assertMirrorsTheRegister(self, *editions: Edition):
        """The database has these editions, with every unit, function and item."""
        self.assertEqual(
            self.read("SELECT label, status FROM editions ORDER BY label"),
            sorted((edition.label, edition.status) for edition in editions),
        )
        for edition in editions:
            units = Unit.objects.for_edition(edition).in_reading_order()
            units = list(units.select_related("parent", "kind"))
            self.assertEqual(
                self.read(
                    "SELECT position, key, code, parent_code, name, kind FROM units"
                    " WHERE edition = ? ORDER BY position",
                    edition.label,
                ),
                [
                    (
                        position,
                        str(unit.key),
                        unit.code,
                        unit.parent.code if unit.parent else None,
                        unit.name,
                        unit.kind.name,
                    )
                    for position, unit in enumerate(units, 1)
                ],
            )
            for unit in units:
                self.assertEqual(
                    self.read(
                        "SELECT key, parent_key, text FROM functions"
                        " WHERE edition = ? AND unit_key = ? ORDER BY position",
                        edition.label,
                        str(unit.key),
                    ),
                    list(_functions_of(unit)),
                )


def _functions_of(unit: Unit):
    for node in nest(Function.objects.filter(unit=unit).rows()).get(unit.pk, []):
        yield from _lines(node, None)


def _lines(node, parent_key):
    yield str(node.key), parent_key, node.text
    for item in node.items:
        yield from _lines(item, str(node.key))
