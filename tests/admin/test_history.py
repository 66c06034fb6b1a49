"""Histories in the admin: readable, complete, and never a way to write."""

from functions.models import Function
from manuals.permissions import OPERATOR
from tests.admin.support import AdminTestCase
from units.models import Unit
from units.services import change_unit, delete_unit


class HistoryTests(AdminTestCase):
    def change(self, code, name, reason):
        change_unit(unit=self.unit(code), name=name, user=self.editor, reason=reason)

    def test_says_who_when_why_and_what(self):
        self.change("8.3", "Coordinación nueva", "Cambio de nombre")
        page = self.open("unit", "history", self.unit("8.3").pk, user=self.lector)
        for text in (
            "Fecha y hora",
            "Persona",
            "Motivo",
            "editora",
            "Cambio de nombre",
            "<del>Coordinación 8.3</del>",
            "<ins>Coordinación nueva</ins>",
            "Creación",
        ):
            self.assertContains(page, text)
        self.assertNotContains(page, "Restablecer")

    def test_names_related_rows_and_says_when_they_are_gone(self):
        unit = self.unit("8.3.1")
        delete_unit(unit=self.unit("8.3"), user=OPERATOR, reason="Supresión")
        page = self.open("unit", "history", unit.pk)
        self.assertContains(page, "Eliminación")
        self.assertContains(page, "Supresión")
        record = Unit.history.filter(id=unit.pk).last()
        page = self.open("unit", "simple_history", unit.pk, record.history_id)
        self.assertContains(page, "(eliminado)")

    def test_a_record_shows_how_the_row_was_and_takes_no_post(self):
        self.change("8.3", "Otra", "Uno")
        unit = self.unit("8.3")
        record = unit.history.last()
        address = self.url("unit", "simple_history", unit.pk, record.history_id)
        page = self.client.get(address)
        self.client.force_login(self.superuser)
        page = self.client.get(address)
        self.assertContains(page, "Coordinación 8.3")
        self.assertNotContains(page, "_save")
        response = self.client.post(address, {"name": "Restablecida", "_save": "x"})
        self.assertEqual(response.status_code, 405)
        self.assertEqual(self.unit("8.3").name, "Otra")

    def test_every_history_form_refuses_to_be_posted(self):
        self.client.force_login(self.superuser)
        for model, row in (
            ("manual", self.draft.manual),
            ("edition", self.draft),
            ("unit", self.unit("8.2")),
            ("function", Function.objects.first()),
        ):
            with self.subTest(model):
                record = row.history.first()
                address = self.url(model, "simple_history", row.pk, record.history_id)
                self.assertEqual(self.client.get(address).status_code, 200)
                self.assertEqual(self.client.post(address, {}).status_code, 405)

    def test_deleted_rows_are_listed_and_their_history_can_be_read(self):
        unit = self.unit("8.2")
        delete_unit(unit=unit, user=self.editor, reason="Se suprime")
        page = self.open("unit", "deleted")
        self.assertContains(page, "8.2 Coordinación 8.2")
        self.assertContains(page, "8.2.1 Coordinación 8.2.1")
        self.assertContains(page, "Se suprime")
        self.assertContains(self.open("unit", "history", unit.pk), "Se suprime")
        functions = self.open("function", "deleted")
        self.assertContains(functions, "El presupuesto.")

    def test_a_discarded_draft_keeps_its_history(self):
        pk = self.draft.pk
        self.send("edition", "delete", pk, reason="Ya no hace falta")
        page = self.open("edition", "deleted")
        self.assertContains(page, "· 2024")
        self.assertContains(page, "Ya no hace falta")
        self.assertContains(self.open("edition", "history", pk), "Ya no hace falta")
        self.assertContains(self.open("unit", "deleted"), "8.3.1 Coordinación 8.3.1")

    def test_the_functions_of_a_unit_have_one_history(self):
        self.send(
            "unit",
            "change",
            self.unit("8.2").pk,
            **{"functions-0-text": "Planear mejor.", "functions-4-delete": "on"},
            reason="Revisión",
        )
        page = self.open("unit", "functions_history", self.unit("8.2").pk)
        self.assertContains(page, "<del>Planear.</del>")
        self.assertContains(page, "<ins>Planear mejor.</ins>")
        self.assertContains(page, "Eliminación")
        self.assertContains(page, "Revisión")

    def test_the_last_record_of_a_page_says_what_it_changed(self):
        for number in range(60):
            self.change("8.3", f"Nombre {number}", "x")
        page = self.open("unit", "history", self.unit("8.3").pk)
        self.assertEqual(len(page.context["page_obj"].object_list), 50)
        self.assertContains(page, "<ins>Nombre 10</ins>")
        second = self.open("unit", "history", self.unit("8.3").pk, p=2)
        self.assertContains(second, "<ins>Nombre 9</ins>")

    def test_addresses_that_make_no_sense_are_not_found(self):
        self.client.force_login(self.superuser)
        for name, args in (
            ("history", ("abc",)),
            ("history", (999_999,)),
            ("simple_history", (self.unit("8.2").pk, "abc")),
            ("simple_history", (self.unit("8.2").pk, 999_999)),
            ("history", ("9" * 30,)),
        ):
            with self.subTest(name=name, args=args):
                response = self.client.get(self.url("unit", name, *args))
                self.assertEqual(response.status_code, 404)
