"""Interchange documents that the database would not take are refused in words."""

import json
from uuid import UUID

from django.test import TestCase

from exchange.importers.errors import ImportRejected
from exchange.services import import_edition
from manuals.models import Manual
from manuals.permissions import OPERATOR
from units.models import UnitKind


def document():
    """A root with one unit below it, and a chapter of functions."""

    def unit(number, code, kind, above):
        return {
            "key": str(UUID(int=number)),
            "code": code,
            "name": f"{kind} de Pruebas",
            "kind": kind,
            "parent_code": above,
        }

    return {
        "format": "manual-org/1",
        "manual": {"slug": "pruebas", "title": "Manual"},
        "edition": {"label": "2021", "status": "draft", "functions_chapter": 8},
        "chapters": [{"number": 8, "title": "Funciones", "kind": "functions"}],
        "units": [unit(1, "8.1", "Feliz", None), unit(2, "8.2", "Felice", "8.1")],
    }


class RefusalTests(TestCase):
    def take(self, whole):
        data = json.dumps(whole).encode()
        return import_edition(data=data, name="manual.json", user=OPERATOR)

    def assertRefused(self, whole, message):
        with self.assertRaisesMessage(ImportRejected, message) as caught:
            self.take(whole)
        caught.exception.message.encode()  # may be shown to anyone
        self.assertIs(Manual.objects.exists(), False)
        self.assertIs(UnitKind.objects.filter(rank=1000).exists(), False)

    def test_a_second_chapter_of_functions(self):
        whole = document()
        whole["chapters"].append({**whole["chapters"][0], "number": 9})
        self.assertRefused(whole, "/chapters/1/kind: ya hay un capítulo de funciones")

    def test_a_source_given_twice(self):
        whole = document()
        whole["edition"]["sources"] = [{"name": "uno.txt", "sha256": "0" * 64}] * 2
        self.assertRefused(whole, "/edition/sources/1/sha256: ")

    def test_a_code_that_is_a_word_of_the_addresses(self):
        for code in ("historial", "capitulos"):
            whole = document()
            whole["units"][1]["code"] = code
            self.assertRefused(whole, "/units/1/code: se espera un código")

    def test_levels_whose_plurals_are_one_get_different_ones(self):
        self.take(document())
        plurals = UnitKind.objects.filter(name__startswith="Feli")
        self.assertEqual(
            set(plurals.values_list("plural", flat=True)),
            {"Felices", "Feliz (plural)"},
        )

    def test_levels_whose_plurals_are_one_and_too_long(self):
        whole = document()
        whole["units"][0]["kind"] = "A" * 93 + "z"
        whole["units"][1]["kind"] = "A" * 93 + "ce"
        self.assertRefused(whole, "No se puede agregar un nivel")

    def test_half_a_surrogate_pair_in_a_name(self):
        for text in (
            '{"format": "manual-org/1", "\\ud800": 1}',
            '{"\\ud800": 1, "\\ud800": 1}',
        ):
            with self.assertRaises(ImportRejected) as caught:
                import_edition(data=text.encode(), name="m.json", user=OPERATOR)
            self.assertIn("\\ud800", caught.exception.message)
            caught.exception.message.encode()
