"""Functions one at a time: order, depth, moves, refusals."""

from django.core.exceptions import ValidationError
from django.test import TestCase

from functions.lists import listed
from functions.models import Function
from functions.services import (
    FunctionGone,
    change_function,
    create_function,
    delete_function,
    move_function,
)
from manuals.exceptions import EditionClosed, NotAllowed, ReasonRequired
from manuals.models import BranchGrant
from manuals.permissions import OPERATOR
from tests.factories import REASON, authorise, make_function, make_tree, make_user

WHO = {"user": OPERATOR, "reason": REASON}


class FunctionServiceTests(TestCase):
    # 8.2   1. Uno.  a) Uno a.  i) Uno a i.   b) Uno b.
    #       2. Dos.
    #       3. Tres.
    # 8.3   1. Ajena.
    @classmethod
    def setUpTestData(cls):
        cls.units = make_tree("8.1 8.2 8.3")
        cls.unit, cls.other = cls.units["8.2"], cls.units["8.3"]
        cls.one = make_function(cls.unit, "Uno.")
        cls.a = make_function(cls.unit, "Uno a.", parent=cls.one)
        cls.i = make_function(cls.unit, "Uno a i.", parent=cls.a)
        cls.b = make_function(cls.unit, "Uno b.", parent=cls.one)
        cls.two = make_function(cls.unit, "Dos.")
        cls.three = make_function(cls.unit, "Tres.")
        make_function(cls.other, "Ajena.")

    def texts(self, unit=None):
        return [(row.level, row.text) for row in listed(unit or self.unit)]

    def top(self, unit=None):
        return [text for level, text in self.texts(unit) if level == 0]

    def positions(self, unit):
        return list(
            Function.objects.filter(unit=unit, parent=None)
            .order_by("position")
            .values_list("position", flat=True)
        )

    def test_inserts_between_and_shifts_those_after(self):
        function = create_function(unit=self.unit, text="Nueva.", position=2, **WHO)
        self.assertEqual(self.top(), ["Uno.", "Nueva.", "Dos.", "Tres."])
        self.assertEqual(self.positions(self.unit), [1, 2, 3, 4])
        self.assertEqual(function.edition_id, self.unit.edition_id)

    def test_shifted_functions_have_history_too(self):
        create_function(unit=self.unit, text="Nueva.", position=2, **WHO)
        self.assertEqual(self.two.history.latest("history_id").position, 3)
        self.assertEqual(self.one.history.count(), 1)

    def test_a_move_within_the_list_writes_each_row_once(self):
        move_function(function=self.two, position=3, **WHO)
        self.assertEqual(self.one.history.count(), 1)
        self.assertEqual(self.two.history.count(), 2)
        self.assertEqual(self.three.history.count(), 2)

    def test_moves_up_and_down(self):
        move_function(function=self.three, position=1, **WHO)
        self.assertEqual(self.top(), ["Tres.", "Uno.", "Dos."])
        move_function(function=self.three, position=2, **WHO)
        self.assertEqual(self.top(), ["Uno.", "Tres.", "Dos."])
        move_function(function=self.one, **WHO)
        self.assertEqual(self.top(), ["Tres.", "Dos.", "Uno."])
        self.assertEqual(self.positions(self.unit), [1, 2, 3])

    def test_moves_to_another_unit_with_its_items(self):
        move_function(function=self.one, unit=self.other, position=1, **WHO)
        self.assertEqual(self.top(), ["Dos.", "Tres."])
        self.assertEqual(
            self.texts(self.other),
            [
                (0, "Uno."),
                (1, "Uno a."),
                (2, "Uno a i."),
                (1, "Uno b."),
                (0, "Ajena."),
            ],
        )
        self.i.refresh_from_db()
        self.assertEqual(self.i.unit, self.other)

    def test_indents_and_outdents(self):
        move_function(function=self.two, parent=self.one, position=1, **WHO)
        self.assertEqual(self.texts()[:3], [(0, "Uno."), (1, "Dos."), (1, "Uno a.")])
        move_function(function=self.b, position=2, **WHO)
        self.assertEqual(self.top(), ["Uno.", "Uno b.", "Tres."])

    def test_refuses_a_fourth_level_and_a_place_below_itself(self):
        with self.assertRaises(ValidationError):
            create_function(unit=self.unit, parent=self.i, text="Cuatro.", **WHO)
        with self.assertRaises(ValidationError):
            move_function(function=self.one, parent=self.b, **WHO)
        with self.assertRaises(ValidationError):
            move_function(function=self.a, parent=self.i, **WHO)
        nested = make_function(self.unit, "Hoja.", parent=self.two)
        with self.assertRaises(ValidationError):
            move_function(function=self.two, parent=self.a, **WHO)
        self.assertEqual(nested.parent, self.two)

    def test_refuses_a_parent_of_another_unit(self):
        foreign = Function.objects.get(unit=self.other)
        with self.assertRaises(ValidationError):
            create_function(unit=self.unit, parent=foreign, text="No.", **WHO)

    def test_rewords_and_keeps_place_and_key(self):
        changed = change_function(function=self.two, text=" Otro  texto. ", **WHO)
        self.assertEqual(self.top(), ["Uno.", "Otro texto.", "Tres."])
        self.assertEqual(changed.key, self.two.key)
        for text in ("", "   "):
            with self.assertRaises(ValidationError):
                change_function(function=self.two, text=text, **WHO)

    def test_deletes_with_its_items_and_closes_up(self):
        delete_function(function=self.one, user=OPERATOR, reason="Se suprime")
        self.assertEqual(self.texts(), [(0, "Dos."), (0, "Tres.")])
        self.assertEqual(self.positions(self.unit), [1, 2])
        gone = Function.history.filter(history_type="-")
        self.assertEqual(gone.count(), 4)
        self.assertEqual(
            set(gone.values_list("history_change_reason", flat=True)), {"Se suprime"}
        )
        with self.assertRaises(FunctionGone):
            change_function(function=self.one, text="Tarde.", **WHO)

    def test_every_write_asks_for_role_branch_state_and_reason(self):
        editor = make_user("editor")
        BranchGrant.objects.create(
            user=editor, manual=self.unit.edition.manual, unit_key=self.other.key
        )
        for user in (make_user("lector"), editor):
            with self.assertRaises(NotAllowed):
                change_function(function=self.two, text="No.", user=user, reason=REASON)
        with self.assertRaises(NotAllowed):
            move_function(
                function=self.two, unit=self.other, user=editor, reason=REASON
            )
        with self.assertRaises(ReasonRequired):
            change_function(function=self.two, text="No.", user=OPERATOR, reason="")
        authorise(self.unit.edition)
        with self.assertRaises(EditionClosed):
            delete_function(function=self.two, **WHO)
