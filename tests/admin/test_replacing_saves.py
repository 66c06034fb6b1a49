"""Find and replace over a draft: what is saved, changed meanwhile, and who may."""

from django.urls import reverse

from functions.models import Function
from functions.services import change_function, delete_function
from manuals.models import BranchGrant
from tests.admin.replacing import WHO, ReplacingTestCase
from tests.factories import make_function


class SaveTests(ReplacingTestCase):
    def test_saves_the_chosen_hits_as_one_change(self):
        before = Function.history.count()
        page = self.page(find="Oficinas", replace="Sedes")
        done = self.confirm(page)
        self.assertEqual(self.text(self.first), "Apoyar a las Sedes.")
        self.assertEqual(self.text(self.item), "De las Sedes y las Sedes.")
        self.assertEqual(
            self.text(self.named),
            "Visitar Sedes con la Unidad de Evaluación de Oficinas.",
        )
        self.assertEqual(self.text(self.third), "Ver las oficinas y Sedes.")
        rows = Function.history.all()[:4]
        self.assertEqual(Function.history.count(), before + 4)
        self.assertEqual(len({row.history_date for row in rows}), 1)
        self.assertEqual(
            {(row.history_change_reason, row.history_user_id) for row in rows},
            {("Por decreto", self.editor.pk)},
        )
        self.assertContains(
            done,
            "Se reemplazó: 5 coincidencias en 4 funciones e incisos de 3 unidades. "
            "Queda 1 coincidencia sin reemplazar.",
        )

    def test_only_what_was_chosen_changes(self):
        page = self.page(find="Oficinas", replace="Sedes")
        start = self.item.text.rindex("Oficinas")
        self.confirm(page, keep={f"{self.item.pk}-{start}"})
        self.assertEqual(self.text(self.item), "De las Oficinas y las Sedes.")
        self.assertEqual(self.text(self.first), "Apoyar a las Oficinas.")

    def test_can_be_undone_in_one_step(self):
        before = self.every_text()
        done = self.confirm(self.page(find="Oficinas", replace="Sedes"))
        self.assertContains(done, "Deshacer")
        address = done.content.decode().split('class="undo" href="')[1].split('"')[0]
        page = self.client.get(address)
        seen = page.context["form"]["seen"].value() or ""
        self.client.post(address, {"reason": "Fue un error", "seen": seen})
        self.assertEqual(self.every_text(), before)

    def test_makes_articles_agree_when_asked(self):
        self.confirm(self.page(find="Oficinas", replace="Centros", article="m"))
        self.assertEqual(self.text(self.first), "Apoyar a los Centros.")
        self.assertEqual(self.text(self.item), "De los Centros y los Centros.")

    def test_an_expression_may_move_words(self):
        page = self.page(
            find=r"las (Oficinas)", replace=r"los \1", expression="on", word="on"
        )
        self.confirm(page)
        self.assertEqual(self.text(self.item), "De los Oficinas y los Oficinas.")

    def test_asks_for_the_reason_and_keeps_the_choice(self):
        page = self.page(find="Oficinas", replace="Sedes")
        chosen = {f"{self.first.pk}-{self.first.text.index('Oficinas')}"}
        again = self.confirm(page, reason="", keep=chosen)
        self.assertContains(again, "Indique el motivo del cambio.")
        self.assertEqual(again.context["chosen"]["hits"], 1)
        self.assertEqual(self.text(self.first), "Apoyar a las Oficinas.")

    def test_nothing_chosen_is_told(self):
        page = self.page(find="Oficinas", replace="Sedes")
        self.assertContains(
            self.confirm(page, keep=set()), "No eligió ninguna coincidencia."
        )

    def test_without_a_replacement_it_takes_out_and_says_so(self):
        page = self.page(find="a las Oficinas")
        self.assertContains(page, "lo elegido se quitará de los textos")
        self.assertContains(page, "Quitar lo elegido")
        self.confirm(page)
        self.assertEqual(self.text(self.first), "Apoyar.")

    def test_a_text_left_empty_is_named(self):
        page = self.page(find="Planear.", replace="", word="on")
        self.assertContains(
            self.confirm(page), "8.2, 1.: El texto no puede quedar vacío."
        )

    def test_sent_twice_it_replaces_once(self):
        page = self.page(find="Oficinas", replace="Oficinas Centrales")
        self.confirm(page)
        after = self.every_text()
        again = self.confirm(page)
        self.assertEqual(again.status_code, 412)
        self.assertEqual(self.every_text(), after)
        fresh = self.page(find="Oficinas", replace="Oficinas Centrales")
        self.assertEqual([one[3] for one in self.shown(fresh)].count(True), 0)


