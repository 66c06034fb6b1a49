"""The pages of the search: hits and where they lead, facets, scopes, codes, words."""

from unittest import mock
from urllib.parse import urlencode

from django.test import TestCase

from functions.models import Synonym
from functions.search import shelf
from manuals import cache
from tests.factories import authorise, make_edition, make_function, make_unit
from tests.web.searching import write_all
from tests.web.support import PAST, Reader

EDITION = "/manuales/dir/2024/"
PAGE = f"{EDITION}buscar/"
ALL = "/buscar/"


class SearchTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.draft = write_all()

    def setUp(self):
        cache.clear()

    def ask(self, text="", page=PAGE, status=200, **parameters):
        query = urlencode({"q": text, **parameters}, errors="surrogatepass")
        response = self.client.get(f"{page}?{query}")
        self.assertEqual(response.status_code, status, text)
        return response

    def hits(self, response):
        """The addresses of the hits, in order."""
        return [
            attributes["href"]
            for tag, attributes in Reader(response).tags
            if tag == "a" and "data-hit" in attributes
        ]

    def link(self, response, words):
        """The address of the only link with these words."""
        html = response.content.decode()
        (found,) = [
            piece.rpartition('<a href="')[2].partition('"')[0]
            for piece in html.split(f">{words}<")[:-1]
        ]
        return found.replace("&amp;", "&")


