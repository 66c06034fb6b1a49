"""«Efecto de la reorganización»: read in the admin, downloaded, never in the way."""

import csv
import io
from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange.services import duplicate_edition
from functions.services import delete_function
from manuals import cache
from manuals.models import Edition
from manuals.permissions import OPERATOR
from tests.admin.support import AdminTestCase
from tests.factories import REASON, authorise, make_function, make_unit, make_user
from units.services import delete_unit, move_unit

WHO = {"user": OPERATOR, "reason": REASON}
FORMULA = "=SUMA(A1)"


class ReorganisationTests(AdminTestCase):
    """2030 is a draft of 2021 (8.1 > 8.2 8.3 (> 8.3.1)) without its 8.3."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.later = duplicate_edition(edition=cls.closed, label="2030", **WHO)
        live = {unit.code: unit for unit in cls.later.units.all()}
        move_unit(unit=live["8.3.1"], target=live["8.2"], **WHO)
        delete_unit(unit=cls.later.units.get(code="8.3"), **WHO)
        delete_function(function=cls.later.functions.get(), **WHO)

    def page(self, edition=None, **more):
        return self.open(
            "edition", "reorganisation", (edition or self.later).pk, **more
        )

    def test_the_edition_and_its_structure_lead_to_it(self):
        address = self.url("edition", "reorganisation", self.later.pk)
        self.assertContains(self.open("edition", "change", self.later.pk), address)
        self.assertContains(self.open("unit", "structure", self.later.pk), address)
        # What does not go back to another edition has no effect on any.
        for name, model in (("change", "edition"), ("structure", "unit")):
            page = self.open(model, name, self.draft.pk)
            self.assertNotContains(page, "/reorganizacion/")

    def test_it_says_the_effect_and_leads_to_the_units_of_both_editions(self):
        page = self.page(user=self.lector)
        self.assertContains(page, "1 se suprime")
        self.assertContains(page, "Ninguna unidad queda sin superior.")
        self.assertContains(page, "1 queda sin lugar")
        self.assertContains(page, "Función cerrada.")
        moved = self.later.units.get(key=self.closed_units["8.3.1"].key)
        self.assertContains(page, self.url("unit", "change", moved.pk))
        gone = self.closed_units["8.3"].pk
        self.assertContains(page, self.url("unit", "change", gone))
        self.assertContains(
            page, '<caption class="visually-hidden">Funciones sin lugar'
        )
        self.assertContains(page, "No hay unidades nuevas.")

    def test_a_draft_that_changes_nothing_says_so(self):
        same = duplicate_edition(edition=self.closed, label="2031", **WHO)
        page = self.page(same)
        self.assertContains(page, "Nada cambia en la estructura")
        self.assertNotContains(page, "effect-section")

    def test_a_closed_edition_shows_its_effect_too(self):
        empty = self.later.units.exclude(code="8.2").filter(functions=None)
        for unit in empty:
            make_function(unit)
        later = authorise(self.later, effective_from=date(2030, 1, 1))
        self.assertContains(self.page(later, user=self.lector), "1 se suprime")

    def test_without_a_base_it_leads_back_with_a_sentence(self):
        for name in ("reorganisation", "reorganisation_csv"):
            response = self.open("edition", name, self.draft.pk)
            self.assertRedirects(
                self.client.get(self.url("edition", name, self.draft.pk)),
                self.url("edition", "change", self.draft.pk),
            )
            self.assertContains(response, "no parte de otra")
        response = self.open("edition", "reorganisation", 999_999)
        self.assertContains(response, "La edición ya no existe.")

    def test_who_may_not_read_drafts_is_refused(self):
        self.client.force_login(make_user(is_staff=True))
        for name in ("reorganisation", "reorganisation_csv"):
            address = self.url("edition", name, self.later.pk)
            self.assertEqual(self.client.get(address).status_code, 403)

    def test_the_file_cannot_be_taken_for_formulas(self):
        unit = self.later.units.get(code="8.2")
        function = make_function(unit, "Otra.")
        type(function).objects.filter(pk=function.pk).update(text=FORMULA)
        base = Edition.objects.with_manual().get(pk=self.later.pk)
        heir = duplicate_edition(edition=base, label="2032", **WHO)
        delete_function(function=heir.functions.get(text=FORMULA), **WHO)
        self.client.force_login(self.lector)
        response = self.client.get(self.url("edition", "reorganisation_csv", heir.pk))
        self.assertEqual(response["Content-Type"], "text/csv; charset=utf-8")
        self.assertIn("reorganizacion-dir-2032.csv", response["Content-Disposition"])
        text = response.content.decode("utf-8-sig")
        rows = csv.DictReader(io.StringIO(text))
        (lost,) = [row for row in rows if row["apartado"] == "funciones"]
        self.assertEqual(lost["texto"], f"'{FORMULA}")
        self.assertEqual(lost["hallazgo"], "sin lugar")

    def test_texts_are_escaped(self):
        function = make_function(self.later.units.get(code="8.2"), "Otra.")
        type(function).objects.filter(pk=function.pk).update(text="<b>Ver</b>")
        heir = duplicate_edition(edition=self.later, label="2032", **WHO)
        delete_function(function=heir.functions.get(text="<b>Ver</b>"), **WHO)
        self.assertContains(self.page(heir), "&lt;b&gt;Ver&lt;/b&gt;")

    def test_the_queries_are_the_same_for_few_findings_and_many(self):
        counts = []
        for more in range(2):
            unit = self.later.units.get(code="8.2")
            for number in range(10 * more):
                below = make_unit(unit, f"Coordinación {number}")
                make_function(below, "Atender a la Coordinación 8.3 en todo.")
            self.page()
            cache.clear()
            with CaptureQueriesContext(connection) as queries:
                page = self.page()
            counts.append(len(queries))
        self.assertContains(page, "Coordinación 9")
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[1], 26)