class MeanwhileTests(ReplacingTestCase):
    def test_a_text_changed_meanwhile_keeps_the_other_choices(self):
        page = self.page(find="Oficinas", replace="Sedes")
        values = [
            hit.value for one in page.context["preview"].functions() for hit in one.hits
        ]
        chosen = {values[0], values[2], values[4], values[5]}
        change_function(function=self.first, text="A las Oficinas y Oficinas.", **WHO)
        again = self.confirm(page, keep=chosen)
        self.assertEqual(again.status_code, 412)
        self.assertContains(again, "cambió mientras tanto 1 de los", status_code=412)
        self.assertContains(again, "Es nuevo o cambió mientras tanto.", status_code=412)
        self.assertEqual(
            [one[3] for one in self.shown(again)],
            [True, True, False, True, False, True, True],
        )
        self.assertEqual(self.text(self.third), "Ver las oficinas y Oficinas.")
        done = self.confirm(again)
        self.assertContains(done, "5 coincidencias en 4 funciones e incisos")
        self.assertEqual(self.text(self.first), "A las Sedes y Sedes.")

    def test_a_text_deleted_meanwhile_is_told(self):
        page = self.page(find="Oficinas", replace="Sedes")
        delete_function(function=self.third, **WHO)
        again = self.confirm(page)
        self.assertEqual(again.status_code, 412)
        self.assertEqual(len(self.shown(again)), 5)

    def test_what_nobody_chose_may_change(self):
        page = self.page(find="Oficinas", replace="Sedes")
        change_function(function=self.third, text="Otras Oficinas.", **WHO)
        make_function(self.units["8.3"], "Nuevas Oficinas.")
        chosen = {f"{self.first.pk}-{self.first.text.index('Oficinas')}"}
        done = self.confirm(page, keep=chosen)
        self.assertContains(done, "Se reemplazó: 1 coincidencia en 1 función")
        self.assertEqual(self.text(self.first), "Apoyar a las Sedes.")
        self.assertEqual(self.text(self.third), "Otras Oficinas.")

    def test_a_form_made_up_by_hand_does_no_harm(self):
        page = self.page(find="Oficinas", replace="Sedes")
        before = self.every_text()
        for shown, hits in (
            ("x y:z 9999999:aa", ["9999999-1", "x", "-", "1-x"]),
            ("", [f"{self.first.pk}-0", f"{self.first.pk}-99"]),
        ):
            fields = {**self.fields(page), "shown": shown, "hit": hits}
            address = self.address(find="Oficinas", replace="Sedes")
            with self.subTest(shown=shown):
                answer = self.client.post(address, fields)
                self.assertIn(answer.status_code, (200, 302, 412))
        self.assertEqual(self.every_text(), before)


class PermissionTests(ReplacingTestCase):
    def test_an_editor_of_a_branch_chooses_in_it_only(self):
        page = self.page(user=self.branch_editor, find="Oficinas", replace="Sedes")
        self.assertEqual(
            [one[3] for one in self.shown(page)],
            [True, True, True, True, False, False],
        )
        self.assertContains(page, "Usted no edita esta unidad.")
        value = f"{self.third.pk}-{self.third.text.index('Oficinas')}"
        self.assertNotContains(page, f'value="{value}"')
        fields = {**self.fields(page), "hit": [value]}
        address = self.address(find="Oficinas", replace="Sedes")
        self.assertContains(
            self.client.post(address, fields), "No eligió ninguna coincidencia."
        )
        self.assertEqual(self.text(self.third), "Ver las oficinas y Oficinas.")

    def test_an_editor_of_another_manual_may_choose_nothing(self):
        BranchGrant.objects.all().delete()
        BranchGrant.objects.create(
            user=self.branch_editor,
            manual=self.draft.manual,
            unit_key="00000000-0000-4000-8000-000000000000",
        )
        page = self.page(user=self.branch_editor, find="Oficinas", replace="Sedes")
        self.assertEqual(page.context["chosen"]["hits"], 0)

    def test_who_does_not_edit_is_refused(self):
        for user in (self.lector, self.revisor, self.autorizador):
            with self.subTest(user=user):
                self.assertEqual(self.page(user=user, find="x").status_code, 403)
                listed = self.open("function", "changelist", user=user)
                self.assertNotContains(listed, "/reemplazar/")
        self.client.logout()
        self.assertEqual(self.client.get(self.address()).status_code, 302)

    def test_a_closed_edition_is_told_and_a_missing_one_too(self):
        for edition, said in (
            (self.closed.pk, "su contenido se puede leer, pero no cambiar"),
            (999999, "La edición no existe."),
            ("x", "La edición no existe."),
        ):
            with self.subTest(edition=edition):
                self.client.force_login(self.editor)
                address = self.address(edition=edition, find="x")
                self.assertContains(self.client.get(address, follow=True), said)

    def test_is_linked_from_list_edition_and_unit(self):
        address = reverse("admin:functions_function_replace")
        asked = f"{address}?edition={self.draft.pk}"
        self.assertContains(self.open("function", "changelist"), asked)
        self.assertContains(self.open("edition", "change", self.draft.pk), asked)
        unit = self.units["8.2"].pk
        self.assertContains(
            self.open("unit", "change", unit), f"{asked}&amp;unit={unit}"
        )
        self.assertNotContains(self.open("edition", "change", self.closed.pk), address)
