"""The words of citations, and where pages give them."""

import datetime

from django.test import SimpleTestCase, TestCase

from manual_org.web.citations import (
    FIRST_WORDS,
    citing_chapter,
    citing_unit,
    first_words,
    work,
)
from manuals.blocks import split_blocks
from manuals.models import Edition, Manual
from manuals.permissions import OPERATOR
from manuals.services import create_chapter, withdraw_edition
from tests.factories import (
    REASON,
    authorise,
    make_edition,
    make_function,
    make_unit,
    make_user,
)
from tests.web.support import PAST, Reader

TITLE = "Manual de Organización de la Dirección de Incorporación y Recaudación"
DAY = datetime.date(2023, 5, 2)


def edition(**fields):
    fields.setdefault("status", Edition.Status.AUTHORISED)
    manual = Manual(title=TITLE, acronym="DIR")
    return Edition(manual=manual, label="2021", effective_from=PAST, **fields)


class WorkTests(SimpleTestCase):
    def test_the_acronym_stands_for_the_name_that_it_abbreviates(self):
        for title, acronym, said in [
            (TITLE, "DIR", "Manual de Organización de la DIR"),
            (TITLE.upper(), "DIR", "MANUAL DE ORGANIZACIÓN DE LA DIR"),
            (
                "Manual de Organización del Instituto Mexicano del Seguro Social",
                "IMSS",
                "Manual de Organización del IMSS",
            ),
        ]:
            self.assertEqual(work(title, acronym), said)

    def test_a_title_stays_whole_where_the_acronym_does_not_fit_its_end(self):
        for title, acronym in [
            (TITLE, ""),
            (TITLE, "XYZ"),
            ("Manual de Organización General", "MOG"),
            (f"{TITLE}, versión abreviada", "DIR"),
        ]:
            self.assertEqual(work(title, acronym), title)


class FirstWordsTests(SimpleTestCase):
    def test_a_short_text_stands_whole_without_its_final_mark(self):
        self.assertEqual(
            first_words("Planear la\n afiliación;"), "Planear la afiliación"
        )

    def test_a_long_text_ends_after_a_whole_word_that_is_no_small_one(self):
        text = (
            "Planear, dirigir y evaluar los programas de afiliación, de la vigencia de"
        )
        text += " derechos y de todo lo demás"
        said = first_words(text)
        self.assertEqual(
            said, "Planear, dirigir y evaluar los programas de afiliación…"
        )
        self.assertLessEqual(len(said), FIRST_WORDS + 1)

    def test_a_word_that_ends_at_the_limit_is_kept(self):
        text = "a" * (FIRST_WORDS - 5) + " bcde fgh"
        self.assertEqual(first_words(text), text[:FIRST_WORDS] + "…")

    def test_one_endless_word_is_not_cut(self):
        self.assertEqual(first_words("a" * 80 + " b"), "a" * 80 + "…")

    def test_quotes_become_inner_quotes(self):
        self.assertEqual(first_words("Dar «aviso»."), "Dar “aviso”")


class FunctionWordsTests(SimpleTestCase):
    def cite(self, positions, text="Planear.", **fields):
        citing = citing_unit(edition(**fields), DAY, "8.4.3.2")
        return citing.beginning + citing.function(positions, text)

    def test_each_level_is_named(self):
        beginning = "Manual de Organización de la DIR, edición 2021, 8.4.3.2, "
        for positions, words in [
            ((12,), "función 12"),
            ((12, 2), "función 12, inciso b)"),
            ((12, 28), "función 12, inciso ab)"),
            ((12, 2, 4), "función 12, inciso b), subinciso iv)"),
        ]:
            self.assertEqual(self.cite(positions), beginning + words)

    def test_where_bullets_are_printed_the_number_is_said_to_be_assigned(self):
        self.assertEqual(
            self.cite((12, 2), "Patrones;", numbering=Edition.Numbering.BULLETS),
            "Manual de Organización de la DIR, edición 2021, 8.4.3.2, función 12, "
            "inciso b) (numeración asignada): «Patrones»",
        )

    def test_a_withdrawn_edition_is_said_to_be_so_from_that_day(self):
        withdrawn = {"status": Edition.Status.WITHDRAWN, "withdrawn_on": DAY}
        self.assertEqual(
            self.cite((1,), **withdrawn),
            "Manual de Organización de la DIR, edición 2021 (dada de baja el "
            "2 de mayo de 2023), 8.4.3.2, función 1",
        )
        withdrawn["withdrawn_on"] += datetime.timedelta(days=1)
        self.assertNotIn("baja", self.cite((1,), **withdrawn))

    def test_what_is_not_authorised_has_no_citation_but_a_reason(self):
        for status, word in [("draft", "borrador"), ("review", "revisión")]:
            citing = citing_unit(edition(status=status), DAY, "8.1")
            self.assertEqual(citing.beginning, "")
            self.assertIn(word, citing.refusal)
            self.assertEqual(citing.example_of_functions([(1, None, 1, "A")]), "")
            self.assertEqual(citing.example_of_blocks(split_blocks("A")), "")

    def test_the_example_is_the_first_function(self):
        citing = citing_unit(edition(), DAY, "8.1")
        rows = [(2, 1, 1, "Inciso"), (1, None, 1, "Uno"), (3, None, 2, "Dos")]
        self.assertEqual(
            citing.example_of_functions(rows), f"{citing.beginning}función 1"
        )
        self.assertEqual(citing.example_of_functions([]), "")


