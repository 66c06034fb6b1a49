"""The tree of units in the admin."""

from manuals.models import Edition
from tests.admin.support import AdminTestCase, form_of
from tests.factories import make_edition, make_kind, make_unit
from units.models import Unit
from units.trees import problems_of


class UnitListTests(AdminTestCase):
    def listed(self, response):
        return [unit.code for unit in response.context["cl"].result_list]

    def test_shows_the_newest_draft_in_reading_order_unless_asked(self):
        response = self.open("unit", "changelist")
        self.assertEqual(
            self.listed(response), ["8.1", "8.2", "8.2.1", "8.2.2", "8.3", "8.3.1"]
        )
        self.assertEqual(
            {unit.edition for unit in response.context["cl"].result_list}, {self.draft}
        )

    def test_without_a_draft_shows_the_edition_in_force(self):
        Edition.objects.filter(pk=self.draft.pk).delete()
        response = self.open("unit", "changelist")
        self.assertEqual(response.context["cl"].result_list[0].edition, self.closed)

    def test_without_editions_is_an_empty_list(self):
        response = self.open("unit", "changelist", edicion="999999")
        self.assertEqual(len(self.listed(response)), 6)

    def test_indents_each_unit_by_its_depth(self):
        response = self.open("unit", "changelist")
        self.assertContains(response, "depth-0", count=1)
        self.assertContains(response, "depth-1", count=2)
        self.assertContains(response, "depth-2", count=3)

    def test_finds_by_code_and_by_words_without_accents_or_case(self):
        unit = self.unit("8.3.1")
        Unit.objects.filter(pk=unit.pk).update(name="División de Análisis Jurídico")
        for search in ("juridico analisis", "8.3.1", "DIVISIÓN"):
            with self.subTest(search):
                response = self.open("unit", "changelist", q=search)
                self.assertEqual(self.listed(response), ["8.3.1"])
        self.assertEqual(self.listed(self.open("unit", "changelist", q="nada")), [])

    def test_filters_by_edition_branch_and_kind(self):
        Unit.objects.filter(pk=self.unit("8.2.2").pk).update(kind=make_kind("División"))
        branch = self.open("unit", "changelist", rama=self.unit("8.2").pk)
        self.assertEqual(self.listed(branch), ["8.2", "8.2.1", "8.2.2"])
        kind = make_kind("División")
        by_kind = self.open("unit", "changelist", kind__id__exact=kind.pk)
        self.assertEqual(self.listed(by_kind), ["8.2.2"])
        other = self.open("unit", "changelist", edicion=self.closed.pk)
        self.assertEqual(other.context["cl"].result_list[0].edition, self.closed)

    def test_pages_keep_the_order(self):
        parent = self.unit("8.3")
        for number in range(1, 120):
            make_unit(parent, f"Coordinación nueva {number}")
        first = self.listed(self.open("unit", "changelist"))
        second = self.listed(self.open("unit", "changelist", p=2))
        everything = [
            unit.code
            for unit in Unit.objects.for_edition(self.draft).in_reading_order()
        ]
        self.assertEqual(first + second, everything)
        self.assertEqual(len(first), 100)

    def test_counts_the_functions_of_each_unit_without_their_items(self):
        response = self.open("unit", "changelist")
        counts = {
            unit.code: unit.functions_count
            for unit in response.context["cl"].result_list
        }
        self.assertEqual(counts["8.2"], 3)
        self.assertEqual(counts["8.3"], 0)

    def test_offers_structural_links_only_in_drafts_and_only_within_the_branch(self):
        move = self.url("unit", "mover", self.unit("8.2.1").pk)
        move_other = self.url("unit", "mover", self.unit("8.3.1").pk)
        everything = self.open("unit", "changelist")
        self.assertContains(everything, move)
        self.assertContains(everything, move_other)
        branch = self.open("unit", "changelist", user=self.branch_editor)
        self.assertContains(branch, move)
        self.assertNotContains(branch, move_other)
        # The top of the branch stays where it is.
        self.assertNotContains(branch, self.url("unit", "mover", self.unit("8.2").pk))
        closed = self.open("unit", "changelist", edicion=self.closed.pk)
        self.assertNotContains(closed, "/mover/")
        self.assertNotContains(
            self.open("unit", "changelist", user=self.lector), "/mover/"
        )


