"""The editor's desk for the tree: the page, and what each operation shows first."""

import re

from manuals.services import create_chapter
from tests.admin.support import AdminTestCase, form_of
from tests.factories import make_edition, make_function, make_kind
from units.models import Unit
from units.trees import problems_of


class DeskTestCase(AdminTestCase):
    def desk(self, edition=None, **options):
        return self.open("unit", "structure", (edition or self.draft).pk, **options)

    def step(self, name, code, **query):
        """The page of a step, come to from the tree."""
        return self.open("unit", name, self.unit(code).pk, desde="estructura", **query)

    def codes_shown(self, page):
        """(Old code, new code) of every line of the preview."""
        return [(line.before, line.after) for line in page.context["preview"].lines]

    def fragment(self, name, code, data=None, user=None, **query):
        self.client.force_login(user or self.editor)
        address = self.url("unit", name, self.unit(code).pk)
        headers = {"X-Fragment": "1"}
        if data is None:
            return self.client.get(address, query, headers=headers)
        return self.client.post(address, data, headers=headers, query_params=query)


class StructurePageTests(DeskTestCase):
    def test_shows_every_unit_with_code_name_level_and_functions(self):
        page = self.desk()
        for unit in Unit.objects.for_edition(self.draft):
            self.assertContains(page, f'id="u{unit.pk}"', count=1)
            self.assertContains(
                page, f'<span class="code">{unit.code}</span> {unit.name}'
            )
        self.assertContains(page, 'title="3 funciones"', count=1)

    def test_shows_names_as_text(self):
        unit = self.unit("8.3.1")
        Unit.objects.filter(pk=unit.pk).update(name="<b>Ñ & co</b>")
        self.assertContains(self.desk(), "&lt;b&gt;Ñ &amp; co&lt;/b&gt;")
        targets = self.step("mover", "8.2")
        self.assertContains(targets, "8.3.1 &lt;b&gt;Ñ &amp; co&lt;/b&gt;</option>")

    def test_is_linked_from_the_edition_the_list_and_each_unit(self):
        address = self.url("unit", "structure", self.draft.pk)
        unit = self.unit("8.2")
        self.assertContains(self.open("edition", "change", self.draft.pk), address)
        self.assertContains(self.open("unit", "changelist"), address)
        self.assertContains(
            self.open("unit", "change", unit.pk), f"{address}?unidad={unit.pk}"
        )

    def may(self, page):
        """What the person may do, by code."""
        units = {str(unit.pk): unit.code for unit in self.draft.units.all()}
        text = page.content.decode()
        return {
            units[part.split('"')[0]]: part.split('data-may="')[1].split('"')[0]
            for part in text.split('data-unit="')[1:]
        }

    def test_says_what_each_person_may_do_with_each_unit(self):
        self.assertEqual(
            self.may(self.desk()),
            {
                "8.1": "e",
                "8.2": "ep",
                "8.2.1": "ep",
                "8.2.2": "ep",
                "8.3": "ep",
                "8.3.1": "ep",
            },
        )
        # The top of the branch stays where it is.
        self.assertEqual(
            self.may(self.desk(user=self.branch_editor)),
            {
                "8.1": "",
                "8.2": "e",
                "8.2.1": "ep",
                "8.2.2": "ep",
                "8.3": "",
                "8.3.1": "",
            },
        )
        self.assertEqual(set(self.may(self.desk(user=self.lector)).values()), {""})

    def test_without_a_script_a_unit_shows_its_actions(self):
        unit = self.unit("8.2.1")
        page = self.desk(unidad=unit.pk)
        for name in ("mover", "agregar", "nombre", "delete"):
            self.assertContains(page, f"{self.url('unit', name, unit.pk)}?")
        # Of the root nothing that changes its place.
        root = self.unit("8.1")
        page = self.desk(unidad=root.pk)
        self.assertNotContains(page, self.url("unit", "mover", root.pk))
        self.assertNotContains(page, self.url("unit", "delete", root.pk))
        self.assertContains(page, self.url("unit", "agregar", root.pk))

    def test_a_closed_edition_is_only_read(self):
        page = self.desk(self.closed)
        self.assertContains(page, "La edición 2021 está autorizada")
        self.assertNotContains(page, 'data-may="e')
        self.assertNotContains(page, "data-editable")

    def test_an_empty_draft_offers_its_root(self):
        empty = make_edition("2030")
        self.assertContains(self.desk(empty), "Agregar la unidad raíz")
        self.assertNotContains(
            self.desk(empty, user=self.lector), "Agregar la unidad raíz"
        )

    def test_an_edition_that_is_gone_leads_back(self):
        self.client.force_login(self.editor)
        response = self.client.get(self.url("unit", "structure", 999999))
        self.assertRedirects(response, self.url("unit", "changelist"))


