"""Terms explained where they stand, and the page that explains them all."""

import re

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from manuals import cache
from manuals.models import GlossaryTerm
from manuals.permissions import OPERATOR
from manuals.services import (
    Proposal,
    add_term,
    change_term,
    create_chapter,
    propose_terms,
    reject_terms,
)
from tests.factories import (
    REASON,
    authorise,
    make_edition,
    make_function,
    make_tree,
    make_unit,
    make_user,
)
from tests.web.support import PAST, Reader

BY = {"user": OPERATOR, "reason": REASON}
PAE = "Procedimiento administrativo de ejecución"


def link(term, meaning, anchor, label="2021"):
    return (
        f'<a class="term" href="/manuales/dir/{label}/glosario/#{anchor}" '
        f'title="{meaning}">{term}</a>'
    )


class GlossaryTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition("2021")
        units = make_tree("8.1 8.2", edition=cls.edition)
        make_unit(units["8.1"], name="Coordinación de Cartera en Mora del PAE")
        first = make_function(units["8.2"], "Cobrar por el PAE, y vigilar el PAE.")
        make_function(units["8.2"], "Aplicar el PAE y la UMA.", parent=first)
        make_function(
            units["8.2"],
            "Informar a la Coordinación de Cartera en Mora del PAE sobre el PAE.",
        )
        create_chapter(
            edition=cls.edition,
            number=1,
            title="Uno",
            body="Trata del **PAE** y <b>del PAE</b>.\n\n- El PAE.",
            **BY,
        )
        authorise(cls.edition, PAST)
        cls.manual = cls.edition.manual
        cls.pae = add_term(
            manual=cls.manual,
            term="PAE",
            meaning=PAE,
            explanation="Para cobrar.\n\nY <i>nada</i> más.",
            **BY,
        )

    def setUp(self):
        cache.clear()

    def page(self, address=""):
        response = self.client.get(f"/manuales/dir/2021/{address}")
        self.assertEqual(response.status_code, 200)
        return response.content.decode()


class InPlaceTests(GlossaryTestCase):
    def test_each_text_explains_a_term_where_it_first_stands(self):
        page = self.page("8.2/")
        pae = link("PAE", PAE, "pae")
        self.assertIn(f"Cobrar por el {pae}, y vigilar el PAE.", page)
        self.assertIn(f"Aplicar el {pae} y la UMA.", page)

    def test_the_link_of_a_unit_wins_and_the_next_occurrence_is_explained(self):
        page = self.page("8.2/")
        self.assertIn(f"Mora del PAE</a> sobre el {link('PAE', PAE, 'pae')}.", page)
        self.assertNotRegex(page, r"<a [^>]*>[^<]*<a ")

    def test_blocks_of_chapters_explain_terms_too(self):
        page = self.page("capitulos/1/")
        pae = link("PAE", PAE, "pae")
        self.assertIn(f"<strong>{pae}</strong>", page)
        self.assertIn("&lt;b&gt;del PAE&lt;/b&gt;", page)
        self.assertEqual(page.count(pae), 2)

    def test_a_text_reads_as_it_was(self):
        plain = re.sub(r"<[^>]*>", "", self.page("8.2/"))
        for text in [
            "Cobrar por el PAE, y vigilar el PAE.",
            "Aplicar el PAE y la UMA.",
        ]:
            self.assertIn(text, plain)

    def test_meanings_are_escaped(self):
        change_term(entry=self.pae, meaning='<"Pago"> & más', **BY)
        self.assertIn(
            link("PAE", "&lt;&quot;Pago&quot;&gt; &amp; más", "pae"), self.page("8.2/")
        )
        self.assertIn("&lt;&quot;Pago&quot;&gt; &amp; más", self.page("glosario/"))

    def test_pages_of_an_authorised_edition_follow_the_glossary(self):
        self.assertNotIn('#uma"', self.page("8.2/"))
        uma = add_term(manual=self.manual, term="UMA", meaning="Unidad", **BY)
        self.assertIn(link("UMA", "Unidad", "uma"), self.page("8.2/"))
        change_term(entry=uma, meaning="Otra unidad", **BY)
        self.assertIn(link("UMA", "Otra unidad", "uma"), self.page("8.2/"))
        reject_terms(terms=[uma], **BY)
        self.assertNotIn('#uma"', self.page("8.2/"))

    def test_what_is_only_proposed_is_not_shown(self):
        propose_terms(manual=self.manual, proposals=[Proposal("UMA", "Unidad")], **BY)
        self.assertNotIn('#uma"', self.page("8.2/"))
        self.assertNotIn("UMA", self.page("glosario/"))


class GlossaryPageTests(GlossaryTestCase):
    def test_it_lists_the_terms_under_their_letters(self):
        for term in ["IMSS", "Ñandú", "área", "Pae"]:
            add_term(manual=self.manual, term=term, meaning=f"De {term}", **BY)
        reader = Reader(self.client.get("/manuales/dir/2021/glosario/"))
        for anchor in ["pae", "pae-2", "imss", "nandu", "area"]:
            self.assertIn(anchor, reader.ids)
        self.assertEqual(len(reader.ids), len(set(reader.ids)))
        order = [text for text in reader.texts if text in {"A", "I", "Ñ", "P"}]
        self.assertEqual(order, ["A", "I", "Ñ", "P"] * 2)
        self.assertIn("5 siglas y términos.", reader.text)

    def test_an_explanation_keeps_its_paragraphs_and_is_escaped(self):
        page = self.page("glosario/")
        self.assertIn("<p>Para cobrar.</p>", page)
        self.assertIn("<p>Y &lt;i&gt;nada&lt;/i&gt; más.</p>", page)

    def test_a_term_named_like_a_part_of_the_page_keeps_ids_apart(self):
        add_term(manual=self.manual, term="Contenido", meaning="x", **BY)
        ids = Reader(self.client.get("/manuales/dir/2021/glosario/")).ids
        self.assertEqual(len(ids), len(set(ids)))
        self.assertIn("contenido-2", ids)

    def test_the_home_leads_to_it_where_there_is_something_to_explain(self):
        self.assertIn('href="/manuales/dir/2021/glosario/"', self.page())
        reject_terms(terms=[self.pae], **BY)
        self.assertNotIn("glosario", self.page())
        self.assertIn("todavía no explica siglas", self.page("glosario/"))

    def test_a_draft_shows_it_to_people_with_a_role_only(self):
        make_edition("2024")
        address = "/manuales/dir/2024/glosario/"
        self.assertEqual(self.client.get(address).status_code, 404)
        self.client.force_login(make_user("lector"))
        response = self.client.get(address)
        self.assertContains(response, PAE)
        self.assertIn("no-store", response.headers["Cache-Control"])

    def test_it_takes_the_same_few_queries_for_many_terms(self):
        def queries(address):
            with CaptureQueriesContext(connection) as captured:
                self.page(address)
            return len(captured)

        few = queries("glosario/")
        for n in range(50):
            GlossaryTerm.objects.create(manual=self.manual, term=f"T{n}", meaning="x")
        cache.clear()
        self.assertEqual(queries("glosario/"), few)
        self.assertLessEqual(few, 3)
        self.assertEqual(queries("glosario/"), 1)