class EditionSearchTests(SearchTestCase):
    def test_hits_lead_to_units_functions_items_and_paragraphs(self):
        self.assertEqual(
            set(self.hits(self.ask("quejas"))),
            {
                f"{EDITION}8.2/",
                f"{EDITION}8.2/#f1",
                f"{EDITION}8.2/#f2-a",
                f"{EDITION}8.2.1/#f1",
                f"{EDITION}capitulos/1/#p1",
            },
        )

    def test_a_hit_says_what_it_is_and_where_and_shows_the_words_found(self):
        response = self.ask("teléfono")
        self.assertContains(response, "<h2", 1)
        self.assertContains(response, "1 resultado</h2>")
        self.assertContains(response, "función 2, inciso a)")
        self.assertContains(response, "por <mark>teléfono</mark>;")
        self.assertContains(self.ask("escrito"), "Unidad de Quejas</p>")

    def test_accents_case_and_inflections_do_not_matter(self):
        expected = self.hits(self.ask("teléfono"))
        for text in ("TELEFONO", "teléfonos", '"por telefono"'):
            with self.subTest(text):
                self.assertEqual(self.hits(self.ask(text)), expected)

    def test_the_box_keeps_what_was_asked_and_shows_it_as_text(self):
        hostile = "\"'><script>alert(1)</script>{{ 7 }}"
        for page in (PAGE, ALL):
            response = self.ask(hostile, page)
            reader = Reader(response)
            self.assertNotIn("script", reader.foreign_tags)
            (box,) = [
                attributes
                for tag, attributes in reader.tags
                if tag == "input" and attributes["name"] == "q"
            ]
            self.assertEqual(box["value"], hostile)

    def test_a_hostile_text_is_shown_as_text_with_its_match(self):
        edition = make_edition(manual__slug="mala")
        unit = make_unit(edition, name="Unidad <b>&amp;</b>")
        make_function(unit, 'Zarpar <script>alert(1)</script> & "volver".')
        authorise(edition)
        response = self.ask("zarpar", "/manuales/mala/2021/buscar/")
        self.assertEqual(len(self.hits(response)), 1)
        reader = Reader(response)
        self.assertFalse(reader.foreign_tags & {"script", "b"})
        self.assertIn('<script>alert(1)</script> & "volver".', reader.text)

    def test_what_says_nothing_in_an_address_falls_away(self):
        expected = self.hits(self.ask("quejas"))
        for parameters in (
            {"tipo": "nada"},
            {"bajo": "9.9"},
            {"rama": "'"},
            {"desde": "<"},
            {"pagina": "0"},
            {"pagina": "-1"},
            {"pagina": "9" * 400},
            {"pagina": "²"},
            {"vista": "x", "cerca": "2"},
        ):
            with self.subTest(parameters):
                self.assertEqual(self.hits(self.ask("quejas", **parameters)), expected)

    def test_kinds_are_counted_and_can_be_chosen(self):
        response = self.ask("quejas")
        for words in ("Todo (5)", "Unidades (1)", "Funciones (2)", "Incisos (1)"):
            self.assertContains(response, f">{words}</a>")
        response = self.client.get(self.link(response, "Funciones (2)"))
        self.assertEqual(
            set(self.hits(response)), {f"{EDITION}8.2/#f1", f"{EDITION}8.2.1/#f1"}
        )
        self.assertContains(response, 'aria-current="true">Funciones (2)</a>')
        self.assertContains(response, ">Capítulos (1)</a>")
        self.assertContains(response, "2 resultados</h2>")

    def test_branches_are_counted_and_can_be_chosen(self):
        response = self.ask("autorizar recibir")
        self.assertEqual(
            set(self.hits(response)),
            {
                f"{EDITION}8.3/#f1",
                f"{EDITION}8.2.1/#f1",
                f"{EDITION}capitulos/1/#p1",
            },
        )
        address = f"{PAGE}?{urlencode({'q': 'autorizar recibir', 'rama': '8.3'})}"
        self.assertIn(address, Reader(response).links)
        self.assertEqual(self.hits(self.client.get(address)), [f"{EDITION}8.3/#f1"])

    def test_a_unit_and_below_is_a_scope_that_pages_of_units_offer(self):
        page = self.client.get(f"{EDITION}8.2/")
        self.assertContains(
            page, '<input type="hidden" name="desde" value="8.2">', html=True
        )
        response = self.ask("pagos queja", desde="8.2")
        narrowed = self.client.get(
            self.link(response, "8.2 y las unidades que dependen de ella")
        )
        self.assertEqual(narrowed.status_code, 200)
        response = self.ask("quejas", bajo="8.2.1")
        self.assertEqual(self.hits(response), [f"{EDITION}8.2.1/#f1"])
        wide = self.client.get(self.link(response, "Toda la edición 2024"))
        self.assertEqual(len(self.hits(wide)), 5)

    def test_the_box_of_every_page_searches_its_edition_or_all(self):
        for address, action in (
            ("/", ALL),
            ("/nada/", ALL),
            ("/manuales/dir/comparar/", ALL),
            (EDITION, PAGE),
            (f"{EDITION}8.2/", PAGE),
            (f"{EDITION}capitulos/1/", PAGE),
            (f"{EDITION}glosario/", PAGE),
            (f"{EDITION}9.9/", PAGE),
            ("/manuales/dir/2021/", "/manuales/dir/2021/buscar/"),
            (PAGE, PAGE),
            (ALL, ALL),
        ):
            with self.subTest(address=address):
                tags = Reader(self.client.get(address)).tags
                forms = [one for tag, one in tags if tag == "form"]
                self.assertEqual(
                    [one["action"] for one in forms if one.get("role") == "search"],
                    [action],
                )
                (box,) = [one for tag, one in tags if one.get("name") == "q"]
                labels = [one.get("for") for tag, one in tags if tag == "label"]
                self.assertIn(box["id"], labels)

    def test_the_menu_of_editions_keeps_the_question(self):
        self.assertIn(
            "/manuales/dir/2021/buscar/?q=n%C3%B3mina", Reader(self.ask("nómina")).links
        )
        self.assertIn(
            "/manuales/dir/2021/buscar/?q=pagos&tipo=funcion",
            Reader(self.ask("pagos", tipo="funcion")).links,
        )
        old = Reader(self.ask("nómina", "/manuales/dir/2021/buscar/"))
        self.assertIn(f"{PAGE}?q=n%C3%B3mina", old.links)
        self.assertIn("Buscar en la edición vigente (2024)", old.text)

    def test_results_come_in_pages(self):
        edition = make_edition(manual__slug="largo")
        unit = make_unit(edition)
        for number in range(25):
            make_function(unit, f"Remar {number}.")
        authorise(edition)
        page = "/manuales/largo/2021/buscar/"
        first = self.ask("remar", page)
        self.assertEqual(len(self.hits(first)), 20)
        self.assertContains(first, "25 resultados</h2>")
        second = self.ask("remar", page, pagina=2)
        self.assertEqual(len(self.hits(second)), 5)
        self.assertContains(second, '<ol class="hits" start="21">')
        self.assertContains(first, f'rel="next" href="{page}?q=remar&amp;pagina=2"')
        self.assertContains(second, f'rel="prev" href="{page}?q=remar"')
        self.assertEqual(len(set(self.hits(first)) | set(self.hits(second))), 25)
        self.assertEqual(
            self.hits(self.ask("remar", page, pagina=7)), self.hits(second)
        )

    def test_results_alone_are_the_same_with_the_last_word_unfinished(self):
        whole = self.hits(self.ask("quejas"))
        for text in ("quejas", "quej"):
            found = self.ask(text, f"{PAGE}resultados/")
            self.assertEqual(set(self.hits(found)), set(whole))
            self.assertNotContains(found, "<html")
        brief = self.ask("quej", f"{PAGE}resultados/", breve=1)
        self.assertLessEqual(set(self.hits(brief)), {*whole, f"{PAGE}?q=quej"})
        self.assertContains(brief, 'data-said="5 resultados"')
        self.assertEqual(brief.headers["X-Robots-Tag"], "noindex")

    def test_anybody_may_keep_an_answer_and_ask_whether_it_holds(self):
        for address in (PAGE, f"{PAGE}resultados/", ALL):
            with self.subTest(address=address):
                response = self.ask("quejas", address)
                self.assertIn("public", response.headers["Cache-Control"])
                self.assertNotIn("Cookie", response.headers.get("Vary", ""))
                again = self.client.get(
                    f"{address}?q=quejas",
                    headers={"if-none-match": response.headers["ETag"]},
                )
                self.assertEqual(again.status_code, 304)


