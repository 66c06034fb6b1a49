"""The charts of the whole real manual."""

from io import StringIO

from django.core.management import call_command
from django.test import TestCase

from manuals.models import Edition
from tests.support import real_manual_path
from tests.units.chart.support import assert_well_laid_out
from units import chart as charts
from units.outline import outline_of

ALL_LEVELS = 9


class RealManualTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        path = str(real_manual_path("002"))
        call_command("import_manual", path, stdout=StringIO())
        cls.outline = outline_of(Edition.objects.get())

    def whole(self):
        return charts.draw(self.outline, self.outline.root, ALL_LEVELS)

    def test_every_unit_has_a_good_chart(self):
        self.assertEqual(len(self.outline), 97)
        for unit in self.outline:
            with self.subTest(unit=unit.code):
                chart = charts.draw(self.outline, unit, ALL_LEVELS)
                self.assertEqual(len(chart.layout.boxes), unit.descendants + 1)
                assert_well_laid_out(chart)

    def test_no_name_is_cut(self):
        for box in self.whole().layout.boxes:
            self.assertEqual(" ".join(box.name), box.unit.name)
            self.assertEqual(box.caption, f"{box.unit.code} · {box.unit.kind}")

    def test_levels_stand_in_their_order(self):
        self.assertEqual(
            list(self.whole().levels_shown()),
            ["Dirección", "Unidad", "Coordinación", "División", "Subjefatura"],
        )

    def test_the_whole_comes_close_to_a_sheet(self):
        layout = self.whole().layout
        self.assertLess(layout.width, 3000)
        self.assertTrue(1.2 < layout.width / layout.height < 2.2)
