"""Doubtful matches in the admin: listed by edition, confirmed, corrected."""

from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exchange.models import MatchDoubt
from functions.models import Function
from functions.services import change_function, delete_function
from manuals.models import BranchGrant, Edition
from manuals.permissions import OPERATOR
from tests.admin.support import AdminTestCase, form_of
from tests.exchange.test_doubts import FIRST, FRAGMENT
from tests.exchange.test_import_edition import MANUAL, importing
from tests.factories import REASON, make_function
from units.models import Unit

BASE_TEXT = "Planear los ensayos de cada año."
OTHER = "Registrar los ensayos terminados."
WHO = {"user": OPERATOR, "reason": REASON}


class DoubtsCase(AdminTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.base = importing(MANUAL, authorised=True).edition
        cls.imported = importing(FRAGMENT, base_label="2021", label="2026").edition
        cls.doubt = MatchDoubt.objects.get(edition=cls.imported)

    def url(self, model, name, *args):
        if model == "matchdoubt":
            return reverse(f"admin:exchange_matchdoubt_{name}", args=args)
        return super().url(model, name, *args)

    def list(self, user=None):
        return self.open(
            "matchdoubt", "changelist", user=user, edicion=self.imported.pk
        )

    def function(self, text=FIRST, edition=None):
        return Function.objects.get(edition=edition or self.imported, text=text)

    def decide(self, slug, user=None, **values):
        values = {"reason": "Lo verifiqué", **values}
        return self.send("matchdoubt", slug, self.doubt.pk, user=user, **values)

    def assertOffers(self, response, *slugs):
        for slug in ("confirmar", "nueva", "otra"):
            address = self.url("matchdoubt", slug, self.doubt.pk)
            self.assertEqual(address in response.content.decode(), slug in slugs, slug)


class ListTests(DoubtsCase):
    def test_the_page_of_the_edition_counts_the_pending_ones_and_leads_to_them(self):
        address = f"{self.url('matchdoubt', 'changelist')}?edicion={self.imported.pk}"
        page = self.open("edition", "change", self.imported.pk)
        self.assertContains(
            page,
            f'<a href="{address}">Dudas de la importación: 1</a>',
            html=True,
        )
        self.decide("confirmar")
        page = self.open("edition", "change", self.imported.pk)
        self.assertContains(page, "Dudas de la importación: 0")

    def test_an_edition_without_base_speaks_of_no_doubts(self):
        page = self.open("edition", "change", self.draft.pk)
        self.assertNotContains(page, "Dudas de la importación:")

    def test_both_texts_stand_side_by_side_with_the_three_decisions(self):
        page = self.list()
        self.assertContains(page, ">3.2</a>")
        self.assertContains(page, FIRST)
        self.assertContains(page, BASE_TEXT)
        self.assertContains(page, "58 %")
        self.assertOffers(page, "confirmar", "nueva", "otra")

    def test_it_shows_the_text_as_it_stands_in_the_draft(self):
        change_function(function=self.function(), text="Planear de nuevo.", **WHO)
        self.assertContains(self.list(), "Planear de nuevo.")

    def test_an_item_that_was_deleted_leaves_nothing_to_decide(self):
        delete_function(function=self.function(), **WHO)
        page = self.list()
        self.assertContains(page, f"(ya no está) {FIRST}")
        self.assertOffers(page)
        response = self.open("matchdoubt", "confirmar", self.doubt.pk)
        self.assertContains(response, "ya no está en el borrador")

    def test_readers_see_the_list_without_decisions(self):
        for user in (self.lector, self.revisor, self.autorizador):
            self.assertOffers(self.list(user=user))
            response = self.client.get(self.url("matchdoubt", "nueva", self.doubt.pk))
            self.assertEqual(response.status_code, 403)

    def test_an_editor_of_a_branch_decides_within_it(self):
        self.assertOffers(self.list(user=self.branch_editor))
        response = self.client.get(self.url("matchdoubt", "nueva", self.doubt.pk))
        self.assertEqual(response.status_code, 403)
        unit = Unit.objects.get(edition=self.imported, code="3.2")
        BranchGrant.objects.create(
            user=self.branch_editor, manual=self.imported.manual, unit_key=unit.key
        )
        page = self.list(user=self.branch_editor)
        self.assertOffers(page, "confirmar", "nueva", "otra")
        self.decide("confirmar", user=self.branch_editor)
        self.doubt.refresh_from_db()
        self.assertEqual(self.doubt.decided_by, self.branch_editor)

    def test_the_top_of_a_branch_is_decided_by_who_places_it(self):
        unit = Unit.objects.get(edition=self.imported, code="3.2")
        MatchDoubt.objects.filter(pk=self.doubt.pk).update(what="unit", key=unit.key)
        BranchGrant.objects.create(
            user=self.branch_editor, manual=self.imported.manual, unit_key=unit.key
        )
        self.assertOffers(self.list(user=self.branch_editor))
        self.assertOffers(self.list(), "confirmar", "nueva", "otra")

    def test_a_closed_edition_shows_its_doubts_and_keeps_them(self):
        page = self.open("matchdoubt", "confirmar", self.doubt.pk)
        Edition.objects.filter(pk=self.imported.pk).update(status="review")
        self.assertOffers(self.list())
        response = self.client.post(
            page.request["PATH_INFO"], {**form_of(page), "reason": "x"}, follow=True
        )
        self.assertContains(response, "su contenido se puede leer, pero no cambiar")
        self.doubt.refresh_from_db()
        self.assertEqual(self.doubt.state, "pending")

    def test_rows_are_neither_added_nor_edited_nor_deleted_here(self):
        self.client.force_login(self.superuser)
        for name, args in (("add", ()), ("delete", (self.doubt.pk,))):
            response = self.client.get(self.url("matchdoubt", name, *args), follow=True)
            self.assertEqual(response.status_code, 403, name)
        address = self.url("matchdoubt", "change", self.doubt.pk)
        response = self.client.post(address, {"state": "confirmed", "reason": "x"})
        self.assertEqual(response.status_code, 403)

    def test_queries_do_not_grow_with_the_doubts(self):
        def count(*address, **query):
            self.client.get(self.url(*address), query)
            with CaptureQueriesContext(connection) as queries:
                response = self.client.get(self.url(*address), query)
            self.assertEqual(response.status_code, 200, address)
            return len(queries)

        pages = [
            (("matchdoubt", "changelist"), {"edicion": self.imported.pk}),
            (("edition", "change", self.imported.pk), {}),
            (("matchdoubt", "change", self.doubt.pk), {}),
            (("matchdoubt", "confirmar", self.doubt.pk), {}),
        ]
        for user in (self.superuser, self.editor, self.branch_editor):
            if user == self.branch_editor:
                pages = pages[:3]
            self.client.force_login(user)
            few = [count(*address, **query) for address, query in pages]
            unit = Unit.objects.get(edition=self.imported, code="3.2")
            for number in range(30):
                function = make_function(unit, f"Función {number}.")
                MatchDoubt.objects.create(
                    edition=self.imported,
                    what="function",
                    key=function.key,
                    base_key=uuid4(),
                    confidence=0.6,
                    text=function.text,
                    base_text="Otra.",
                )
            many = [count(*address, **query) for address, query in pages]
            self.assertEqual(many, few)
            # The edition's page also compares it with its base.
            self.assertLessEqual(max(many[:1] + many[2:]), 16)


class DecisionTests(DoubtsCase):
    def test_confirms_with_its_reason_and_returns_to_the_list(self):
        key = self.function().key
        response = self.decide("confirmar")
        self.assertRedirects(
            response,
            f"{self.url('matchdoubt', 'changelist')}?edicion={self.imported.pk}",
        )
        self.doubt.refresh_from_db()
        self.assertEqual(
            (self.doubt.state, self.doubt.decided_by), ("confirmed", self.editor)
        )
        self.assertEqual(self.function().key, key)
        record = self.doubt.history.latest()
        self.assertEqual(record.history_change_reason, "Lo verifiqué")
        self.assertContains(self.list(), "confirmada por editora")

    def test_asks_for_the_reason(self):
        response = self.decide("confirmar", reason="")
        self.assertIn("Indique el motivo", self.errors(response))

    def test_makes_it_new(self):
        self.decide("nueva")
        self.doubt.refresh_from_db()
        self.assertEqual(self.doubt.state, "corrected")
        self.assertNotEqual(self.function().key, self.doubt.base_key)
        response = self.open("matchdoubt", "nueva", self.doubt.pk)
        self.assertContains(response, "Ya está corregida")

    def test_chooses_another_of_the_base(self):
        delete_function(function=self.function(OTHER), **WHO)
        page = self.open("matchdoubt", "otra", self.doubt.pk)
        self.assertContains(page, "<strong>3.2, 2.</strong> " + OTHER, html=False)
        self.assertNotContains(page, f"<strong>3.2, 1.</strong> {BASE_TEXT}")
        other = self.function(OTHER, self.base).key
        response = self.decide("otra", base_key="")
        self.assertIn("Elija cuál es", self.errors(response))
        self.decide("otra", base_key=str(other))
        self.assertEqual(self.function().key, other)

    def test_without_another_to_choose_it_says_so(self):
        response = self.open("matchdoubt", "otra", self.doubt.pk)
        self.assertContains(response, "No hay otra que elegir")

    def test_one_that_was_taken_meanwhile_is_no_choice_any_more(self):
        delete_function(function=self.function(OTHER), **WHO)
        page = self.open("matchdoubt", "otra", self.doubt.pk)
        gone = self.function(OTHER, self.base).key
        unit = Unit.objects.get(edition=self.imported, code="3.2")
        make_function(unit, "Otra vez.", key=gone)
        left = self.function("Guardar los registros.")
        delete_function(function=left, **WHO)
        response = self.send(
            "matchdoubt", "otra", page=page, base_key=str(gone), reason="x"
        )
        self.assertNotEqual(self.function().key, gone)
        self.assertIn(response.status_code, (200, 302))

    def test_a_decision_taken_meanwhile_is_shown_first(self):
        page = self.open("matchdoubt", "nueva", self.doubt.pk)
        self.decide("confirmar", user=self.superuser)
        response = self.send("matchdoubt", "nueva", page=page, reason="x")
        self.assertEqual(response.status_code, 412)
        self.doubt.refresh_from_db()
        self.assertEqual(self.doubt.state, "confirmed")

    def test_the_history_names_who_decided(self):
        self.decide("confirmar")
        page = self.open("matchdoubt", "history", self.doubt.pk)
        self.assertContains(page, "Lo verifiqué")
        page = self.open("matchdoubt", "change", self.doubt.pk)
        self.assertContains(page, "confirmada por editora")
        self.assertOffers(page, "nueva")
