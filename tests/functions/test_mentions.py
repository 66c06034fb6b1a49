"""Where an edition names its units: small drafts, closed editions, the real manual."""

import re
from html import unescape
from io import StringIO
from unittest import mock

from django.core.management import call_command
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from functions import mentions
from functions.mentions import Mentions, NamingBlock, index_of, mentions_of, names_of
from functions.models import Function
from manuals import cache
from manuals.models import Edition
from manuals.permissions import OPERATOR
from manuals.services import create_chapter
from tests.factories import REASON, authorise, make_edition, make_function, make_unit
from tests.support import real_manual_path
from units.outline import outline_of


def filled(label="2021"):
    """8.1 is named by items of 8.2 on three levels and by chapter 2; 8.2 by nobody."""
    edition = make_edition(label)
    root = make_unit(edition, name="Dirección de Pruebas")
    unit = make_unit(root, name="Coordinación de Cobranza")
    make_function(unit, "Dirigir, con la coordinación de cobranza, la materia.")
    function = make_function(unit, "Apoyar a la DIRECCION DE PRUEBAS.")
    item = make_function(unit, "Ante la Dirección de Pruebas:", parent=function)
    make_function(unit, "Según la Dirección de Pruebas.", parent=item)
    create_chapter(
        edition=edition,
        user=OPERATOR,
        reason=REASON,
        number=2,
        title="Objetivos",
        kind="text",
        body="Uno.\n\n- Dos\n- La *Dirección* de Pruebas y la Dirección de Pruebas",
    )
    return edition


class MentionsTests(TestCase):
    def found(self, edition, code="8.1"):
        outline = outline_of(edition)
        return mentions_of(edition, outline, outline.by_code[code])

    def test_functions_items_and_blocks_are_found_with_their_place(self):
        for edition in [filled(), authorise(filled("2022"))]:
            with self.subTest(status=edition.status):
                found = self.found(edition)
                self.assertEqual(
                    [one.anchor for one in found.functions], ["f2", "f2-a", "f2-a-i"]
                )
                self.assertEqual(len({one.function_id for one in found.functions}), 1)
                self.assertEqual(found.blocks, [NamingBlock(2, 3, 2)])
                self.assertFalse(self.found(edition, "8.2"))

    def test_without_a_unit_leaves_out_its_own_functions(self):
        edition = filled()
        root = edition.units.get(code="8.1")
        make_function(root, "Representar a la Dirección de Pruebas.")
        outline = outline_of(edition)
        found = self.found(edition)
        self.assertEqual(len(found.functions), 4)
        others = found.without(outline.by_code["8.1"])
        self.assertEqual(len(others.functions), 3)
        self.assertEqual(others.blocks, found.blocks)

    def test_one_query_for_a_draft_and_none_for_what_is_kept(self):
        edition = filled()
        outline = outline_of(edition)
        with CaptureQueriesContext(connection) as captured:
            mentions_of(edition, outline, outline.root)
        self.assertEqual(len(captured), 1)
        edition = authorise(edition)
        cache.clear()
        outline = outline_of(edition)
        with CaptureQueriesContext(connection) as captured:
            for unit in outline:
                mentions_of(edition, outline, unit)
        self.assertEqual(len(captured), 1)

    def test_of_a_draft_only_texts_that_may_name_the_unit_are_read(self):
        edition = filled()
        unit = edition.units.get(code="8.2")
        for number in range(20):
            make_function(unit, f"Planear la materia {number}.")
        outline = outline_of(edition)
        names = names_of(edition, outline)
        with (
            mock.patch.object(names, "find", wraps=names.find) as find,
            mock.patch.object(mentions, "names_of", return_value=names),
        ):
            mentions_of(edition, outline, outline.root)
        self.assertEqual(find.call_count, 3 + 3)  # functions, and a chapter's blocks

    def test_a_draft_with_combining_accents_is_read_too(self):
        edition = filled()
        unit = edition.units.get(code="8.2")
        make_function(unit, "Ante la Direccio\u0301n de Pruebas.")
        self.assertEqual(self.found(edition).functions[-1].anchor, "f3")

    def test_a_unit_added_while_a_draft_is_read_does_no_harm(self):
        edition = filled()
        outline = outline_of(edition)
        added = make_unit(edition.units.get(code="8.1"), name="División Nueva")
        make_function(added, "Informar a la Dirección de Pruebas.")
        found = mentions_of(edition, outline, outline.root)
        self.assertEqual(len(found.functions), 3)


