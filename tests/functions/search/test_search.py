"""What a search answers: scopes, filters, facets, suggestions; and to any nonsense."""

import datetime

from django.test import TestCase

from exchange.services import duplicate_edition
from functions.models import Synonym
from functions.search import Filters, Kind, Scope, complete, search
from functions.services import change_function
from manuals.models import Edition
from manuals.permissions import OPERATOR
from manuals.services import add_term, create_chapter
from tests.factories import (
    REASON,
    authorise,
    make_edition,
    make_function,
    make_tree,
    make_unit,
    make_user,
)

WRITE = {"user": OPERATOR, "reason": REASON}


def places(results):
    return [
        f"{hit.unit.code} {hit.anchor}".strip() if hit.unit else hit.anchor
        for hit in results.hits
    ]


class SearchTestCase(TestCase):
    # 8.1
    # ├ 8.2
    # │ └ 8.2.1
    # └ 8.3
    @classmethod
    def setUpTestData(cls):
        cls.units = make_tree("8.1 > 8.2 > 8.2.1 8.3")
        cls.edition = cls.units["8.1"].edition
        make_function(cls.units["8.1"], "Dirigir la fiscalización.")
        top = make_function(cls.units["8.2.1"], "Resolver, en su caso:")
        make_function(cls.units["8.2.1"], "los dictámenes de patrones;", parent=top)
        make_function(cls.units["8.2.1"], "Revisar dictámenes y devoluciones.")
        make_function(cls.units["8.3"], "Cobrar multas con recargos y dictaminar.")
        create_chapter(
            edition=cls.edition,
            number=1,
            title="Introducción",
            body="El dictamen obliga.",
            **WRITE,
        )
        cls.scope = Scope.of(cls.edition)

    def search(self, text, **options):
        return search(self.scope, text, **options)


class HitTests(SearchTestCase):
    def test_each_kind_says_where_it_stands(self):
        hits = {hit.kind: hit for hit in self.search("dictamen").hits}
        item, block = hits[Kind.ITEM], hits[Kind.CHAPTER]
        self.assertEqual((item.anchor, item.label), ("f1-a", "1 a"))
        self.assertEqual(
            [unit.code for unit in item.breadcrumb], ["8.1", "8.2", "8.2.1"]
        )
        self.assertEqual((block.anchor, block.chapter_number), ("p1", 1))
        self.assertEqual(block.chapter_title, "Introducción")
        self.assertEqual(hits[Kind.FUNCTION].edition, self.edition)

    def test_snippets_mark_the_forms_found(self):
        (hit,) = self.search("revisa devolución").hits
        self.assertEqual(
            [piece.text for piece in hit.snippet if piece.is_match],
            ["Revisar", "devoluciones"],
        )
        self.assertEqual(hit.text, "Revisar dictámenes y devoluciones.")

    def test_texts_are_plain_never_html(self):
        make_function(self.units["8.3"], "Escapar <b>etiquetas</b> & signos.")
        (hit,) = self.search("etiquetas").hits
        self.assertEqual(hit.text, "Escapar <b>etiquetas</b> & signos.")

    def test_a_chapter_comes_after_functions(self):
        self.assertEqual(self.search("dictamen").hits[-1].kind, Kind.CHAPTER)

    def test_pages_cut_the_hits_and_never_the_counts(self):
        results = self.search("dictamen", page=99, page_size=2)
        self.assertEqual((results.total, results.page, results.pages), (3, 2, 2))
        self.assertEqual(len(results.hits), 1)

    def test_derived_words_are_found_only_where_nothing_else_is(self):
        self.assertNotIn("8.3 f1", places(self.search("dictamen")))
        relaxed = self.search("fiscalizar")
        self.assertTrue(relaxed.relaxed)
        self.assertEqual(places(relaxed), ["8.1 f1"])

    def test_what_nothing_holds_is_left_out_and_said(self):
        results = self.search("multas inexistentes")
        self.assertEqual(places(results), ["8.3 f1"])
        self.assertEqual(results.left_out, ("inexistentes",))

    def test_question_words_are_not_looked_for(self):
        results = self.search("¿quién cobra las multas?")
        self.assertEqual(places(results), ["8.3 f1"])
        self.assertEqual(results.ignored, ("quién", "las"))


