"""Lists pasted from a word processor, read as the importer reads a unit's list."""

from textwrap import dedent

import pytest
from django.core.exceptions import ValidationError
from django.test import TestCase

from exchange.importers.text import read_bytes
from exchange.pasting import recognise
from functions.pasting import PresentRow
from tests.factories import make_kind
from tests.support import real_manual_path
from units.models import UnitKind


def rows(text, present=()):
    """The rows read, indented by their level."""
    read = recognise(text, present)
    return ["  " * row.level + row.text for row in read.rows]


def screen(*texts):
    """Rows on the screen; their ids are their numbers."""
    return [
        PresentRow(str(number), (len(text) - len(text.lstrip())) // 2, text.strip())
        for number, text in enumerate(texts)
    ]


class ReadingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        make_kind("Coordinación")

    def test_reads_numbers_letters_and_romans_whatever_their_columns(self):
        expected = [
            *["Planear las tareas:", "  el presupuesto:", "    de gasto;"],
            *["    de inversión, y", "  el personal.", "Evaluar los resultados."],
        ]
        texts = {
            "tabs": "1.\tPlanear las tareas:\n\ta)\tel presupuesto:\n\t\ti)\tde gasto;"
            "\n\t\tii)\tde inversión, y\n\tb)\tel personal.\n"
            "2.\tEvaluar los resultados.",
            "flat": "1. Planear las tareas:\na) el presupuesto:\ni) de gasto;\n"
            "ii) de inversión, y\nb) el personal.\n2. Evaluar los resultados.",
            "other signs": "1.- Planear las tareas:\n   a. el presupuesto:\n"
            "      i. de gasto;\n      ii. de inversión, y\n   b. el personal.\n"
            "2.- Evaluar los resultados.",
            "windows": "1.\tPlanear las tareas:\r\na)\tel presupuesto:\r\ni)\tde gasto;"
            "\r\nii)\tde inversión, y\r\nb)\tel personal.\r\n"
            "2.\tEvaluar los resultados.\r\n",
        }
        for name, text in texts.items():
            with self.subTest(name):
                self.assertEqual(rows(text), expected)

    def test_reads_bullets_and_plain_lines(self):
        self.assertEqual(
            rows("•\tPlanear.\n•\tCoordinar:\no\tel personal;\no\tlos bienes.\n"),
            ["Planear.", "Coordinar:", "  el personal;", "  los bienes."],
        )
        self.assertEqual(rows("Planear.\n\nCoordinar."), ["Planear.", "Coordinar."])

    def test_joins_soft_breaks_and_divided_words_and_says_so(self):
        read = recognise(
            "1. Planear las activi-\ndades del área\vy su avance.\n2. Eva\u00adluar.",
            (),
        )
        self.assertEqual(
            [row.text for row in read.rows],
            ["Planear las actividades del área y su avance.", "Evaluar."],
        )
        self.assertIn("Se unió la palabra dividida «activi-dades».", read.remarks)
        self.assertTrue(any("continuación" in said for said in read.remarks))

    def test_a_hyphen_before_a_label_divides_no_word(self):
        self.assertEqual(
            rows("1. Coordinar lo socio-\na) uno;\nb) dos."),
            ["Coordinar lo socio- a) uno; b) dos."],
        )

    def test_leaves_the_heading_and_page_headers_out_and_says_so(self):
        read = recognise(
            dedent(
                """\
                8.2.1 Coordinación de Prueba
                Funciones
                1. Planear.
                MANUAL DE ORGANIZACIÓN DE LA PRUEBA
                2. Evaluar.
                """
            ),
            (),
        )
        self.assertEqual([row.text for row in read.rows], ["Planear.", "Evaluar."])
        said = " ".join(read.remarks)
        self.assertIn("Coordinación de Prueba", said)
        self.assertIn("Se omitió 1 encabezado", said)
        read = recognise("Funciones:\n1. Planear.", ())
        self.assertEqual([row.level for row in read.rows], [0])
        self.assertIn("No se tomó: «Funciones:».", read.remarks)

    def test_refuses_the_text_of_several_units(self):
        with pytest.raises(ValidationError, match="2 unidades"):
            recognise(
                "8.2.1 Coordinación A\n1. Planear.\n8.2.2 Coordinación B\n1. Evaluar.",
                (),
            )

    def test_says_what_is_out_of_turn(self):
        read = recognise("1. Planear.\n2. Coordinar.\n4. Evaluar.", ())
        self.assertEqual(len(read.rows), 3)
        self.assertIn("no sigue a la anterior", " ".join(read.remarks))


class RealManualTests(TestCase):
    """A fragment pasted is what the importer reads; each row is known by its text."""

    def read(self, number):
        kinds = UnitKind.objects.names()
        path = real_manual_path(number)
        reading = read_bytes(path.read_bytes(), source_name=path.name, kinds=kinds)
        return path.read_text(), {unit.code: unit for unit in reading.document.units}

    def flat(self, functions, level=0):
        return [
            row
            for function in functions
            for row in (
                (level, function.text),
                *self.flat(function.items, level + 1),
            )
        ]

    def test_reads_fragments_as_the_importer_and_knows_every_row(self):
        for kind in ("Dirección", "Unidad", "División", "Subjefatura"):
            make_kind(kind)
        _text, base = self.read("002")
        for number, code, count in (("003", "4", 43), ("000", "4.3.2", 41)):
            with self.subTest(number):
                text, units = self.read(number)
                present = [
                    PresentRow(str(place), level, said)
                    for place, (level, said) in enumerate(
                        self.flat(base[f"8.{code}"].functions)
                    )
                ]
                pasted = recognise(text, present)
                self.assertEqual(
                    [(row.level, row.text) for row in pasted.rows],
                    self.flat(units[f"7.{code}"].functions),
                )
                self.assertEqual(
                    [row.id for row in pasted.rows], [str(n) for n in range(count)]
                )


class ContinuingTests(TestCase):
    def ids(self, text, present):
        return [row.id for row in recognise(text, present).rows]

    def test_knows_equal_and_reworded_rows_in_any_order(self):
        present = screen(
            "Planear las actividades del área.",
            "Coordinar a las unidades:",
            "  en materia de presupuesto;",
            "  en materia de personal.",
            "Evaluar los resultados del programa anual.",
        )
        self.assertEqual(
            self.ids(
                "1. Evaluar los resultados del programa de cada año.\n"
                "2. Coordinar a las unidades:\n"
                "a) en materia de personal y bienes;\nb) en materia de archivo.\n"
                "3. Planear las actividades del área.\n"
                "4. Otorgar becas a quien lo pida.",
                present,
            ),
            ["4", "1", "3", "2", "0", None],
        )

    def test_knows_a_function_that_became_an_item(self):
        present = screen("Planear:", "Registrar los bienes del área.")
        self.assertEqual(
            self.ids("1. Planear:\na) Registrar los bienes del área.", present),
            ["0", "1"],
        )

    def test_no_row_is_continued_twice(self):
        present = screen("Planear.", "Planear.")
        self.assertEqual(
            self.ids("1. Planear.\n2. Planear.\n3. Planear.", present), ["0", "1", None]
        )
