"""A unit's functions saved as one list: keys, histories, refusals."""

from django.core.exceptions import ValidationError
from django.test import TestCase

from functions.lists import Listed, fingerprint, listed, save_function_list
from functions.models import Function
from functions.services import FunctionGone
from manuals.exceptions import EditionClosed, Stale
from manuals.permissions import OPERATOR
from tests.factories import REASON, authorise, make_function, make_tree
from units.services import delete_unit


class SaveFunctionListTests(TestCase):
    # 1. Planear.
    #    a) Lo anual.
    #       i) Lo urgente.
    #    b) Lo mensual.
    # 2. Informar.
    @classmethod
    def setUpTestData(cls):
        cls.unit = make_tree("8.1 8.2")["8.2"]
        planear = make_function(cls.unit, "Planear.")
        anual = make_function(cls.unit, "Lo anual.", parent=planear)
        make_function(cls.unit, "Lo urgente.", parent=anual)
        make_function(cls.unit, "Lo mensual.", parent=planear)
        make_function(cls.unit, "Informar.")

    def save(self, rows, **options):
        return save_function_list(
            unit=self.unit, rows=rows, user=OPERATOR, reason=REASON, **options
        )

    def texts(self):
        return [(row.level, row.text) for row in listed(self.unit)]

    def test_saving_what_stands_writes_nothing(self):
        before = Function.history.count()
        self.assertEqual(self.save(listed(self.unit)), 0)
        self.assertEqual(Function.history.count(), before)

    def test_rewording_one_row_writes_one_history_row_and_keeps_the_key(self):
        rows = listed(self.unit)
        rows[3].text = "  Lo  quincenal. "
        before = Function.history.count()
        self.assertEqual(self.save(rows), 1)
        self.assertEqual(Function.history.count(), before + 1)
        self.assertEqual(listed(self.unit)[3].text, "Lo quincenal.")
        self.assertEqual(listed(self.unit)[3].key, rows[3].key)

    def test_any_new_order_and_depth_keeps_all_keys(self):
        rows = listed(self.unit)
        keys = {row.text: row.key for row in rows}
        # Informar goes first and takes what hung from Planear.
        order = [rows[4], rows[3], rows[0], rows[1], rows[2]]
        for row, level in zip(order, (0, 1, 0, 0, 1), strict=True):
            row.level = level
        self.save(order)
        self.assertEqual(
            self.texts(),
            [
                (0, "Informar."),
                (1, "Lo mensual."),
                (0, "Planear."),
                (0, "Lo anual."),
                (1, "Lo urgente."),
            ],
        )
        self.assertEqual({row.text: row.key for row in listed(self.unit)}, keys)

    def test_a_deleted_function_leaves_its_kept_items_alone(self):
        rows = listed(self.unit)
        for row in rows[1:4]:
            row.level -= 1
        self.save(rows[1:])
        self.assertEqual(
            self.texts(),
            [
                (0, "Lo anual."),
                (1, "Lo urgente."),
                (0, "Lo mensual."),
                (0, "Informar."),
            ],
        )
        gone = Function.history.get(history_type="-")
        self.assertEqual((gone.text, gone.position), ("Planear.", 1))
        self.assertEqual(gone.history_change_reason, REASON)

    def test_kept_rows_may_hang_from_a_new_one(self):
        rows = listed(self.unit)
        rows[4].level = 1
        self.save([Listed(0, "Dirigir."), *rows[4:], *rows[:4]])
        self.assertEqual(
            self.texts()[:3], [(0, "Dirigir."), (1, "Informar."), (0, "Planear.")]
        )

    def test_an_empty_list_deletes_all(self):
        self.save([])
        self.assertEqual(self.texts(), [])
        self.assertEqual(Function.history.filter(history_type="-").count(), 5)

    def test_refuses_what_is_no_list_and_names_the_rows(self):
        rows = listed(self.unit)
        rows[0].level = 1
        rows[4].text = " "
        with self.assertRaises(ValidationError) as caught:
            self.save(rows)
        self.assertIn("Fila 1", " ".join(caught.exception.messages))
        self.assertIn("Fila 5", " ".join(caught.exception.messages))
        self.assertEqual(len(self.texts()), 5)

    def test_refuses_a_fourth_level_and_a_repeated_function(self):
        rows = listed(self.unit)
        with self.assertRaises(ValidationError):
            self.save([*rows[:3], Listed(3, "Más abajo.")])
        with self.assertRaises(ValidationError):
            self.save([*rows, rows[4]])

    def test_refuses_a_function_of_another_unit(self):
        other = make_function(self.unit.parent, "Ajena.")
        with self.assertRaises(ValidationError):
            self.save([Listed(0, "Ajena.", other.key)])

    def test_notices_that_somebody_saved_meanwhile(self):
        seen = fingerprint(self.unit)
        rows = listed(self.unit)
        self.save(rows[:4], seen=seen)
        with self.assertRaises(Stale):
            self.save(rows, seen=seen)

    def test_a_unit_deleted_meanwhile_is_refused_in_words(self):
        delete_unit(unit=self.unit, user=OPERATOR, reason=REASON)
        with self.assertRaisesMessage(FunctionGone, "La unidad ya no existe"):
            self.save([Listed(0, "Planear.")])

    def test_refuses_an_authorised_edition(self):
        authorise(self.unit.edition)
        with self.assertRaises(EditionClosed):
            self.save([])
