"""What every address of the API refuses in the same way, method by method."""

from contextlib import contextmanager
from unittest import mock

from django.db import OperationalError
from django.test import override_settings
from django.urls import get_resolver, reverse
from rest_framework.exceptions import Throttled
from rest_framework.views import APIView

from manual_org.api.parsing import StrictJSONParser
from manual_org.api.v1.base import DraftMixin
from manual_org.api.v1.steps import StepView
from manual_org.api.views import View
from tests.api.support import API, DraftTestCase, client_of
from tests.api.test_permission_matrix import BODIES, METHODS, _below
from tests.factories import REASON, make_user

# A draft does not allow these: they are refused before the body is read.
NOT_OF_A_DRAFT = {"authorise", "send-back", "withdraw"}
STALE = '"00000000000000000000000000000000"'


class EveryAddressTests(DraftTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.superuser = make_user("superuser")

    def setUp(self):
        self.client = client_of(self.superuser)
        self.client.raise_request_exception = False

    def views(self):
        """(name, class, address in a draft) of every address."""
        for pattern in _below(get_resolver(), ""):
            view = pattern.callback.view_class
            if issubclass(view, View):  # and no page for people
                yield pattern.name, view, self.address(pattern.name)

    def address(self, name: str) -> str:
        of_function = name.startswith("function")
        thing = (self.functions["first"] if of_function else self.units["8.2"]).key
        given = {
            "slug": "dir",
            "label": "2024",
            "code": "8.2",
            "old": "2024",
            "new": "2024",
            "number": 1,
            "key": thing,
        }
        candidates = get_resolver("manual_org.api.v1.urls").reverse_dict.getlist(name)
        names = next(parameters for [(_route, parameters)], *_rest in candidates)
        address = reverse(f"api:v1:{name}", kwargs={one: given[one] for one in names})
        if name.endswith("-by-key"):
            address += "?edition=2024"
        return address

    def writes(self, *methods: str):
        """(operation, class, method, address) of what a draft takes."""
        for name, view, address in self.views():
            for method in methods:
                if hasattr(view, method) and name not in NOT_OF_A_DRAFT:
                    operation = f"{method.upper()} {name}"
                    yield operation, view, method, address

    def bodies(self):
        """Those that take JSON; forms are tested where they are read."""
        for one in self.writes("post", "put", "patch"):
            if StrictJSONParser in one[1].parser_classes:
                yield one

    def send(self, method: str, address: str, content, **options):
        options.setdefault("content_type", "application/json")
        return self.client.generic(
            method.upper(), address, content, headers={"if-match": "*"}, **options
        )

    def body_of(self, operation: str) -> dict | None:
        if operation.startswith("DELETE"):
            return None
        said = {} if operation.endswith(" note") else {"reason": REASON}
        if operation == "PUT unit-children":
            said["children"] = []
        return {**BODIES[operation], **said}

    def test_methods_that_it_does_not_have(self):
        for _name, view, address in self.views():
            offered = {method for method in METHODS if hasattr(view, method)}
            for method in (*METHODS, "trace"):
                if method in offered:
                    continue
                with self.subTest(address=address, method=method):
                    response = self.send(method, address, b"")
                    self.assertProblem(response, 405, "method_not_allowed")
                    allowed = set(response.headers["Allow"].lower().split(", "))
                    self.assertEqual(allowed - {"head", "options"}, offered)

    def test_bodies_of_another_media_type(self):
        for operation, _view, method, address in self.bodies():
            with self.subTest(operation):
                response = self.send(method, address, b"a=1", content_type="text/plain")
                problem = self.assertProblem(response, 415, "unsupported_media_type")
                self.assertEqual(problem["errors"][0]["header"], "Content-Type")

    def test_bodies_that_are_no_json_or_hold_what_no_text_holds(self):
        contents = (b"{", b'{"reason": "\\u0000"}', b'{"reason": "\\ud800"}')
        for operation, _view, method, address in self.bodies():
            with self.subTest(operation):
                for content in contents:
                    response = self.send(method, address, content)
                    problem = self.assertProblem(response, 400, "parse_error")
                    self.assertEqual(problem["errors"][0]["pointer"], "#")

    def test_bodies_of_another_type(self):
        for operation, _view, method, address in self.bodies():
            with self.subTest(operation):
                response = self.send(method, address, b"[]")
                problem = self.assertProblem(response, 400, "invalid")
                self.assertEqual(problem["errors"][0]["pointer"], "#")
                field = "text" if operation == "PUT note" else "reason"
                response = self.send(method, address, b'{"%s": 7}' % field.encode())
                problem = self.assertProblem(response, 400, "invalid")
                pointers = {error["pointer"] for error in problem["errors"]}
                self.assertIn(f"#/{field}", pointers)

    @override_settings(API_MAX_BODY_BYTES=100)
    def test_bodies_that_are_too_large(self):
        for operation, _view, method, address in self.bodies():
            with self.subTest(operation):
                response = self.send(
                    method, address, b'{"reason": "%s"}' % (b"x" * 100)
                )
                self.assertProblem(response, 413, "body_too_large")

    def test_changes_of_no_version_or_of_an_old_one(self):
        found = 0
        for operation, view, method, address in self.writes(*METHODS[1:]):
            with self.subTest(operation):
                if method == "post" and not view.conditional_post:
                    continue
                if method == "delete":
                    address += f"{'&' if '?' in address else '?'}reason={REASON}"
                body = self.body_of(operation)
                send = getattr(self.client, method)
                self.assertProblem(send(address, body), 428, "precondition_required")
                response = send(address, body, headers={"if-match": STALE})
                problem = self.assertProblem(response, 412, "stale")
                self.assertEqual(problem["errors"][0]["header"], "If-Match")
                found += 1
        self.assertGreaterEqual(found, 15)

    def test_a_closed_edition_names_itself(self):
        self.edition.status = "review"
        type(self.edition).objects.filter(pk=self.edition.pk).update(status="review")
        found = 0
        for operation, view, method, address in self.writes(*METHODS[1:]):
            with self.subTest(operation):
                if (
                    not issubclass(view, (DraftMixin, StepView))
                    or "duplicate" in address
                ):
                    continue
                if method == "delete":
                    address += f"{'&' if '?' in address else '?'}reason={REASON}"
                response = getattr(self.client, method)(
                    address, self.body_of(operation), headers={"if-match": "*"}
                )
                self.assertEqual(response.status_code, 409, response.content)
                (error,) = response.json()["errors"]
                self.assertIn(error["code"], ("edition_closed", "invalid_transition"))
                self.assertEqual(error["edition"]["label"], "2024")
                self.assertEqual(error["edition"]["status"], "review")
                found += 1
        self.assertGreaterEqual(found, 15)

    @contextmanager
    def failing(self, error):
        with mock.patch.object(View, "check_permissions", side_effect=error):
            yield

    def every_method(self):
        for _name, view, address in self.views():
            for method in METHODS:
                if hasattr(view, method):
                    yield f"{method} {address}", self.send(method, address, b"{}")

    def test_an_error_of_ours(self):
        with self.failing(ZeroDivisionError), self.assertLogs("django.request"):
            for asked, response in self.every_method():
                with self.subTest(asked):
                    self.assertProblem(response, 500, "server_error")

    def test_a_database_that_does_not_answer(self):
        with self.failing(OperationalError), self.assertLogs("manual_org.api.errors"):
            for asked, response in self.every_method():
                with self.subTest(asked):
                    self.assertProblem(response, 503, "unavailable")
                    self.assertTrue(response.headers["Retry-After"])

    def test_too_many_requests(self):
        error = Throttled(wait=3)
        with mock.patch.object(APIView, "check_throttles", side_effect=error):
            for asked, response in self.every_method():
                with self.subTest(asked):
                    self.assertProblem(response, 429, "throttled")
                    self.assertEqual(response.headers["Retry-After"], "3")

    def test_nobody_in_particular_writes_nothing(self):
        self.client = client_of()
        for operation, _view, method, address in self.writes(*METHODS[1:]):
            with self.subTest(operation):
                problem = self.assertProblem(
                    self.send(method, address, b"{}"), 401, "not_authenticated"
                )
                self.assertEqual(problem["errors"][0]["header"], "Authorization")

    def test_addresses_that_do_not_exist_for_every_method(self):
        for method in METHODS:
            self.assertProblem(self.send(method, f"{API}/x/", b""), 404, "not_found")
