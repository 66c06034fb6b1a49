"""What the history remembers comes back as a new change."""

from uuid import uuid4

from django.test import TestCase

from functions.lists import listed
from functions.models import Function
from functions.restoring import NothingToRestoreTo, restore_function, restore_unit
from functions.services import (
    change_function,
    delete_function,
    move_function,
    rekey_function,
)
from manuals.exceptions import EditionClosed, NotAllowed
from manuals.permissions import OPERATOR
from tests.factories import REASON, authorise, make_function, make_tree, make_user
from units.models import Unit
from units.services import change_unit, delete_unit, move_unit, rekey_unit
from units.trees import problems_of

WHO = {"user": OPERATOR, "reason": REASON}


class RestoreTests(TestCase):
    # 8.2   1. Uno.  a) Uno a.  i) Uno a i.
    #       2. Dos.
    # 8.2.1 1. Abajo.
    @classmethod
    def setUpTestData(cls):
        cls.units = make_tree("8.1 8.2 8.2.1 8.3")
        cls.unit = cls.units["8.2"]
        cls.edition = cls.unit.edition
        cls.one = make_function(cls.unit, "Uno.")
        cls.a = make_function(cls.unit, "Uno a.", parent=cls.one)
        make_function(cls.unit, "Uno a i.", parent=cls.a)
        cls.two = make_function(cls.unit, "Dos.")
        make_function(cls.units["8.2.1"], "Abajo.")

    def shape(self):
        return [
            (
                unit.code,
                unit.name,
                unit.key,
                [(row.level, row.text, row.key) for row in listed(unit)],
            )
            for unit in Unit.objects.for_edition(self.edition).in_reading_order()
        ]

    def deleted(self, model, key):
        return model.history.get(key=key, history_type="-")

    def test_what_took_another_key_since_is_still_the_row_to_restore(self):
        unit = self.units["8.3"]
        text, name = self.two.history.get(), unit.history.latest("history_id")
        change_function(function=self.two, text="Otro.", **WHO)
        change_unit(unit=unit, name="Otra coordinación", **WHO)
        rekey_function(function=self.two, key=uuid4(), **WHO)
        rekey_unit(unit=unit, key=uuid4(), **WHO)
        before = [(code, len(rows)) for code, _name, _key, rows in self.shape()]
        restore_function(record=text, **WHO)
        restore_unit(record=name, **WHO)
        after = [(code, len(rows)) for code, _name, _key, rows in self.shape()]
        self.assertEqual(after, before)
        self.two.refresh_from_db()
        self.assertEqual(self.two.text, "Dos.")
        self.assertEqual(Unit.objects.get(pk=unit.pk).name, "Coordinación 8.3")
        self.assertNotEqual(self.two.key, text.key)

    def test_an_earlier_text_and_place_return_with_history(self):
        before = self.shape()
        record = self.two.history.get()
        change_function(function=self.two, text="Otro.", **WHO)
        move_function(function=self.two, unit=self.units["8.3"], **WHO)
        rows = self.two.history.count()
        restore_function(record=record, user=OPERATOR, reason="Se restaura")
        self.assertEqual(self.shape(), before)
        self.assertEqual(self.two.history.count(), rows + 2)
        self.assertEqual(
            self.two.history.latest("history_id").history_change_reason, "Se restaura"
        )

    def test_a_deleted_function_returns_with_its_items_and_keys(self):
        before = self.shape()
        delete_function(function=self.one, **WHO)
        restore_function(record=self.deleted(Function, self.one.key), **WHO)
        self.assertEqual(self.shape(), before)

    def test_a_deleted_unit_returns_with_what_was_deleted_along(self):
        before = self.shape()
        delete_unit(unit=self.unit, **WHO)
        self.assertEqual(len(self.shape()), 2)
        restore_unit(record=self.deleted(Unit, self.unit.key), **WHO)
        self.assertEqual(self.shape(), before)
        self.assertEqual(problems_of(self.edition), [])

    def test_what_was_deleted_on_its_own_before_stays_deleted(self):
        delete_function(function=self.a, **WHO)
        delete_unit(unit=self.units["8.2.1"], **WHO)
        before = self.shape()
        delete_unit(unit=self.unit, **WHO)
        restore_unit(record=self.deleted(Unit, self.unit.key), **WHO)
        self.assertEqual(self.shape(), before)

    def test_returns_a_second_time_with_what_it_had_at_the_last_deletion(self):
        delete_function(function=self.one, **WHO)
        record = self.deleted(Function, self.one.key)
        one = restore_function(record=record, **WHO)
        make_function(self.unit, "Uno b.", parent=one)
        before = self.shape()
        delete_function(function=one, **WHO)
        restore_function(record=record, **WHO)
        self.assertEqual(self.shape(), before)

    def test_a_restoration_is_one_change(self):
        delete_unit(unit=self.unit, **WHO)
        known = set(Unit.history.values_list("history_id", flat=True))
        functions = set(Function.history.values_list("history_id", flat=True))
        restore_unit(record=self.deleted(Unit, self.unit.key), **WHO)
        written = [
            *Unit.history.exclude(history_id__in=known),
            *Function.history.exclude(history_id__in=functions),
        ]
        self.assertGreaterEqual(len(written), 7)
        self.assertEqual(len({record.history_date for record in written}), 1)

    def test_text_and_place_return_apart(self):
        record = self.two.history.get()
        change_function(function=self.two, text="Otro.", **WHO)
        move_function(function=self.two, position=1, **WHO)
        moved = restore_function(record=record, place=False, **WHO)
        self.assertEqual((moved.text, moved.position), ("Dos.", 1))
        change_function(function=self.two, text="Otro.", **WHO)
        placed = restore_function(record=record, text=False, **WHO)
        self.assertEqual((placed.text, placed.position), ("Otro.", 2))

    def test_name_and_place_of_a_unit_return_apart(self):
        unit = self.units["8.2.1"]
        record = unit.history.latest()
        change_unit(unit=unit, name="Coordinación otra", **WHO)
        move_unit(unit=unit, target=self.units["8.3"], **WHO)
        placed = restore_unit(record=record, data=False, **WHO)
        self.assertEqual((placed.name, placed.code), ("Coordinación otra", "8.2.1"))
        move_unit(unit=unit, target=self.units["8.3"], **WHO)
        named = restore_unit(record=record, place=False, **WHO)
        self.assertEqual((named.name, named.code), ("Coordinación 8.2.1", "8.3.1"))

    def test_an_earlier_name_and_place_of_a_unit_return(self):
        before = self.shape()
        record = self.units["8.2.1"].history.latest("history_id")
        change_unit(unit=self.units["8.2.1"], name="Coordinación otra", **WHO)
        move_unit(unit=self.units["8.2.1"], target=self.units["8.3"], **WHO)
        restore_unit(record=record, **WHO)
        self.assertEqual(self.shape(), before)

    def test_an_item_of_a_deleted_function_asks_for_the_function_first(self):
        record = self.a.history.get()
        delete_function(function=self.one, **WHO)
        with self.assertRaises(NothingToRestoreTo):
            restore_function(record=record, **WHO)

    def test_asks_for_role_and_draft(self):
        record = self.two.history.get()
        change_function(function=self.two, text="Otro.", **WHO)
        with self.assertRaises(NotAllowed):
            restore_function(record=record, user=make_user("lector"), reason=REASON)
        authorise(self.edition)
        with self.assertRaises(EditionClosed):
            restore_function(record=record, **WHO)
