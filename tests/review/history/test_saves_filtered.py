"""Saves by person and by time, and who saved at all."""

from django.test import TestCase
from django.utils import timezone

from functions.services import (
    change_function,
)
from manuals.services import (
    send_back_edition,
    submit_edition,
)
from review.history.saves import NOBODY, Filters, people
from review.history.scope import Scope
from tests.factories import make_function, make_tree, make_user
from tests.review.history.support import by, person, told
from units.services import change_unit


class FilterTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.units = make_tree("8.1 8.2")
        cls.edition = cls.units["8.1"].edition
        cls.function = make_function(cls.units["8.2"], "Texto.")
        cls.ana, cls.berta = person("Ana Pérez"), person("Berta Ruiz")
        cls.scope = Scope(cls.edition)
        change_function(function=cls.function, text="De Ana.", **by(cls.ana, "ana"))
        cls.between = timezone.now()
        change_function(
            function=cls.function, text="De Berta.", **by(cls.berta, "berta")
        )
        submit_edition(edition=cls.edition, user=cls.ana, comment="envío")

    def reasons(self, **filters):
        return [save.reason for save in told(self.scope, Filters(**filters))]

    def test_by_person_life_cycle_included(self):
        self.assertEqual(self.reasons(person=self.ana.pk), ["envío", "ana"])
        self.assertEqual(self.reasons(person=self.berta.pk), ["berta"])
        self.assertEqual(self.reasons(person=make_user().pk), [])

    def test_by_nobody(self):
        # The factory's own row of the edition has no reason.
        self.assertEqual(set(self.reasons(person=NOBODY)), {"Prueba", ""})

    def test_by_time(self):
        self.assertEqual(self.reasons(since=self.between), ["envío", "berta"])
        self.assertEqual(self.reasons(until=self.between)[0], "ana")
        self.assertEqual(self.reasons(since=self.between, until=self.between), [])

    def test_lists_everybody_who_saved(self):
        self.assertEqual(
            people(self.scope),
            [(self.ana.pk, "Ana Pérez"), (self.berta.pk, "Berta Ruiz"), (NOBODY, "")],
        )

    def test_a_deleted_account_leaves_its_saves_without_a_person(self):
        person_gone = make_user("editor")
        change_unit(
            unit=self.draft_unit(), name="Coordinación otra", **by(person_gone, "ida")
        )
        person_gone.delete()
        self.assertIn("ida", self.reasons(person=NOBODY))

    def draft_unit(self):
        send_back_edition(
            edition=self.edition, user=make_user("revisor"), comment="Devuelta"
        )
        return self.units["8.2"]