def names_in(text, names):
    """Whole names in a text, the longest first: (start, end); by plain search."""
    taken = []
    for name in names:
        start = text.find(name)
        while start >= 0:
            end = start + len(name)
            whole = not (
                text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()
            )
            if whole and all(end <= one[0] or one[1] <= start for one in taken):
                taken.append((start, end))
            start = text.find(name, start + 1)
    return sorted(taken)


class RealManualTests(TestCase):
    """Held against a search that shares nothing with ours."""

    @classmethod
    def setUpTestData(cls):
        path = str(real_manual_path("002"))
        call_command("import_manual", path, "--authorised", stdout=StringIO())
        cls.edition = Edition.objects.get()
        cls.outline = outline_of(cls.edition)
        cls.names = names_of(cls.edition, cls.outline)
        cls.by_length = sorted(
            {unit.name for unit in cls.outline}, key=len, reverse=True
        )

    def test_every_mention_in_functions_and_items_is_found_and_no_other(self):
        count = own = 0
        named, functions = set(), set()
        for row in Function.objects.select_related("parent"):
            expected = names_in(row.text, self.by_length)
            found = self.names.find(row.text)
            self.assertEqual([(one.start, one.end) for one in found], expected)
            for one in found:
                (key,) = one.keys
                unit = self.outline.by_key[key]
                self.assertEqual(row.text[one.start : one.end], unit.name)
                count += 1
                own += unit.id == row.unit_id
                named.add(key)
                top = row.parent or row
                functions.add(top.parent_id or top.pk)
        self.assertEqual((count, own), (752, 6))
        self.assertEqual(len(named), 30)
        self.assertEqual(len(functions), 652)

    def test_the_index_and_the_search_in_a_draft_agree(self):
        index = index_of(self.edition, self.outline)
        found = [one for unit in index.by_key.values() for one in unit.functions]
        self.assertEqual(sum(one.times for one in found), 752)
        self.assertEqual(len({one.function_id for one in found}), 652)
        self.assertEqual(sum(index.function_counts.values()), 1960)
        with mock.patch.object(Edition, "is_closed", False):
            for unit in self.outline:
                with self.subTest(unit=unit.code):
                    self.assertEqual(
                        mentions_of(self.edition, self.outline, unit),
                        index.by_key.get(unit.key, Mentions()),
                    )

    def test_in_chapters_only_names_of_what_became_of_other_units_are_left(self):
        # Read one by one: the Dirección under its former name («... del Seguro
        # Social»), «... de Afiliación al Régimen Obligatorio», and the Subjefaturas D
        # and A of a division, which the edition does not have.
        left = []
        found = 0
        for chapter in self.edition.chapters.order_by("number"):
            for block in chapter.blocks():
                text = unescape(re.sub("<[^>]*>", "", block.html))
                expected = names_in(text, self.by_length)
                ours = [(one.start, one.end) for one in self.names.find(text)]
                self.assertLessEqual(set(ours), set(expected))
                found += len(ours)
                left += [(chapter.number, block.number)] * (len(expected) - len(ours))
        self.assertEqual(found, 47)
        self.assertEqual(left, [(3, 4), (3, 5), (3, 6), (3, 6), (3, 35), (3, 38)])

    def test_the_name_of_two_units_means_both(self):
        shared = [unit for unit in self.outline if self.names.sharing(unit.key)]
        self.assertEqual([unit.code for unit in shared], ["8.3.1.3.2", "8.3.3.1.1"])
        (mention,) = self.names.find(f"a la {shared[0].name}.")
        self.assertEqual(mention.keys, tuple(unit.key for unit in shared))

    def test_a_heading_of_several_positions_is_known_by_each_of_them(self):
        group = self.outline.by_code["8.3.3.2.1"]
        division = self.outline.by_code["8.3.3.2"].name
        for said in [f"Subjefatura de {division} C", f"Subjefaturas de {division}"]:
            (mention,) = self.names.find(f"a la {said}, los casos")
            self.assertEqual(mention.keys, (group.key,))
        self.assertEqual(self.names.find(f"la Subjefatura de {division} D, en"), [])
