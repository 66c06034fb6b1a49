"""Names of units as links; where a unit is named; units that share a name."""

import re
from html import unescape
from io import StringIO
from unittest import mock

from django.core.management import call_command
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from manual_org.web.views import references
from manuals import cache
from manuals.permissions import OPERATOR
from manuals.services import create_chapter
from tests.factories import (
    REASON,
    authorise,
    make_edition,
    make_function,
    make_unit,
    make_user,
)
from tests.support import real_manual_path
from tests.web.support import LATER, Reader
from units.models import Unit
from units.services import change_unit

HOME = "/manuales/dir/2021/"
SHARED = "Subjefatura de División de Normas"


def filled(label="2021"):
    """8.1 Dirección; 8.2 and 8.3 Coordinaciones; 8.2.1 and 8.3.1 of one name.

    8.2 is named by 8.1 (function 1; 2 b) twice), by chapter 3 (p2) and by itself.
    """
    edition = make_edition(label)
    root = make_unit(edition, name="Dirección de Pruebas")
    cobranza = make_unit(root, name="Coordinación de Cobranza")
    registro = make_unit(root, name="Coordinación de Registro & Control")
    make_unit(cobranza, name=SHARED)
    make_unit(registro, name=SHARED)
    make_function(root, "Acordar <con> la Coordinación de Cobranza.")
    second = make_function(root, "Dirigir, en las materias de:")
    make_function(root, "Registro.", parent=second)
    make_function(
        root,
        "La Coordinación de Cobranza, y de nuevo la COORDINACIÓN DE COBRANZA.",
        parent=second,
    )
    make_function(cobranza, "Dirigir la Coordinación de Cobranza.")
    make_function(
        cobranza, "Informar a la Coordinación de Registro & Control de la Ley."
    )
    make_function(
        registro, f"Apoyar a la {SHARED} y a la Coordinación de Registro & Control."
    )
    create_chapter(
        edition=edition,
        user=OPERATOR,
        reason=REASON,
        number=3,
        title="Antecedentes",
        kind="text",
        body="Uno.\n\nLa *Coordinación de Cobranza* y la Coordinación **de** Cobranza.",
    )
    return edition


class LinksTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        authorise(filled())

    def test_a_name_in_a_function_leads_to_the_unit(self):
        response = self.client.get(f"{HOME}8.1/")
        self.assertContains(
            response,
            "Acordar &lt;con&gt; la "
            f'<a class="unit-ref" href="{HOME}8.2/">Coordinación de Cobranza</a>.',
        )
        self.assertContains(response, f'class="unit-ref" href="{HOME}8.2/"', count=3)

    def test_a_name_with_signs_of_html_is_escaped_inside_its_link(self):
        page = self.client.get(f"{HOME}8.2/")
        self.assertContains(page, "Coordinación de Registro &amp; Control de la Ley")

    def test_its_own_name_leads_nowhere(self):
        page = self.client.get(f"{HOME}8.2/")
        self.assertContains(page, "Dirigir la Coordinación de Cobranza.")

    def test_a_shared_name_leads_to_the_choice(self):
        response = self.client.get(f"{HOME}8.3/")
        self.assertContains(
            response,
            f'title="2 unidades tienen este nombre: vea cuáles son" '
            f'href="{HOME}8.2.1/homonimas/">{SHARED}</a>',
        )

    def test_names_in_a_chapter_are_links_across_emphasis(self):
        page = self.client.get(f"{HOME}capitulos/3/")
        link = f'<a class="unit-ref" href="{HOME}8.2/">'
        self.assertContains(page, f"<em>{link}Coordinación de Cobranza</a></em>")
        self.assertContains(
            page, f"{link}Coordinación <strong>de</strong> Cobranza</a>."
        )


class MentionsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = authorise(filled())

    def get(self, code, **query):
        return Reader(self.client.get(f"{HOME}{code}/menciones/", query))

    def test_the_unit_says_how_often_others_name_it(self):
        page = Reader(self.client.get(f"{HOME}8.2/"))
        self.assertIn("Mencionada en 2 funciones", page.text)
        self.assertIn("2 funciones de 1 unidad y 1 párrafo del capítulo 3", page.text)
        self.assertIn(f"{HOME}8.2/menciones/", page.links)

    def test_a_unit_that_nobody_names_says_so(self):
        page = Reader(self.client.get(f"{HOME}8.1/"))
        self.assertNotIn("#mencionada", page.links)
        self.assertIn("Ninguna otra unidad ni capítulo", page.text)
        self.assertIn("Ninguna otra unidad ni capítulo", self.get("8.1").text)

    def test_every_mention_is_listed_in_context_with_the_way_there(self):
        response = self.client.get(f"{HOME}8.2/menciones/")
        page = Reader(response)
        places = ["8.1/#f1", "8.1/#f2-b", "capitulos/3/#p2", "8.2/#f1"]
        self.assertEqual(
            [link for link in page.links if re.search("#[fp][0-9]", link)],
            [HOME + place for place in places],
        )
        self.assertIn("Función 2, inciso b)", page.text)
        self.assertContains(response, "<mark>Coordinación de Cobranza</mark>")
        self.assertContains(response, "<mark>COORDINACIÓN DE COBRANZA</mark>")
        self.assertContains(
            response, "<mark>Coordinación <strong>de</strong> Cobranza</mark>"
        )
        self.assertEqual(sum(tag == "mark" for tag, _attributes in page.tags), 6)

    def test_what_a_unit_says_of_itself_is_told_apart(self):
        page = self.get("8.2")
        self.assertIn("se nombra a sí misma en 1 de sus funciones", page.text)
        self.assertIn("Esta misma unidad", page.text)

    def test_a_shared_name_counts_for_each_unit_with_a_word_of_caution(self):
        for code in ["8.2.1", "8.3.1"]:
            page = self.get(code)
            self.assertIn("pueden referirse a cualquiera de ellas", page.text)
            self.assertIn(f"{HOME}8.3/#f1", page.links)

    def test_long_lists_come_in_pages(self):
        with mock.patch.multiple(references, PER_PAGE=2, ORPHANS=0):
            first, second = self.get("8.2"), self.get("8.2", pagina=2)
        self.assertIn("?pagina=2", first.links)
        self.assertIn(f"{HOME}8.1/#f2-b", first.links)
        self.assertNotIn(f"{HOME}capitulos/3/#p2", first.links)
        self.assertIn("?pagina=1", second.links)
        self.assertIn(f"{HOME}capitulos/3/#p2", second.links)
        self.assertIn(f"{HOME}8.2/#f1", second.links)

    def test_one_unit_alone_needs_no_list_of_units(self):
        self.assertNotIn("Unidades que la nombran", self.get("8.2").text)

    def test_another_name_is_found_in_a_draft_at_once(self):
        draft = filled("borrador")
        self.client.force_login(make_user("lector"))
        address = "/manuales/dir/borrador/8.2/menciones/"
        self.assertIn("2 funciones de 1 unidad", Reader(self.client.get(address)).text)
        change_unit(
            unit=draft.units.get(code="8.2"),
            name="Coordinación de Otra Cosa",
            user=OPERATOR,
            reason=REASON,
        )
        self.assertIn("Ninguna otra unidad", Reader(self.client.get(address)).text)

    def test_an_unknown_code_is_not_found(self):
        for page in ["menciones", "homonimas"]:
            response = self.client.get(f"{HOME}9.9/{page}/")
            self.assertContains(response, "no tiene la unidad 9.9", status_code=404)

    def test_a_drafts_mentions_are_for_people_with_a_role(self):
        filled("borrador")
        response = self.client.get("/manuales/dir/borrador/8.2/menciones/")
        self.assertEqual(response.status_code, 404)


