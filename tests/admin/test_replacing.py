"""Find and replace over a draft: what is shown, chosen, saved, and who may."""

from urllib.parse import urlencode

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from functions.models import Function
from functions.services import change_function, create_function, delete_function
from manuals.models import BranchGrant
from manuals.permissions import OPERATOR
from manuals.services import create_chapter
from tests.admin.support import AdminTestCase
from tests.factories import REASON, make_function
from units.services import change_unit

WHO = {"user": OPERATOR, "reason": REASON}


class ReplacingTestCase(AdminTestCase):
    """
    8.2    1. Planear.  2. Coordinar: a) ... b) ...  3. Evaluar.
           4. Apoyar a las Oficinas.  a) De las Oficinas y las Oficinas.
    8.2.1  1. Visitar Oficinas con la Unidad de Evaluación de Oficinas.
    8.3    1. Ver las oficinas y Oficinas.
    """

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.first = make_function(cls.units["8.2"], "Apoyar a las Oficinas.")
        cls.item = make_function(
            cls.units["8.2"], "De las Oficinas y las Oficinas.", parent=cls.first
        )
        cls.named = make_function(
            cls.units["8.2.1"],
            "Visitar Oficinas con la Unidad de Evaluación de Oficinas.",
        )
        cls.third = make_function(cls.units["8.3"], "Ver las oficinas y Oficinas.")

    def page(self, user=None, **query):
        self.client.force_login(user or self.editor)
        return self.client.get(self.address(**query))

    def address(self, **query):
        query = {"edition": self.draft.pk, **query}
        return f"{reverse('admin:functions_function_replace')}?{urlencode(query)}"

    def shown(self, response):
        """(unit, label, what is around, chosen) of each hit."""
        return [
            (unit.unit.code, function.label, hit.after.strip(), hit.chosen)
            for unit in response.context["preview"].units
            for function in unit.functions
            for hit in function.hits
        ]

    def fields(self, page, reason="Por decreto", keep=None):
        """What a browser would send of the page; ``keep`` chooses among the values."""
        preview = page.context["preview"]
        values = [
            hit.value
            for function in preview.functions()
            for hit in function.hits
            if (hit.chosen if keep is None else hit.value in keep)
        ]
        return {
            "shown": preview.shown,
            "hit": values,
            "reason": reason,
            "seen": page.context["form"]["seen"].value() or "",
        }

    def confirm(self, page, user=None, **options):
        self.client.force_login(user or self.editor)
        address = f"{page.request['PATH_INFO']}?{page.request['QUERY_STRING']}"
        return self.client.post(address, self.fields(page, **options), follow=True)

    def text(self, function):
        return Function.objects.get(pk=function.pk).text

    def every_text(self):
        return list(Function.objects.order_by("pk").values_list("text", flat=True))


