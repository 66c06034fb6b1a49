"""The histories of a unit, a branch, a function: what belongs to them and what not."""

from uuid import uuid4

from django.test import TestCase

from functions.restoring import restore_function, restore_unit
from functions.services import change_function, delete_function, move_function
from manuals.services import change_edition, submit_edition
from review.history.saves import moments, people
from review.history.scope import branch_scope, function_scope, unit_key, unit_scope
from review.notes import write_note
from tests.factories import make_edition, make_function, make_tree
from tests.review.history.support import by, person, told
from units.models import Unit
from units.services import change_unit, delete_unit, move_unit


class ScopeTests(TestCase):
    # 8.1
    # ├── 8.2         Aquí.  a) Inciso.
    # │   └── 8.2.1   Abajo.
    # └── 8.3         Allá.
    #     └── 8.3.1
    @classmethod
    def setUpTestData(cls):
        cls.units = make_tree("8.1 8.2 8.2.1 8.3 8.3.1")
        cls.edition = cls.units["8.1"].edition
        cls.here = make_function(cls.units["8.2"], "Aquí.")
        cls.item = make_function(cls.units["8.2"], "Inciso.", parent=cls.here)
        cls.below = make_function(cls.units["8.2.1"], "Abajo.")
        cls.there = make_function(cls.units["8.3"], "Allá.")
        cls.ana = person()

    def reword(self, function, reason):
        change_function(function=function, text=f"{reason}.", **by(self.ana, reason))

    def reasons(self, scope):
        """Of Ana's saves, the first one first."""
        return [
            save.reason for save in reversed(told(scope)) if save.user_id == self.ana.pk
        ]

    def unit(self, code="8.2"):
        return unit_scope(self.edition, self.units[code].key)

    def branch(self, code="8.2"):
        return branch_scope(self.edition, self.units[code].key)

    def test_a_unit_has_its_own_saves_and_those_of_its_functions(self):
        change_unit(
            unit=self.units["8.2"], name="Coordinación X", **by(self.ana, "unidad")
        )
        self.reword(self.here, "función")
        self.reword(self.item, "inciso")
        self.reword(self.below, "abajo")
        self.reword(self.there, "allá")
        self.assertEqual(self.reasons(self.unit()), ["unidad", "función", "inciso"])

    def test_a_branch_has_those_of_the_units_below_too(self):
        self.reword(self.here, "función")
        self.reword(self.below, "abajo")
        self.reword(self.there, "allá")
        self.assertEqual(self.reasons(self.branch()), ["función", "abajo"])
        self.assertEqual(self.reasons(self.branch("8.2.1")), ["abajo"])
        self.assertEqual(self.reasons(self.branch("8.1")), ["función", "abajo", "allá"])

    def test_neither_has_what_concerns_the_whole_edition(self):
        change_edition(edition=self.edition, elaborated_by="X", **by(self.ana, "datos"))
        submit_edition(edition=self.edition, user=self.ana, comment="envío")
        for scope in (self.unit(), self.branch()):
            self.assertEqual(self.reasons(scope), [])

    def test_a_function_that_left_is_told_up_to_its_leaving(self):
        self.reword(self.here, "antes")
        move_function(
            function=self.here, unit=self.units["8.3"], **by(self.ana, "traslado")
        )
        self.reword(self.here, "después")
        self.assertEqual(self.reasons(self.unit("8.2")), ["antes", "traslado"])
        self.assertEqual(self.reasons(self.unit("8.3")), ["traslado", "después"])

    def test_a_unit_that_left_the_branch_stays_in_its_history(self):
        move_unit(
            unit=self.units["8.2.1"],
            target=self.units["8.3"],
            **by(self.ana, "traslado"),
        )
        for code in ("8.2", "8.3"):
            self.assertEqual(self.reasons(self.branch(code)), ["traslado"])

    def test_a_deleted_unit_and_what_it_had_are_found_by_its_last_code(self):
        delete_unit(unit=self.units["8.2"], **by(self.ana, "supresión"))
        # 8.3 is now 8.2: the code leads to who has it, or had it last.
        self.assertEqual(unit_key(self.edition, "8.2"), self.units["8.3"].key)
        self.assertEqual(unit_key(self.edition, "8.2.1"), self.units["8.3.1"].key)
        self.assertEqual(unit_key(self.edition, "8.3"), self.units["8.3"].key)
        delete_unit(unit=self.units["8.3"], **by(self.ana, "otra"))
        key = unit_key(self.edition, "8.2")
        self.assertEqual(key, self.units["8.3"].key)
        self.assertEqual(
            self.reasons(branch_scope(self.edition, key)), ["supresión", "otra"]
        )
        self.assertIsNone(unit_key(self.edition, "9.9"))
        self.assertIsNone(unit_key(make_edition("otra"), "8.2"))

    def test_a_restored_unit_keeps_the_history_of_before(self):
        self.reword(self.below, "antes")
        delete_unit(unit=self.units["8.2"], **by(self.ana, "error"))
        record = Unit.history.get(key=self.units["8.2"].key, history_type="-")
        restore_unit(record=record, user=self.ana, reason="vuelve")
        self.assertEqual(self.reasons(self.unit()), ["error", "vuelve"])
        self.assertEqual(self.reasons(self.branch()), ["antes", "error", "vuelve"])

    def test_a_unit_matched_anew_keeps_the_history_of_its_row(self):
        self.reword(self.below, "antes")
        unit = self.units["8.2"]
        unit.refresh_from_db()
        unit.key = uuid4()
        unit.save()
        scope = branch_scope(self.edition, unit.key)
        self.assertEqual(self.reasons(scope), ["antes"])

    def test_notes_belong_to_their_unit(self):
        for code in ("8.2", "8.3"):
            write_note(
                edition=self.edition,
                unit_key=self.units[code].key,
                text="Motivo.",
                minor=False,
                **by(self.ana, code),
            )
        self.assertEqual(self.reasons(self.unit("8.2")), ["8.2"])
        self.assertEqual(self.reasons(self.branch("8.2.1")), [])

    def test_a_function_has_its_saves_and_those_of_its_items(self):
        self.reword(self.item, "inciso")
        self.reword(self.below, "otra")
        move_function(
            function=self.here, unit=self.units["8.3"], **by(self.ana, "traslado")
        )
        scope = function_scope(self.edition, self.here.key)
        self.assertEqual(self.reasons(scope), ["inciso", "traslado"])
        own = function_scope(self.edition, self.item.key)
        self.assertEqual(self.reasons(own), ["inciso", "traslado"])

    def test_a_restored_function_keeps_the_history_of_before(self):
        delete_function(function=self.here, **by(self.ana, "error"))
        record = type(self.here).history.get(key=self.here.key, history_type="-")
        restore_function(record=record, user=self.ana, reason="vuelve")
        scope = function_scope(self.edition, self.item.key)
        self.assertEqual(self.reasons(scope), ["error", "vuelve"])

    def test_what_nobody_ever_saved_has_an_empty_history(self):
        for scope in (
            unit_scope(self.edition, uuid4()),
            branch_scope(self.edition, uuid4()),
            function_scope(self.edition, uuid4()),
        ):
            self.assertEqual((told(scope), people(scope)), ([], []))
            self.assertEqual(moments(scope).count(), 0)

    def test_other_editions_have_their_own(self):
        other = make_tree("8.1 8.2", edition=make_edition("2024"))
        change_unit(unit=other["8.2"], name="Coordinación X", **by(self.ana, "otra"))
        for scope in (self.unit(), self.branch("8.1")):
            self.assertNotIn("otra", [save.reason for save in told(scope)])