class ScopeTests(SearchTestCase):
    def test_a_unit_and_below(self):
        under = Scope.of(self.edition, self.units["8.2"].key)
        found = search(under, "dictaminar dictamen")
        self.assertEqual({hit.unit.code for hit in found.hits}, {"8.2.1"})

    def test_of_several_editions_each_thing_is_found_once_in_the_newest(self):
        authorise(self.edition, datetime.date(2021, 1, 1))
        newer = duplicate_edition(edition=self.edition, label="2024", **WRITE)
        changed = newer.functions.get(text__startswith="Cobrar")
        change_function(function=changed, text="Cobrar adeudos.", **WRITE)
        authorise(newer, datetime.date(2024, 1, 1))
        both = Scope.of(Edition.objects.published().with_manual())
        (same,) = search(both, "devoluciones").hits
        self.assertEqual((same.edition.label, same.editions), ("2024", 2))
        (old,) = search(both, "multas").hits
        self.assertEqual((old.edition.label, old.editions), ("2021", 1))
        (unit,) = search(both, '"coordinación 8.3"').hits
        self.assertEqual((unit.unit.code, unit.editions), ("8.3", 2))
        (block,) = search(both, "obliga").hits
        self.assertEqual((block.anchor, block.editions), ("p1", 2))
        (told,) = search(both, "cobrar").hits
        self.assertEqual(told.edition.label, "2024")

    def test_on_a_day_what_was_in_force_answers(self):
        authorise(self.edition, datetime.date(2021, 1, 1))
        on = Edition.objects.with_manual().in_force(datetime.date(2021, 5, 1))
        self.assertEqual(search(Scope.of(on), "multa").total, 1)
        before = Edition.objects.with_manual().in_force(datetime.date(2020, 5, 1))
        self.assertEqual(search(Scope.of(before), "multa").total, 0)

    def test_nothing_of_another_edition_leaks(self):
        """Not as a hit, a count, a facet, a suggestion, a word or a way."""
        secret = make_edition("secreta", manual=self.edition.manual)
        unit = make_unit(secret, name="Coordinación de Arcanos")
        make_function(unit, "Custodiar xilófonos ocultos.")
        for text in ("xilófonos", "xilofonoz", "arcanos", "8.9", "ocultos multas"):
            with self.subTest(text):
                results = search(self.scope, text, who=True)
                said = repr(results).replace(text, "")
                self.assertNotIn("xilófono", said.lower())
                self.assertNotIn("arcano", said.lower())
        self.assertEqual(complete(self.scope, "xil"), [])
        self.assertEqual(search(Scope.of(secret), "xilofonoz").total, 0)
        (near,) = search(Scope.of(secret), "xilofonoz").suggestions
        self.assertEqual(near.instead, "xilófonos")

    def test_readers_without_a_role_search_no_draft(self):
        for user, found in ((make_user(), 0), (make_user("lector"), 1)):
            visible = Edition.objects.visible_to(user).with_manual()
            self.assertEqual(search(Scope.of(visible), "multa").total, found)


class FacetTests(SearchTestCase):
    def test_counts_by_kind_and_by_branch(self):
        results = self.search("dictamen dictaminar fiscalización multas")
        self.assertEqual(results.total, sum(facet.count for facet in results.kinds))
        branches = {facet.unit.code: facet.count for facet in results.branches}
        self.assertEqual(branches["8.3"], 1)

    def test_a_facet_is_counted_without_its_own_filter(self):
        every = self.search("dictamen")
        only = self.search(
            "dictamen", filters=Filters(kinds=frozenset({Kind.FUNCTION}))
        )
        self.assertEqual(only.kinds, every.kinds)
        self.assertEqual(places(only), ["8.2.1 f2"])
        self.assertEqual([(f.unit.code, f.count) for f in only.branches], [("8.2", 1)])
        branch = self.search("dictamen", filters=Filters(branch=self.units["8.3"].key))
        self.assertEqual(branch.total, 0)
        self.assertEqual([f.count for f in branch.branches], [2])


class WhoTests(SearchTestCase):
    def test_units_are_grouped_with_what_they_do(self):
        (unit,) = self.search("dictámenes", who=True).responsible
        self.assertEqual((unit.unit.code, unit.count), ("8.2.1", 2))
        self.assertEqual(len(unit.hits), 2)

    def test_the_nearest_in_the_tree_comes_first(self):
        make_function(self.units["8.3"], "Atender quejas, y no otra cosa, de patrones.")
        make_function(self.units["8.2.1"], "Quejas.")
        results = self.search("quejas", who=True)
        self.assertEqual([r.unit.code for r in results.responsible], ["8.2.1", "8.3"])
        near = results.responsible[1].unit
        again = self.search("quejas", who=True, near=near)
        self.assertEqual([r.unit.code for r in again.responsible], ["8.3", "8.2.1"])


