"""A common function changed, and the same change in the others that were chosen."""

from unittest import mock

from django.db import connection
from django.test.utils import CaptureQueriesContext

from functions.admin.replacing_preview import digest
from functions.models import Function
from functions.texts import change_texts
from manuals.models import Edition
from tests.admin.common import NEAR, NEW, ODD, PLAN, CommonTestCase
from tests.admin.support import form_of
from tests.factories import (
    make_edition,
    make_function,
    make_tree,
)

CARRIED = NEW.replace("la unidad", "su unidad")
NEWER = NEW.replace("Integrar", "Formular")


class ChangingTests(CommonTestCase):
    def test_the_change_is_proposed_to_each_in_its_own_way(self):
        page = self.page()
        self.assertEqual(
            self.members(page),
            [
                ("8.2, función 4", "dejar", []),
                ("8.2.1, función 1", "dejar", []),
                ("8.2.1, función 2", "dejar", []),
                ("8.3, función 1", "dejar", []),
                ("8.3, función 2", "dejar", []),
            ],
        )
        page = self.preview(page)
        self.assertEqual(
            self.members(page),
            [
                ("8.2, función 4", "completo", ["dejar", "completo"]),
                ("8.2.1, función 1", "completo", ["dejar", "completo"]),
                ("8.2.1, función 2", "llevar", ["dejar", "llevar", "completo"]),
                ("8.3, función 1", "completo", ["dejar", "completo"]),
                ("8.3, función 2", "dejar", ["dejar", "completo"]),
            ],
        )
        self.assertContains(page, "El cambio no se puede hacer tal cual")
        self.assertContains(page, "Tiene 1 inciso, que no cambia.")

    def test_one_save_writes_them_all_and_one_undo_takes_it_back(self):
        before = self.all_texts()
        response = self.confirm(self.preview(self.page(query="?modo=parecidas")))
        self.assertRedirects(
            response,
            self.url("edition", "common", self.draft.pk) + "?modo=parecidas",
            fetch_redirect_response=False,
        )
        texts = [self.text(one) for one in (self.seed, self.same, self.outside)]
        self.assertEqual(texts, [NEW] * 3)
        self.assertEqual((self.text(self.near), self.text(self.odd)), (CARRIED, ODD))
        records = Function.history.filter(history_change_reason="Reforma")
        self.assertEqual(records.count(), 4)
        self.assertEqual(len(set(records.values_list("history_date"))), 1)
        done = self.client.get(response.url)
        self.assertContains(done, "Se cambiaron 4 funciones de 3 unidades.")
        undo = done.content.decode().partition('class="undo" href="')[2]
        page = self.client.get(undo.partition('"')[0])
        self.client.post(page.request["PATH_INFO"], form_of(page))
        self.assertEqual(self.all_texts(), before)

    def test_what_the_person_chooses_is_what_is_written(self):
        page = self.preview(self.page())
        names = {one: f"m-{one.pk}" for one in (self.outside, self.near, self.odd)}
        self.confirm(
            page,
            without=[names[self.outside]],
            **{names[self.near]: "dejar", names[self.odd]: "completo"},
        )
        self.assertEqual(
            [self.text(one) for one in (self.seed, self.outside, self.near, self.odd)],
            [NEW, PLAN, NEAR, NEW],
        )

    def test_a_choice_against_the_proposal_lasts_while_the_text_is_written(self):
        page = self.preview(self.page())
        name = f"m-{self.outside.pk}"
        page = self.send(page, text=NEWER, _preview="1", without=[name])
        ways = {place: way for place, way, _ways in self.members(page)}
        self.assertEqual(ways["8.3, función 1"], "dejar")
        self.assertEqual(ways["8.2.1, función 1"], "completo")
        self.assertEqual(ways["8.2.1, función 2"], "llevar")

    def test_nothing_is_saved_that_was_not_shown(self):
        before = self.all_texts()
        page = self.confirm(self.preview(self.page()), text=NEWER)
        self.assertContains(page, "El texto nuevo no es el que se mostró.")
        self.assertContains(page, NEWER)
        page = self.confirm(self.page())
        self.assertContains(page, "El texto nuevo es el mismo: escriba el cambio.")
        page = self.confirm(self.preview(self.page()), text=" ")
        self.assertContains(page, "Escriba el texto nuevo.")
        page = self.confirm(self.preview(self.page()), reason=" ")
        self.assertContains(page, "Indique el motivo del cambio.")
        page = self.preview(self.page(self.odd), text=ODD.replace("Integrar", "Ver"))
        chosen = [one.name for one in page.context["preview"].chosen()]
        page = self.confirm(page, without=chosen)
        self.assertContains(page, "Elija al menos una función que cambie.")
        self.assertEqual(self.all_texts(), before)

    def test_one_that_changed_meanwhile_is_named_and_nothing_is_lost(self):
        page = self.preview(self.page())
        self.reword(self.same, "Otro texto.")
        page = self.confirm(page)
        self.assertEqual(page.status_code, 412)
        self.assertContains(page, "tanto: 8.2.1, función 1.", status_code=412)
        self.assertEqual(self.fields(page)["text"].strip(), NEW)
        self.assertEqual(self.fields(page)["reason"].strip(), "Reforma")
        self.assertEqual(self.text(self.seed), PLAN)
        ways = {place: way for place, way, _ways in self.members(page)}
        self.assertEqual(ways["8.2.1, función 1"], "dejar", "shown, not chosen")
        self.assertEqual(ways["8.2, función 4"], "completo")
        self.confirm(page)
        self.assertEqual(self.text(self.seed), NEW)
        self.assertEqual(self.text(self.same), "Otro texto.")

    def test_one_that_changes_at_the_last_moment_is_named_too(self):
        def late(**written):
            self.reword(self.near, "Otro texto.")
            return change_texts(**written)

        page = self.preview(self.page())
        with mock.patch("review.admin.common_step.change_texts", late):
            page = self.confirm(page)
        self.assertContains(page, "tanto: 8.2.1, función 2.", status_code=412)
        self.assertEqual(self.fields(page)["text"].strip(), NEW)
        self.assertEqual(self.text(self.seed), PLAN)

    def test_the_one_that_the_page_is_about_may_go_meanwhile(self):
        page = self.preview(self.page())
        Function.objects.filter(parent=self.seed.pk).get().delete()
        Function.objects.get(pk=self.seed.pk).delete()
        page = self.confirm(page)
        self.assertContains(page, "tanto: 8.2, función 4.", status_code=412)
        self.assertEqual(self.fields(page)["text"].strip(), NEW)
        self.confirm(page)
        self.assertEqual(self.text(self.same), NEW)
        self.client.force_login(self.editor)
        gone = self.client.get(self.address(self.seed), follow=True)
        self.assertContains(gone, "La función ya no existe.")

    def test_a_lone_function_is_changed_alone(self):
        alone = make_function(self.units["8.2.2"], "Custodiar el archivo.")
        page = self.page(alone)
        self.assertContains(page, "Ninguna otra función tiene este texto")
        self.confirm(self.preview(page, text="Guardar el archivo."))
        self.assertEqual(self.text(alone), "Guardar el archivo.")


