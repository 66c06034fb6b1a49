"""How an edition stands: the steps taken, the steps open, what is missing."""

import datetime

from exchange.services import duplicate_edition
from functions.services import change_function
from manuals.models import BranchGrant
from manuals.permissions import OPERATOR
from manuals.services import send_back_edition, submit_edition
from tests.api.support import API, DRAFT, StepTestCase, client_of
from tests.factories import REASON, authorise, make_edition, make_user
from units.services import delete_unit

DAY = datetime.date
WHO = {"user": OPERATOR, "reason": REASON}
SITE = "http://testserver"


class TransitionTests(StepTestCase):
    def test_say_who_when_and_why_in_order(self):
        submit_edition(edition=self.edition, user=self.editor, comment="Listo")
        send_back_edition(edition=self.edition, user=self.revisor, comment="Falta")
        submit_edition(edition=self.edition, user=OPERATOR)
        body = client_of(self.revisor).get(f"{DRAFT}/transitions/").json()
        self.assertEqual(
            [(one["step"], one["person"], one["comment"]) for one in body["results"]],
            [
                ("submitted", "Eva Ruiz", "Listo"),
                ("sent_back", self.revisor.username, "Falta"),
                ("submitted", None, None),
            ],
        )
        self.assertEqual(
            [datetime.datetime.fromisoformat(one["at"]) for one in body["results"]],
            list(self.edition.transitions.order_by("pk").values_list("at", flat=True)),
        )
        self.assertEqual((body["edition"]["label"], body["count"]), ("2024", 3))

    def test_come_in_pages(self):
        for _time in range(2):
            submit_edition(edition=self.edition, user=self.editor)
            send_back_edition(edition=self.edition, user=self.revisor, comment="No")
        client = client_of(self.revisor)
        address = f"{DRAFT}/transitions/?page_size=3"
        body = client.get(address).json()
        self.assertEqual((body["count"], len(body["results"])), (4, 3))
        last = client.get(body["next"]).json()
        self.assertEqual([one["step"] for one in last["results"]], ["sent_back"])

    def test_names_of_people_are_not_public(self):
        authorise(self.edition)
        for path in ("transitions", "readiness"):
            with self.subTest(path=path):
                response = self.client.get(f"{DRAFT}/{path}/")
                self.assertProblem(response, 401, "not_authenticated")
                self.assertEqual(
                    response.headers["WWW-Authenticate"], 'Bearer realm="api"'
                )
                persona = client_of(make_user()).get(f"{DRAFT}/{path}/")
                self.assertProblem(persona, 403, "permission_denied")
                lector = client_of(make_user("lector")).get(f"{DRAFT}/{path}/")
                self.assertEqual(lector.status_code, 200)
                self.assertEqual(lector.headers["Cache-Control"], "private, no-cache")

    def test_of_a_draft_are_hidden_with_it(self):
        for path in ("transitions", "readiness"):
            with self.subTest(path=path):
                address = f"{DRAFT}/{path}/"
                self.assertProblem(self.client.get(address), 401, "not_authenticated")
                persona = client_of(make_user()).get(address)
                self.assertProblem(persona, 404, "not_found")
                lector = client_of(make_user("lector")).get(address)
                self.assertEqual(lector.status_code, 200)
                self.assertEqual(lector.headers["Cache-Control"], "private, no-store")


