"""What every step of an edition's life is refused for: states, versions, bodies."""

import datetime
from unittest import mock

from manual_org.api.v1.views import editions as views
from manuals.models import Edition, Transition
from manuals.permissions import OPERATOR
from manuals.services import (
    discard_edition,
    submit_edition,
    withdraw_edition,
)
from tests.api.support import API, DRAFT, StepTestCase, client_of
from tests.factories import (
    REASON,
    authorise,
    make_edition,
)

DAY = datetime.date
WHO = {"user": OPERATOR, "reason": REASON}


class RefusalTests(StepTestCase):
    """What all steps share: states, versions, bodies."""

    # step -> (who may, further body, the state it leads from)
    STEPS = {
        "submit": ("editor", {}, "draft"),
        "send-back": ("revisor", {}, "review"),
        "authorise": ("authoriser", {"effective_from": "2024-04-01"}, "review"),
        "withdraw": ("authoriser", {}, "authorised"),
    }

    def steps(self):
        for step, (person, body, status) in self.STEPS.items():
            yield step, getattr(self, person), body, status

    def fresh(self, label, status):
        """The address of a new edition in a state, and the steps taken until there."""
        self.edition = make_edition(label)
        if status == "review":
            submit_edition(edition=self.edition, user=self.editor)
        elif status in ("authorised", "withdrawn"):
            # Each from a later day than the one before.
            authorise(self.edition, DAY(2030 + Edition.objects.count(), 1, 1))
        if status == "withdrawn":
            withdraw_edition(edition=self.edition, **WHO)
        taken = list(self.edition.transitions.values_list("step", flat=True))
        return f"{API}/manuals/dir/editions/{label}", taken

    def test_a_step_from_another_state_is_a_conflict_that_names_the_state(self):
        named = {
            "draft": "borrador",
            "review": "en revisión",
            "authorised": "autorizada",
            "withdrawn": "dada de baja",
        }
        for status, word in named.items():
            at, taken = self.fresh(f"x-{status}", status)
            for step, person, body, leads_from in self.steps():
                if leads_from == status:
                    continue
                with self.subTest(status=status, step=step):
                    response = self.take(step, person, body, at=at, if_match="*")
                    problem = self.assertProblem(response, 409, "invalid_transition")
                    self.assertIn(word, problem["detail"])
                    self.assertUntouched(status, taken)

    def test_a_version_is_demanded_and_an_old_one_refused(self):
        for step, person, body, status in self.steps():
            at, taken = self.fresh(f"x-{step}", status)
            for if_match, code, problem in (
                (False, 428, "precondition_required"),
                ("", 428, "precondition_required"),
                ('"otra"', 412, "stale"),
                ("W/" + self.etag(client_of(person), f"{at}/"), 412, "stale"),
            ):
                with self.subTest(step=step, if_match=if_match):
                    response = self.take(step, person, body, at=at, if_match=if_match)
                    self.assertProblem(response, code, problem)
                    self.assertUntouched(status, taken)
            with self.subTest(step=step, if_match="*"):
                response = self.take(step, person, body, at=at, if_match="*")
                self.assertEqual(response.status_code, 200, response.content)

    def test_names_that_a_step_does_not_have_are_refused(self):
        for step, person, body, status in self.steps():
            with self.subTest(step=step):
                at, taken = self.fresh(f"x-{step}", status)
                body = {**body, "status": "authorised"}
                problem = self.assertProblem(
                    self.take(step, person, body, at=at), 400, "invalid"
                )
                self.assertPointers(problem, {("#/status", "unknown_field")})
                self.assertUntouched(status, taken)

    def test_an_edition_discarded_meanwhile_is_gone(self):
        real = views.SubmitView.lock

        def discard(edition):
            discard_edition(edition=edition, **WHO)
            return real(edition)

        with mock.patch.object(views.SubmitView, "lock", staticmethod(discard)):
            response = self.take("submit", self.editor)
        self.assertProblem(response, 404, "not_found")

    def test_a_step_taken_meanwhile_is_a_conflict_even_for_any_version(self):
        real = views.SubmitView.lock

        def submit(edition):
            submit_edition(edition=edition, user=OPERATOR)
            return real(edition)

        with mock.patch.object(views.SubmitView, "lock", staticmethod(submit)):
            response = self.take("submit", self.editor, if_match="*")
        self.assertProblem(response, 409, "invalid_transition")

    def test_a_step_that_fails_half_way_leaves_nothing(self):
        submit_edition(edition=self.edition, user=self.editor)
        base = authorise(make_edition("2021"), DAY(2021, 3, 4))
        client = client_of(self.authoriser)
        client.raise_request_exception = False
        headers = {"if-match": self.etag(client, f"{DRAFT}/")}
        body = {"effective_from": "2024-04-01", "reason": REASON}
        with (
            mock.patch.object(views, "changed", side_effect=ZeroDivisionError),
            self.assertLogs("django.request", "ERROR"),
        ):
            response = client.post(f"{DRAFT}/authorise/", body, headers=headers)
        self.assertProblem(response, 500, "server_error")
        self.assertUntouched("review", ["submitted"])
        base.refresh_from_db()
        self.assertIsNone(base.effective_to)
        self.assertEqual(Transition.objects.filter(step="closed").count(), 0)
