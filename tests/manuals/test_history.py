"""Everything that one change writes carries its person, reason and moment."""

import datetime

from django.test import TestCase
from django.utils import timezone

from exchange.services import duplicate_edition
from functions.lists import Listed, save_function_list
from functions.models import Function
from manuals.history import moment, recording
from manuals.models import Chapter, Edition, Transition
from manuals.permissions import OPERATOR
from manuals.services import create_chapter, submit_edition
from tests.factories import REASON, authorise, make_function, make_tree, make_user
from units.models import Unit
from units.services import delete_unit, move_unit

WHO = {"user": OPERATOR, "reason": REASON}


class MomentTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.units = make_tree("8.1 8.2 8.2.1 8.3 8.4")
        cls.edition = cls.units["8.1"].edition
        for text in ("Uno.", "Dos.", "Tres."):
            make_function(cls.units["8.2"], text)

    def setUp(self):
        self.known = {
            model: set(model.history.values_list("history_id", flat=True))
            for model in (Edition, Chapter, Unit, Function)
        }

    def written(self):
        """The records that the test wrote."""
        return [
            record
            for model, known in self.known.items()
            for record in model.history.exclude(history_id__in=known)
        ]

    def moments(self):
        return {record.history_date for record in self.written()}

    def test_rows_renumbered_by_a_move_share_its_moment(self):
        move_unit(unit=self.units["8.2"], target=self.units["8.4"], **WHO)
        self.assertGreater(len(self.written()), 3)
        self.assertEqual(len(self.moments()), 1)

    def test_rows_deleted_along_share_the_moment(self):
        delete_unit(unit=self.units["8.2"], **WHO)
        self.assertEqual(len(self.written()), 2 + 3 + 2)
        self.assertEqual(len(self.moments()), 1)

    def test_a_list_of_functions_is_saved_at_one_moment(self):
        rows = [Listed(0, text) for text in ("Cero.", "Uno.", "Cuatro.")]
        save_function_list(unit=self.units["8.2"], rows=rows, **WHO)
        self.assertEqual(len(self.moments()), 1)

    def test_two_changes_have_two_moments(self):
        move_unit(unit=self.units["8.3"], target=self.units["8.4"], **WHO)
        first = self.moments()
        move_unit(unit=self.units["8.3"], target=self.units["8.2"], **WHO)
        self.assertEqual(len(self.moments() - first), 1)
        self.assertLess(*sorted(self.moments()))

    def test_a_duplicate_and_its_step_share_one_moment(self):
        create_chapter(
            edition=self.edition, number=1, title="Introducción", body="Texto.", **WHO
        )
        authorise(self.edition)
        self.setUp()
        draft = duplicate_edition(edition=self.edition, label="2024", **WHO)
        models = {type(record.instance) for record in self.written()}
        self.assertEqual(models, {Edition, Chapter, Unit, Function})
        (moment_of_all,) = self.moments()
        step = draft.transitions.get()
        self.assertEqual((step.step, step.at), ("duplicated", moment_of_all))

    def test_a_step_has_the_moment_of_the_edition_s_row(self):
        submit_edition(edition=self.edition, user=make_user("editor"))
        step = self.edition.transitions.get(step=Transition.Step.SUBMITTED)
        self.assertEqual({step.at}, self.moments())

    def test_the_moment_is_that_of_the_first_row_not_of_the_beginning(self):
        with recording(user=OPERATOR, reason=REASON):
            before = timezone.now()
            first = moment()
            self.assertGreaterEqual(first, before)
            self.assertEqual(moment(), first)
            with recording(user=None, reason="Otro motivo"):
                self.assertEqual(moment(), first)
        self.assertGreater(moment(), first)

    def test_outside_of_a_change_each_row_has_its_own_time(self):
        unit = self.units["8.3"]
        unit.objective = "Uno"
        unit.save()
        unit.objective = "Dos"
        unit.save()
        self.assertEqual(len(self.moments()), 2)
        self.assertFalse(hasattr(unit, "_history_date"))
        age = timezone.now() - max(self.moments())
        self.assertLess(age, datetime.timedelta(minutes=1))