class ReadinessTests(StepTestCase):
    def readiness(self, user, at=DRAFT, query=""):
        response = client_of(user).get(f"{at}/readiness/{query}")
        self.assertEqual(response.status_code, 200, response.content)
        return response.json()

    def steps(self, user):
        return [one["step"] for one in self.readiness(user)["steps"]]

    def test_says_which_steps_the_person_may_take_now(self):
        here = make_user("editor")
        BranchGrant.objects.create(
            user=here, manual=self.edition.manual, unit_key=self.units["8.2"].key
        )
        people = {
            "editor": self.editor,
            "here": here,
            "lector": make_user("lector"),
            "revisor": self.revisor,
            "autorizador": self.authoriser,
            "superuser": make_user("superuser"),
        }
        edits = ["change", "submit", "duplicate", "discard"]
        table = {
            "draft": (edits, [], [], [], [], edits),
            "review": (
                ["duplicate"],
                [],
                [],
                ["send_back"],
                ["authorise", "send_back"],
                ["authorise", "send_back", "duplicate"],
            ),
            "authorised": (
                ["duplicate"],
                [],
                [],
                [],
                ["withdraw"],
                ["withdraw", "duplicate"],
            ),
        }
        for status, expected in table.items():
            if status == "review":
                submit_edition(edition=self.edition, user=self.editor)
            elif status == "authorised":
                response = self.take(
                    "authorise", self.authoriser, {"effective_from": "2024-01-01"}
                )
                self.assertEqual(response.status_code, 200, response.content)
            for (name, person), steps in zip(people.items(), expected, strict=True):
                with self.subTest(status=status, person=name):
                    self.assertEqual(self.steps(person), steps)

    def test_whoever_submitted_it_does_not_see_the_step_of_authorising(self):
        both = make_user("superuser")
        submit_edition(edition=self.edition, user=both)
        self.assertEqual(self.steps(both), ["send_back", "duplicate"])
        (warning,) = self.readiness(both)["missing"]
        self.assertEqual(warning["code"], "second_person_required")
        self.assertFalse(warning["blocks"])

    def test_every_step_names_an_address_that_takes_it(self):
        for user, status in ((self.editor, "draft"), (self.authoriser, "review")):
            if status == "review":
                submit_edition(edition=self.edition, user=self.editor)
            client = client_of(user)
            for step in self.readiness(user)["steps"]:
                with self.subTest(step=step["step"]):
                    ask = getattr(client, step["method"].lower())
                    response = ask(f"{step['url']}", {}, headers={"if-match": '"x"'})
                    # Refused for the lack of a reason, not for the address or method.
                    self.assertEqual(response.status_code, 400, response.content)

    def test_names_the_units_whose_change_has_no_note(self):
        base = authorise(self.edition)
        draft = duplicate_edition(edition=base, label="2030", **WHO)
        change_function(
            function=draft.functions.get(key=self.functions["first"].key),
            text="Otra.",
            **WHO,
        )
        delete_unit(unit=draft.units.get(code="8.3"), **WHO)
        at = f"{API}/manuals/dir/editions/2030"
        body = self.readiness(self.editor, at)
        missing = {one["code"]: one for one in body["missing"]}
        self.assertEqual(set(missing), {"notes_missing", "stale_authorisation"})
        self.assertFalse(missing["stale_authorisation"]["blocks"])
        notes = missing["notes_missing"]
        self.assertTrue(notes["blocks"])
        self.assertIn("2 unidades", notes["text"])
        self.assertEqual(
            [(one["key"], one["code"], one["url"]) for one in notes["units"]],
            [
                (str(self.units["8.2"].key), "8.2", f"{SITE}{at}/units/8.2/"),
                (str(self.units["8.3"].key), "8.3", None),
            ],
        )
        self.assertEqual(
            notes["units"][1]["note_url"],
            f"{SITE}{at}/notes/{self.units['8.3'].key}/",
        )
        self.assertEqual(body["url"], f"{SITE}{at}/readiness/")

    def test_says_which_edition_authorising_would_end(self):
        base = authorise(make_edition("2021"), DAY(2021, 3, 4))
        stamp = {
            "manual": "dir",
            "label": "2021",
            "status": "authorised",
            "effective_from": "2021-03-04",
            "effective_to": None,
        }
        for query, day, closes in (
            ("?effective_from=2024-04-01", "2024-04-01", stamp),
            ("?effective_from=2020-04-01", "2020-04-01", None),
        ):
            with self.subTest(query=query):
                body = self.readiness(self.authoriser, query=query)
                self.assertEqual(
                    body["authorisation"], {"effective_from": day, "closes": closes}
                )
        self.edition.effective_from = DAY(2023, 1, 1)
        self.edition.save()
        body = self.readiness(self.authoriser)
        self.assertEqual(
            body["authorisation"], {"effective_from": "2023-01-01", "closes": stamp}
        )
        # Nothing was done by asking.
        base.refresh_from_db()
        self.assertIsNone(base.effective_to)

    def test_an_authorised_edition_has_nothing_more_to_be_ready_for(self):
        authorise(self.edition)
        body = self.readiness(self.authoriser)
        self.assertEqual((body["missing"], body["authorisation"]), ([], None))
        response = client_of(self.authoriser).get(
            f"{DRAFT}/readiness/?effective_from=2024-01-01"
        )
        problem = self.assertProblem(response, 400, "invalid_query")
        self.assertPointers(problem, {("effective_from", "already_authorised")})