class ChangeUnitTests(AdminTestCase):
    def test_changes_what_a_unit_says_of_itself_with_user_and_reason(self):
        unit = self.unit("8.3")
        response = self.send(
            "unit",
            "change",
            unit.pk,
            name="Coordinación de Evaluación",
            positions="B, C",
            reason="Cambio de nombre",
        )
        self.assertRedirects(response, self.url("unit", "changelist"))
        unit.refresh_from_db()
        self.assertEqual(unit.name, "Coordinación de Evaluación")
        self.assertEqual(unit.positions, ["B", "C"])
        record = unit.history.first()
        self.assertEqual(record.history_user, self.editor)
        self.assertEqual(record.history_change_reason, "Cambio de nombre")
        self.assertEqual(unit.history.count(), 2)

    def test_needs_a_reason(self):
        unit = self.unit("8.3")
        response = self.send("unit", "change", unit.pk, name="Otra", reason=" ")
        self.assertEqual(response.status_code, 200)
        self.assertIn("Indique el motivo del cambio.", self.errors(response))
        unit.refresh_from_db()
        self.assertEqual(unit.name, "Coordinación 8.3")

    def test_a_form_without_changes_writes_nothing_and_says_so(self):
        unit = self.unit("8.2")
        response = self.send("unit", "change", unit.pk, reason="Nada")
        self.assertEqual(unit.history.count(), 1)
        messages = [str(message) for message in response.wsgi_request._messages]
        self.assertEqual(messages, ["No había ningún cambio que guardar."])

    def test_a_stale_form_keeps_the_text_and_shows_what_is_stored(self):
        unit = self.unit("8.3")
        page = self.open("unit", "change", unit.pk)
        self.send(
            "unit", "change", unit.pk, user=self.superuser, name="De ella", reason="Uno"
        )
        response = self.send(page=page, name="De él", reason="Dos")
        self.assertEqual(response.status_code, 200)
        self.assertContains(response, 'value="De él"')
        self.assertIn("Está guardado: «De ella».", self.errors(response))
        self.assertIn("motivo: Uno", self.errors(response))
        unit.refresh_from_db()
        self.assertEqual(unit.name, "De ella")
        again = self.send(page=response)
        self.assertEqual(again.status_code, 200)  # nothing was chosen
        self.assertEqual(self.unit("8.3").name, "De ella")
        again = self.send(page=again, data={"pick-name": "mine"})
        self.assertEqual(again.status_code, 302)
        unit.refresh_from_db()
        self.assertEqual(unit.name, "De él")

    def test_a_form_without_its_fingerprint_is_not_saved(self):
        unit = self.unit("8.3")
        data = {"name": "Otra", "kind": unit.kind_id, "reason": "x"}
        self.client.force_login(self.editor)
        response = self.client.post(self.url("unit", "change", unit.pk), data)
        self.assertEqual(response.status_code, 200)
        unit.refresh_from_db()
        self.assertEqual(unit.name, "Coordinación 8.3")

    def test_nothing_is_saved_as_new(self):
        unit = self.unit("8.3")
        response = self.send("unit", "change", unit.pk, _saveasnew="x", reason="x")
        self.assertEqual(response.status_code, 403)
        self.assertEqual(len(self.codes()), 6)

    def test_its_own_fields_are_folded_until_something_in_them_is_unsaved(self):
        page = self.open("unit", "change", self.units["8.2"].pk)
        self.assertContains(page, "Datos de la unidad")
        self.assertContains(page, "<details><summary>", count=1)
        for values in ({"name": ""}, {"name": "Otro nombre", "reason": ""}):
            with self.subTest(values):
                page = self.send("unit", "change", self.units["8.2"].pk, **values)
                self.assertNotIn("<details><summary>", page.content.decode())

    def test_shows_the_chain_of_command_and_the_neighbours(self):
        response = self.open("unit", "change", self.unit("8.2.1").pk)
        self.assertContains(response, "8.1 Coordinación 8.1</a> › <a")
        self.assertEqual(response.context["previous_unit"], self.unit("8.2"))
        self.assertEqual(response.context["next_unit"], self.unit("8.2.2"))
        self.assertContains(response, self.unit("8.2.1").get_absolute_url())

    def test_an_unknown_unit_leads_back_with_a_message(self):
        self.client.force_login(self.editor)
        for name in ("change", "mover", "delete"):
            with self.subTest(name):
                response = self.client.get(self.url("unit", name, 999999))
                self.assertEqual(response.status_code, 302)


