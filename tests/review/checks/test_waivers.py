"""Waivers of findings: who gives them, what they say, and how long they hold."""

from django.test import TestCase

from exchange.services import duplicate_edition
from functions.services import change_function
from manuals.exceptions import NotAllowed, ReasonRequired
from manuals.models import BranchGrant
from manuals.permissions import OPERATOR
from review.checks.editions import check_edition
from review.models import Waiver
from review.submission import ErrorsFound, submit_edition
from review.waivers import WaiverGone, waive, withdraw_waiver
from tests.factories import REASON, authorise, make_function, make_tree, make_user
from units.services import change_unit

WHO = {"user": OPERATOR, "reason": REASON}


class WaiverTests(TestCase):
    # 8.1 > 8.2 (no final period), 8.3 (no final period)
    @classmethod
    def setUpTestData(cls):
        cls.units = make_tree("8.1 8.2 8.3")
        cls.edition = cls.units["8.1"].edition
        make_function(cls.units["8.1"], "Dirigir el SIPROB.")
        cls.function = make_function(cls.units["8.2"], "Planear las pruebas")
        make_function(cls.units["8.3"], "Evaluar las pruebas")
        cls.editor = make_user("editor")
        cls.of_branch = make_user("editor")
        BranchGrant.objects.create(
            user=cls.of_branch,
            manual=cls.edition.manual,
            unit_key=cls.units["8.2"].key,
        )

    def findings(self, rule="ending_missing", edition=None):
        report = check_edition(edition=edition or self.edition, user=OPERATOR)
        return [one for one in report.findings if one.rule == rule]

    def waive(self, findings, user=None, reason="Así se publicó."):
        return waive(
            edition=self.edition,
            findings=findings,
            user=user or self.editor,
            reason=reason,
        )

    def test_it_says_who_when_why_and_where(self):
        first, _second = self.findings()
        (waiver,) = self.waive([first])
        self.assertEqual(waiver.person, self.editor)
        self.assertEqual(waiver.reason, "Así se publicó.")
        self.assertEqual(waiver.place, "8.2, función 1")
        self.assertEqual(waiver.said, first.message)
        record = waiver.history.get()
        self.assertEqual(record.history_user, self.editor)
        self.assertEqual(record.history_change_reason, "Así se publicó.")
        self.assertEqual([one.waived for one in self.findings()], [True, False])

    def test_it_holds_in_the_next_edition_until_the_text_changes(self):
        self.waive(self.findings())
        authorise(self.edition)
        draft = duplicate_edition(edition=self.edition, label="2030", **WHO)
        self.assertEqual(
            [one.waived for one in self.findings(edition=draft)], [True, True]
        )
        function = draft.functions.get(key=self.function.key)
        change_function(function=function, text="Planear muchas pruebas", **WHO)
        self.assertEqual(
            [one.waived for one in self.findings(edition=draft)], [False, True]
        )

    def test_a_reason_is_demanded(self):
        with self.assertRaises(ReasonRequired):
            self.waive(self.findings(), reason=" ")
        self.assertFalse(Waiver.objects.exists())

    def test_twice_is_once(self):
        self.waive(self.findings())
        self.assertEqual(self.waive(self.findings()), [])
        self.assertEqual(Waiver.objects.count(), 2)

    def test_an_editor_of_a_branch_waives_what_stands_in_it_alone(self):
        here, there = self.findings()
        with self.assertRaisesMessage(NotAllowed, "8.3, función 1"):
            self.waive([here, there], self.of_branch)
        self.assertFalse(Waiver.objects.exists())
        self.assertEqual(len(self.waive([here], self.of_branch)), 1)

    def test_what_was_judged_of_the_whole_manual_is_for_the_whole_manuals_editor(self):
        make_function(self.units["8.2"], "Usar el SISPRU.")
        found = [one for one in self.findings("acronym") if "SISPRU" in one.message]
        self.assertEqual(found[0].place.unit_code, "8.2")
        with self.assertRaises(NotAllowed):
            self.waive(found, self.of_branch)
        (waiver,) = self.waive(found)
        self.assertIsNone(waiver.unit_key)

    def test_who_reviews_or_authorises_waives_nothing(self):
        for role in ("lector", "revisor", "autorizador"):
            with self.subTest(role), self.assertRaises(NotAllowed):
                self.waive(self.findings(), make_user(role))

    def test_withdrawn_it_is_kept_in_history(self):
        (waiver,) = self.waive(self.findings()[:1])
        withdraw_waiver(waiver=waiver, user=self.editor, reason="Se corrige.")
        self.assertEqual([one.waived for one in self.findings()], [False, False])
        last = Waiver.history.latest("history_id")
        self.assertEqual((last.history_type, last.reason), ("-", "Así se publicó."))
        self.assertEqual(last.history_change_reason, "Se corrige.")
        with self.assertRaises(WaiverGone):
            withdraw_waiver(waiver=waiver, user=self.editor, reason="Otra vez.")

    def test_withdrawing_takes_the_same_permission(self):
        here, there = self.waive(self.findings())
        with self.assertRaises(NotAllowed):
            withdraw_waiver(waiver=there, user=self.of_branch, reason=REASON)
        withdraw_waiver(waiver=here, user=self.of_branch, reason=REASON)
        self.assertEqual(Waiver.objects.get(), there)


class SubmissionTests(TestCase):
    # 8.1, with a function > 8.2, empty
    @classmethod
    def setUpTestData(cls):
        cls.units = make_tree("8.1 8.2")
        cls.edition = cls.units["8.1"].edition
        make_function(cls.units["8.1"], "Dirigir las pruebas.")

    def submit(self, edition):
        return submit_edition(edition=edition, user=OPERATOR)

    def test_an_error_is_refused_and_named(self):
        with self.assertRaisesMessage(ErrorsFound, "8.2: "):
            self.submit(self.edition)
        self.edition.refresh_from_db()
        self.assertEqual(self.edition.status, "draft")

    def test_a_waived_error_blocks_nothing(self):
        report = check_edition(edition=self.edition, user=OPERATOR)
        errors = [one for one in report.findings if one.rule == "unit_empty"]
        waive(edition=self.edition, findings=errors, **WHO)
        self.assertEqual(self.submit(self.edition).status, "review")

    def test_warnings_and_advice_block_nothing(self):
        make_function(self.units["8.2"], "las pruebas ,  SIPROB")
        self.assertEqual(self.submit(self.edition).status, "review")

    def test_what_the_base_has_blocks_nothing_even_renamed(self):
        authorise(self.edition)
        draft = duplicate_edition(edition=self.edition, label="2030", **WHO)
        unit = draft.units.get(code="8.2")
        change_unit(unit=unit, name="Coordinación otra", **WHO)
        draft.change_notes.create(unit_key=unit.key, text="Reforma.")
        self.assertEqual(self.submit(draft).status, "review")

    def test_what_the_draft_adds_is_refused(self):
        authorise(self.edition)
        draft = duplicate_edition(edition=self.edition, label="2030", **WHO)
        unit = draft.units.get(code="8.1")
        unit.functions.get().delete()
        draft.change_notes.create(unit_key=unit.key, text="Reforma.")
        with self.assertRaisesMessage(ErrorsFound, "8.1: ") as caught:
            self.submit(draft)
        self.assertEqual(len(caught.exception.errors), 1)
