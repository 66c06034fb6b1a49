"""Somebody edits a draft while somebody closes it: on real threads, in both orders.

Either the edit is in the content of the closed edition, whole and with its history, or
it is refused in words. Nothing lands after the closing, and nothing by halves.
"""

import datetime
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from exchange.services import duplicate_edition
from manuals.exceptions import EditionClosed, InvalidTransition
from manuals.models import Edition
from manuals.permissions import OPERATOR
from manuals.services import (
    authorise_edition,
    record_authorised_edition,
    send_back_edition,
)
from review.submission import NotesMissing, submit_edition
from tests.factories import authorise, make_user
from tests.manuals.test_races import PATIENCE, in_thread
from tests.review.racing import WHO, EditRaceTestCase, outcome_of

DAY = datetime.date(2024, 4, 1)


class EditAgainstClosingTests(EditRaceTestCase):
    """Each edit against each step that closes a draft."""

    EDITS = ("change_function", "change_unit", "move_unit", "save_function_list")

    def submit(self):
        submit_edition(edition=self.edition, user=self.editor)

    def record(self):
        record_authorised_edition(
            edition=self.edition, user=OPERATOR, effective_from=DAY
        )

    def each(self, check):
        """``check(edit, is_in, close, status)`` with every edit and every closing.

        Each on a draft of its own; what is authorised is withdrawn before the next.
        """
        closings = (("review", self.submit), ("authorised", self.record))
        for name in self.EDITS:
            for status, close in closings:
                with self.subTest(edit=name, closing=status):
                    self.fill(f"{name}-{status}".replace("_", "-"))
                    check(*self.edits()[name], close, status)
                self.stored().filter(status="authorised").update(
                    status="withdrawn", withdrawn_on=DAY
                )

    def stored(self):
        return Edition.objects.filter(pk=self.edition.pk)

    def status(self):
        return self.stored().get().status

    def test_an_edit_that_came_first_is_part_of_what_is_closed(self):
        def check(edit, is_in, close, status):
            before = self.written()
            self.assertEqual(self.in_order(edit, close), ("done", "done"))
            self.assertEqual(self.status(), status)
            self.assertIs(is_in(), True)
            content, *_history = self.written()
            self.assertNotEqual(content, before[0])
            self.assertSound()

        self.each(check)

    def test_an_edit_that_came_second_is_refused_and_leaves_nothing(self):
        def check(edit, is_in, close, status):
            before = self.written()
            self.assertEqual(self.in_order(close, edit), ("done", EditionClosed))
            self.assertEqual(self.status(), status)
            self.assertIs(is_in(), False)
            self.assertEqual(self.written(), before)
            self.assertSound()

        self.each(check)

    def test_an_edit_that_dies_before_its_commit_is_not_in_what_is_closed(self):
        def check(edit, is_in, close, status):
            before = self.written()
            outcomes = self.in_order(edit, close, fails=True)
            self.assertEqual(outcomes, ("killed", "done"))
            self.assertEqual(self.status(), status)
            self.assertIs(is_in(), False)
            self.assertEqual(self.written(), before)
            self.assertSound()

        self.each(check)

    def test_a_closing_that_dies_before_its_commit_lets_the_edit_in(self):
        def check(edit, is_in, close, _status):
            outcomes = self.in_order(close, edit, fails=True)
            self.assertEqual(outcomes, ("killed", "done"))
            self.assertEqual(self.status(), "draft")
            self.assertIs(is_in(), True)
            self.assertSound()

        self.each(check)


class AuthorisingTests(EditRaceTestCase):
    """The edition is in review: nobody may edit, unless it is sent back."""

    def authorise(self):
        authorise_edition(
            edition=self.edition, user=self.authoriser, effective_from=DAY
        )

    def send_back(self):
        send_back_edition(
            edition=self.edition, user=make_user("revisor"), comment="Falta algo."
        )

    def test_an_edit_of_an_old_screen_is_refused_before_and_after(self):
        edits = self.edits()
        submit_edition(edition=self.edition, user=self.editor)
        before = self.written()
        for edit, _is_in in edits.values():
            self.assertEqual(outcome_of(edit), EditionClosed)
        name, (edit, _is_in) = "move_unit", edits["move_unit"]
        with self.subTest(edit=name):
            self.assertEqual(
                self.in_order(self.authorise, edit), ("done", EditionClosed)
            )
        for edit, _is_in in edits.values():
            self.assertEqual(outcome_of(edit), EditionClosed)
        self.assertEqual(self.written(), before)

    def test_sent_back_first_it_is_not_authorised_and_can_be_edited(self):
        edit, is_in = self.edits()["change_unit"]
        submit_edition(edition=self.edition, user=self.editor)
        self.assertEqual(
            self.in_order(self.send_back, self.authorise), ("done", InvalidTransition)
        )
        self.assertEqual(outcome_of(edit), "done")
        self.assertIs(is_in(), True)

    def test_authorised_first_it_is_not_sent_back(self):
        edit, is_in = self.edits()["change_unit"]
        submit_edition(edition=self.edition, user=self.editor)
        self.assertEqual(
            self.in_order(self.authorise, self.send_back), ("done", InvalidTransition)
        )
        self.assertEqual(outcome_of(edit), EditionClosed)
        self.assertIs(is_in(), False)

    def test_an_edit_between_sending_back_and_authorising_needs_a_new_submission(self):
        edit, is_in = self.edits()["move_unit"]
        submit_edition(edition=self.edition, user=self.editor)

        def send_back_and_edit():
            self.send_back()
            edit()

        self.assertEqual(
            self.in_order(send_back_and_edit, self.authorise),
            ("done", InvalidTransition),
        )
        self.assertIs(is_in(), True)
        self.assertSound()


class NotesTests(EditRaceTestCase):
    """What is asked for before review is asked under the lock."""

    def fill(self, label="2021"):
        super().fill(label)
        base = authorise(self.edition)
        self.take(duplicate_edition(edition=base, label="2024", **WHO))

    def test_an_edit_committed_while_submitting_waits_needs_its_note_too(self):
        edit, is_in = self.edits()["change_function"]

        def submit():
            submit_edition(edition=self.edition, user=self.editor)

        self.assertEqual(self.in_order(edit, submit), ("done", NotesMissing))
        self.assertIs(is_in(), True)
        self.assertEqual(Edition.objects.get(pk=self.edition.pk).status, "draft")


class AllAtOnceTests(EditRaceTestCase):
    """No order is forced: whatever wins, every outcome is true."""

    ROUNDS = 5

    def test_what_was_done_is_in_and_what_was_refused_is_not(self):
        for number in range(self.ROUNDS):
            if number:
                self.fill(f"r{number}")
            self.one_round(number)

    def one_round(self, number):
        edits = self.edits()
        together = threading.Barrier(len(edits) + 1)

        def submit():
            # A little later each time, so that edits get in before and after.
            time.sleep(0.01 * number)
            submit_edition(edition=self.edition, user=self.editor)

        @in_thread
        def run(call):
            together.wait(PATIENCE)
            return outcome_of(call)

        calls = [submit, *(edit for edit, _is_in in edits.values())]
        with ThreadPoolExecutor(len(calls)) as pool:
            submitted, *outcomes = pool.map(run, calls, timeout=PATIENCE)
        self.assertEqual(submitted, "done")
        for (name, (_edit, is_in)), outcome in zip(
            edits.items(), outcomes, strict=True
        ):
            with self.subTest(edit=name, round=number):
                self.assertIn(outcome, ("done", EditionClosed))
                self.assertIs(is_in(), outcome == "done")
        self.assertSound()
