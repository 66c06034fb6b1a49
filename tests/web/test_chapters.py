import datetime

from django.test import TestCase

from manuals.models import Chapter, Chart
from manuals.permissions import OPERATOR
from manuals.services import create_chapter
from tests.factories import REASON, authorise, make_edition, make_function, make_tree
from tests.web.support import Reader

BODY = """Primer párrafo, con *énfasis*.

- Ley primera.
- Ley segunda.
  - Artículo uno.

### Transitorios

1. Único."""


class ChapterTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        edition = make_edition()
        units = make_tree("8.1 > 8.2 > 8.2.1 > 8.2.1.1", edition)
        make_function(units["8.2"])
        for number, title, kind, body in [
            (1, "Introducción", Chapter.Kind.TEXT, BODY),
            (2, "Objetivos", Chapter.Kind.TEXT, ""),
            (7, "Organogramas", Chapter.Kind.CHARTS, ""),
            (8, "Funciones", Chapter.Kind.FUNCTIONS, ""),
        ]:
            chapter = create_chapter(
                edition=edition,
                user=OPERATOR,
                reason=REASON,
                number=number,
                title=title,
                kind=kind,
                body=body,
            )
            if kind == Chapter.Kind.CHARTS:
                Chart.objects.create(
                    chapter=chapter,
                    position=1,
                    number="7.1",
                    title="Coordinación dos",
                    unit_key=units["8.2"].key,
                    effective_from=datetime.date(2017, 12, 16),
                )
                Chart.objects.create(
                    chapter=chapter, position=2, number="7.2", title="Sin unidad"
                )
        authorise(edition)

    def get(self, number):
        response = self.client.get(f"/manuales/dir/2021/capitulos/{number}/")
        self.assertEqual(response.status_code, 200)
        return response

    def test_blocks_are_numbered_and_can_be_addressed(self):
        page = Reader(self.get(1))
        blocks = [ident for ident in page.ids if ident.startswith("p")]
        self.assertEqual(blocks, ["p1", "p2", "p3", "p4", "p5", "p6"])
        self.assertIn("1 Primer párrafo, con énfasis . 2 Ley primera.", page.text)
        self.assertIn("6 1. Único.", page.text)

    def test_emphasis_is_kept(self):
        self.assertContains(self.get(1), "<em>énfasis</em>")

    def test_headings_follow_the_order_of_the_page(self):
        self.assertEqual(Reader(self.get(1)).headings[:2], [1, 2])

    def test_previous_and_next_skip_numbers_that_do_not_exist(self):
        page = Reader(self.get(2))
        rels = {
            attributes["rel"]: attributes["href"]
            for tag, attributes in page.tags
            if tag == "a" and "rel" in attributes
        }
        self.assertEqual(
            rels,
            {
                "prev": "/manuales/dir/2021/capitulos/1/",
                "next": "/manuales/dir/2021/capitulos/7/",
            },
        )

    def test_a_chapter_without_text_says_so(self):
        self.assertContains(self.get(2), "Este capítulo no tiene texto")

    def test_charts_lead_to_their_units(self):
        page = Reader(self.get(7))
        self.assertIn("/manuales/dir/2021/8.2/", page.links)
        self.assertIn("Vigencia: 16 de diciembre de 2017", page.text)
        self.assertIn("7.2 Sin unidad", page.text)

    def test_the_functions_chapter_holds_the_tree_wholly_open(self):
        page = Reader(self.get(8))
        self.assertIn("/manuales/dir/2021/8.2.1.1/", page.links)
        folds = [attributes for tag, attributes in page.tags if tag == "details"]
        self.assertTrue(folds)
        self.assertTrue(all("open" in fold for fold in folds))

    def test_an_unknown_chapter_is_not_found(self):
        response = self.client.get("/manuales/dir/2021/capitulos/3/")
        self.assertEqual(response.status_code, 404)
