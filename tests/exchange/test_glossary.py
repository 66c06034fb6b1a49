"""An import proposes the acronyms that its document explains, each once."""

import json
from unittest import mock

from django.test import TestCase

from exchange.demo import load_demo
from exchange.glossary import sightings
from exchange.importers import read_source
from exchange.services import report_bytes
from manuals.exceptions import EditionsOverlap
from manuals.models import GlossaryTerm, Manual
from manuals.permissions import OPERATOR
from manuals.services import accept_terms, reject_terms
from tests.exchange.importers.support import KINDS
from tests.exchange.test_import_edition import FRAGMENT, MANUAL, importing
from tests.factories import REASON
from tests.support import real_manual_path

SOURCE = MANUAL.replace(
    "Este manual es de prueba.",
    "Este manual es de prueba y lo publica la Dirección de Pruebas (DP).",
).replace(
    "- Dirigir las pruebas.",
    "- Dirigir las pruebas con el Servicio de Administración Tributaria (SAT).\n"
    "- Aplicar la Unidad de Medida y Actualización (UMA), de la Dirección de "
    "Pruebas (DP).",
)


def proposals():
    return list(
        GlossaryTerm.objects.proposed()
        .order_by("pk")
        .values_list("term", "meaning", "place", "address")
    )


class ImportProposalTests(TestCase):
    def test_pairs_are_proposed_with_their_first_place(self):
        result = importing(SOURCE)
        self.assertEqual(
            proposals(),
            [
                (
                    *("DP", "Dirección de Pruebas"),
                    *("capítulo 1, párrafo 1", "capitulos/1/#p1"),
                ),
                (
                    *("SAT", "Servicio de Administración Tributaria"),
                    *("3.1, función 1", "3.1/#f1"),
                ),
                (
                    *("UMA", "Unidad de Medida y Actualización"),
                    *("3.1, función 2", "3.1/#f2"),
                ),
            ],
        )
        for term in GlossaryTerm.objects.all():
            self.assertEqual(term.found_in, result.edition)
            self.assertIn(f"({term.term})", term.excerpt)

    def test_the_report_names_what_is_proposed(self):
        result = importing(SOURCE)
        report = json.loads(report_bytes(result.reading))
        self.assertEqual(
            [one["term"] for one in report["glossary"]], ["DP", "SAT", "UMA"]
        )
        lines = SOURCE.splitlines()
        sat = report["glossary"][1]
        self.assertIn("(SAT)", lines[sat["line"] - 1])

    def test_a_dry_run_reports_and_keeps_nothing(self):
        result = importing(SOURCE, dry_run=True)
        self.assertEqual(len(result.reading.report.glossary), 3)
        self.assertFalse(GlossaryTerm.objects.exists())

    def test_a_second_import_proposes_nothing_that_was_decided_or_waits(self):
        importing(SOURCE)
        by = {"user": OPERATOR, "reason": REASON}
        dp, sat, _uma = GlossaryTerm.objects.order_by("pk")
        accept_terms(terms=[dp], **by)
        reject_terms(terms=[sat], **by)
        again = SOURCE.replace("Guardar los", "Conservar los")
        result = importing(again, label="2022", base_label="2021")
        self.assertTrue(result.written)
        self.assertEqual(result.reading.report.glossary, [])
        self.assertEqual(GlossaryTerm.objects.count(), 3)

    def test_a_fragment_proposes_what_it_explains_itself(self):
        importing(SOURCE)
        fragment = FRAGMENT.replace(
            "a) Los propios; y", "a) Los del Tribunal Federal de Justicia (TFJ); y"
        )
        importing(fragment, label="2022", base_label="2021")
        self.assertEqual(
            proposals()[-1],
            (
                *("TFJ", "Tribunal Federal de Justicia"),
                *("4.2, función 2, inciso a)", "4.2/#f2-a"),
            ),
        )

    def test_the_plural_of_a_name_is_the_same_pair(self):
        importing(
            SOURCE.replace(
                "- Guardar los registros.",
                "- Cobrar dos Unidades de Medida y Actualización (UMA).",
            )
        )
        self.assertEqual(GlossaryTerm.objects.filter(term="UMA").count(), 1)

    def test_a_failed_import_leaves_no_proposals(self):
        with (
            mock.patch("exchange.services._record", side_effect=EditionsOverlap),
            self.assertRaises(EditionsOverlap),
        ):
            importing(SOURCE, authorised=True)
        self.assertFalse(GlossaryTerm.objects.exists())


class RealManualTests(TestCase):
    def proposed(self, number):
        path = real_manual_path(number)
        reading = read_source(path.name, path.read_bytes(), kinds=KINDS)
        return {one.pair.term: one.pair.meaning for one in sightings(reading.document)}

    def test_the_whole_manual_explains_these_acronyms_and_no_others(self):
        found = self.proposed("002")
        self.assertEqual(
            sorted(found),
            [
                *("CAQOD", "COFEMER", "DIR", "IMSS", "INAI", "INEGI", "MORAI", "POT"),
                *("PRODECON", "PTD", "SAT", "SHCP", "SIARA", "UFC", "UISS", "USE"),
            ],
        )
        # Of which the text says a part, and a plural.
        self.assertEqual(found["UFC"], "Unidad de Fiscalización y Cobranza")
        self.assertEqual(found["UISS"], "Unidad de Incorporación al Seguro Social")

    def test_the_fragments_explain_none(self):
        self.assertEqual((self.proposed("000"), self.proposed("003")), ({}, {}))


class DemonstrationTests(TestCase):
    def test_its_terms_are_explained_all_but_one_that_waits(self):
        load_demo()
        terms = Manual.objects.get(slug="demo").glossary
        accepted = set(terms.accepted().values_list("term", flat=True))
        self.assertLessEqual({"IMSS", "PAE", "PRODECON", "UMA"}, accepted)
        self.assertEqual(terms.proposed().get().term, "TFJA")
        self.assertTrue(terms.get(term="PAE").explanation)
        self.assertEqual(terms.values("term").distinct().count(), terms.count())

    def test_a_second_run_leaves_what_people_decided(self):
        load_demo()
        terms = Manual.objects.get(slug="demo").glossary
        by = {"user": OPERATOR, "reason": REASON}
        reject_terms(terms=[terms.get(term="UMA")], **by)
        before = list(terms.order_by("pk").values())
        load_demo()
        self.assertEqual(list(terms.order_by("pk").values()), before)

    def test_a_demonstration_without_glossary_gets_one(self):
        load_demo()
        terms = Manual.objects.get(slug="demo").glossary
        terms.all().delete()
        load_demo()
        self.assertEqual(terms.proposed().get().term, "TFJA")
