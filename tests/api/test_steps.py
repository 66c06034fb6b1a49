"""The steps of an edition's life: what each does, and is refused for alone."""

import datetime

from exchange.services import duplicate_edition
from functions.services import change_function
from manuals.dates import today
from manuals.models import Edition
from manuals.permissions import OPERATOR
from manuals.services import (
    send_back_edition,
    submit_edition,
)
from tests.api.support import API, DRAFT, StepTestCase, client_of
from tests.factories import (
    REASON,
    authorise,
    fill_empty_units,
    make_edition,
    make_user,
)

DAY = datetime.date
WHO = {"user": OPERATOR, "reason": REASON}


class WholeLifeTests(StepTestCase):
    def test_two_people_take_a_copy_of_the_edition_in_force_to_authorised(self):
        """Through the API alone."""
        authorise(self.edition, DAY(2021, 3, 4))
        editor, base = client_of(self.editor), DRAFT
        copy = self.take("duplicate", self.editor, {"label": "borrador-2026"}, at=base)
        self.assertEqual(copy.status_code, 201, copy.content)
        draft = copy.headers["Location"].removeprefix("http://testserver").rstrip("/")
        self.assertEqual(draft, f"{API}/manuals/dir/editions/borrador-2026")

        changed = editor.patch(
            f"{draft}/",
            {
                "label": "2026",
                "ratified_on": "2026-02-01",
                "document_number": "09/002/2026",
                "reason": REASON,
            },
            headers={"if-match": copy.headers["ETag"]},
        )
        self.assertEqual(changed.status_code, 200, changed.content)
        draft = changed.headers["Content-Location"].removeprefix("http://testserver")
        draft = draft.rstrip("/")
        key = self.functions["other"].key
        address = f"{draft}/functions/{key}/"
        reworded = editor.patch(
            address,
            {"text": "Evaluar lo alcanzado.", "reason": REASON},
            headers={"if-match": self.etag(editor, address)},
        )
        self.assertEqual(reworded.status_code, 200, reworded.content)

        refused = self.take("submit", self.editor, at=draft)
        body = self.assertProblem(refused, 409, "notes_missing")
        self.assertIn("8.3 Coordinación 8.3", body["detail"])
        edition = Edition.objects.get(label="2026")
        (missing,) = editor.get(f"{draft}/readiness/").json()["missing"]
        address = missing["units"][0]["note_url"].removeprefix("http://testserver")
        noted = editor.put(
            address,
            {"text": "Nueva ley."},
            headers={"if-match": self.etag(editor, address)},
        )
        self.assertEqual(noted.status_code, 200, noted.content)
        self.assertEqual(self.take("submit", self.editor, at=draft).status_code, 200)
        authorised = self.take(
            "authorise", self.authoriser, {"effective_from": "2026-03-01"}, at=draft
        )
        self.assertEqual(authorised.status_code, 200, authorised.content)
        self.assertEqual(
            authorised.json()["edition"],
            {
                "manual": "dir",
                "label": "2026",
                "status": "authorised",
                "effective_from": "2026-03-01",
                "effective_to": None,
            },
        )
        current = f"{API}/manuals/dir/editions/current"
        for day, label in (("2026-02-28", "2024"), ("2026-03-01", "2026")):
            # Everybody reads it, and the one before answers for the days before.
            found = self.client.get(f"{current}/functions/{key}/?on={day}").json()
            self.assertEqual(found["edition"]["label"], label)
        self.assertEqual(
            list(edition.transitions.values_list("step", "user", "comment")),
            [
                ("duplicated", self.editor.pk, REASON),
                ("submitted", self.editor.pk, REASON),
                ("authorised", self.authoriser.pk, REASON),
            ],
        )
        again = editor.patch(
            f"{draft}/", {"label": "x", "reason": REASON}, headers={"if-match": "*"}
        )
        self.assertProblem(again, 409, "edition_closed")


