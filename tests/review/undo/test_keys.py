"""Keys that were exchanged, and decisions about an import's doubts, return too."""

from uuid import uuid4

from exchange.doubts import correct_doubt
from exchange.models import MatchDoubt
from functions.models import Function
from functions.services import delete_function, rekey_function
from review.undo.services import undo_save
from tests.exchange.test_doubts import FIRST, FRAGMENT
from tests.exchange.test_import_edition import MANUAL, importing
from tests.review.undo.steps import state
from tests.review.undo.support import UndoTestCase
from units.models import Unit
from units.services import delete_unit, rekey_unit


class KeysTests(UndoTestCase):
    def exchange(self, rekey, name, first, second):
        return (
            (rekey, {name: first, "key": uuid4()}),
            (rekey, {name: second, "key": first.key}),
            (rekey, {name: first, "key": second.key}),
        )

    def test_two_units_that_exchanged_their_keys(self):
        units = self.unit("8.2"), self.unit("8.3")
        keys = [unit.key for unit in units]
        moment = self.save(*self.exchange(rekey_unit, "unit", *units))
        found = [Unit.objects.get(pk=unit.pk).key for unit in units]
        self.assertEqual(found, keys[::-1])
        self.undo(self.undo(self.undo(moment)))
        self.assertEqual(state(self.draft), self.original)

    def test_two_functions_that_exchanged_their_keys(self):
        functions = self.function("Planear."), self.function("El personal.")
        moment = self.save(*self.exchange(rekey_function, "function", *functions))
        self.assertNotEqual(state(self.draft), self.original)
        self.undo(self.undo(self.undo(moment)))
        self.assertEqual(state(self.draft), self.original)

    def test_what_took_the_key_of_something_deleted(self):
        unit, function = self.unit("8.2.1"), self.function("Planear.")
        moment = self.save(
            (delete_unit, {"unit": unit}),
            (rekey_unit, {"unit": self.unit("8.3"), "key": unit.key}),
            (delete_function, {"function": function}),
            (
                rekey_function,
                {"function": self.function("Evaluar."), "key": function.key},
            ),
        )
        undo = self.undo(moment)
        self.assertEqual(state(self.draft), self.original)
        self.undo(self.undo(undo))
        self.assertEqual(state(self.draft), self.original)


class DoubtTests(UndoTestCase):
    def test_a_decision_about_a_doubt_is_open_again(self):
        importing(MANUAL, authorised=True)
        edition = importing(FRAGMENT, base_label="2021", label="2026").edition
        doubt = MatchDoubt.objects.get(edition=edition)
        key = Function.objects.get(edition=edition, text=FIRST).key
        moment = self.save((correct_doubt, {"doubt": doubt}))
        self.assertNotEqual(Function.objects.get(edition=edition, text=FIRST).key, key)
        undo_save(edition=edition, moment=moment, **self.who())
        self.assertEqual(Function.objects.get(edition=edition, text=FIRST).key, key)
        doubt.refresh_from_db()
        self.assertEqual((doubt.state, doubt.key), (MatchDoubt.State.PENDING, key))
        self.assertIsNone(doubt.decided_at)
