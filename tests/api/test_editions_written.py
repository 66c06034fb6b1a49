"""The data of a draft changed, an edition duplicated, a draft discarded."""

import datetime

from exchange.services import duplicate_edition
from functions.models import Function
from manuals.models import Edition
from manuals.permissions import OPERATOR
from tests.api.support import API, DRAFT, StepTestCase, client_of
from tests.factories import REASON, authorise, make_edition
from units.models import Unit
from units.trees import problems_of

DAY = datetime.date
EDITIONS = f"{API}/manuals/dir/editions"


class ChangeTests(StepTestCase):
    def change(self, fields, **headers):
        client = client_of(self.editor)
        headers.setdefault("if_match", self.etag(client, f"{DRAFT}/"))
        return client.patch(f"{DRAFT}/", {"reason": REASON, **fields}, headers=headers)

    def test_changes_what_it_names_and_leaves_the_rest(self):
        fields = {
            "numbering": "bullets",
            "effective_from": "2024-04-01",
            "effective_to": "2025-04-01",
            "authorised_by": "Luz Gómez",
            "authorised_position": "Titular de la Unidad",
            "authorisation_text": "Se *autoriza*.",
            "elaborated_by": "Eva",
            "reviewed_by": "Ana",
            "ratified_on": "2024-03-04",
            "document_number": "09/9/2024",
            "document_date": "2024-03-01",
        }
        for name, value in fields.items():
            with self.subTest(field=name):
                before = client_of(self.editor).get(f"{DRAFT}/").json()
                response = self.change({name: value})
                self.assertEqual(response.status_code, 200, response.content)
                expected = {**before, "edition": {**before["edition"]}}
                within = expected["edition"] if name in before["edition"] else expected
                self.assertNotEqual(within[name], value)
                within[name] = value
                self.assertEqual(response.json(), expected)
                self.assertEqual(
                    response.headers["ETag"],
                    self.etag(client_of(self.editor), f"{DRAFT}/"),
                )
        row = Edition.history.filter(id=self.edition.pk).latest("history_id")
        self.assertEqual(row.history_user, self.editor)
        self.assertEqual(row.history_change_reason, REASON)

    def test_null_and_an_empty_text_clear_what_may_be_empty(self):
        for name, empty in (
            ("document_number", None),
            ("authorised_by", ""),
            ("ratified_on", None),
        ):
            with self.subTest(field=name):
                response = self.change({name: empty})
                self.assertEqual(response.status_code, 200, response.content)
                self.assertIsNone(response.json()[name])

    def test_another_label_is_another_address(self):
        response = self.change({"label": "2025"})
        self.assertEqual(
            response.headers["Content-Location"], f"http://testserver{EDITIONS}/2025/"
        )
        self.assertProblem(client_of(self.editor).get(f"{DRAFT}/"), 404, "not_found")

    def test_labels_that_cannot_be_are_refused(self):
        make_edition("2021")
        for label, pointer in (
            ("current", "#/label"),
            ("a", "#/label"),
            ("comparar", "#/label"),
            ("Año 1", "#/label"),
            ("x" * 41, "#/label"),
            ("", "#/label"),
            (2025, "#/label"),
            ("2021", "#"),
        ):
            with self.subTest(label=label):
                body = self.assertProblem(self.change({"label": label}), 400, "invalid")
                self.assertEqual(body["errors"][0]["pointer"], pointer)
        self.edition.refresh_from_db()
        self.assertEqual(self.edition.label, "2024")

    def test_fields_that_are_not_to_be_written_are_refused(self):
        for field in (
            "status",
            "functions_chapter",
            "withdrawn_on",
            "submitted_by",
            "base",
            "key",
            "manual",
        ):
            with self.subTest(field=field):
                body = self.assertProblem(self.change({field: "x"}), 400, "invalid")
                self.assertPointers(body, {(f"#/{field}", "unknown_field")})

    def test_values_of_another_type_are_refused(self):
        for field in ("authorised_by", "numbering", "effective_from", "label"):
            for value in (1, True, [], {}, "x" * 30_000):
                with self.subTest(field=field, value=str(value)[:5]):
                    body = self.assertProblem(
                        self.change({field: value}), 400, "invalid"
                    )
                    self.assertEqual(body["errors"][0]["pointer"], f"#/{field}")

    def test_an_end_before_the_beginning_is_refused(self):
        fields = {"effective_from": "2024-04-02", "effective_to": "2024-04-01"}
        body = self.assertProblem(self.change(fields), 400, "invalid")
        self.assertIn("fin de la vigencia", body["errors"][0]["detail"])
        self.edition.refresh_from_db()
        self.assertIsNone(self.edition.effective_from)

    def test_nothing_to_change_is_refused(self):
        body = self.assertProblem(self.change({}), 400, "invalid")
        self.assertPointers(body, {("#", "nothing_to_change")})

    def test_the_version_is_demanded(self):
        fields = {"document_number": "1"}
        response = self.change(fields, if_match="")
        self.assertProblem(response, 428, "precondition_required")
        seen = self.etag(client_of(self.editor), f"{DRAFT}/")
        self.assertEqual(self.change(fields).status_code, 200)
        response = self.change({"document_number": "2"}, if_match=seen)
        self.assertProblem(response, 412, "stale")
        self.edition.refresh_from_db()
        self.assertEqual(self.edition.document_number, "1")


