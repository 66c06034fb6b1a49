"""What is read and asked for a page of saves does not grow with the edition."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from functions.models import Function
from functions.services import (
    change_function,
    delete_function,
)
from review.history.changes import Tally
from review.history.saves import moments, people, saves
from review.history.scope import Scope
from review.history.strands import LISTED
from tests.review.history.support import WHO, by, person, told
from tests.web.support import filled_edition
from units.models import Unit
from units.services import change_unit, create_unit, delete_unit, move_unit


class BoundsTests(TestCase):
    """What is read and asked does not grow with the edition."""

    @classmethod
    def setUpTestData(cls):
        cls.small = filled_edition("small", units=3, functions=2)
        cls.large = filled_edition("large", units=300, functions=3, functions_chapter=7)
        cls.ana = person()
        for edition in (cls.small, cls.large):
            function = Function.objects.filter(edition=edition).first()
            unit = function.unit
            change_function(function=function, text="Otra.", **by(cls.ana))
            change_unit(unit=unit, name="Coordinación otra", **by(cls.ana))
            delete_function(function=function, **by(cls.ana))

    def queries(self, edition):
        scope = Scope(edition)
        with CaptureQueriesContext(connection) as captured:
            moments(scope).count()
            found = saves(scope, list(moments(scope)[:20]))
            people(scope)
        self.assertEqual(len(found), 5)
        return len(captured)

    def test_the_same_queries_for_3_and_300_units(self):
        few = self.queries(self.small)
        self.assertEqual(self.queries(self.large), few)
        self.assertLessEqual(few, 17)

    def test_more_saves_on_the_page_take_no_more_queries(self):
        few = self.queries(self.small)
        unit = Unit.objects.filter(edition=self.small).first()
        for number in range(12):
            change_unit(unit=unit, name=f"Coordinación {number}", **by(self.ana))
        scope = Scope(self.small)
        with CaptureQueriesContext(connection) as captured:
            moments(scope).count()
            saves(scope, list(moments(scope)[:20]))
            people(scope)
        self.assertEqual(len(captured), few)

    def test_an_import_is_counted_not_read(self):
        save = told(Scope(self.large))[-2]
        self.assertEqual(
            save.tallies,
            [Tally("unit", "created", 300), Tally("function", "created", 990)],
        )
        self.assertEqual(save.changes, [])

    def test_of_many_deleted_rows_the_top_is_listed_and_the_rest_counted(self):
        root = Unit.objects.get(edition=self.large, code="7.1")
        top = create_unit(
            edition=self.large, parent=root, name="Arriba", kind=root.kind, **WHO
        )
        for number in range(LISTED + 5):
            create_unit(
                edition=self.large,
                parent=top,
                name=f"Abajo {number}",
                kind=root.kind,
                **WHO,
            )
        delete_unit(unit=top, **by(self.ana, "Se suprime"))
        save = told(Scope(self.large), number=1)[0]
        self.assertEqual(len(save.changes), LISTED)
        self.assertEqual(save.changes[0].code, top.code)
        self.assertEqual(save.tallies, [Tally("unit", "deleted", 6)])

    def test_a_move_that_renumbers_hundreds_names_what_was_moved(self):
        moved = Unit.objects.get(edition=self.large, code="7.2")
        target = Unit.objects.get(edition=self.large, code="7.50")
        move_unit(unit=moved, target=target, **by(self.ana, "Se mueve"))
        save = told(Scope(self.large), number=1)[0]
        self.assertEqual(
            [(one.kind, one.action, one.name) for one in save.changes],
            [("unit", "moved", moved.name)],
        )
        self.assertEqual(len(save.renumberings), LISTED - 1)
        (tally,) = save.tallies
        self.assertEqual((tally.kind, tally.action), ("unit", "changed"))
        written = Unit.history.filter(history_date=save.at).count()
        self.assertEqual(tally.number, written - LISTED)
