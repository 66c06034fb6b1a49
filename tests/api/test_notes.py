"""Change notes: read like their edition, written in drafts."""

from exchange.services import duplicate_edition
from functions.services import change_function
from manuals.models import BranchGrant
from manuals.permissions import OPERATOR
from review.models import ChangeNote
from tests.api.support import API, StepTestCase, client_of
from tests.factories import REASON, authorise, make_user
from units.services import delete_unit

WHO = {"user": OPERATOR, "reason": REASON}
AT = f"{API}/manuals/dir/editions/2030"
SITE = "http://testserver"


class NoteTestCase(StepTestCase):
    # 2024, authorised: 8.1 > 8.2 > 8.2.1, 8.2.2;  8.3
    # 2030, its draft: a function of 8.2 reworded, 8.3 suppressed
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        authorise(cls.edition)
        cls.draft = duplicate_edition(edition=cls.edition, label="2030", **WHO)
        change_function(
            function=cls.draft.functions.get(key=cls.functions["first"].key),
            text="Otra.",
            **WHO,
        )
        delete_unit(unit=cls.draft.units.get(code="8.3"), **WHO)

    def url(self, code):
        return f"{AT}/notes/{self.units[code].key}/"

    def write(self, code, body, *, user=None, **headers):
        client = client_of(user or self.editor)
        headers.setdefault("if_match", self.etag(client, self.url(code)))
        return client.put(self.url(code), body, headers=headers)


class WriteNoteTests(NoteTestCase):
    def test_a_note_is_empty_until_it_is_written(self):
        client = client_of(self.editor)
        empty = {
            "edition": {
                "manual": "dir",
                "label": "2030",
                "status": "draft",
                "effective_from": None,
                "effective_to": None,
            },
            "unit_key": str(self.units["8.2"].key),
            "unit_code": "8.2",
            "unit_name": "Coordinación 8.2",
            "text": None,
            "minor": False,
            "url": SITE + self.url("8.2"),
        }
        self.assertEqual(client.get(self.url("8.2")).json(), empty)
        response = self.write("8.2", {"text": " Nueva ley. "})
        self.assertEqual(response.status_code, 200, response.content)
        self.assertEqual(response.json(), {**empty, "text": "Nueva ley."})
        self.assertEqual(response.headers["ETag"], self.etag(client, self.url("8.2")))
        row = ChangeNote.history.get()
        self.assertEqual(row.history_user, self.editor)
        self.assertEqual(row.history_change_reason, "Nueva ley.")

    def test_writing_again_replaces_it(self):
        self.write("8.2", {"text": "Nueva ley."})
        response = self.write("8.2", {"minor": True})
        self.assertEqual(response.status_code, 200, response.content)
        note = ChangeNote.objects.get()
        self.assertEqual((note.text, note.minor), ("", True))
        self.assertEqual(
            ChangeNote.history.latest("history_id").history_change_reason,
            "Cambio menor",
        )

    def test_a_suppressed_unit_has_its_note_too(self):
        response = self.write("8.3", {"text": "Se extingue."})
        self.assertEqual(response.status_code, 200, response.content)
        self.assertEqual(response.json()["unit_code"], "8.3")

    def test_the_list_is_in_reading_order_and_what_is_gone_comes_last(self):
        for code in ("8.3", "8.2.2", "8.2"):
            self.write(code, {"text": f"De {code}."})
        body = client_of(self.editor).get(f"{AT}/notes/").json()
        self.assertEqual(
            [(one["unit_code"], one["text"]) for one in body["results"]],
            [("8.2", "De 8.2."), ("8.2.2", "De 8.2.2."), ("8.3", "De 8.3.")],
        )
        self.assertEqual(body["count"], 3)

    def test_no_text_is_enough_for_a_minor_change_only(self):
        for body in ({}, {"text": ""}, {"text": "  ", "minor": False}):
            with self.subTest(body=body):
                response = self.write("8.2", body)
                problem = self.assertProblem(response, 400, "invalid")
                self.assertIn("motivo", problem["errors"][0]["detail"])
        for body, pointer in (
            ({"text": 1}, "#/text"),
            ({"text": None}, "#/text"),
            ({"text": "x", "minor": "true"}, "#/minor"),
            ({"text": "x", "minor": 1}, "#/minor"),
            ({"text": "x", "minor": None}, "#/minor"),
            ({"text": "x", "reason": "y"}, "#/reason"),
        ):
            with self.subTest(body=body):
                response = self.write("8.2", body)
                problem = self.assertProblem(response, 400, "invalid")
                self.assertEqual(problem["errors"][0]["pointer"], pointer)
        self.assertFalse(ChangeNote.objects.exists())

    def test_the_version_is_demanded(self):
        body = {"text": "Nueva ley."}
        response = self.write("8.2", body, if_match="")
        self.assertProblem(response, 428, "precondition_required")
        seen = self.etag(client_of(self.editor), self.url("8.2"))
        self.write("8.2", body)
        self.assertProblem(
            self.write("8.2", {"text": "Tarde."}, if_match=seen), 412, "stale"
        )
        self.assertEqual(ChangeNote.objects.get().text, "Nueva ley.")

    def test_units_that_there_are_not(self):
        client = client_of(self.editor)
        address = f"{AT}/notes/{self.draft.key}/"
        for method, query, body in (
            ("get", "", None),
            ("put", "", {"text": "x"}),
            ("delete", "?reason=x", None),
        ):
            with self.subTest(method=method):
                response = getattr(client, method)(
                    address + query, body, headers={"if-match": "*"}
                )
                self.assertProblem(response, 404, "not_found")

    def test_taking_a_note_back(self):
        self.write("8.2", {"text": "Nueva ley."})
        client = client_of(self.editor)
        address = f"{self.url('8.2')}?reason=Error"
        for expected in (204, 404):
            headers = {"if-match": self.etag(client, self.url("8.2"))}
            response = client.delete(address, headers=headers)
            self.assertEqual(response.status_code, expected, response.content)
        self.assertFalse(ChangeNote.objects.exists())