class PreviewTests(DeskTestCase):
    def test_a_move_shows_every_code_that_changes_before_it_is_made(self):
        place = {"target": self.unit("8.3").pk, "place": 1}
        page = self.step("mover", "8.2", **place)
        self.assertEqual(
            self.codes_shown(page),
            [
                ("8.3", "8.2"),
                ("8.2", "8.2.1"),
                ("8.2.1", "8.2.1.1"),
                ("8.2.2", "8.2.1.2"),
                ("8.3.1", "8.2.2"),
            ],
        )
        self.assertContains(
            page, "Quedará debajo de «8.2 Coordinación 8.3», la primera"
        )
        self.assertEqual(self.codes()[1], "8.2=8.2")
        unit = self.unit("8.2")
        response = self.send(page=page, reason="Fusión")
        self.assertRedirects(
            response,
            self.url("unit", "structure", self.draft.pk)
            + f"?unidad={unit.pk}#u{unit.pk}",
        )
        shown = dict(self.codes_shown(page))
        after = {one.pk: one.code for one in Unit.objects.for_edition(self.draft)}
        for code, one in self.units.items():
            self.assertEqual(after[one.pk], shown.get(code, code))

    def test_another_place_than_the_one_shown_is_shown_first(self):
        page = self.step("mover", "8.2.1", target=self.unit("8.3").pk, place=1)
        again = self.send(page=page, target=self.unit("8.1").pk, reason="Otra idea")
        self.assertEqual(again.status_code, 200)
        self.assertContains(again, "Esto es lo que cambia con lo que usted eligió")
        self.assertContains(again, "Otra idea")
        self.assertEqual(self.codes()[2], "8.2.1=8.2.1")
        self.assertEqual(self.send(page=again).status_code, 302)
        self.assertIn("8.2=8.2.1", self.codes())

    def test_looking_needs_no_reason(self):
        page = self.step("mover", "8.2.1")
        self.assertIsNone(page.context["preview"])
        self.assertNotContains(page, "_confirm")
        looked = self.send(page=page, target=self.unit("8.3").pk, _preview="1")
        self.assertNotContains(looked, "Indique el motivo")
        self.assertIn(("8.2.1", "8.3.2"), self.codes_shown(looked))
        self.assertEqual(self.send(page=looked, reason="Ya").status_code, 302)

    def test_the_focus_is_on_what_is_to_be_written_unless_something_is_to_be_read(self):
        for name, field in (
            ("nombre", ['id="id_name"']),
            ("agregar", ['id="id_name"']),
            ("mover", ['id="id_target"']),
            ("delete", []),
        ):
            with self.subTest(name):
                text = self.step(name, "8.2.1").content.decode()
                found = re.findall("<[^<>]* autofocus[^<>]*>", text)
                self.assertEqual(len(found), len(field), found)
                self.assertTrue(all(one in found[0] for one in field))
        shown = self.step("mover", "8.2.1", target=self.unit("8.3").pk)
        self.assertNotContains(shown, "autofocus")

    def test_a_move_that_is_none_is_refused_in_a_sentence(self):
        unit = self.unit("8.2.1")
        same = {"target": unit.parent_id, "place": unit.position}
        page = self.step("mover", "8.2.1", **same)
        self.assertContains(page, "La unidad ya está en ese lugar.")
        self.assertNotContains(page, "_confirm")
        below = self.step("mover", "8.2", target=unit.pk)
        self.assertContains(below, "Una unidad no puede depender de sí misma.")
        gone = self.step("mover", "8.2", target=999999)
        self.assertContains(gone, "La unidad ya no existe en esta edición.")

    def test_an_editor_of_a_branch_moves_only_within_it(self):
        page = self.open(
            "unit",
            "mover",
            self.unit("8.2.1").pk,
            user=self.branch_editor,
            target=self.unit("8.3").pk,
        )
        self.assertContains(page, "No tiene permiso para poner la unidad en ese lugar.")
        response = self.send(page=page, user=self.branch_editor, reason="Insisto")
        self.assertEqual(response.status_code, 200)
        self.assertEqual(self.unit("8.2.1").name, "Coordinación 8.2.1")

    def test_a_deletion_names_what_it_takes_and_who_names_it(self):
        naming = make_function(self.unit("8.3.1"), "Apoyar a la Coordinación 8.2.1.")
        page = self.step("delete", "8.2")
        removed = [line.before for line in page.context["preview"].removed]
        self.assertEqual(removed, ["8.2", "8.2.1", "8.2.2"])
        self.assertEqual(self.codes_shown(page), [("8.3", "8.2"), ("8.3.1", "8.2.1")])
        self.assertContains(page, "Se eliminan también 3 funciones")
        self.assertContains(page, "1 función de otra unidad nombra lo que se elimina")
        root = self.unit("8.1").pk
        self.assertRedirects(
            self.send(page=page, reason="Se suprime"),
            self.url("unit", "structure", self.draft.pk) + f"?unidad={root}#u{root}",
        )
        naming.refresh_from_db()
        self.assertEqual(naming.unit.code, "8.2.1")

    def test_a_new_name_shows_who_uses_the_old_one(self):
        make_function(self.unit("8.3"), "Avisar a la Coordinación 8.2.1.")
        page = self.step("nombre", "8.2.1")
        self.assertContains(
            page, "1 función nombra la unidad como «Coordinación 8.2.1»"
        )
        kind = make_kind("División")
        self.send(
            page=page, name="División de Análisis", kind=kind.name, reason="Decreto"
        )
        unit = self.unit("8.2.1")
        self.assertEqual((unit.name, unit.kind), ("División de Análisis", kind))
        self.assertEqual(unit.history.first().history_change_reason, "Decreto")

    def test_a_name_that_is_the_same_is_no_change(self):
        response = self.send("unit", "nombre", self.unit("8.2.1").pk, reason="Nada")
        self.assertEqual(response.status_code, 200)
        self.assertContains(response, "Escriba otro nombre o elija otro nivel.")
        self.assertEqual(self.unit("8.2.1").history.count(), 1)

    def test_adds_below_last_and_beside_right_after(self):
        page = self.step("agregar", "8.2")
        self.assertEqual(self.codes_shown(page), [("", "8.2.3")])
        self.assertEqual(form_of(page)["kind"], "Coordinación")
        self.send(page=page, name="Coordinación última", reason="Se crea")
        self.assertEqual(self.unit("8.2.3").name, "Coordinación última")
        page = self.step("agregar", "8.2.1", lugar="despues")
        self.assertEqual(
            self.codes_shown(page),
            [("", "8.2.2"), ("8.2.2", "8.2.3"), ("8.2.3", "8.2.4")],
        )
        self.send(page=page, name="Coordinación intermedia", reason="Se crea")
        self.assertEqual(self.unit("8.2.2").name, "Coordinación intermedia")
        self.assertEqual(problems_of(self.draft), [])

    def test_nothing_is_added_beside_the_root_nor_the_top_of_a_branch(self):
        for code, user in (("8.1", self.editor), ("8.2", self.branch_editor)):
            address = ("unit", "agregar", self.unit(code).pk)
            page = self.open(*address, user=user, lugar="despues")
            self.assertNotContains(page, "_confirm")
            self.client.post(
                self.url(*address) + "?lugar=despues",
                {"name": "Intrusa", "kind": "Coordinación", "reason": "x"},
            )
        self.assertFalse(Unit.objects.filter(name="Intrusa").exists())

    def test_charts_of_the_part_that_changes_are_named(self):
        chapter = create_chapter(
            edition=self.draft,
            number=7,
            title="Organogramas",
            kind="charts",
            user=self.editor,
            reason="x",
        )
        for position, code in enumerate(("8.2", "8.3"), 1):
            chapter.charts.create(
                position=position,
                number=f"7.{position}",
                title=f"De {code}",
                unit_key=self.unit(code).key,
            )
        page = self.step("nombre", "8.2.1")
        self.assertContains(page, "De 8.2")
        self.assertNotContains(page, "De 8.3")
        self.assertContains(
            self.step("delete", "8.3"), "Organogramas que se quedan sin su unidad"
        )
