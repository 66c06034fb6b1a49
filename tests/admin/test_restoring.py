"""Restoring from a history in the admin: asked for, permitted, in drafts only."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from functions.models import Function
from functions.services import change_function, delete_function, move_function
from manuals.permissions import OPERATOR
from manuals.services import discard_edition, submit_edition
from tests.admin.support import AdminTestCase
from units.models import Unit
from units.services import change_unit, delete_unit, move_unit

WHO = {"user": OPERATOR, "reason": "Antes"}


class RestoringTests(AdminTestCase):
    def function(self, text):
        return Function.objects.get(edition=self.draft, text=text)

    def record(self, row, **filters):
        """The first record of a row, or the first that the filters find."""
        return (
            type(row)
            .history.filter(key=row.key, edition=row.edition_id)
            .filter(**filters)
            .order_by("history_id")[0]
        )

    def restore(self, model, record, user=None, **values):
        return self.send(
            model,
            "restaurar",
            record.id,
            record.history_id,
            user=user,
            **{"reason": "Se restaura", **values},
        )

    def test_an_earlier_text_returns_as_a_new_change_with_person_and_reason(self):
        function = self.function("Planear.")
        record = self.record(function)
        change_function(function=function, text="Otra cosa.", **WHO)
        page = self.open("function", "restaurar", record.id, record.history_id)
        self.assertContains(page, "<del>Otra cosa.</del>")
        self.assertContains(page, "<ins>Planear.</ins>")
        response = self.restore("function", record)
        self.assertRedirects(
            response,
            self.url("unit", "change", self.unit("8.2").pk) + "#functions",
            fetch_redirect_response=False,
        )
        function.refresh_from_db()
        self.assertEqual(function.text, "Planear.")
        latest = function.history.latest()
        self.assertEqual(latest.history_user, self.editor)
        self.assertEqual(latest.history_change_reason, "Se restaura")

    def test_text_and_place_can_be_restored_apart(self):
        function = self.function("Planear.")
        record = self.record(function)
        change_function(function=function, text="Otra cosa.", **WHO)
        move_function(function=function, position=3, **WHO)
        page = self.open("function", "restaurar", record.id, record.history_id)
        self.assertContains(page, "Restaurar el lugar")
        response = self.send("function", page=page, reason="x", place="", text="")
        self.assertContains(response, "Elija qué se restaura")
        self.restore("function", record, place="")
        function.refresh_from_db()
        self.assertEqual((function.text, function.position), ("Planear.", 3))

    def test_a_deleted_function_returns_from_the_list_of_deleted_ones(self):
        function = self.function("Coordinar:")
        before = self.texts()
        delete_function(function=function, **WHO)
        page = self.open("function", "deleted", edicion=self.draft.pk)
        record = self.record(function, history_type="-")
        address = self.url("function", "restaurar", record.id, record.history_id)
        self.assertContains(page, address)
        self.assertContains(page, "8.2 Coordinar:")
        step = self.open("function", "restaurar", record.id, record.history_id)
        self.assertContains(step, "Incisos que vuelven con ella</dt><dd>2</dd>")
        self.restore("function", record)
        self.assertEqual(self.texts(), before)
        page = self.open("function", "deleted", edicion=self.draft.pk)
        self.assertNotContains(page, address)
        self.assertContains(page, "Ya está de nuevo")

    def test_a_deleted_unit_returns_with_what_it_had(self):
        before, texts = self.codes(), self.texts()
        unit = self.unit("8.2")
        delete_unit(unit=unit, **WHO)
        record = self.record(unit, history_type="-")
        page = self.open("unit", "restaurar", record.id, record.history_id)
        self.assertContains(page, "Unidades que vuelven con ella</dt><dd>2</dd>")
        self.assertContains(page, "incisos que vuelven con ella</dt><dd>5</dd>")
        self.restore("unit", record)
        self.assertEqual(self.codes(), before)
        self.assertEqual(self.texts(), texts)

    def test_name_and_place_of_a_unit_return(self):
        before = self.codes()
        unit = self.unit("8.2.1")
        record = self.record(unit)
        change_unit(unit=unit, name="Coordinación otra", **WHO)
        move_unit(unit=unit, target=self.unit("8.3"), **WHO)
        # Its siblings took its place meanwhile: the page of the record leads there.
        page = self.open("unit", "simple_history", record.id, record.history_id)
        self.assertContains(page, "Restaurar como en este registro")
        self.restore("unit", record)
        self.assertEqual(self.codes(), before)

    def test_what_hung_from_something_deleted_asks_for_that_first(self):
        item = self.function("El personal.")
        delete_function(function=self.function("Coordinar:"), **WHO)
        response = self.restore("function", self.record(item, history_type="-"))
        self.assertEqual(response.status_code, 409)
        self.assertIn("restáurela primero", self.errors(response))

    def test_a_record_that_says_what_is_stored_has_nothing_to_restore(self):
        function = self.function("Planear.")
        record = function.history.latest()
        self.client.force_login(self.editor)
        response = self.client.get(
            self.url("function", "restaurar", record.id, record.history_id), follow=True
        )
        self.assertContains(response, "Ya está como en este registro.")

    def test_other_states_explain_and_offer_nothing(self):
        function = self.function("Planear.")
        record = self.record(function)
        change_function(function=function, text="Otra cosa.", **WHO)
        address = self.url("function", "restaurar", record.id, record.history_id)
        submit_edition(edition=self.draft, user=self.editor)
        page = self.open("function", "simple_history", record.id, record.history_id)
        self.assertNotContains(page, address)
        for method in (self.client.get, self.client.post):
            response = method(address, {"reason": "x"}, follow=True)
            self.assertContains(response, "está en revisión")
        function.refresh_from_db()
        self.assertEqual(function.text, "Otra cosa.")
        closed = Function.objects.get(text="Función cerrada.").history.latest()
        response = self.client.get(
            self.url("function", "restaurar", closed.id, closed.history_id), follow=True
        )
        self.assertContains(response, "está autorizada")

    def test_records_of_a_discarded_draft_can_be_read_only(self):
        record = self.record(self.function("Planear."))
        discard_edition(edition=self.draft, **WHO)
        self.client.force_login(self.editor)
        response = self.client.get(
            self.url("function", "restaurar", record.id, record.history_id), follow=True
        )
        self.assertContains(response, "La edición de este registro ya no existe.")
        page = self.open("function", "deleted")
        self.assertContains(page, "(descartada)")

    def test_only_who_edits_restores(self):
        function = self.function("Planear.")
        record = self.record(function)
        change_function(function=function, text="Otra cosa.", **WHO)
        address = self.url("function", "restaurar", record.id, record.history_id)
        for user in (self.lector, self.revisor, self.autorizador):
            self.client.force_login(user)
            with self.subTest(user=user):
                self.assertEqual(self.client.get(address).status_code, 403)
                page = self.open("function", "deleted", user=user)
                self.assertNotContains(page, "restaurar/")
        self.client.logout()
        self.assertEqual(self.client.get(address).status_code, 302)

    def test_an_editor_of_a_branch_restores_within_it_only(self):
        inside, outside = self.unit("8.2.1"), self.unit("8.3.1")
        records = [self.record(inside), self.record(outside)]
        for unit in (inside, outside):
            change_unit(unit=unit, name="Otro nombre", **WHO)
        self.restore("unit", records[0], user=self.branch_editor)
        inside.refresh_from_db()
        self.assertEqual(inside.name, "Coordinación 8.2.1")
        response = self.restore("unit", records[1], user=self.branch_editor)
        self.assertEqual(response.status_code, 403)
        outside.refresh_from_db()
        self.assertEqual(outside.name, "Otro nombre")

    def test_the_edition_leads_to_everything_that_was_changed_in_it(self):
        page = self.open("edition", "change", self.draft.pk)
        self.assertContains(page, "/manuales/dir/2024/historial/")

    def test_the_reason_is_asked_for(self):
        function = self.function("Planear.")
        record = self.record(function)
        change_function(function=function, text="Otra cosa.", **WHO)
        response = self.restore("function", record, reason=" ")
        self.assertIn("Indique el motivo", self.errors(response))
        function.refresh_from_db()
        self.assertEqual(function.text, "Otra cosa.")

    def test_what_somebody_changed_meanwhile_is_shown_before(self):
        function = self.function("Planear.")
        record = self.record(function)
        change_function(function=function, text="Otra cosa.", **WHO)
        page = self.open("function", "restaurar", record.id, record.history_id)
        change_function(function=function, text="Otra más.", **WHO)
        response = self.send("function", page=page, reason="Se restaura")
        self.assertEqual(response.status_code, 412)
        self.assertContains(response, "<del>Otra más.</del>", status_code=412)

    def test_addresses_that_make_no_sense_are_not_found(self):
        self.client.force_login(self.editor)
        record = self.record(self.function("Planear."))
        for args in ((999_999, record.history_id), (record.id, 999_999)):
            address = self.url("function", "restaurar", *args)
            self.assertEqual(self.client.get(address).status_code, 404)
        address = self.url("function", "restaurar", 1, 1).replace("1", "9" * 30)
        self.assertEqual(self.client.get(address).status_code, 404)

    def test_deleted_rows_are_listed_by_edition(self):
        delete_unit(unit=self.unit("8.3"), **WHO)
        mine = self.open("unit", "deleted", edicion=self.draft.pk)
        self.assertContains(mine, "8.3 Coordinación 8.3")
        other = self.open("unit", "deleted", edicion=self.closed.pk)
        self.assertNotContains(other, "8.3 Coordinación 8.3")
        for nonsense in ("x", "9" * 40, "-1"):
            self.open("unit", "deleted", edicion=nonsense)
        listed = self.open("unit", "changelist", edicion=self.draft.pk)
        self.assertContains(listed, f"eliminados/?edicion={self.draft.pk}")

    def test_the_list_of_deleted_rows_takes_the_same_queries_for_any_number(self):
        def queries():
            address = self.url("unit", "deleted")
            with CaptureQueriesContext(connection) as captured:
                self.client.get(address, {"edicion": self.draft.pk})
            return len(captured)

        self.client.force_login(self.editor)
        delete_unit(unit=self.unit("8.3.1"), **WHO)
        few = queries()
        delete_unit(unit=self.unit("8.2"), **WHO)
        delete_unit(unit=Unit.objects.get(edition=self.draft, code="8.2"), **WHO)
        self.assertEqual(queries(), few)
        self.assertLessEqual(few, 14)
