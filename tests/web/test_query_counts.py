"""The budgets of DESIGN section 10: they do not grow with the manual."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from manuals import cache
from manuals.models import Chapter
from manuals.permissions import OPERATOR
from manuals.services import create_chapter
from tests.factories import REASON, authorise, make_user
from tests.web.support import LATER, PAST, filled_edition

SMALL, LARGE = 3, 300


def edition(label, units, effective_from=None, **fields):
    made = filled_edition(label, units=units, **fields)
    for number, kind in [(1, Chapter.Kind.TEXT), (9, Chapter.Kind.FUNCTIONS)]:
        create_chapter(
            edition=made,
            user=OPERATOR,
            reason=REASON,
            number=number,
            title=f"Capítulo {number}",
            kind=kind,
            body="Texto." if kind == Chapter.Kind.TEXT else "",
        )
    return authorise(made, effective_from) if effective_from else made


class QueryCountTests(TestCase):
    """Counted with nothing kept in memory (cold), and again (warm)."""

    @classmethod
    def setUpTestData(cls):
        edition("2021", SMALL, PAST)
        edition("2024", LARGE, LATER, functions_chapter=7)

    def queries(self, address):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            response = self.client.get(address)
        self.assertEqual(response.status_code, 200)
        return len(captured)

    def cold_and_warm(self, address):
        cache.clear()
        return self.queries(address), self.queries(address)

    def assert_same_and_at_most(self, small, large, cold, warm):
        counts = self.cold_and_warm(small)
        self.assertEqual(self.cold_and_warm(large), counts)
        self.assertLessEqual(counts[0], cold)
        self.assertLessEqual(counts[1], warm)

    def test_branch_page(self):
        self.assert_same_and_at_most(
            "/manuales/dir/2021/8.1/rama/", "/manuales/dir/2024/7.1/rama/", 7, 4
        )

    def test_unit_page(self):
        for small, large in [("2021/8.2", "2024/7.2"), ("2021/8.1", "2024/7.60.1.1")]:
            with self.subTest(small=small, large=large):
                older = self.cold_and_warm(f"/manuales/dir/{small}/")
                newer = self.cold_and_warm(f"/manuales/dir/{large}/")
                self.assertLessEqual(older[0], 6)
                self.assertLessEqual(newer[0], 6)
                self.assertEqual((older[1], newer[1]), (1, 1))
                self.assertEqual(older[0], newer[0])

    def test_edition_home_with_the_whole_tree(self):
        self.assert_same_and_at_most(
            "/manuales/dir/2021/", "/manuales/dir/2024/", cold=4, warm=1
        )

    def test_chapter(self):
        for number in [1, 9]:
            with self.subTest(number=number):
                self.assert_same_and_at_most(
                    f"/manuales/dir/2021/capitulos/{number}/",
                    f"/manuales/dir/2024/capitulos/{number}/",
                    cold=6,
                    warm=1,
                )

    def test_search(self):
        """The same for its results alone; over all manuals, one more for each."""
        for view in ("", "&vista=quien", "&tipo=funcion&pagina=2"):
            # While one types, the words that begin so are asked for.
            for page, words in (("buscar/", 0), ("buscar/resultados/", 1)):
                with self.subTest(view=view, page=page):
                    self.assert_same_and_at_most(
                        f"/manuales/dir/2021/{page}?q=planear{view}",
                        f"/manuales/dir/2024/{page}?q=planear{view}",
                        cold=7 + words,
                        warm=1 + words,
                    )

    def test_list_of_manuals(self):
        self.assertLessEqual(self.queries("/"), 2)


class DraftQueryCountTests(TestCase):
    """A draft's page asks for the same, and four times who is asking."""

    @classmethod
    def setUpTestData(cls):
        edition("small", SMALL)
        edition("large", LARGE, functions_chapter=7)
        cls.reader = make_user("lector")

    def test_pages_of_drafts_do_not_grow_with_the_manual(self):
        self.client.force_login(self.reader)
        for small, large, most in [
            ("small/", "large/", 4 + 4),
            ("small/8.2/", "large/7.2/", 6 + 4),
            ("small/capitulos/9/", "large/capitulos/9/", 6 + 4),
            ("small/buscar/?q=planear", "large/buscar/?q=planear", 7 + 4),
        ]:
            with self.subTest(small=small):
                with CaptureQueriesContext(connection) as few:
                    self.client.get(f"/manuales/dir/{small}")
                with CaptureQueriesContext(connection) as many:
                    self.client.get(f"/manuales/dir/{large}")
                self.assertEqual(len(few), len(many))
                self.assertLessEqual(len(many), most)
