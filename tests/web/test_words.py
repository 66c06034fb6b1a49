from datetime import date

from django.test import SimpleTestCase

from manual_org.web.words import (
    enumeration,
    function_count,
    number,
    spoken_date,
    unit_count,
    validity,
)


class WordsTests(SimpleTestCase):
    def test_dates_are_written_as_officials_write_them(self):
        self.assertEqual(spoken_date(date(2021, 3, 4)), "4 de marzo de 2021")
        self.assertEqual(spoken_date(date(2017, 12, 16)), "16 de diciembre de 2017")

    def test_thousands_are_parted_by_a_comma(self):
        self.assertEqual(number(1960), "1,960")

    def test_counts_have_their_plural(self):
        self.assertEqual(function_count(1), "1 función")
        self.assertEqual(function_count(0), "0 funciones")
        self.assertEqual(unit_count(1), "1 unidad administrativa")
        self.assertEqual(unit_count(1000), "1,000 unidades administrativas")

    def test_enumerations_end_with_a_conjunction(self):
        for items, said in [
            ([], ""),
            (["B"], "B"),
            (["B", "C"], "B y C"),
            (["B", "C", "E"], "B, C y E"),
            (["Control", "Información"], "Control e Información"),
            (["Control", "hilos"], "Control e hilos"),
            (["agua", "hielo"], "agua y hielo"),
            (["3", "4"], "3 y 4"),
        ]:
            with self.subTest(items=items):
                self.assertEqual(enumeration(items), said)

    def test_days_in_force_are_one_phrase(self):
        first, last = date(2021, 3, 4), date(2024, 1, 31)
        self.assertEqual(validity(None, None), "sin fecha de inicio")
        self.assertEqual(validity(first, None), "desde el 4 de marzo de 2021")
        self.assertEqual(
            validity(first, last), "del 4 de marzo de 2021 al 31 de enero de 2024"
        )
