"""Whatever is typed into the search has a sensible answer."""

from tests.web.test_search import ALL, PAGE, SearchTestCase

STRANGE = {
    "very long": "quejas " * 1430,
    "very long word": "q" * 10_000,
    "only stop words": "de la que y en los",
    "only punctuation": "¿?¡!.,;:-—()[]{}",
    "an open quote": '"quejas por',
    "many quotes": '""" "" \'quejas\' "',
    "only a minus": "- -- -",
    "only what is excluded": "-quejas",
    "SQL": "'; DROP TABLE functions_function; -- OR 1=1",
    "operators": "quejas AND OR NOT NEAR(a b) * ^ : | & ! <-> title:x",
    "emoji": "👩‍👩‍👧‍👦 quejas 🧾",
    "other writing": "жалоба 申し立て شكوى",
    "nothing visible": "\u200b\ufeff \u00a0",
    "NUL": "quejas\0pagos",
    "half a pair": "\ud83d",
    "percent and underscore": "%_%",
    "backslashes": "\\\\ \\'",
    "right to left": "\u202equejas\u202c",
    "combining accents": "q\u0303u\u0301ejas\u0332 \u0301\u0301",
    "zero width": "que\u200bjas\u200d",
    "wildcards": "que* ?uejas *",
    "only a phrase left out": '-"quejas por"',
}


class StrangeTests(SearchTestCase):
    def test_whatever_is_asked_there_is_an_answer(self):
        for address in (PAGE, ALL, f"{PAGE}resultados/", f"{ALL}resultados/"):
            for name, text in STRANGE.items():
                with self.subTest(address=address, name=name):
                    response = self.ask(text, address)
                    self.assertLess(len(response.content), 80_000)

    def test_what_asks_for_nothing_is_told_how_to_ask(self):
        for text in ("¿?", "-quejas", "🧾"):
            for page in (PAGE, ALL, f"{PAGE}resultados/"):
                response = self.ask(text, page)
                self.assertContains(response, "La consulta no dice qué buscar")
        self.assertNotContains(self.ask("quejas"), "La consulta no dice")

    def test_a_pasted_word_is_found_whatever_hides_in_it(self):
        expected = self.hits(self.ask("quejas"))
        for text in ("que\u00adjas", "\u202equejas\u202c", "quejas\u0332"):
            with self.subTest(ascii(text)):
                self.assertEqual(self.hits(self.ask(text)), expected)

    def test_answers_are_nothing_to_index_but_the_page_to_ask_on_is(self):
        for page in (PAGE, ALL):
            with self.subTest(page):
                self.assertContains(self.ask("quejas", page), 'content="noindex"')
                self.assertNotContains(self.client.get(page), "noindex")