class BlockWordsTests(SimpleTestCase):
    BODY = """### Fundamento

Con *énfasis* & más.

- Ley primera.

3. Vigilar.

- IV. Atender."""

    def setUp(self):
        self.citing = citing_chapter(edition(), DAY, 4)
        self.blocks = split_blocks(self.BODY)

    def test_blocks_are_counted_and_say_how_they_begin(self):
        self.assertEqual(
            self.citing.beginning,
            "Manual de Organización de la DIR, edición 2021, capítulo 4, ",
        )
        self.assertEqual(
            [self.citing.block(block) for block in self.blocks],
            [
                "encabezado 1 (numeración asignada): «Fundamento»",
                "párrafo 2 (numeración asignada): «Con énfasis & más»",
                "numeral 3 (numeración asignada): «Ley primera»",
                "párrafo 4 (numeración asignada): «3. Vigilar»",
                "párrafo 5 (numeración asignada): «IV. Atender»",
            ],
        )

    def test_the_example_is_no_heading(self):
        self.assertIn("párrafo 2", self.citing.example_of_blocks(self.blocks))


class PageTests(TestCase):
    def write(self, **fields):
        made = make_edition(**fields)
        unit = make_unit(made, name="Dirección General")
        function = make_function(unit, 'Planear "todo" & más.')
        make_function(unit, "Patrones;", parent=function)
        create_chapter(
            edition=made,
            user=OPERATOR,
            reason=REASON,
            number=1,
            title="Uno",
            body="Ley <primera>.",
        )
        return made

    def attributes(self, address):
        """Those of citing: of the list, then by id of each item."""
        page = Reader(self.client.get(address))
        lists = [
            attributes
            for tag, attributes in page.tags
            if tag == "ol" and "items" in attributes.get("class", "")
        ]
        items = {
            attributes["id"]: attributes.get("data-cite")
            for tag, attributes in page.tags
            if tag == "li" and "id" in attributes
        }
        return page, lists[0], items

    def test_a_list_gives_each_items_own_words(self):
        authorise(self.write(numbering="bullets"))
        page, whole, items = self.attributes("/manuales/dir/2021/8.1/")
        beginning = "Manual de Organización de la Dirección de Pruebas, edición 2021, "
        self.assertEqual(whole["data-cite"], f"{beginning}8.1, ")
        self.assertEqual(
            items,
            {
                "f1": 'función 1 (numeración asignada): «Planear "todo" & más»',
                "f1-a": "función 1, inciso a) (numeración asignada): «Patrones»",
            },
        )
        self.assertIn(whole["data-cite"] + items["f1"], page.text)

    def test_a_chapter_gives_each_blocks_own_words(self):
        authorise(self.write())
        page, whole, items = self.attributes("/manuales/dir/2021/capitulos/1/")
        self.assertIn("capítulo 1, ", whole["data-cite"])
        self.assertEqual(
            items["p1"], "párrafo 1 (numeración asignada): «Ley <primera>»"
        )
        self.assertIn(whole["data-cite"] + items["p1"], page.text)

    def test_a_draft_gives_the_reason_in_place_of_citations(self):
        self.write()
        self.client.force_login(make_user("lector"))
        for address in ["/manuales/dir/2021/8.1/", "/manuales/dir/2021/capitulos/1/"]:
            page, whole, items = self.attributes(address)
            self.assertNotIn("data-cite", whole)
            self.assertIn("borrador", whole["data-refusal"])
            self.assertEqual(set(items.values()), {None})
            self.assertNotIn("Cómo citar", page.text)

    def test_after_withdrawal_pages_say_so(self):
        closed = authorise(self.write(), PAST)
        addresses = ["/manuales/dir/2021/8.1/", "/manuales/dir/2021/capitulos/1/"]
        for address in addresses:
            _page, whole, _items = self.attributes(address)
            self.assertIn("edición 2021, ", whole["data-cite"])
        withdraw_edition(edition=closed, user=make_user("autorizador"), reason=REASON)
        for address in addresses:
            _page, whole, _items = self.attributes(address)
            self.assertIn("edición 2021 (dada de baja el ", whole["data-cite"])