class AddUnitTests(AdminTestCase):
    def test_adds_below_the_unit_that_the_link_names(self):
        parent = self.unit("8.2")
        page = self.open(
            "unit", "add", edition=self.draft.pk, target=parent.pk, place=1
        )
        self.assertEqual(form_of(page)["target"], str(parent.pk))
        response = self.send(
            page=page, name="Coordinación nueva", kind=make_kind().pk, reason="Se crea"
        )
        self.assertRedirects(response, self.url("unit", "changelist"))
        unit = self.unit("8.2.1")
        self.assertEqual(unit.name, "Coordinación nueva")
        self.assertEqual(unit.history.get().history_user, self.editor)
        self.assertEqual(unit.history.get().history_change_reason, "Se crea")
        self.assertEqual(problems_of(self.draft), [])

    def test_names_the_draft_in_the_address(self):
        self.client.force_login(self.editor)
        response = self.client.get(self.url("unit", "add"))
        self.assertRedirects(
            response, f"{self.url('unit', 'add')}?edition={self.draft.pk}"
        )

    def test_the_first_unit_of_an_edition_is_its_root(self):
        empty = make_edition("2030")
        page = self.open("unit", "add", edition=empty.pk)
        self.assertNotIn("target", page.context["adminform"].form.fields)
        self.send(page=page, name="Dirección", kind=make_kind().pk, reason="Se crea")
        self.assertEqual(Unit.objects.get(edition=empty).code, "8.1")

    def test_offers_an_editor_of_a_branch_only_units_of_it(self):
        page = self.open("unit", "add", user=self.branch_editor, edition=self.draft.pk)
        offered = [
            text.strip()
            for _pk, text in page.context["adminform"].form.fields["target"].choices
        ]
        self.assertEqual(
            offered,
            [
                "8.2 Coordinación 8.2",
                "8.2.1 Coordinación 8.2.1",
                "8.2.2 Coordinación 8.2.2",
            ],
        )

    def test_refuses_a_place_outside_of_the_branch_and_keeps_the_text(self):
        page = self.open("unit", "add", user=self.branch_editor, edition=self.draft.pk)
        response = self.send(
            page=page,
            user=self.branch_editor,
            name="Intrusa",
            kind=make_kind().pk,
            target=self.unit("8.3").pk,
            reason="x",
        )
        self.assertEqual(response.status_code, 200)
        self.assertContains(response, "Intrusa")
        self.assertFalse(Unit.objects.filter(name="Intrusa").exists())

    def test_without_a_draft_says_what_to_do(self):
        Edition.objects.filter(pk=self.draft.pk).delete()
        self.client.force_login(self.editor)
        response = self.client.get(self.url("unit", "add"), follow=True)
        self.assertContains(response, "No hay ningún borrador.")

    def test_a_refused_addition_is_no_success(self):
        """The draft is submitted while the form is open."""
        page = self.open("unit", "add", edition=self.draft.pk)
        Edition.objects.filter(pk=self.draft.pk).update(status="review")
        response = self.send(page=page, name="Tardía", kind=make_kind().pk, reason="x")
        self.assertFalse(Unit.objects.filter(name="Tardía").exists())
        self.assertNotContains(response, "Se agregó", status_code=response.status_code)


