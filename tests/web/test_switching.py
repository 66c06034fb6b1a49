"""From one edition to another: the same unit by key, the same chapter by its title."""

import datetime
from types import SimpleNamespace

from django.db import connection
from django.test import SimpleTestCase, TestCase
from django.test.utils import CaptureQueriesContext

from manual_org.web.switching import matching_chapter, previous_edition
from manuals import cache
from manuals.models import Chapter
from manuals.permissions import OPERATOR
from manuals.services import create_chapter
from tests.factories import (
    REASON,
    authorise,
    make_edition,
    make_tree,
    make_unit,
    make_user,
)
from tests.web.support import LATER, PAST, Reader, filled_edition, published
from units.models import Unit

OLDER = datetime.date(2019, 1, 1)
TEXT, CHARTS, FUNCTIONS = Chapter.Kind.TEXT, Chapter.Kind.CHARTS, Chapter.Kind.FUNCTIONS


def chapter(number, title, kind=TEXT):
    return {"number": number, "title": title, "kind": kind}


class MatchingChapterTests(SimpleTestCase):
    others = (
        chapter(1, "Introducción"),
        chapter(2, "MARCO  JURÍDICO."),
        chapter(3, "Políticas"),
        chapter(7, "Funciones sustantivas", FUNCTIONS),
        chapter(8, "Organigramas", CHARTS),
    )

    def matched(self, *args):
        found = matching_chapter(chapter(*args), self.others)
        return found and found["number"]

    def test_by_title_whatever_its_case_spaces_and_final_dot(self):
        self.assertEqual(self.matched(4, "Marco jurídico"), 2)

    def test_functions_and_charts_by_what_they_are(self):
        self.assertEqual(self.matched(8, "Funciones", FUNCTIONS), 7)
        self.assertEqual(self.matched(7, "Organogramas", CHARTS), 8)

    def test_others_by_number(self):
        self.assertEqual(self.matched(3, "Políticas generales"), 3)

    def test_a_text_is_no_chapter_of_functions_of_that_number(self):
        self.assertIsNone(self.matched(7, "Glosario"))
        self.assertIsNone(
            matching_chapter(chapter(8, "F", FUNCTIONS), [chapter(8, "F")])
        )


class PreviousEditionTests(SimpleTestCase):
    def edition(self, pk, since, is_closed=True):
        return SimpleNamespace(pk=pk, effective_from=since, is_closed=is_closed)

    def setUp(self):
        self.one, self.two = self.edition(1, OLDER), self.edition(2, PAST)
        self.draft = self.edition(3, None, is_closed=False)
        self.all = [self.two, self.draft, self.one]

    def test_the_one_in_force_before(self):
        self.assertIs(previous_edition(self.all, self.two, None), self.one)
        self.assertIsNone(previous_edition(self.all, self.one, None))

    def test_of_a_draft_its_base_else_the_newest(self):
        self.assertIs(previous_edition(self.all, self.draft, 1), self.one)
        self.assertIs(previous_edition(self.all, self.draft, None), self.two)
        self.assertIsNone(previous_edition([self.draft], self.draft, None))


def menu(response):
    """The addresses and the text of the menu of editions."""
    html = response.content.decode().partition('<nav class="editions"')[2]
    html = html.partition("</nav>")[0]
    reader = Reader(SimpleNamespace(content=html.encode()))
    return reader.links, reader.text


class SwitchTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        # 2021: 8.1 > 8.2 > 8.2.1         2024: 7.1 > 7.2 (new), 7.3 (8.2, renamed)
        #           > 8.3 (suppressed)               > 7.3.1 (8.2.1)
        cls.old = make_edition("2021", functions_chapter=8)
        units = make_tree("8.1 > 8.2 > 8.2.1 8.3", cls.old)
        cls.new = make_edition("2024", functions_chapter=7)
        root = make_unit(cls.new, name="Coordinación 8.1")
        make_unit(root, name="Coordinación nueva")
        renamed = make_unit(root, name="Coordinación renombrada")
        below = make_unit(renamed, name="Coordinación 8.2.1")
        for unit, code in [(root, "8.1"), (renamed, "8.2"), (below, "8.2.1")]:
            Unit.objects.filter(pk=unit.pk).update(key=units[code].key)
        for edition, chapters in [
            (cls.old, [(1, "Uno", TEXT), (2, "Dos", TEXT), (3, "Tres", TEXT)]),
            (cls.new, [(1, "Dos", TEXT), (2, "Nuevo", TEXT), (7, "F", FUNCTIONS)]),
        ]:
            for number, title, kind in chapters:
                create_chapter(
                    edition=edition,
                    user=OPERATOR,
                    reason=REASON,
                    number=number,
                    title=title,
                    kind=kind,
                )
        cls.old = authorise(cls.old, PAST)
        cls.new = authorise(cls.new, LATER)
        cls.renamed_key = units["8.2"].key

    def get(self, place, status=200):
        response = self.client.get(f"/manuales/dir/{place}")
        self.assertEqual(response.status_code, status)
        return response

    def test_a_renumbered_and_renamed_unit_is_found_by_key(self):
        links, text = menu(self.get("2021/8.2/"))
        self.assertEqual(links, ["/manuales/dir/2024/7.3/", "/manuales/dir/comparar/"])
        self.assertIn("Edición 2021 Sin vigencia", text)
        self.assertIn("Edición 2024 Vigente Desde el 1 de febrero de 2024", text)
        self.assertNotIn("No tiene", text)
        links, _text = menu(self.get("2024/7.3.1/"))
        self.assertIn("/manuales/dir/2021/8.2.1/", links)

    def test_where_the_unit_is_missing_that_is_said_and_the_structure_shown(self):
        for place, home in [("2021/8.3/", "2024/"), ("2024/7.2/", "2021/")]:
            with self.subTest(place=place):
                links, text = menu(self.get(place))
                self.assertIn(f"/manuales/dir/{home}", links)
                self.assertIn("No tiene esta unidad: verá su estructura.", text)

    def test_histories_lead_to_histories(self):
        links, _text = menu(self.get("2021/8.2/historial/"))
        self.assertIn("/manuales/dir/2024/7.3/historial/", links)

    def test_homes_lead_to_homes(self):
        links, _text = menu(self.get("2021/"))
        self.assertIn("/manuales/dir/2024/", links)

    def test_a_code_that_is_elsewhere_leads_to_homes(self):
        links, _text = menu(self.get("2024/8.3/", status=404))
        self.assertIn("/manuales/dir/2021/", links)

    def test_a_chapter_leads_to_that_of_its_title(self):
        links, _text = menu(self.get("2021/capitulos/2/"))
        self.assertIn("/manuales/dir/2024/capitulos/1/", links)
        links, text = menu(self.get("2024/capitulos/7/"))
        self.assertIn("/manuales/dir/2021/", links)
        self.assertIn("No tiene este capítulo: verá su estructura.", text)

    def test_the_banner_of_a_chapter_leads_to_the_chapter_in_force(self):
        response = self.get("2021/capitulos/2/")
        self.assertContains(
            response,
            '<a href="/manuales/dir/2024/capitulos/1/">'
            "Ver este capítulo en la edición vigente (2024)</a>",
            html=True,
        )
        self.assertContains(
            self.get("2021/capitulos/3/"), "(2024) no tiene este capítulo"
        )

    def test_the_unit_leads_to_its_place_in_the_comparison(self):
        address = "/manuales/dir/comparar/2021/2024/?rama=7.3"
        anchor = f"unidad-{self.renamed_key}"
        page = Reader(self.get("2024/7.3/"))
        self.assertIn(f"{address}#{anchor}", page.links)
        self.assertIn(anchor, Reader(self.client.get(address)).ids)

    def test_the_first_edition_has_nothing_to_compare_with(self):
        self.assertNotContains(self.get("2021/8.2/"), "Ver qué cambió")

    def test_published_pages_name_no_draft_and_drafts_name_themselves(self):
        filled_edition("borrador")
        self.client.force_login(make_user("lector"))
        _links, text = menu(self.get("2021/8.2/"))
        self.assertNotIn("borrador", text)
        _links, text = menu(self.get("borrador/8.2/"))
        self.assertLess(text.index("Edición borrador Borrador"), text.index("2024"))

    def test_another_edition_shows_in_the_menu_at_once(self):
        self.get("2021/8.2/")
        published("2019", OLDER, functions_chapter=5)
        _links, text = menu(self.get("2021/8.2/"))
        self.assertIn("Edición 2019 Sin vigencia", text)

    def test_queries_do_not_grow_with_the_number_of_editions(self):
        def queries(place):
            cache.clear()
            with CaptureQueriesContext(connection) as captured:
                self.get(place)
            return len(captured)

        places = ["2021/8.2/", "2021/capitulos/2/", "2021/"]
        before = [queries(place) for place in places]
        for year in (2012, 2011, 2010):
            published(f"{year}", datetime.date(year, 1, 1))
        self.assertEqual([queries(place) for place in places], before)
        self.assertLessEqual(max(before), 6)


class OnlyEditionTests(TestCase):
    def test_a_manual_of_one_edition_has_no_menu(self):
        published()
        response = self.client.get("/manuales/dir/2021/8.2/")
        self.assertNotContains(response, 'class="editions"')
        self.assertContains(response, "Vigente")
