"""Who may write what, as a table; sessions and tokens."""

import pytest
from django.db import transaction
from django.test import Client

from functions.models import Function
from manuals.models import BranchGrant
from manuals.services import submit_edition
from tests.api.support import (
    API,
    DRAFT,
    ApiTestCase,
    client_of,
    make_small_manual,
)
from tests.factories import REASON, authorise, make_user
from units.models import Unit

OK = None  # a success, of whatever kind

# Each write of 8.2 or of its function, and what each person is answered.
PEOPLE = (
    "anonymous",
    "persona",
    "lector",
    "revisor",
    "autorizador",
    "editor_elsewhere",
    "editor_here",
    "editor",
    "superuser",
)
DRAFT_TABLE = {
    #                     anon  none lector rev. aut.  else  here  editor super
    "unit create": (401, 404, 403, 403, 403, 403, OK, OK, OK),
    "unit change": (401, 404, 403, 403, 403, 403, OK, OK, OK),
    "unit change by key": (401, 404, 403, 403, 403, 403, OK, OK, OK),
    "unit move inside": (401, 404, 403, 403, 403, 403, OK, OK, OK),
    "unit delete inside": (401, 404, 403, 403, 403, 403, OK, OK, OK),
    # the place of a branch's top belongs to the unit above it
    "unit move": (401, 404, 403, 403, 403, 403, 403, OK, OK),
    "unit delete": (401, 404, 403, 403, 403, 403, 403, OK, OK),
    "functions replace": (401, 404, 403, 403, 403, 403, OK, OK, OK),
    "function create": (401, 404, 403, 403, 403, 403, OK, OK, OK),
    "function change": (401, 404, 403, 403, 403, 403, OK, OK, OK),
    "function change by key": (401, 404, 403, 403, 403, 403, OK, OK, OK),
    "function move": (401, 404, 403, 403, 403, 403, OK, OK, OK),
    "function move out": (401, 404, 403, 403, 403, 403, 403, OK, OK),
    "function delete": (401, 404, 403, 403, 403, 403, OK, OK, OK),
}
IN_REVIEW = (401, 404, 403, 403, 403, 409, 409, 409, 409)
AUTHORISED = (401, 403, 403, 403, 403, 409, 409, 409, 409)