class DuplicateTests(StepTestCase):
    def test_copies_everything_into_a_draft_that_starts_from_it(self):
        authorise(self.edition, DAY(2021, 3, 4))
        response = self.take("duplicate", self.editor, {"label": "2026"})
        self.assertEqual(response.status_code, 201, response.content)
        self.assertEqual(
            response.headers["Location"], f"http://testserver{EDITIONS}/2026/"
        )
        self.assertEqual(
            response.headers["ETag"],
            self.etag(client_of(self.editor), f"{EDITIONS}/2026/"),
        )
        self.assertEqual(
            response.json()["edition"],
            {
                "manual": "dir",
                "label": "2026",
                "status": "draft",
                "effective_from": None,
                "effective_to": None,
            },
        )
        draft = Edition.objects.get(label="2026")
        self.assertEqual(draft.base, self.edition)
        for rows in (Unit, Function):
            keys = [
                set(rows.objects.for_edition(one).values_list("key", flat=True))
                for one in (self.edition, draft)
            ]
            self.assertEqual(*keys)
            self.assertTrue(keys[0])
        self.assertEqual(problems_of(draft), [])

    def test_the_edition_in_force_by_its_other_name(self):
        authorise(self.edition, DAY(2021, 3, 4))
        response = self.take(
            "duplicate", self.editor, {"label": "2026"}, at=f"{EDITIONS}/current"
        )
        self.assertEqual(response.status_code, 201, response.content)
        self.assertEqual(Edition.objects.get(label="2026").base, self.edition)

    def test_a_label_that_is_taken_or_malformed_is_refused_and_nothing_copied(self):
        for label in ("2024", "current", "Dos Mil", "", None, 2026):
            with self.subTest(label=label):
                response = self.take("duplicate", self.editor, {"label": label})
                self.assertProblem(response, 400, "invalid")
        self.assertEqual(Edition.objects.count(), 1)
        self.assertEqual(Unit.objects.count(), 5)

    def test_label_and_reason_are_both_demanded(self):
        response = client_of(self.editor).post(f"{DRAFT}/duplicate/", {})
        body = self.assertProblem(response, 400, "invalid")
        self.assertPointers(body, {("#/label", "required"), ("#/reason", "required")})


class DiscardTests(StepTestCase):
    def discard(self, address=f"{DRAFT}/", **headers):
        client = client_of(self.editor)
        headers.setdefault("if_match", self.etag(client, address))
        return client.delete(f"{address}?reason=Ya no hace falta", headers=headers)

    def test_deletes_the_draft_with_its_content_and_keeps_the_histories(self):
        response = self.discard()
        self.assertEqual(response.status_code, 204, response.content)
        self.assertEqual(response.content, b"")
        for rows in (Edition, Unit, Function):
            self.assertFalse(rows.objects.exists())
            last = rows.history.filter(history_type="-").latest("history_id")
            self.assertEqual(last.history_user, self.editor)
            self.assertEqual(last.history_change_reason, "Ya no hace falta")
        again = client_of(self.editor).get(f"{DRAFT}/")
        self.assertProblem(again, 404, "not_found")

    def test_the_reason_and_the_version_are_demanded(self):
        client = client_of(self.editor)
        body = self.assertProblem(client.delete(f"{DRAFT}/"), 400, "invalid_query")
        self.assertPointers(body, {("reason", "required")})
        self.assertProblem(self.discard(if_match=""), 428, "precondition_required")
        self.assertProblem(self.discard(if_match='"otra"'), 412, "stale")
        self.assertTrue(Edition.objects.exists())

    def test_a_draft_that_another_one_starts_from_is_blocked_and_the_other_named(self):
        duplicate_edition(
            edition=self.edition, label="2026", user=OPERATOR, reason=REASON
        )
        body = self.assertProblem(self.discard(), 409, "blocked")
        self.assertIn("2026", body["detail"])
        self.assertEqual(Unit.objects.for_edition(self.edition).count(), 5)

    def test_an_authorised_edition_is_never_discarded(self):
        authorise(self.edition)
        self.assertProblem(self.discard(if_match="*"), 409, "edition_closed")
        self.assertTrue(Edition.objects.exists())
