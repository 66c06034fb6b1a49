"""Undoing in the admin: offered after a change and in the list, or refused."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from functions.lists import Listed, listed, save_function_list
from functions.models import Function
from functions.services import change_function, delete_function
from manuals.admin.undoing import moment_code
from manuals.permissions import OPERATOR
from manuals.services import submit_edition
from tests.admin.support import AdminTestCase, form_of
from units.models import Unit
from units.services import change_unit, create_unit, delete_unit, move_unit

WHO = {"user": OPERATOR, "reason": "Antes"}
LINK = re.compile(r'href="([^"]+/deshacer/)"')


class UndoTests(AdminTestCase):
    def last_moment(self, model=Unit):
        return (
            model.history.filter(edition=self.draft).latest("history_id").history_date
        )

    def undo_url(self, at=None, model=Unit):
        at = at or self.last_moment(model)
        return self.url("edition", "undo", self.draft.pk, moment_code(at))

    def page(self, address, user=None):
        self.client.force_login(user or self.editor)
        return self.client.get(address)

    def confirm(self, address, user=None, **values):
        page = self.page(address, user)
        self.assertEqual(page.status_code, 200)
        return self.client.post(address, {**form_of(page), **values}, follow=True)

    def test_the_message_after_a_change_leads_to_its_undo_and_back(self):
        before = self.codes()
        unit = self.unit("8.2")
        self.client.force_login(self.editor)
        response = self.send("unit", "change", unit.pk, name="Otra", reason="Acuerdo")
        done = self.client.get(response.url)
        (address,) = LINK.findall(done.content.decode())
        self.assertEqual(address, self.undo_url())
        page = self.page(address)
        self.assertContains(page, "Deshacer: Acuerdo")
        self.assertContains(page, "Cambió de nombre")
        response = self.confirm(address)
        self.assertContains(response, "Se deshizo el cambio del")
        self.assertEqual(self.codes(), before)
        latest = self.unit("8.2").history.latest("history_id")
        self.assertEqual(latest.history_user, self.editor)
        self.assertEqual(latest.history_change_reason, "Deshacer: Acuerdo")
        redo = next(one for one in LINK.findall(response.content.decode()))
        self.assertContains(self.page(redo), "Rehacer: Acuerdo")
        self.confirm(redo)
        self.assertIn("8.2=Otra", self.codes())

    def test_steps_offer_it_too_and_what_wrote_nothing_does_not(self):
        before, texts = self.codes(), self.texts()
        response = self.send("unit", "delete", self.unit("8.2").pk, reason="Se va")
        done = self.client.get(response.url)
        (address,) = LINK.findall(done.content.decode())
        self.confirm(address)
        self.assertEqual(self.codes(), before)
        self.assertEqual(self.texts(), texts)
        unit = self.unit("8.3")
        response = self.send("unit", "change", unit.pk, reason="Nada")
        done = self.client.get(response.url)
        self.assertEqual(LINK.findall(done.content.decode()), [])

    def test_the_reason_of_an_undo_is_not_proposed_to_later_changes(self):
        unit = self.unit("8.2")
        self.send("unit", "change", unit.pk, name="Otra", reason="Acuerdo")
        self.confirm(self.undo_url())
        proposed = form_of(self.open("unit", "change", unit.pk))["reason"]
        self.assertEqual(proposed, "Acuerdo")

    def test_the_way_back_is_where_the_person_came_from(self):
        unit = self.unit("8.2")
        change_unit(unit=unit, name="Otra", **WHO)
        came = self.url("unit", "change", unit.pk)
        self.client.force_login(self.editor)
        page = self.client.get(
            self.undo_url(), headers={"referer": f"http://testserver{came}"}
        )
        self.assertContains(page, f'<a class="closelink" href="{came}">')
        response = self.client.post(self.undo_url(), form_of(page))
        self.assertRedirects(response, came)
        for elsewhere in ("https://otro.example/", "//otro.example", "javascript:x"):
            change_unit(unit=unit, name=f"Otra {elsewhere}", **WHO)
            page = self.page(self.undo_url())
            sent = {**form_of(page), "back": elsewhere}
            response = self.client.post(self.undo_url(), sent)
            listed_at = self.url("edition", "saves", self.draft.pk)
            self.assertRedirects(response, listed_at)

    def test_a_unit_that_the_undo_deletes_is_no_way_back(self):
        kind = self.unit("8.2").kind
        new = create_unit(
            edition=self.draft, parent=self.unit("8.1"), name="X", kind=kind, **WHO
        )
        sent = {**form_of(self.page(self.undo_url()))}
        sent["back"] = self.url("unit", "change", new.pk)
        response = self.client.post(self.undo_url(), sent)
        self.assertRedirects(response, self.url("edition", "saves", self.draft.pk))
        self.assertFalse(Unit.objects.filter(pk=new.pk).exists())

    def test_what_stands_in_the_way_is_named_with_a_link_and_no_button(self):
        unit = self.unit("8.2")
        change_unit(unit=unit, name="Otra", **WHO)
        first = self.undo_url()
        change_unit(unit=unit, name="Otra más", user=self.editor, reason="Luego")
        page = self.page(first)
        self.assertContains(page, "cambió «8.2 Otra más»")
        self.assertContains(page, "editora")
        self.assertContains(page, "motivo: Luego")
        self.assertContains(page, self.undo_url())
        self.assertNotContains(page, "Confirmar: deshacer")
        form = {"reason": "x", "seen": "", "back": ""}
        refused = self.client.post(first, {**form, "seen": self.seen(first)})
        self.assertEqual(refused.status_code, 409)
        self.assertContains(refused, "cambió «8.2 Otra más»", status_code=409)
        self.assertEqual(self.unit("8.2").name, "Otra más")

    def seen(self, address):
        return self.page(address).context["form"]["seen"].value()

    def test_undone_twice_is_refused_with_the_way_to_redo(self):
        change_unit(unit=self.unit("8.2"), name="Otra", **WHO)
        first = self.undo_url()
        self.confirm(first)
        page = self.page(first)
        self.assertContains(page, "ya se deshizo")
        self.assertContains(page, self.undo_url())

    def test_the_beginning_of_a_draft_is_not_undone(self):
        first = Unit.history.filter(edition=self.draft).earliest("history_id")
        started = self.draft.history.earliest("history_id").history_date
        page = self.page(self.undo_url(started))
        self.assertContains(page, "descártelo")
        self.assertEqual(self.page(self.undo_url(first.history_date)).status_code, 200)

    def test_moments_that_do_not_exist_are_not_found(self):
        self.client.force_login(self.editor)
        for moment in ("20200101T000000000000", "x", "20209999T000000000000"):
            address = self.url("edition", "undo", self.draft.pk, moment)
            self.assertEqual(self.client.get(address).status_code, 404, moment)

    def test_only_who_edits_may_undo_and_only_in_a_draft(self):
        change_unit(unit=self.unit("8.2"), name="Otra", **WHO)
        address = self.undo_url()
        for user in (self.lector, self.revisor, self.autorizador):
            with self.subTest(user=user):
                self.assertEqual(self.page(address, user).status_code, 403)
                page = self.open("edition", "saves", self.draft.pk, user=user)
                self.assertContains(page, "Cambió de nombre")
                self.assertNotContains(page, "/deshacer/")
        self.client.logout()
        self.assertEqual(self.client.get(address).status_code, 302)
        submit_edition(edition=self.draft, user=self.editor)
        self.client.force_login(self.editor)
        for method in (self.client.get, self.client.post):
            response = method(address, {"reason": "x"}, follow=True)
            self.assertContains(response, "está en revisión")
        self.assertEqual(self.unit("8.2").name, "Otra")
        page = self.open("edition", "saves", self.draft.pk)
        self.assertNotContains(page, "/deshacer/")

    def test_an_editor_of_a_branch_undoes_what_lies_in_it(self):
        change_unit(unit=self.unit("8.2.1"), name="Otra", **WHO)
        inside = self.undo_url()
        change_unit(unit=self.unit("8.3"), name="Otra", **WHO)
        outside = self.undo_url()
        move_unit(unit=self.unit("8.2.2"), target=self.unit("8.3"), **WHO)
        both = self.undo_url()
        self.confirm(inside, self.branch_editor)
        self.assertIn("8.2.1=8.2.1", self.codes())
        for address in (outside, both):
            page = self.page(address, self.branch_editor)
            self.assertContains(page, "más que las ramas que usted edita")
            sent = {"reason": "x", "seen": page.context["form"]["seen"].value()}
            self.assertEqual(self.client.post(address, sent).status_code, 403)
        self.assertIn("8.3=Otra", self.codes())

    def test_the_edition_leads_to_its_saves_and_each_to_its_undo(self):
        change_function(function=self.function("Planear."), text="Planear más.", **WHO)
        at = self.last_moment(Function)
        listed_at = self.url("edition", "saves", self.draft.pk)
        page = self.open("edition", "change", self.draft.pk)
        self.assertContains(page, listed_at)
        page = self.open("edition", "saves", self.draft.pk)
        self.assertContains(page, "Función 1.")
        self.assertContains(page, self.undo_url(at))
        self.confirm(self.undo_url(at))
        page = self.open("edition", "saves", self.draft.pk)
        self.assertContains(page, "Se deshizo el")
        self.assertContains(page, "Deshizo el cambio del")
        self.assertContains(page, "Rehacer")
        closed = self.open("edition", "saves", self.closed.pk)
        self.assertNotContains(closed, "/deshacer/")

    def function(self, text):
        return Function.objects.get(edition=self.draft, text=text)

    def test_a_deleted_function_and_a_saved_list_return_whole(self):
        before = self.texts()
        delete_function(function=self.function("Coordinar:"), **WHO)
        self.confirm(self.undo_url(model=Function))
        self.assertEqual(self.texts(), before)
        keys = [row.key for row in listed(self.unit("8.2"))]
        save_function_list(unit=self.unit("8.2"), rows=[Listed(0, "Otra.")], **WHO)
        self.confirm(self.undo_url(model=Function))
        self.assertEqual(self.texts(), before)
        self.assertEqual([row.key for row in listed(self.unit("8.2"))], keys)

    def test_the_list_of_saves_takes_the_same_queries_for_any_number(self):
        def queries():
            address = reverse("admin:manuals_edition_saves", args=[self.draft.pk])
            with CaptureQueriesContext(connection) as captured:
                self.assertEqual(self.client.get(address).status_code, 200)
            return len(captured)

        self.client.force_login(self.editor)
        change_unit(unit=self.unit("8.3"), name="Otra", user=self.editor, reason="x")
        self.confirm(self.undo_url())
        few = queries()
        for number in range(3):
            delete_unit(unit=self.unit("8.2"), user=self.editor, reason=f"{number}")
            self.confirm(self.undo_url())
        self.assertLessEqual(queries(), few)
        self.assertLessEqual(few, 60)
