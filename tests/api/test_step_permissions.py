"""Who may take which step of an edition's life, from each of its states, as a table."""

import datetime

import pytest
from django.db import transaction

from manuals.models import BranchGrant, Edition, Transition
from manuals.services import submit_edition
from tests.api.support import DRAFT, ApiTestCase, client_of, make_small_manual
from tests.factories import REASON, authorise, make_function, make_user

OK = None  # a success, of whatever kind

PEOPLE = (
    "anonymous",
    "persona",
    "lector",
    "revisor",
    "autorizador",
    "editor_here",
    "editor",
    "superuser",
    "submitter",  # a superuser; submitted what is in review
)
TABLE = {
    "draft": {
        #             anon none lector rev. aut. here editor super subm.
        "change": (401, 404, 403, 403, 403, 403, OK, OK, OK),
        "submit": (401, 404, 403, 403, 403, 403, OK, OK, OK),
        "send-back": (401, 404, 403, 409, 409, 403, 403, 409, 409),
        "authorise": (401, 404, 403, 403, 409, 403, 403, 409, 409),
        "withdraw": (401, 404, 403, 403, 409, 403, 403, 409, 409),
        "duplicate": (401, 404, 403, 403, 403, 403, OK, OK, OK),
        "discard": (401, 404, 403, 403, 403, 403, OK, OK, OK),
    },
    "review": {
        "change": (401, 404, 403, 403, 403, 403, 409, 409, 409),
        "submit": (401, 404, 403, 403, 403, 403, 409, 409, 409),
        "send-back": (401, 404, 403, OK, OK, 403, 403, OK, OK),
        "authorise": (401, 404, 403, 403, OK, 403, 403, OK, 403),
        "withdraw": (401, 404, 403, 403, 409, 403, 403, 409, 409),
        "duplicate": (401, 404, 403, 403, 403, 403, OK, OK, OK),
        "discard": (401, 404, 403, 403, 403, 403, 409, 409, 409),
    },
    "authorised": {
        "change": (401, 403, 403, 403, 403, 403, 409, 409, 409),
        "submit": (401, 403, 403, 403, 403, 403, 409, 409, 409),
        "send-back": (401, 403, 403, 409, 409, 403, 403, 409, 409),
        "authorise": (401, 403, 403, 403, 409, 403, 403, 409, 409),
        "withdraw": (401, 403, 403, 403, OK, 403, 403, OK, OK),
        "duplicate": (401, 403, 403, 403, 403, 403, OK, OK, OK),
        "discard": (401, 403, 403, 403, 403, 403, 409, 409, 409),
    },
}
BODIES = {
    "change": {"document_number": "1"},
    "submit": {},
    "send-back": {},
    "authorise": {"effective_from": "2024-04-01"},
    "withdraw": {},
    "duplicate": {"label": "copia"},
}


@pytest.mark.any_engine
class StepMatrixTests(ApiTestCase):
    # 8.1
    # ├── 8.2  the branch of editor_here
    # └── 8.3
    @classmethod
    def setUpTestData(cls):
        cls.edition, cls.units, _functions = make_small_manual()
        for empty in ("8.1", "8.2.1", "8.2.2"):  # an error, which blocks submission
            make_function(cls.units[empty], "Aplicar los programas.")
        cls.people = {
            "anonymous": None,
            "persona": make_user(),
            "editor_here": make_user("editor"),
            "submitter": make_user("superuser"),
        }
        for role in ("lector", "revisor", "autorizador", "editor", "superuser"):
            cls.people[role] = make_user(role)
        BranchGrant.objects.create(
            user=cls.people["editor_here"],
            manual=cls.edition.manual,
            unit_key=cls.units["8.2"].key,
        )
        cls.reader = make_user("lector")

    def status(self, person, step):
        """What the person is answered; whatever is written is undone."""
        headers = {"if_match": self.etag(client_of(self.reader), f"{DRAFT}/")}
        client = client_of(self.people[person])
        with transaction.atomic():
            before = self.content()
            if step == "discard":
                response = client.delete(f"{DRAFT}/?reason=x", headers=headers)
            else:
                method = client.patch if step == "change" else client.post
                path = "" if step == "change" else f"{step}/"
                body = {**BODIES[step], "reason": REASON}
                response = method(f"{DRAFT}/{path}", body, headers=headers)
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
            list(rows.objects.order_by("pk").values()) for rows in (Edition, Transition)
        ]

    def assertTable(self, state):
        table = TABLE[state]
        self.assertEqual(set(table), {*BODIES, "discard"})
        for step, expected in table.items():
            for person, status in zip(PEOPLE, expected, strict=True):
                with self.subTest(step=step, person=person):
                    self.assertEqual(self.status(person, step), status)

    def test_the_table_has_every_person(self):
        self.assertEqual(set(PEOPLE), set(self.people))

    def test_of_a_draft(self):
        self.assertTable("draft")

    def test_of_an_edition_in_review(self):
        submit_edition(edition=self.edition, user=self.people["submitter"])
        self.assertTable("review")

    def test_of_an_authorised_edition(self):
        authorise(self.edition, datetime.date(2021, 3, 4))
        self.assertTable("authorised")