class CodeTests(SearchTestCase):
    def test_a_code_leads_straight_to_what_it_names(self):
        for text, place in (
            ("8.2.1", "8.2.1/"),
            (" 8.2.1. ", "8.2.1/"),
            ("8.2 f1", "8.2/#f1"),
        ):
            for page in (PAGE, ALL):
                with self.subTest(text=text, page=page):
                    response = self.ask(text, page, status=303)
                    self.assertEqual(response.headers["Location"], EDITION + place)

    def test_while_typing_it_is_the_first_that_is_offered(self):
        for parameters in ({}, {"breve": 1}):
            found = self.ask("8.2.1", f"{PAGE}resultados/", **parameters)
            self.assertEqual(self.hits(found)[0], f"{EDITION}8.2.1/")

    def test_a_code_that_nothing_has_leads_nowhere(self):
        self.assertContains(self.ask("9.9.9"), "Nada coincide con «9.9.9».")


class WordsTests(SearchTestCase):
    def test_a_mistyped_word_is_answered_with_the_right_one(self):
        response = self.ask("telefnoo")
        self.assertContains(response, "¿Quiso decir")
        link = self.link(response, "teléfono")
        self.assertEqual(
            self.hits(self.client.get(link)), self.hits(self.ask("teléfono"))
        )

    def test_where_nothing_has_all_words_the_page_says_so(self):
        response = self.ask("autorizar quejas")
        self.assertContains(response, "Ningún texto tiene todas las palabras")
        self.assertIn(f"{EDITION}8.3/#f1", self.hits(response))

    def test_of_many_other_terms_a_few_are_named(self):
        for term, others in (
            ("refunfuño", ["queja", "pagos"]),
            ("rezongo", ["queja", "pagos", "teléfono", "escrito"]),
        ):
            Synonym.objects.create(term=term, others=others)
        self.assertContains(
            self.ask("refunfuño"), "También se buscó «queja» y «pagos», por «refunfuño»"
        )
        response = self.ask("rezongo")
        self.assertContains(response, "entre otros términos, por «rezongo».")
        self.assertNotContains(response, "«escrito»")

    def test_nothing_found_leaves_ways_out(self):
        response = self.ask("murciélago")
        self.assertContains(response, "Nada coincide con «murciélago».")
        links = Reader(response).links
        self.assertIn("/buscar/?q=murci%C3%A9lago", links)
        self.assertIn("/buscar/?q=murci%C3%A9lago&manual=dir&ediciones=todas", links)
        everywhere = Reader(self.ask("murciélago", ALL)).links
        self.assertIn("/buscar/?q=murci%C3%A9lago&ediciones=todas", everywhere)

    def test_without_a_question_the_page_says_what_one_can_ask(self):
        for page in (PAGE, ALL):
            self.assertContains(self.ask("", page), "Por ejemplo:")

    def test_who_does_this_gives_units_with_what_says_so(self):
        response = self.client.get(self.link(self.ask("quejas"), "¿Quién hace esto?"))
        self.assertContains(response, "2 unidades administrativas</h2>")
        self.assertEqual(
            set(self.hits(response)), {f"{EDITION}8.2/", f"{EDITION}8.2.1/"}
        )
        self.assertIn(f"{EDITION}8.2/#f1", Reader(response).links)
        self.assertNotIn(f"{EDITION}capitulos/1/#p1", Reader(response).links)

    def test_a_question_for_who_names_the_units_before_the_texts(self):
        for text in (
            "quién autoriza los pagos",
            "¿A quiénes autorizan pagos?",
            "¿En dónde autorizan los pagos?",
            "Autorizan pagos, ¿quién?",
        ):
            response = self.ask(text)
            self.assertContains(response, "Unidades que más se acercan")
            self.assertEqual(self.hits(response)[0], f"{EDITION}8.3/")
        response = self.ask("autorizar pagos")
        self.assertNotContains(response, "Unidades que más se acercan")

    def test_where_more_answers_than_is_ranked_the_page_says_so(self):
        self.assertNotContains(self.ask("quejas"), "textos responden")
        cache.clear()
        with mock.patch.object(shelf, "MOST_PLACES", 3):
            found = self.ask("quejas")
        self.assertContains(found, "Más de 10,000 textos responden: 3, al menos")
        self.assertContains(found, "Solo se ordenaron y contaron 10,000")

    def test_while_typing_ways_to_go_on_are_offered(self):
        brief = self.ask("recibir que", f"{PAGE}resultados/", breve=1)
        self.assertContains(brief, "Seguir con:")
        found = self.client.get(self.link(brief, "recibir queja"))
        self.assertIn(f"{EDITION}8.2.1/#f1", self.hits(found))
        whole = self.ask("quejas", f"{PAGE}resultados/", breve=1)
        self.assertNotContains(whole, ">quejas</a>")

    def test_who_does_this_nearest_to_where_one_came_from(self):
        far = self.ask("autorizar recibir", vista="quien", desde="8.2.1")
        for desde, expected in (("8.2.1", "8.2.1/"), ("8.3", "8.3/")):
            near = self.ask("autorizar recibir", vista="quien", desde=desde, cerca="1")
            self.assertEqual(self.hits(near)[0], EDITION + expected)
        self.assertContains(far, "Las más cercanas a 8.2.1")