class PreviewTests(ReplacingTestCase):
    def test_shows_every_hit_in_reading_order_with_its_choice(self):
        page = self.page(find="Oficinas", replace="Sedes")
        self.assertEqual(
            self.shown(page),
            [
                ("8.2", "4.", ".", True),
                ("8.2", "4. a)", "y las Oficinas.", True),
                ("8.2", "4. a)", ".", True),
                ("8.2.1", "1.", "con la Unidad de Evaluación de Oficinas.", True),
                ("8.2.1", "1.", ".", False),
                ("8.3", "1.", ".", True),
            ],
        )
        self.assertContains(
            page, "6 coincidencias en 4 funciones e incisos de 3 unidades"
        )
        self.assertContains(
            page, "Parece parte de un nombre propio: «Unidad de Evaluación de Oficinas»"
        )
        self.assertEqual(
            page.context["chosen"], {"hits": 5, "functions": 4, "units": 3}
        )

    def test_writes_nothing(self):
        before = self.every_text()
        self.page(find="Oficinas", replace="Sedes")
        self.assertEqual(self.every_text(), before)

    def test_without_a_term_only_the_form_is_shown_with_its_defaults(self):
        page = self.page()
        form = page.context["search"]
        self.assertIsNone(page.context["preview"])
        self.assertEqual(
            [bool(form[name].value()) for name in ("word", "case", "expression")],
            [True, True, False],
        )

    def test_a_box_left_empty_in_the_form_stays_empty(self):
        page = self.page(find="oficinas", asked="1", word="on")
        self.assertEqual(page.context["preview"].number, 7)
        page = self.page(find="oficina", asked="1")
        self.assertEqual(page.context["preview"].number, 7)
        self.assertEqual(self.page(find="oficina").context["preview"].number, 0)

    def test_tells_what_only_differs_in_case(self):
        make_function(self.units["8.3"], "Las Suboficinas.")
        page = self.page(find="Oficinas")
        self.assertEqual(page.context["preview"].other_case, 1)
        wider = self.client.get(
            page.request["PATH_INFO"] + page.context["wider_url"]
        ).context["preview"]
        self.assertEqual((wider.number, wider.other_case), (7, 0))

    def test_tells_how_many_articles_may_have_to_agree(self):
        said = "A 3 les antecede un artículo"
        self.assertContains(self.page(find="Oficinas", replace="Centros"), said)
        for other in ({"replace": "Centros", "article": "m"}, {"replace": ""}):
            with self.subTest(other):
                self.assertNotContains(self.page(find="Oficinas", **other), said)

    def test_may_be_limited_to_a_unit_or_its_branch(self):
        unit = self.units["8.2"].pk
        self.assertEqual(
            self.page(find="Oficinas", unit=unit).context["preview"].in_units, 2
        )
        alone = self.page(find="Oficinas", unit=unit, asked="1", word="1", case="1")
        self.assertEqual(alone.context["preview"].in_units, 1)

    def test_a_unit_of_another_edition_is_no_place(self):
        page = self.page(find="Oficinas", unit=self.closed_units["8.2"].pk)
        self.assertIsNone(page.context["preview"])
        self.assertTrue(page.context["search"].has_error("unit"))

    def test_a_name_of_a_unit_of_the_edition_is_left_alone(self):
        change_unit(unit=self.units["8.3.1"], name="Coordinación de Oficinas", **WHO)
        change_function(
            function=self.third, text="Con la Coordinación de Oficinas.", **WHO
        )
        page = self.page(find="Oficinas", replace="Sedes")
        self.assertIn(("8.3", "1.", ".", False), self.shown(page))
        self.assertContains(page, "Es parte del nombre de la unidad 8.3.1")
        self.assertContains(page, "Nombre de la unidad 8.3.1")
        whole = self.page(find="Coordinación de Oficinas", replace="Otra")
        self.assertEqual([one[3] for one in self.shown(whole)], [True])

    def test_lists_where_else_it_stands(self):
        chapter = create_chapter(
            edition=self.draft, number=1, title="Oficinas", body="Las Oficinas.", **WHO
        )
        change_unit(unit=self.units["8.3"], objective="Ver Oficinas.", **WHO)
        page = self.page(find="Oficinas")
        self.assertEqual(
            [(one.what, one.number) for one in page.context["preview"].elsewhere],
            [("Objetivo de la unidad 8.3", 1), ("Capítulo 1", 2)],
        )
        self.assertContains(
            page, reverse("admin:manuals_chapter_change", args=[chapter.pk])
        )

    def test_says_why_a_term_cannot_be_searched_for(self):
        for find, replace, said in (
            ("(", "", "no se entiende"),
            ("a{9}{999}", "", "demasiadas repeticiones"),
            ("a{e<3}", "", "se escribe \\{"),
            ("a", "\\4", "un grupo que la expresión regular no tiene"),
        ):
            with self.subTest(find):
                page = self.page(find=find, replace=replace, expression="on")
                self.assertContains(page, said)
                self.assertIsNone(page.context["preview"])
        self.assertContains(self.page(find=" "), "Escriba qué buscar.")

    def test_more_hits_than_can_be_chosen_from_are_counted(self):
        text = " ".join(["sede"] * 1500)
        for number in range(2):
            create_function(unit=self.units["8.3"], text=f"{number} {text}", **WHO)
        page = self.page(find="sede", replace="oficina")
        preview = page.context["preview"]
        self.assertEqual((preview.number, preview.shown_number), (3000, 2000))
        self.assertContains(page, "las otras 1000 no se cambiarán esta vez")
        done = self.confirm(page)
        self.assertContains(done, "Quedan 1000 coincidencias sin reemplazar.")

    def test_texts_are_escaped(self):
        change_function(function=self.third, text="<b>Oficinas</b> & más", **WHO)
        page = self.page(find="Oficinas", replace="<i>")
        self.assertContains(page, "&lt;b&gt;")
        self.assertContains(page, "&lt;i&gt;")
        self.assertNotContains(page, "<i>")


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


class QueryTests(ReplacingTestCase):
    def count(self, call):
        with CaptureQueriesContext(connection) as queries:
            response = call()
        self.assertIn(response.status_code, (200, 302))
        return len(queries)

    def test_asks_as_often_for_many_hits_as_for_few(self):
        def look():
            return self.page(find="Oficinas", replace="Sedes")

        look()
        few = self.count(look)
        for number in range(60):
            make_function(self.units["8.3"], f"Oficinas {number}.")
            make_function(self.units["8.3.1"], f"Oficinas {number}.")
        self.assertEqual(self.count(look), few)
        self.assertLessEqual(few, 20)

    def test_saves_many_with_as_many_queries_as_few(self):
        def save(word):
            page = self.page(find=word, replace="Sedes")
            fields = self.fields(page)
            address = self.address(find=word, replace="Sedes")
            return self.count(lambda: self.client.post(address, fields))

        for number in range(60):
            make_function(self.units["8.3"], f"Oficinas {number}.")
        make_function(self.units["8.3"], "Centros 70.")
        make_function(self.units["8.3"], "Casas 71.")
        save("Casas")  # what a session asks the first time
        self.assertEqual(save("Oficinas"), save("Centros"))
