"""A small draft, saves of it, and their undo."""

from django.test import TestCase

from functions.lists import listed
from functions.models import Function
from manuals.history import recording
from review.undo.exceptions import StandsInTheWay
from review.undo.services import undo_save
from tests.factories import make_edition, make_function, make_tree, make_user
from tests.review.undo.steps import state
from units.models import Unit


class UndoTestCase(TestCase):
    """8.1 > 8.2 (three functions, the second with two items) > 8.2.1 8.2.2; 8.3."""

    @classmethod
    def setUpTestData(cls):
        cls.draft = make_edition("2024")
        cls.ana = make_user("editor", username="ana", first_name="Ana")
        cls.beto = make_user("editor", username="beto", first_name="Beto")
        units = make_tree("8.1 8.2 8.2.1 8.2.2 8.3 8.3.1", edition=cls.draft)
        make_function(units["8.2"], "Planear.")
        second = make_function(units["8.2"], "Coordinar:")
        make_function(units["8.2"], "El presupuesto.", parent=second)
        make_function(units["8.2"], "El personal.", parent=second)
        make_function(units["8.2"], "Evaluar.")
        cls.original = state(cls.draft)

    def who(self, reason="Cambio", user=None):
        return {"user": user or self.ana, "reason": reason}

    def save(self, *writes, reason="Cambio", user=None):
        """Do these as one save; returns its moment."""
        with recording(**self.who(reason, user)) as change:
            for write, fields in writes:
                write(**fields, **self.who(reason, user))
        return change.moment.time

    def undo(self, moment, **who):
        return undo_save(edition=self.draft, moment=moment, **self.who(**who))

    def unit(self, code):
        rows = Unit.objects.select_related("edition__manual")
        return rows.get(edition=self.draft, code=code)

    def function(self, text):
        rows = Function.objects.select_related("unit__edition__manual")
        return rows.get(edition=self.draft, text=text)

    def codes(self):
        rows = Unit.objects.for_edition(self.draft).in_reading_order()
        return [f"{one.code}={one.name.removeprefix('Coordinación ')}" for one in rows]

    def texts(self, code="8.2"):
        return ["  " * row.level + row.text for row in listed(self.unit(code))]

    def assertRefused(self, moment, *named):
        """It is refused for saves that did this, and nothing is changed."""
        before = state(self.draft)
        with self.assertRaises(StandsInTheWay) as caught:
            self.undo(moment)
        self.assertEqual(state(self.draft), before)
        for words in named:
            self.assertIn(words, str(caught.exception))
        return caught.exception.later
