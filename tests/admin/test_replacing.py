"""Find and replace over a draft: what is found, shown and proposed."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from functions.services import change_function, create_function
from manuals.services import create_chapter
from tests.admin.replacing import WHO, ReplacingTestCase
from tests.factories import make_function
from units.services import change_unit


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
