"""What an undo brings back, and what it keeps of later changes."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from functions.lists import Listed, listed, save_function_list
from functions.models import Function
from functions.services import (
    change_function,
    create_function,
    delete_function,
    move_function,
)
from manuals.history import recording
from review.undo.reasons import proposed_reason
from tests.factories import make_function
from tests.review.undo.steps import state
from tests.review.undo.support import UndoTestCase
from units.models import Unit
from units.services import change_unit, create_unit, delete_unit, move_unit
from units.trees import problems_of


class WhatComesBackTests(UndoTestCase):
    def test_a_name_returns_while_later_changes_of_other_data_stay(self):
        moment = self.save((change_unit, {"unit": self.unit("8.2"), "name": "Otra"}))
        change_unit(unit=self.unit("8.2"), objective="Servir", **self.who())
        self.undo(moment)
        unit = self.unit("8.2")
        self.assertEqual((unit.name, unit.objective), ("Coordinación 8.2", "Servir"))

    def test_a_new_number_because_of_others_is_no_obstacle(self):
        moment = self.save(
            (change_function, {"function": self.function("Evaluar."), "text": "Medir."})
        )
        new = {"name": "Primera", "kind": self.unit("8.2").kind}
        create_unit(
            edition=self.draft, parent=self.unit("8.1"), position=1, **new, **self.who()
        )
        create_function(unit=self.unit("8.3"), text="Una.", position=1, **self.who())
        self.undo(moment)
        self.assertEqual(self.texts("8.3")[-1:], ["Evaluar."])

    def test_a_moved_unit_returns_behind_who_stood_before_it(self):
        moment = self.save(
            (move_unit, {"unit": self.unit("8.2.2"), "target": self.unit("8.3")})
        )
        new = {"name": "Nueva", "kind": self.unit("8.2").kind, "position": 1}
        create_unit(edition=self.draft, parent=self.unit("8.2"), **new, **self.who())
        self.undo(moment)
        self.assertEqual(
            self.codes(),
            [
                *("8.1=8.1", "8.2=8.2", "8.2.1=Nueva", "8.2.2=8.2.1"),
                *("8.2.3=8.2.2", "8.3=8.3", "8.3.1=8.3.1"),
            ],
        )
        self.assertEqual(problems_of(self.draft), [])

    def test_a_deleted_branch_returns_with_keys_functions_and_items(self):
        moment = self.save((delete_unit, {"unit": self.unit("8.2")}))
        change_unit(unit=self.unit("8.2"), name="Antes 8.3", **self.who())
        self.undo(moment)
        change_unit(unit=self.unit("8.3"), name="Coordinación 8.3", **self.who())
        self.assertEqual(state(self.draft), self.original)

    def test_a_save_of_many_steps_returns_as_one(self):
        moment = self.save(
            (delete_unit, {"unit": self.unit("8.3")}),
            (move_unit, {"unit": self.unit("8.2.1"), "target": self.unit("8.1")}),
            (change_function, {"function": self.function("Planear."), "text": "X."}),
            (delete_function, {"function": self.function("Coordinar:")}),
        )
        undo = self.undo(moment, reason="Deshacer: Cambio")
        self.assertEqual(state(self.draft), self.original)
        for model in (Unit, Function):
            records = model.history.filter(history_date=undo)
            self.assertTrue(records)
            self.assertEqual(
                {(one.history_user_id, one.history_change_reason) for one in records},
                {(self.ana.pk, "Deshacer: Cambio")},
            )
            ids = list(records.values_list("id", flat=True))
            self.assertEqual(len(ids), len(set(ids)))  # each row once

    def test_functions_that_went_to_a_new_unit_return_and_it_goes(self):
        kind = self.unit("8.2").kind
        with recording(**self.who()) as change:
            new = create_unit(
                edition=self.draft,
                parent=self.unit("8.1"),
                name="Nueva",
                kind=kind,
                **self.who(),
            )
            function = self.function("Coordinar:")
            move_function(function=function, unit=new, **self.who())
            delete_unit(unit=self.unit("8.2"), **self.who())
        self.undo(change.moment.time)
        self.assertEqual(state(self.draft), self.original)

    def test_a_saved_list_returns_whole(self):
        rows = [Listed(0, "Otra."), *reversed(listed(self.unit("8.2")))]
        for row in rows:
            row.level = 0
        moment = self.save(
            (save_function_list, {"unit": self.unit("8.2"), "rows": rows[:4]})
        )
        self.undo(moment)
        self.assertEqual(state(self.draft), self.original)


class CostTests(UndoTestCase):
    def test_many_functions_of_many_units_take_as_few_queries_as_one(self):
        def queries(units):
            with recording(**self.who()) as change:
                for unit in units:
                    rows = listed(unit)
                    for row in rows:
                        row.text += " Más."
                    save_function_list(unit=unit, rows=rows, **self.who())
            with CaptureQueriesContext(connection) as captured:
                self.undo(change.moment.time)
            return len(captured)

        units = [self.unit(code) for code in ("8.1", "8.2.1", "8.2.2", "8.3", "8.3.1")]
        for unit in units:
            for number in range(8):
                make_function(unit, f"Función {number} de {unit.code}.")
        before = state(self.draft)
        self.assertEqual(queries(units), queries(units[:1]))
        self.assertEqual(state(self.draft), before)


class ReasonTests(UndoTestCase):
    def test_the_reason_proposed_names_that_of_the_save(self):
        at = self.draft.history.earliest("history_id").history_date
        undo = proposed_reason("Acuerdo 7", at)
        self.assertEqual(undo, "Deshacer: Acuerdo 7")
        redo = proposed_reason(undo, at)
        self.assertEqual(redo, "Rehacer: Acuerdo 7")
        self.assertEqual(proposed_reason(redo, at), undo)
        self.assertIn("Deshacer: cambio del", proposed_reason("", at))
