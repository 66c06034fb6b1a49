"""Every error has one shape (RFC 9457), whatever raised it."""

import json
from unittest import mock

from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import ProtectedError, RestrictedError
from django.http import Http404
from django.test import override_settings

from functions import services
from functions.models import Function
from manual_org.api.v1 import reading
from manual_org.middleware import BrowserPolicyMiddleware
from manuals.exceptions import EditionsOverlap
from tests.api.support import (
    API,
    DRAFT,
    EDITION,
    ApiTestCase,
    DraftTestCase,
    client_of,
)
from tests.factories import REASON, authorise, make_user


class ProblemTests(DraftTestCase):
    def raising(self, error):
        """What the API answers when a read raises this."""
        client = client_of(self.editor)
        client.raise_request_exception = False
        with mock.patch.object(reading, "unit", side_effect=error):
            return client.get(self.unit_url("8.2"))

    def test_addresses_that_do_not_exist(self):
        for address in (
            "/api/",
            "/api/x",
            "/api/v2/manuals/",
            f"{API}/nada/",
            f"{API}/manuals/dir/x/",
            f"{API}/manuals/otro/",
            f"{API}/manuals/otro/editions/",
            f"{EDITION}/",
            f"{DRAFT}/units/9.9/",
            f"{DRAFT}/units/9.9/subtree/",
            f"{DRAFT}/units/9.9/functions/",
            f"{DRAFT}/units/8.2/x/",
            f"{DRAFT}/chapters/1/",
            f"{DRAFT}/functions/00000000-0000-0000-0000-000000000000/",
            f"{API}/units/00000000-0000-0000-0000-000000000000/",
            f"{API}/functions/x/",
        ):
            with self.subTest(address=address):
                self.assertProblem(self.client.get(address), 404, "not_found")

    def test_unknown_addresses_answer_every_method(self):
        for method in ("post", "put", "patch", "delete"):
            response = getattr(self.client, method)(f"{API}/nada/", {"a": 1})
            self.assertProblem(response, 404, "not_found")

    def test_a_missing_final_slash_leads_on_when_reading_only(self):
        response = self.client.get(f"{DRAFT}/units?kind=x&page=2")
        self.assertEqual(response.status_code, 301)
        self.assertEqual(response.headers["Location"], f"{DRAFT}/units/?kind=x&page=2")
        response = self.client.post(f"{DRAFT}/units", {"name": "x"})
        self.assertProblem(response, 404, "not_found")

    def test_methods_that_an_address_does_not_have(self):
        for method, address in (
            ("put", self.unit_url("8.2")),
            ("post", self.unit_url("8.2")),
            ("delete", f"{DRAFT}/units/"),
            ("patch", f"{DRAFT}/tree/"),
            ("put", f"{DRAFT}/"),
            ("get", f"{DRAFT}/submit/"),
            ("patch", f"{DRAFT}/readiness/"),
            ("get", f"{self.unit_url('8.2')}move/"),
        ):
            with self.subTest(method=method, address=address):
                response = getattr(self.client, method)(address)
                self.assertProblem(response, 405, "method_not_allowed")
                self.assertNotIn(method.upper(), response.headers["Allow"])

    def test_formats_that_there_are_not(self):
        for accept in ("application/xml", "text/html"):
            response = self.client.get(self.unit_url("8.2"), headers={"accept": accept})
            self.assertProblem(response, 406, "not_acceptable")
        browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
        response = self.client.get(self.unit_url("8.2"), headers={"accept": browser})
        self.assertEqual(response.headers["Content-Type"], "application/json")

    def test_bodies_of_another_type(self):
        for kind in (
            "text/plain",
            "application/xml",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
        ):
            response = self.client.generic(
                "POST", f"{DRAFT}/units/", "a=1", content_type=kind
            )
            self.assertProblem(response, 415, "unsupported_media_type")

    def test_tokens_that_are_not_valid(self):
        gone = make_user("editor")
        inactive = client_of(gone)
        gone.is_active = False
        gone.save()
        for header in ("Token", "Token x", "Token x y", "Token \x00", "Token ñ"):
            with self.subTest(header=header):
                response = client_of().get(
                    self.unit_url("8.2"), headers={"authorization": header}
                )
                self.assertProblem(response, 401, "authentication_failed")
                self.assertEqual(
                    response.headers["WWW-Authenticate"], 'Bearer realm="api"'
                )
        response = inactive.get(self.unit_url("8.2"))
        self.assertProblem(response, 401, "authentication_failed")

    def test_errors_of_the_domain_and_of_django(self):
        for error, status, code in (
            (EditionsOverlap(), 409, "editions_overlap"),
            (Http404(), 404, "not_found"),
            (PermissionDenied(), 403, "permission_denied"),
            (SuspiciousOperation(), 400, "bad_request"),
            (IntegrityError("closed edition"), 409, "conflict"),
        ):
            with self.subTest(error=error):
                self.assertProblem(self.raising(error), status, code)

    def test_a_blocked_deletion_names_what_blocks_it(self):
        blockers = {self.units["8.3"]}
        for error in (
            ProtectedError("blocked", blockers),
            RestrictedError("blocked", blockers),
        ):
            body = self.assertProblem(self.raising(error), 409, "blocked")
            self.assertIn("8.3 Coordinación 8.3", body["detail"])
        many = [f"unidad {number}" for number in range(12)]
        body = self.assertProblem(
            self.raising(ProtectedError("blocked", many)), 409, "blocked"
        )
        self.assertEqual(body["detail"].count("unidad"), 10)
        self.assertIn("…", body["detail"])

    def test_a_database_that_cannot_answer_says_when_to_come_back(self):
        with self.assertLogs("manual_org.api.errors", "ERROR"):
            response = self.raising(OperationalError("database is locked"))
        self.assertProblem(response, 503, "unavailable")
        self.assertEqual(response.headers["Retry-After"], "5")
        self.assertNotIn("locked", response.content.decode())

    def test_an_unexpected_error_is_logged_and_tells_nothing(self):
        with self.assertLogs("django.request", "ERROR") as logs:
            response = self.raising(ZeroDivisionError("secret detail"))
        self.assertProblem(response, 500, "server_error")
        self.assertNotIn("secret", response.content.decode())
        (record,) = logs.records
        self.assertIs(record.exc_info[0], ZeroDivisionError)

    def test_a_change_refused_by_a_guard_of_the_database_is_a_conflict(self):
        """Another road closes the edition under the service's feet."""
        real = services.lock_draft
        with (
            mock.patch.object(services, "lock_draft", side_effect=real) as lock,
            self.assertLogs("manual_org.api.errors", "WARNING"),
        ):
            lock.side_effect = lambda edition: (real(edition), authorise(edition))[0]
            response = self.write(
                "patch",
                self.function_url("first"),
                {"text": "Tarde.", "reason": REASON},
            )
        self.assertProblem(response, 409, "conflict")
        self.functions["first"].refresh_from_db()
        self.assertEqual(self.functions["first"].text, "Planear los programas.")


