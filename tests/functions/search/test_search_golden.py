"""What the search finds in 002, measured with the golden set; see README.md."""

import sys
from io import StringIO

from django.core.management import call_command
from django.test import TestCase

from functions.models import Synonym
from functions.search import Kind, Scope, search
from manuals.models import Edition, GlossaryTerm
from manuals.permissions import OPERATOR
from manuals.services.glossary import accept_terms
from tests.functions.search import golden
from tests.functions.search.test_golden import own_texts
from tests.support import real_manual_path

EVERYTHING = 3000
ITEMS = (Kind.FUNCTION, Kind.ITEM)


def say(figure):
    """Shown by ``pytest -s``: what was measured, not only that it was enough."""
    sys.stdout.write(f"\n{figure}\n")


def address(hit):
    return " ".join(filter(None, (hit.unit.code if hit.unit else "", hit.anchor)))


class GoldenTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        call_command("import_manual", str(real_manual_path("002")), stdout=StringIO())
        # As an editor does: the acronyms that the manual explains are all right.
        accept_terms(
            terms=GlossaryTerm.objects.all(), user=OPERATOR, reason="Son correctas"
        )
        cls.scope = Scope.of(Edition.objects.select_related("manual").get())
        cls.texts = own_texts()

    def found(self, text, size=EVERYTHING, kinds=tuple(Kind)):
        results = search(self.scope, text, page_size=size)
        return [address(hit) for hit in results.hits if hit.kind in kinds]

    def queries(self, *classes):
        return [query for query in golden.queries() if query["class"] in classes]

    def right_among_first_five(self):
        right = [
            bool(set(self.found(query["text"], 5)) & set(query["expected"]))
            for query in self.queries("everyday")
        ]
        return sum(right) / len(right)

    def test_variants_of_a_word_find_the_same_and_nothing_else(self):
        precisions, recalls = [], []
        for pair in golden.pairs():
            relevant = golden.holders(self.texts, pair["forms"])
            with self.subTest(pair["id"]):
                found = [set(self.found(pair[side], kinds=ITEMS)) for side in "ab"]
                self.assertEqual(*found)
            precisions.append(len(found[0] & relevant) / max(len(found[0]), 1))
            recalls.append(len(found[0] & relevant) / len(relevant))
        precision = sum(precisions) / len(precisions)
        recall = sum(recalls) / len(recalls)
        say(f"variants: precision {precision:.3f}, recall {recall:.3f}")
        self.assertGreaterEqual(precision, 0.95)
        self.assertGreaterEqual(recall, 0.95)

    def test_everyday_words_find_a_right_function_among_the_first_five(self):
        shipped = self.right_among_first_five()
        Synonym.objects.all().delete()
        bare = self.right_among_first_five()
        say(f"everyday: {shipped:.3f} with what ships, {bare:.3f} without")
        self.assertGreaterEqual(shipped, 0.9)
        self.assertGreater(shipped, bare)

    def test_phrases_find_exactly_their_items(self):
        for query in self.queries("phrase"):
            with self.subTest(query["id"]):
                found = self.found(query["text"], kinds=ITEMS)
                self.assertEqual(set(found), set(query["expected"]))

    def test_exclusions_leave_exactly_what_they_should(self):
        for query in self.queries("exclusion"):
            with self.subTest(query["id"]):
                found = set(self.found(query["text"], kinds=ITEMS))
                self.assertEqual(found, set(query["expected"]))

    def test_codes_lead_straight_to_their_place(self):
        for query in self.queries("code"):
            with self.subTest(query["id"]):
                direct = search(self.scope, query["text"]).direct
                place = " ".join(filter(None, (direct.unit.code, direct.anchor)))
                self.assertEqual([place], query["expected"])

    def test_units_come_before_what_mentions_them(self):
        for query in self.queries("unit"):
            with self.subTest(query["id"]):
                first = self.found(query["text"], len(query["expected"]))
                self.assertEqual(set(first), set(query["expected"]))

    def test_words_of_the_manual_find_a_right_item_among_the_first_five(self):
        for query in self.queries("exact"):
            with self.subTest(query["id"]):
                first = self.found(query["text"], 5)
                self.assertTrue(set(first) & set(query["expected"]), first)

    def test_who_does_this_names_a_right_unit_among_the_first_five(self):
        first, among = 0, 0
        queries = self.queries("who")
        for query in queries:
            results = search(self.scope, query["text"], who=True)
            units = {expected.split(" ")[0] for expected in query["expected"]}
            named = [one.unit.code for one in results.responsible]
            first += named[0] in units
            among += bool(set(named[:5]) & units)
        say(f"who: {first} of {len(queries)} first, {among} among the first five")
        self.assertGreaterEqual(among / len(queries), 0.9)