class NamingUnitsTests(TestCase):
    """8.2 is named by 8.1 (functions 1 and 2) and by 8.3 (function 2)."""

    @classmethod
    def setUpTestData(cls):
        edition = filled()
        other = edition.units.get(code="8.3")
        make_function(other, "Avisar a la Coordinación de Cobranza.")
        authorise(edition)

    def links(self, **query):
        response = self.client.get(f"{HOME}8.2/menciones/", query)
        page = Reader(response)
        for link in page.links:
            if link.startswith("#"):
                self.assertIn(link[1:], page.ids)
        return [link for link in page.links if "#u-" in link]

    def test_they_are_listed_with_the_way_to_their_mentions(self):
        self.assertEqual(self.links(), ["#u-8.1", "#u-8.3"])
        text = Reader(self.client.get(f"{HOME}8.2/menciones/")).text
        self.assertIn("8.1 Dirección de Pruebas 2 funciones", text)
        self.assertIn("8.3 Coordinación de Registro & Control 1 función", text)

    def test_the_way_leads_to_the_page_that_has_them(self):
        with mock.patch.multiple(references, PER_PAGE=2, ORPHANS=0):
            self.assertEqual(self.links(), ["#u-8.1", "?pagina=2#u-8.3"])
            self.assertEqual(self.links(pagina=2), ["?pagina=1#u-8.1", "#u-8.3"])


class HomonymsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        authorise(filled())

    def test_units_of_one_name_are_told_apart_by_their_place(self):
        page = Reader(self.client.get(f"{HOME}8.3.1/homonimas/"))
        self.assertIn("2 unidades de esta edición llevan este nombre", page.text)
        self.assertIn(f"{HOME}8.2.1/", page.links)
        self.assertIn(f"{HOME}8.3.1/", page.links)
        self.assertIn("8.2 Coordinación de Cobranza", page.text)
        self.assertIn("8.3 Coordinación de Registro & Control", page.text)

    def test_a_name_of_one_unit_leads_to_the_unit(self):
        self.assertRedirects(self.client.get(f"{HOME}8.2/homonimas/"), f"{HOME}8.2/")


class ReferenceQueriesTests(TestCase):
    """The pages ask the same of few functions and of many."""

    @classmethod
    def setUpTestData(cls):
        authorise(filled())
        large = filled("2024")
        root = large.units.get(parent=None)
        for number in range(30):
            unit = make_unit(root, name=f"Coordinación de Materia {number}")
            make_function(unit, "Apoyar a la Coordinación de Cobranza.")
        authorise(large, LATER)

    def test_the_queries_do_not_grow(self):
        for page, most in [("", 6), ("menciones/", 7), ("homonimas/", 6)]:
            counts = []
            for label in ["2021", "2024"]:
                code = "8.2.1" if page == "homonimas/" else "8.2"
                cache.clear()
                with CaptureQueriesContext(connection) as captured:
                    response = self.client.get(f"/manuales/dir/{label}/{code}/{page}")
                self.assertEqual(response.status_code, 200)
                counts.append(len(captured))
            with self.subTest(page=page):
                self.assertEqual(counts[0], counts[1])
                self.assertLessEqual(counts[0], most)


class RealManualLinksTests(TestCase):
    """The pages of the whole real manual say what functions/ found in it."""

    @classmethod
    def setUpTestData(cls):
        path = str(real_manual_path("002"))
        call_command("import_manual", path, "--authorised", stdout=StringIO())
        cls.codes = list(Unit.objects.order_by("lft").values_list("code", flat=True))

    def test_every_name_of_another_unit_is_a_link(self):
        links = marks = 0
        for code in self.codes:
            page = Reader(self.client.get(f"{HOME}{code}/"))
            found = [
                attributes["href"]
                for tag, attributes in page.tags
                if attributes.get("class") == "unit-ref"
            ]
            self.assertNotIn(f"{HOME}{code}/", found)
            links += len(found)
            number = 1
            while number:
                page = Reader(
                    self.client.get(f"{HOME}{code}/menciones/?pagina={number}")
                )
                marks += sum(tag == "mark" for tag, _attributes in page.tags)
                more = f"?pagina={number + 1}" in page.links
                number = number + 1 if more else 0
        self.assertEqual(links, 746)
        self.assertEqual(marks, 752 + 47)  # functions and chapters

    def test_links_leave_every_text_as_it_was(self):
        for unit in Unit.objects.order_by("lft"):
            page = self.client.get(f"{HOME}{unit.code}/").content.decode()
            shown = {
                unescape(re.sub("<[^>]*>", "", text))
                for text in re.findall(r"<p>(.*?)</p>", page)
            }
            texts = set(unit.functions.values_list("text", flat=True))
            self.assertLessEqual(texts, shown)