class NoteRightsTests(NoteTestCase):
    def test_who_writes_one(self):
        here = make_user("editor")
        BranchGrant.objects.create(
            user=here, manual=self.draft.manual, unit_key=self.units["8.2"].key
        )
        for user, inside, outside in (
            (None, 401, 401),
            (make_user(), 404, 404),
            (make_user("lector"), 403, 403),
            (self.revisor, 403, 403),
            (self.authoriser, 403, 403),
            (here, 200, 403),
            (self.editor, 200, 200),
            (make_user("superuser"), 200, 200),
        ):
            for code, status in (("8.2.1", inside), ("8.3", outside)):
                with self.subTest(user=user, code=code):
                    response = client_of(user).put(
                        self.url(code), {"text": "x"}, headers={"if-match": "*"}
                    )
                    self.assertEqual(response.status_code, status, response.content)

    def test_are_closed_in_review_and_public_once_authorised(self):
        for code in ("8.2", "8.3"):
            self.write(code, {"text": "Nueva ley."})
        self.take("submit", self.editor, at=AT)
        response = self.write("8.2", {"text": "Tarde."})
        self.assertProblem(response, 409, "edition_closed")
        self.assertProblem(self.client.get(f"{AT}/notes/"), 404, "not_found")
        authorised = self.take(
            "authorise", self.authoriser, {"effective_from": "2030-01-01"}, at=AT
        )
        self.assertEqual(authorised.status_code, 200, authorised.content)
        public = self.client.get(f"{AT}/notes/")
        self.assertEqual(
            [one["unit_code"] for one in public.json()["results"]][0], "8.2"
        )
        self.assertEqual(public.headers["Cache-Control"][:6], "public")
        self.assertNotIn(self.editor.get_full_name(), public.content.decode())

    def test_a_base_that_is_still_a_draft_tells_the_public_nothing(self):
        copy = duplicate_edition(edition=self.draft, label="2031", **WHO)
        unit = copy.units.get(code="8.2.2")
        ChangeNote.objects.create(edition=copy, unit_key=unit.key, text="Se extingue.")
        delete_unit(unit=unit, **WHO)
        authorise(copy, copy.ratified_on.replace(year=2031))
        address = f"{API}/manuals/dir/editions/2031/notes/"
        (note,) = self.client.get(address).json()["results"]
        self.assertEqual((note["unit_code"], note["unit_name"]), (None, None))
        (note,) = client_of(self.editor).get(address).json()["results"]
        self.assertEqual(note["unit_name"], "Coordinación 8.2.2")