class OutsideOfViewsTests(ApiTestCase):
    """Errors before or after any view have the shape too, below /api/ only."""

    def test_a_host_that_is_not_ours(self):
        response = self.client.get(f"{API}/manuals/", headers={"host": "evil"})
        self.assertProblem(response, 400, "bad_request")
        page = self.client.get("/", headers={"host": "evil"})
        self.assertEqual(page.status_code, 400)
        self.assertTrue(page.headers["Content-Type"].startswith("text/html"))

    def test_an_error_of_a_middleware(self):
        self.client.raise_request_exception = False
        with mock.patch.object(
            BrowserPolicyMiddleware, "__call__", side_effect=ZeroDivisionError
        ):
            response = self.client.get(f"{API}/manuals/")
            self.assertProblem(response, 500, "server_error")
            page = self.client.get("/")
        self.assertEqual(page.status_code, 500)
        self.assertTrue(page.headers["Content-Type"].startswith("text/html"))


class HostileTests(DraftTestCase):
    """Nothing that a request brings makes an error of ours."""

    def setUp(self):
        super().setUp()
        self.client.raise_request_exception = True

    def post(self, content, content_type="application/json"):
        if isinstance(content, str):
            content = content.encode()
        return self.client.generic(
            "POST", f"{DRAFT}/functions/", content, content_type=content_type
        )

    def test_bodies_that_are_no_json(self):
        for content in (
            b" ",
            b"{",
            b"[1,]",
            b"{'a': 1}",
            b'{"a": NaN}',
            b'{"a": Infinity}',
            b'{"text": "\xff\xfe"}',
            b'{"text": "\xed\xa0\x80"}',
            b'\xef\xbb\xbf{"text": "x"}',
            b'{"text": "a", "text": "b"}',
            b'{"a": ' + b"9" * 5000 + b"}",
            b"[" * 100_000,
            b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
            b'{"a": ' + b"[" * 13 + b"]" * 13 + b"}",
            b'{"text": "\\u0000"}',
            b'{"text": "\\ud800"}',
            b'{"text": "a\\u0007b"}',
            b'{"\\ud800": 1}',
            b'{"text": "\\uffff"}',
        ):
            with self.subTest(content=content[:40]):
                self.assertProblem(self.post(content), 400, "parse_error")

    def test_bodies_that_are_no_object(self):
        self.assertPointers(
            self.assertProblem(self.post(""), 400, "invalid"),
            {("#/reason", "required"), ("#/text", "required")},
        )
        for content in ("1", "null", '"texto"', "[]", "true"):
            with self.subTest(content=content):
                body = self.assertProblem(self.post(content), 400, "invalid")
                self.assertEqual(body["errors"][0]["pointer"], "#")

    def test_fields_of_another_type(self):
        for value in (None, 1, 1.5, True, [], {}, [[]], {"a": {}}):
            for field in ("text", "unit_code", "parent_key", "items", "reason"):
                with self.subTest(field=field, value=value):
                    body = {"text": "x", "unit_code": "8.3", "reason": "y"}
                    response = self.post(json.dumps({**body, field: value}))
                    self.assertIn(response.status_code, (201, 400))

    @override_settings(API_MAX_BODY_BYTES=1000)
    def test_bodies_that_are_too_large(self):
        body = json.dumps({"text": "x" * 1000, "unit_code": "8.3", "reason": "y"})
        self.assertProblem(self.post(body), 413, "body_too_large")

    def test_addresses_with_strange_characters(self):
        for path in (
            "units/%00/",
            "units/8.2%00/",
            "units/%0A/",
            "units/%FF/",
            "units/%ED%A0%80/",
            "units/" + "9" * 300 + "/",
            "units/../",
            "units/8.2%2F/",
            "units/'%20OR%201=1--/",
            "chapters/" + "9" * 5000 + "/",
            "chapters/-1/",
            "chapters/99999/",
            "chapters/٣/",
            "functions/" + "0" * 36 + "/",
        ):
            with self.subTest(path=path):
                response = self.client.get(f"{DRAFT}/{path}")
                self.assertProblem(response, 404, "not_found")
        for address in (
            f"{API}/manuals/%00/",
            f"{API}/manuals/dir%00/editions/",
            f"{API}/manuals/dir/editions/%00/",
            f"{API}/manuals/dir/editions/2024%20/",
            f"{API}/%00",
        ):
            self.assertProblem(self.client.get(address), 404, "not_found")

    def test_parameters_with_strange_characters(self):
        for query in (
            "kind=%00",
            "under=8.2%00",
            "kind=" + "x" * 5000,
            "%00=1",
            "=",
            "&&&;",
            "kind=%FF%FE&page=%00",
            "page=" + "9" * 5000,
        ):
            with self.subTest(query=query[:20]):
                response = self.client.get(f"{DRAFT}/units/?{query}")
                self.assertIn(response.status_code, (200, 400))
        key = self.units["8.2"].key
        for query in ("edition=%00", "manual=%00", "on=%00", "edition=" + "x" * 99):
            response = self.client.get(f"{API}/units/{key}/?{query}")
            self.assertProblem(response, 400, "invalid_query")
        many = "&".join(
            f"p{n}=1" for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)
        )
        response = self.client.get(f"{DRAFT}/units/?{many}")
        self.assertProblem(response, 400, "bad_request")

    def test_headers_with_strange_values(self):
        for name in ("if-none-match", "accept", "if-match", "x-csrftoken"):
            for value in ("", ",", '"', "W/", "*,*", "\xff", "a" * 5000):
                with self.subTest(name=name, value=value[:9]):
                    response = self.client.get(
                        self.unit_url("8.2"), headers={name: value}
                    )
                    self.assertIn(response.status_code, (200, 304, 406))

    def test_a_text_of_markup_is_kept_as_text(self):
        text = '<script>alert(1)</script> & "comillas" \u2028 \U0001f600'
        response = self.post(
            json.dumps({"text": text, "unit_code": "8.3", "reason": "x"})
        )
        self.assertEqual(response.status_code, 201)
        self.assertEqual(response.json()["text"], " ".join(text.split()))


class UntouchedTests(DraftTestCase):
    def test_a_failed_write_leaves_the_connection_usable(self):
        self.client.post(f"{DRAFT}/units/", {"name": "x"})
        self.assertFalse(connection.needs_rollback)
        with transaction.atomic():
            self.assertEqual(Function.objects.count(), 5)