class MoveUnitTests(AdminTestCase):
    def test_moves_with_all_below_and_says_how_many_codes_changed(self):
        unit = self.unit("8.2")
        place = {"target": self.unit("8.3").pk, "place": 1}
        page = self.open("unit", "mover", unit.pk, **place)
        response = self.send(page=page, reason="Fusión")
        self.assertRedirects(response, self.url("unit", "change", unit.pk))
        self.assertEqual(
            self.codes(),
            [
                "8.1=8.1",
                "8.2=8.3",
                "8.2.1=8.2",
                "8.2.1.1=8.2.1",
                "8.2.1.2=8.2.2",
                "8.2.2=8.3.1",
            ],
        )
        self.assertEqual(problems_of(self.draft), [])
        record = Unit.objects.get(pk=unit.pk).history.first()
        self.assertEqual(record.history_user, self.editor)
        self.assertEqual(record.history_change_reason, "Fusión")
        messages = [str(message) for message in response.wsgi_request._messages]
        self.assertIn("cambiaron 5 códigos", messages[0])

    def test_offers_no_place_below_itself(self):
        page = self.open("unit", "mover", self.unit("8.2").pk)
        offered = [
            text.split()[0]
            for _pk, text in page.context["form"].fields["target"].choices
        ]
        self.assertEqual(offered, ["8.1", "8.3", "8.3.1"])

    def test_refuses_a_forged_target_and_the_root(self):
        response = self.send(
            "unit",
            "mover",
            self.unit("8.2").pk,
            target=self.unit("8.2.1").pk,
            reason="x",
        )
        self.assertEqual(response.status_code, 200)
        self.client.force_login(self.editor)
        root = self.unit("8.1")
        response = self.client.get(self.url("unit", "mover", root.pk))
        self.assertRedirects(response, self.url("unit", "change", root.pk))
        self.assertEqual(len(self.codes()), 6)

    def test_shows_the_tree_again_when_it_changed_meanwhile(self):
        place = {"target": self.unit("8.1").pk, "place": 3}
        page = self.open("unit", "mover", self.unit("8.2.1").pk, **place)
        make_unit(self.unit("8.1"), "Coordinación intercalada", position=1)
        response = self.send(page=page, reason="Quiero esto")
        self.assertEqual(response.status_code, 412)
        self.assertContains(response, "Otra persona guardó cambios", status_code=412)
        self.assertContains(response, "Quiero esto", status_code=412)
        self.assertEqual(self.send(page=response).status_code, 302)


class DeleteUnitTests(AdminTestCase):
    def test_shows_what_it_takes_along_then_deletes_it(self):
        unit = self.unit("8.2")
        page = self.open("unit", "delete", unit.pk)
        self.assertEqual(
            dict(page.context["facts"]),
            {"Unidades que dependen de ella": 2, "Funciones": 3},
        )
        self.assertContains(
            page, '<td class="code">8.2.1</td><td>Coordinación 8.2.1</td>'
        )
        response = self.send(page=page, reason="Se suprime")
        self.assertRedirects(response, self.url("unit", "changelist"))
        self.assertEqual(self.codes(), ["8.1=8.1", "8.2=8.3", "8.2.1=8.3.1"])
        record = Unit.history.filter(key=unit.key, history_type="-").get()
        self.assertEqual(record.history_user, self.editor)
        self.assertEqual(record.history_change_reason, "Se suprime")

    def test_needs_a_reason(self):
        unit = self.unit("8.2")
        response = self.send("unit", "delete", unit.pk, reason="")
        self.assertEqual(response.status_code, 200)
        self.assertTrue(Unit.objects.filter(pk=unit.pk).exists())

    def test_asks_again_when_the_branch_grew_meanwhile(self):
        unit = self.unit("8.2")
        page = self.open("unit", "delete", unit.pk)
        make_unit(unit, "Coordinación recién creada")
        response = self.send(page=page, reason="Se suprime")
        self.assertEqual(response.status_code, 412)
        self.assertTrue(Unit.objects.filter(pk=unit.pk).exists())
        self.assertContains(response, "recién creada", status_code=412)

    def test_no_list_offers_bulk_deletion(self):
        self.client.force_login(self.superuser)
        data = {"action": "delete_selected", "_selected_action": [self.unit("8.2").pk]}
        self.client.post(self.url("unit", "changelist"), {**data, "post": "yes"})
        self.assertEqual(len(self.codes()), 6)