class WideSearchTests(SearchTestCase):
    def test_searches_what_is_in_force_today(self):
        found = self.hits(self.ask("conciliar", ALL))
        self.assertEqual(found, [f"{EDITION}8.3/#f2"])
        self.assertContains(self.ask("conciliar", ALL), "DIR 2024")
        other = make_edition("2021", manual__slug="otro", manual__acronym="OTRO")
        make_function(make_unit(other), "Conciliar cuentas.")
        authorise(other, PAST)
        found = self.hits(self.ask("conciliar", ALL))
        self.assertEqual(
            set(found), {f"{EDITION}8.3/#f2", "/manuales/otro/2021/8.1/#f1"}
        )
        self.assertEqual(
            self.hits(self.ask("conciliar", ALL, manual="otro")),
            ["/manuales/otro/2021/8.1/#f1"],
        )

    def test_searches_what_was_in_force_on_a_day(self):
        past = self.ask("pagos", ALL, fecha="2022-05-01")
        self.assertIn("/manuales/dir/2021/8.3/#f1", self.hits(past))
        self.assertEqual(self.hits(self.ask("conciliar", ALL, fecha="2022-05-01")), [])
        before = self.ask("pagos", ALL, fecha="1999-01-01")
        self.assertContains(before, "Ninguna edición publicada corresponde")

    def test_all_editions_say_each_thing_once(self):
        found = self.ask("autorizar", ALL, ediciones="todas")
        self.assertEqual(self.hits(found), [f"{EDITION}8.3/#f1"])
        self.assertContains(found, "DIR 2024 y otra edición")

    def test_a_day_that_is_none_is_said(self):
        for wrong in ("2022-02-30", "ayer"):
            response = self.ask("pagos", ALL, fecha=wrong)
            self.assertContains(response, f"«{wrong}» no es un día")

    def test_a_manual_that_does_not_exist_has_nothing(self):
        response = self.ask("pagos", ALL, manual="nada")
        self.assertContains(response, "Ninguna edición publicada corresponde")

    def test_branches_are_named_by_key(self):
        response = self.ask("autorizar recibir", ALL)
        unit = self.draft.units.get(code="8.3")
        address = f"{ALL}?q=autorizar+recibir&rama={unit.key.hex}"
        self.assertIn(address, Reader(response).links)
        self.assertEqual(self.hits(self.client.get(address)), [f"{EDITION}8.3/#f1"])