class WordTests(SearchTestCase):
    def test_synonyms_of_the_manual_and_their_direction(self):
        Synonym.objects.create(
            manual=self.edition.manual, term="tarascada", others=["multa"]
        )
        results = self.search("tarascadas")
        self.assertEqual(places(results), ["8.3 f1"])
        self.assertEqual(results.expansions[0].also, ("multa",))
        self.assertEqual(self.search("multa").expansions, ())

    def test_another_manuals_synonyms_do_not_count(self):
        other = make_edition("2021", manual__slug="otro")
        Synonym.objects.create(manual=other.manual, term="tarascada", others=["multa"])
        self.assertEqual(self.search("tarascadas").total, 0)

    def test_acronyms_of_the_glossary_lead_to_what_they_stand_for(self):
        add_term(
            manual=self.edition.manual,
            term="MR",
            meaning="multas con recargos",
            **WRITE,
        )
        self.assertEqual(places(self.search("MR")), ["8.3 f1"])

    def test_a_mistyped_word_is_told_with_the_right_one(self):
        (one,) = self.search("cobrar mutlas").suggestions
        self.assertEqual((one.word, one.instead), ("mutlas", "multas"))
        self.assertEqual(one.text, "cobrar multas")

    def test_an_unfinished_word_finds_how_it_may_go_on(self):
        self.assertEqual(self.search("devoluc").total, 0)
        self.assertEqual(places(self.search("devoluc", typing=True)), ["8.2.1 f2"])
        self.assertEqual(complete(self.scope, "dict"), ["dictámenes", "dictaminar"])
        self.assertEqual(complete(self.scope, "cobrar dict"), ["cobrar dictaminar"])


class NonsenseTests(SearchTestCase):
    def test_any_text_has_an_answer(self):
        for text in (
            "",
            " ",
            "de la y el",
            "¿?¡!...",
            '"',
            '"multas',
            '""',
            "-",
            "- -",
            '-""',
            "-multas",
            "'; DROP TABLE functions_function; --",
            "a" * 10_000,
            "multas " * 1_500,
            "🙂",
            "multas 🙂",
            "\x00",
            "multas\x00",
            "ﬁscal ß Ω 你好",
            "NEAR(multas recargos)",
            "multas AND OR NOT",
            "mult*",
            "stems:multas",
            "{}",
            "& | ! <-> :*",
            "\\",
            "%_%",
            "8.",
            "8..1",
            "8.1 f",
            "8.1 f999999999999999",
            "1" * 400,
            "٣",
            "8.٣",
            "\u202emultas\u202c",
            "مرحبا multas",
            "\u200b\u200d\u00ad",
            "\u0301\u0303",
            "multas\u0301\u0302\u0303",
            "\ud83d",
            "*",
            "* *",
            "?ultas",
            "--multas",
            '-"multas',
            "x" * 300 + " " + "y" * 300,
            '"' + "multas " * 200 + '"',
            "-a " * 300,
        ):
            with self.subTest(ascii(text[:30])):
                for typing in (False, True):
                    self.search(text, typing=typing, who=True)
                complete(self.scope, text)

    def test_only_empty_words_find_nothing_and_are_told(self):
        results = self.search("de la")
        self.assertEqual((results.total, results.ignored), (0, ("de", "la")))

    def test_what_nobody_sees_parts_no_word(self):
        for text in (
            "mul\u00adtas",  # a soft hyphen, as pasted from a PDF
            "mul\u200btas",
            "\u202emultas\u202c",
            "\ufeffmultas",
            "mu\u0301ltas",
            "multas\u0332",
            "ｍｕｌｔａｓ",
            "multas\u00a0recargos",
        ):
            with self.subTest(ascii(text)):
                self.assertEqual(places(self.search(text)), ["8.3 f1"])
        self.assertIsNotNone(self.search("8\u200b.3").direct)

    def test_a_dash_before_a_word_leaves_it_out_however_it_is_written(self):
        for dash in "-\u2010\u2011\u2013\u2212":
            with self.subTest(ascii(dash)):
                self.assertEqual(
                    places(self.search(f"dictámenes {dash}devoluciones")),
                    places(self.search("dictámenes -devoluciones")),
                )
        self.assertEqual(places(self.search("multas – recargos")), ["8.3 f1"])

    def test_signs_alone_and_what_is_only_left_out_ask_for_nothing(self):
        for text in ("¿?", "-multas", '-"multas con"', "🙂", "*", "- -"):
            with self.subTest(text):
                results = self.search(text)
                self.assertTrue(results.is_wordless)
                self.assertEqual(results.total, 0)
        self.assertFalse(self.search("de la").is_wordless)

    def test_an_emoji_is_no_word(self):
        self.assertEqual(places(self.search("multas 🙂")), ["8.3 f1"])

    def test_an_open_quote_is_none(self):
        self.assertEqual(places(self.search('"multas')), ["8.3 f1"])

    def test_of_a_long_text_the_beginning_counts(self):
        results = self.search("multas " + "x" * 10_000)
        self.assertTrue(results.truncated)

    def test_no_edition_has_no_answer(self):
        self.assertEqual(search(Scope.of(()), "multas").total, 0)
