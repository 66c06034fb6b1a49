"""What tests of the API share: people with tokens, a small manual, problem shapes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import TestCase
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils import timezone
from rest_framework.test import APIClient

from manual_org.api import keys
from manual_org.api.models import ApiToken
from tests.factories import (
    REASON,
    make_edition,
    make_function,
    make_tree,
    make_user,
)

API = "/api/v1"
EDITION = f"{API}/manuals/dir/editions/2021"
DRAFT = f"{API}/manuals/dir/editions/2024"


def make_token(user, **fields) -> tuple[ApiToken, str]:
    """A token and its key, with all that its account may unless ``fields`` say less.

    It was just used, so that no request notes it anew.
    """
    key, now = keys.new_key(), timezone.now()
    values = {
        "name": "Prueba",
        "read_drafts": True,
        "write": True,
        "expires_at": now + datetime.timedelta(days=1),
        "last_used_at": now,
    }
    token = ApiToken(
        user=user,
        prefix=keys.prefix_of(key),
        digest=keys.digest_of(key),
        **{**values, **fields},
    )
    return ApiToken.objects.bulk_create([token])[0], key


def client_with(key: str, scheme: str = "Token") -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"{scheme} {key}")
    return client


def client_of(user=None, **scope) -> APIClient:
    """A client that sends a token of the person; anonymous without a person."""
    return client_with(make_token(user, **scope)[1]) if user else APIClient()


def send_form(send, address: str, fields: dict, content=None, name="a.json", **headers):
    """A form with these fields and, unless None, a file; its type is form-data."""
    if content is not None:
        fields = {"file": SimpleUploadedFile(name, content), **fields}
    body = encode_multipart(BOUNDARY, fields)
    return send(address, body, content_type=MULTIPART_CONTENT, headers=headers)


@contextmanager
def inside_the_test() -> Iterator[None]:
    """WSGI requests leave the connection open, and with it the test's transaction.

    As Django's own client does it for its requests.
    """
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def make_small_manual(label: str = "2024", drawing: str = "8.1 8.2 8.2.1 8.2.2 8.3"):
    """A draft with functions: 8.2 has two, the second with items of two levels.

    Returns (edition, units by code, functions by name).
    """
    edition = make_edition(label)
    units = make_tree(drawing, edition)
    functions = {"first": make_function(units["8.2"], "Planear los programas.")}
    functions["second"] = make_function(units["8.2"], "Coordinar, entre otras:")
    functions["item"] = make_function(
        units["8.2"], "las visitas;", parent=functions["second"]
    )
    functions["deep"] = make_function(
        units["8.2"], "a domicilio.", parent=functions["item"]
    )
    functions["other"] = make_function(units["8.3"], "Evaluar los resultados.")
    return edition, units, functions


class ApiTestCase(TestCase):
    def assertProblem(self, response, status: int, code: str) -> dict:
        """The answer is a problem of this kind; returns its body."""
        self.assertEqual(response.status_code, status, response.content)
        self.assertEqual(response.headers["Content-Type"], "application/problem+json")
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        body = response.json()
        self.assertEqual(body["status"], status)
        self.assertEqual(body["code"], code)
        self.assertEqual(body["type"], f"urn:problem-type:manual-org:{code}")
        self.assertTrue(body["title"] and body["detail"])
        self.assertTrue(body["errors"])
        for error in body["errors"]:
            elsewhere = error.keys() & {"parameter", "header"}
            self.assertLessEqual(len(elsewhere), 1)
            self.assertRegex(error["pointer"], "^#$" if elsewhere else "^#(/.+)?$")
            self.assertTrue(error["code"] and error["detail"])
        return body

    def assertPointers(self, body: dict, expected: set[tuple[str, str]]):
        self.assertEqual(
            {
                (error.get("parameter") or error["pointer"], error["code"])
                for error in body["errors"]
            },
            expected,
        )

    def etag(self, client, address: str) -> str:
        response = client.get(address)
        self.assertEqual(response.status_code, 200, response.content)
        return response.headers["ETag"]


class DraftTestCase(ApiTestCase):
    """A draft and an editor of all of it."""

    @classmethod
    def setUpTestData(cls):
        cls.edition, cls.units, cls.functions = make_small_manual()
        cls.editor = make_user("editor")

    def setUp(self):
        self.client = client_of(self.editor)

    def unit_url(self, code: str) -> str:
        return f"{DRAFT}/units/{code}/"

    def function_url(self, name: str) -> str:
        return f"{DRAFT}/functions/{self.functions[name].key}/"

    def write(self, method: str, address: str, body=None, *, of=None, **headers):
        """A write with the current ETag of ``of``, of the address itself unless said.

        ``of`` False sends no If-Match.
        """
        if of is not False and "if_match" not in headers:
            headers["if_match"] = self.etag(self.client, of or address)
        return getattr(self.client, method)(address, body, headers=headers)


class StepTestCase(ApiTestCase):
    """A draft, and the people who take it from there to authorised."""

    @classmethod
    def setUpTestData(cls):
        cls.edition, cls.units, cls.functions = make_small_manual()
        cls.editor = make_user("editor", first_name="Eva", last_name="Ruiz")
        cls.revisor = make_user("revisor")
        cls.authoriser = make_user("autorizador", first_name="Ana", last_name="Pérez")

    def take(self, step: str, user, body=None, *, at: str = DRAFT, **headers):
        """Ask for a step; with the edition's present version unless said."""
        client = client_of(user)
        if "if_match" not in headers and step != "duplicate":
            headers["if_match"] = self.etag(client, f"{at}/")
        elif headers.get("if_match") is False:
            del headers["if_match"]
        body = {"reason": REASON, **(body or {})}
        return client.post(f"{at}/{step}/", body, headers=headers)

    def assertTaken(self, response, status: str) -> dict:
        """The step was taken and the edition is in this state now."""
        self.assertEqual(response.status_code, 200, response.content)
        body = response.json()
        self.assertEqual(body["edition"]["status"], status)
        self.edition.refresh_from_db()
        self.assertEqual(self.edition.status, status)
        return body

    def assertUntouched(self, status: str, steps: list[str]):
        """The edition is in this state, and these steps alone are recorded."""
        self.edition.refresh_from_db()
        self.assertEqual(self.edition.status, status)
        self.assertEqual(
            list(self.edition.transitions.values_list("step", flat=True)), steps
        )
