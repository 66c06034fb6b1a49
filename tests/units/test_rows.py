"""Units as plain rows."""

from django.test import TestCase

from tests.factories import make_tree
from units.models import Unit


class RowTests(TestCase):
    def test_rows_say_what_the_units_say(self):
        units = make_tree("8.1 8.2 8.2.1")
        unit = units["8.2.1"]
        unit.positions, unit.objective, unit.printed_page = ["B"], "Coordinar.", 7
        unit.save()
        with self.assertNumQueries(1):
            rows = Unit.objects.for_edition(unit.edition).in_reading_order().rows()
        self.assertEqual([row.code for row in rows], ["8.1", "8.2", "8.2.1"])
        self.assertEqual([row.parent_code for row in rows], [None, "8.1", "8.2"])
        self.assertEqual(
            rows[2],
            (
                *(unit.pk, unit.key, "8.2.1", "", 7, "Coordinación 8.2.1"),
                *("Coordinación", ["B"], "8.2", "Coordinar."),
            ),
        )