class WhoMayTests(CommonTestCase):
    def test_readers_see_the_group_and_send_nothing(self):
        for user in (self.lector, self.revisor, self.autorizador):
            page = self.page(user=user)
            self.assertContains(page, "Con un texto casi igual")
            self.assertNotContains(page, 'name="text"')
            self.client.force_login(user)
            data = {"text": NEW, "reason": "x"}
            response = self.client.post(self.address(), data)
            self.assertContains(response, NEW, status_code=403)
        self.assertEqual(self.text(self.seed), PLAN)

    def test_a_branch_editor_changes_the_branch_and_sees_the_rest(self):
        page = self.preview(self.page(user=self.branch_editor), user=self.branch_editor)
        ways = {place: ways for place, _way, ways in self.members(page)}
        self.assertEqual(ways["8.3, función 1"], [])
        self.assertContains(page, "Está fuera de las unidades que usted edita.", 2)
        self.confirm(
            page, user=self.branch_editor, **{f"m-{self.outside.pk}": "completo"}
        )
        self.assertEqual(self.text(self.seed), NEW)
        self.assertEqual(self.text(self.outside), PLAN)

    def test_who_edits_none_of_the_units_is_told_so(self):
        function = Function.objects.get(unit__code="8.3.1", unit__edition=self.draft)
        page = self.page(function, user=self.branch_editor)
        self.assertContains(page, "Usted no edita ninguna de estas unidades")
        self.assertNotContains(page, 'name="text"')

    def test_a_draft_closed_meanwhile_gives_the_text_back(self):
        page = self.preview(self.page())
        Edition.objects.filter(pk=self.draft.pk).update(status="review")
        response = self.confirm(page)
        self.assertEqual(response.status_code, 409)
        self.assertEqual(self.fields(response)["text"].strip(), NEW)
        self.assertEqual(self.text(self.seed), PLAN)
        page = self.page()
        self.assertNotContains(page, 'name="text"')
        self.assertContains(page, "su contenido se puede leer, pero no cambiar")

    def test_the_queries_are_the_same_for_few_functions_and_many(self):
        counts = []
        for label, number in (("2025", 2), ("2026", 30)):
            units = make_tree("8.1 8.2", make_edition(label))
            for _one in range(number):
                for unit in units.values():
                    function = make_function(unit, PLAN)
            address = self.address(function, function.unit.edition)
            self.client.force_login(self.branch_editor)
            page = self.client.get(address)
            with CaptureQueriesContext(connection) as captured:
                page = self.client.get(address)
            counts.append(len(captured))
            self.assertEqual(len(page.context["preview"].members), 2 * number)
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[1], 16)

    def test_what_no_browser_sends_is_read_as_nothing(self):
        self.client.force_login(self.editor)
        for data in (
            {},
            {"text": "\0", "reason": "x", "shown": "x:y 9999999999999999999:z :"},
            {
                "text": "x" * 5000,
                "base": "",
                "shown": f"{self.seed.pk}",
                "previewed": "",
            },
            {"text": NEW, "shown": f"{self.seed.pk}:x", f"m-{self.seed.pk}": "nada"},
        ):
            response = self.client.post(self.address(), {"reason": "x", **data})
            self.assertLess(response.status_code, 500)
        for query in ("?guardado=x", "?guardado=" + "9" * 5000, "?guardado=1"):
            self.assertEqual(
                self.client.get(self.address(query=query)).status_code, 200
            )
        self.assertEqual(self.text(self.seed), PLAN)

    def test_a_closed_edition_takes_no_change(self):
        function = Function.objects.get(unit__edition=self.closed)
        self.client.force_login(self.editor)
        address = self.address(function, self.closed)
        self.assertNotContains(self.client.get(address), 'name="text"')
        data = {"text": NEW, "previewed": NEW, "reason": "x", "seen": ""}
        data |= {
            "base": function.text,
            "shown": f"{function.pk}:{digest(function.text)}",
        }
        data[f"m-{function.pk}"] = "completo"
        seen = self.fields(self.page())["seen"]
        response = self.client.post(address, {**data, "seen": seen})
        self.assertEqual(response.status_code, 409)
        self.assertContains(response, NEW, status_code=409)
        self.assertEqual(self.text(function), function.text)