@pytest.mark.any_engine
class WriteMatrixTests(ApiTestCase):
    # 8.1
    # ├── 8.2  the branch of editor_here
    # │   ├── 8.2.1
    # │   └── 8.2.2
    # └── 8.3  the branch of editor_elsewhere
    @classmethod
    def setUpTestData(cls):
        cls.edition, cls.units, cls.functions = make_small_manual()
        cls.people = {
            "anonymous": None,
            "persona": make_user(),
            "editor_elsewhere": make_user("editor"),
            "editor_here": make_user("editor"),
        }
        for role in ("lector", "revisor", "autorizador", "editor", "superuser"):
            cls.people[role] = make_user(role)
        for person, code in (("editor_elsewhere", "8.3"), ("editor_here", "8.2")):
            BranchGrant.objects.create(
                user=cls.people[person],
                manual=cls.edition.manual,
                unit_key=cls.units[code].key,
            )
        cls.reader = make_user("lector")

    def operations(self):
        """name -> (method, address, body, address whose version it changes)."""
        unit, inner = f"{DRAFT}/units/8.2/", f"{DRAFT}/units/8.2.1/"
        unit_key = f"{API}/units/{self.units['8.2'].key}/?edition=2024"
        function = f"{DRAFT}/functions/{self.functions['first'].key}/"
        function_key = f"{API}/functions/{self.functions['first'].key}/?edition=2024"
        new_unit = {"name": "Nueva", "kind": "Coordinación", "parent_code": "8.2"}
        return {
            "unit create": ("post", f"{DRAFT}/units/", new_unit, None),
            "unit change": ("patch", unit, {"name": "Otra"}, unit),
            "unit change by key": ("patch", unit_key, {"name": "Otra"}, unit),
            "unit move inside": ("post", f"{inner}move/", {"position": 2}, inner),
            "unit delete inside": ("delete", f"{inner}?reason=x", None, inner),
            "unit move": ("post", f"{unit}move/", {"position": 2}, unit),
            "unit delete": ("delete", f"{unit}?reason=x", None, unit),
            "functions replace": (
                "put",
                f"{unit}functions/",
                {"functions": [{"text": "Única."}]},
                f"{unit}functions/",
            ),
            "function create": (
                "post",
                f"{DRAFT}/functions/",
                {"text": "Nueva.", "unit_code": "8.2"},
                None,
            ),
            "function change": ("patch", function, {"text": "Otra."}, function),
            "function change by key": (
                "patch",
                function_key,
                {"text": "Otra."},
                function,
            ),
            "function move": ("post", f"{function}move/", {"position": 2}, function),
            "function move out": (
                "post",
                f"{function}move/",
                {"unit_code": "8.3"},
                function,
            ),
            "function delete": ("delete", f"{function}?reason=x", None, function),
        }

    def status(self, person, name):
        """What the person is answered; whatever is written is undone."""
        method, address, body, of = self.operations()[name]
        if body is not None:
            body = {**body, "reason": REASON}
        headers = {}
        if of is not None:
            headers["if_match"] = self.etag(client_of(self.reader), of)
        client = client_of(self.people[person])
        with transaction.atomic():
            before = self.content()
            response = getattr(client, method)(address, body, headers=headers)
            after = self.content()
            transaction.set_rollback(True)
        if response.status_code >= 400:
            self.assertEqual(after, before)
            self.assertEqual(
                response.headers["Content-Type"], "application/problem+json"
            )
            return response.status_code
        self.assertNotEqual(after, before)
        return OK

    def content(self):
        return [
            list(rows.objects.for_edition(self.edition).order_by("pk").values())
            for rows in (Unit, Function)
        ]

    def assertTable(self, table):
        for name, expected in table.items():
            for person, status in zip(PEOPLE, expected, strict=True):
                with self.subTest(operation=name, person=person):
                    self.assertEqual(self.status(person, name), status)

    def test_the_table_has_every_operation_and_person(self):
        self.assertEqual(set(DRAFT_TABLE), set(self.operations()))
        self.assertEqual(set(PEOPLE), set(self.people))

    def test_in_a_draft(self):
        self.assertTable(DRAFT_TABLE)

    def test_in_review_nobody_writes(self):
        submit_edition(edition=self.edition, user=self.people["editor"])
        self.assertTable(dict.fromkeys(DRAFT_TABLE, IN_REVIEW))

    def test_in_an_authorised_edition_nobody_writes(self):
        authorise(self.edition)
        self.assertTable(dict.fromkeys(DRAFT_TABLE, AUTHORISED))

    def test_the_refusal_of_a_closed_edition_comes_before_the_version(self):
        authorise(self.edition)
        client = client_of(self.people["editor"])
        response = client.patch(f"{DRAFT}/units/8.2/", {})
        body = self.assertProblem(response, 409, "edition_closed")
        self.assertIn("autorizada", body["detail"])


class SessionTests(ApiTestCase):
    """A browser's session writes too, with the CSRF token of its site."""

    @classmethod
    def setUpTestData(cls):
        cls.edition, cls.units, cls.functions = make_small_manual()
        cls.editor = make_user("editor")
        cls.address = f"{DRAFT}/units/8.2/"

    def setUp(self):
        self.client = Client(enforce_csrf_checks=True)
        self.client.force_login(self.editor)

    def patch(self, **headers):
        headers["if-match"] = self.etag(self.client, self.address)
        return self.client.patch(
            self.address,
            {"name": "Otra", "reason": REASON},
            content_type="application/json",
            headers=headers,
        )

    def test_reads_drafts(self):
        self.assertEqual(self.client.get(self.address).status_code, 200)

    def test_a_write_without_the_csrf_token_is_refused(self):
        self.assertProblem(self.patch(), 403, "csrf_failed")
        self.assertProblem(self.patch(**{"x-csrftoken": "x" * 32}), 403, "csrf_failed")

    def test_a_write_with_the_csrf_token_passes(self):
        token = "a" * 32
        self.client.cookies["csrftoken"] = token
        response = self.patch(**{"x-csrftoken": token})
        self.assertEqual(response.status_code, 200, response.content)

    def test_forms_of_other_sites_are_refused_before_they_are_read(self):
        response = self.client.post(
            f"{DRAFT}/functions/", {"text": "x", "unit_code": "8.2", "reason": "y"}
        )
        self.assertEqual(response.status_code, 403)