class SubmitTests(StepTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        fill_empty_units(cls.edition)

    def test_closes_the_draft_and_says_who_and_why(self):
        response = self.take("submit", self.editor, {"reason": " Listo. "})
        body = self.assertTaken(response, "review")
        self.assertEqual(
            response.headers["Content-Location"], f"http://testserver{DRAFT}/"
        )
        self.assertEqual(
            response.headers["ETag"], self.etag(client_of(self.editor), f"{DRAFT}/")
        )
        self.assertEqual(response.headers["Cache-Control"], "private, no-store")
        step = self.edition.transitions.get()
        self.assertEqual((step.step, step.user), ("submitted", self.editor))
        self.assertEqual(step.comment, "Listo.")
        self.assertEqual(datetime.datetime.fromisoformat(body["status_since"]), step.at)

    def test_names_the_units_whose_change_has_no_note_and_writes_nothing(self):
        base = authorise(self.edition)
        draft = duplicate_edition(edition=base, label="2030", **WHO)
        change_function(
            function=draft.functions.get(key=self.functions["first"].key),
            text="Otra.",
            **WHO,
        )
        response = self.take(
            "submit", self.editor, at=f"{API}/manuals/dir/editions/2030"
        )
        body = self.assertProblem(response, 409, "notes_missing")
        self.assertIn("8.2 Coordinación 8.2", body["detail"])
        draft.refresh_from_db()
        self.assertEqual((draft.status, draft.submitted_by), ("draft", None))
        self.assertEqual(draft.transitions.count(), 1)

    def test_content_is_closed_in_review(self):
        self.assertTaken(self.take("submit", self.editor), "review")
        response = client_of(self.editor).patch(
            f"{DRAFT}/units/8.2/", {"name": "Otra", "reason": REASON}
        )
        self.assertProblem(response, 409, "edition_closed")


class SendBackTests(StepTestCase):
    def setUp(self):
        submit_edition(edition=self.edition, user=self.editor)

    def test_makes_it_a_draft_again_with_the_reason(self):
        response = self.take("send-back", self.revisor, {"reason": "Falta 8.2"})
        self.assertTaken(response, "draft")
        self.assertIsNone(self.edition.submitted_by)
        step = self.edition.transitions.get(step="sent_back")
        self.assertEqual((step.user, step.comment), (self.revisor, "Falta 8.2"))

    def test_the_reason_is_not_left_out(self):
        for reason in ("", "   ", None, 3):
            with self.subTest(reason=reason):
                response = self.take("send-back", self.revisor, {"reason": reason})
                body = self.assertProblem(response, 400, "invalid")
                self.assertEqual(body["errors"][0]["pointer"], "#/reason")
        self.assertUntouched("review", ["submitted"])


class AuthoriseTests(StepTestCase):
    BODY = {"effective_from": "2024-04-01"}

    def setUp(self):
        submit_edition(edition=self.edition, user=self.editor)

    def test_makes_it_lasting_and_public_from_its_day(self):
        response = self.take("authorise", self.authoriser, self.BODY)
        body = self.assertTaken(response, "authorised")
        self.assertEqual(body["edition"]["effective_from"], "2024-04-01")
        self.assertIsNone(body["status_since"])
        self.assertEqual(response.headers["Cache-Control"], "private, no-cache")
        public = self.client.get(f"{DRAFT}/")
        self.assertEqual(public.headers["ETag"], response.headers["ETag"])

    def test_whoever_submitted_it_is_told_that_it_takes_another_person(self):
        both = make_user("superuser")
        send_back_edition(edition=self.edition, user=self.revisor, comment="No")
        submit_edition(edition=self.edition, user=both)
        response = self.take("authorise", both, self.BODY)
        body = self.assertProblem(response, 403, "second_person_required")
        self.assertIn("otra persona", body["detail"])
        self.assertUntouched("review", ["submitted", "sent_back", "submitted"])

    def test_ends_the_edition_in_force_the_day_before(self):
        base = authorise(make_edition("2021"), DAY(2021, 3, 4))
        self.assertTaken(
            self.take("authorise", self.authoriser, self.BODY), "authorised"
        )
        base.refresh_from_db()
        self.assertEqual(base.effective_to, DAY(2024, 3, 31))
        step = base.transitions.get(step="closed")
        self.assertEqual(step.user, self.authoriser)

    def test_editions_that_would_be_in_force_at_once_are_refused_and_named(self):
        base = authorise(make_edition("2021"), DAY(2021, 3, 4))
        for day in ("2021-03-04", "2020-01-01"):
            with self.subTest(day=day):
                response = self.take(
                    "authorise", self.authoriser, {"effective_from": day}
                )
                body = self.assertProblem(response, 409, "editions_overlap")
                self.assertIn("2021", body["detail"])
        self.assertUntouched("review", ["submitted"])
        base.refresh_from_db()
        self.assertIsNone(base.effective_to)

    def test_a_day_after_the_last_one_planned_is_refused_without_closing_another(self):
        base = authorise(make_edition("2021"), DAY(2021, 3, 4))
        Edition.objects.filter(pk=self.edition.pk).update(effective_to=DAY(2024, 1, 1))
        response = self.take("authorise", self.authoriser, self.BODY)
        body = self.assertProblem(response, 400, "invalid")
        self.assertIn("fin de la vigencia", body["errors"][0]["detail"])
        self.assertUntouched("review", ["submitted"])
        base.refresh_from_db()
        self.assertIsNone(base.effective_to)
        self.assertFalse(base.transitions.filter(step="closed").exists())

    def test_days_that_are_none(self):
        cases = {
            "required": ({},),
            "invalid": tuple(
                {"effective_from": day}
                for day in ("", "hoy", "2024-02-30", 20240401, [], {}, True)
            ),
            "null": ({"effective_from": None},),
            "too_early": tuple(
                {"effective_from": day} for day in ("0001-01-01", "0204-04-01")
            ),
        }
        for code, bodies in cases.items():
            for body in bodies:
                with self.subTest(body=body):
                    response = self.take("authorise", self.authoriser, body)
                    found = self.assertProblem(response, 400, "invalid")
                    self.assertPointers(found, {("#/effective_from", code)})
        self.assertUntouched("review", ["submitted"])

    def test_what_was_sent_back_and_submitted_again_is_another_version(self):
        seen = self.etag(client_of(self.authoriser), f"{DRAFT}/")
        send_back_edition(edition=self.edition, user=self.revisor, comment="Falta")
        change_function(function=self.functions["first"], text="Otra.", **WHO)
        submit_edition(edition=self.edition, user=self.editor)
        response = self.take("authorise", self.authoriser, self.BODY, if_match=seen)
        self.assertProblem(response, 412, "stale")
        self.assertUntouched("review", ["submitted", "sent_back", "submitted"])


class WithdrawTests(StepTestCase):
    def setUp(self):
        authorise(self.edition, DAY(2021, 3, 4))

    def test_ends_it_on_the_day_said_and_keeps_it_readable(self):
        response = self.take(
            "withdraw", self.authoriser, {"withdrawn_on": "2024-05-01"}
        )
        body = self.assertTaken(response, "withdrawn")
        self.assertEqual(body["withdrawn_on"], "2024-05-01")
        current = f"{API}/manuals/dir/editions/current/"
        self.assertEqual(self.client.get(f"{current}?on=2024-04-30").status_code, 200)
        self.assertProblem(self.client.get(current), 404, "not_found")
        self.assertEqual(self.client.get(f"{DRAFT}/").status_code, 200)

    def test_today_unless_said(self):
        body = self.assertTaken(self.take("withdraw", self.authoriser), "withdrawn")
        self.assertEqual(body["withdrawn_on"], today().isoformat())

    def test_a_year_that_was_mistyped_is_refused(self):
        response = self.take(
            "withdraw", self.authoriser, {"withdrawn_on": "0001-01-01"}
        )
        body = self.assertProblem(response, 400, "invalid")
        self.assertPointers(body, {("#/withdrawn_on", "too_early")})
        self.assertUntouched("authorised", ["recorded"])
