"""The golden set is sound: sizes, no duplicates, and all it expects exists in 002."""

from collections import Counter
from io import StringIO

from django.core.management import call_command
from django.test import SimpleTestCase, TestCase

from functions import labels
from functions.models import Function
from tests.functions.search import golden
from tests.support import real_manual_path
from units.models import Unit

CLASSES = {"everyday", "exact", "phrase", "exclusion", "code", "unit", "who"}
KINDS = {"plural", "gender", "accent", "verb"}

# Words that say nothing about what is asked for.
STOP_WORDS = frozenset(
    golden.words(
        "a al como con cual de del el en la las lo los mi o para por que quien se si "
        "su un una y ya"
    )
)


def content_words(text):
    """The words of a query without stop words and single letters."""
    return [w for w in golden.words(text) if len(w) > 1 and w not in STOP_WORDS]


class SizesTests(SimpleTestCase):
    def test_at_least_sixty_queries_half_of_them_everyday(self):
        classes = Counter(query["class"] for query in golden.queries())
        self.assertEqual(set(classes), CLASSES)
        self.assertGreaterEqual(classes.total(), 60)
        self.assertGreaterEqual(classes["everyday"] * 2, classes.total())
        self.assertGreaterEqual(classes.total() - classes["everyday"], 30)

    def test_at_least_forty_pairs_of_every_kind(self):
        kinds = Counter(pair["kind"] for pair in golden.pairs())
        self.assertEqual(set(kinds), KINDS)
        self.assertGreaterEqual(kinds.total(), 40)

    def test_nothing_is_there_twice(self):
        for name, values in (
            ("ids", [query["id"] for query in golden.queries()]),
            ("texts", [query["text"] for query in golden.queries()]),
            ("pair ids", [pair["id"] for pair in golden.pairs()]),
            ("pairs", [(pair["a"], pair["b"]) for pair in golden.pairs()]),
        ):
            with self.subTest(name):
                self.assertEqual(len(values), len(set(values)))
        for query in golden.queries():
            with self.subTest(query["id"]):
                self.assertEqual(len(query["expected"]), len(set(query["expected"])))

    def test_every_query_expects_one_to_forty_hits_and_says_why(self):
        for query in golden.queries():
            with self.subTest(query["id"]):
                self.assertIn(len(query["expected"]), range(1, 41))
                self.assertTrue(query["note"])

    def test_quoted_phrases_are_short(self):
        for query in golden.queries():
            for phrase in query["text"].split('"')[1::2]:
                with self.subTest(query["id"]):
                    self.assertLessEqual(len(phrase.split()), 5)

    def test_synonyms_are_complete_and_not_repeated(self):
        keys = []
        for entry in golden.synonyms():
            if entry["kind"] == "equivalent":
                self.assertGreaterEqual(len(entry["terms"]), 2)
                keys.append(tuple(entry["terms"]))
            else:
                self.assertEqual(entry["kind"], "everyday")
                self.assertTrue(entry["official"])
                self.assertNotIn(entry["term"], entry["official"])
                keys.append(entry["term"])
        self.assertEqual(len(keys), len(set(keys)))


class RealManualTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        call_command("import_manual", str(real_manual_path("002")), stdout=StringIO())
        cls.codes = set(Unit.objects.values_list("code", flat=True))
        cls.texts = own_texts()

    def test_every_expected_hit_exists(self):
        known = self.codes | set(self.texts)
        for query in golden.queries():
            with self.subTest(query["id"]):
                self.assertEqual(set(query["expected"]) - known, set())

    def test_everyday_words_do_not_occur_in_what_they_should_find(self):
        for query in golden.queries():
            if query["class"] != "everyday":
                continue
            with self.subTest(query["id"]):
                asked = content_words(query["text"])
                self.assertTrue(asked)
                found = golden.holders(self.texts, asked) & set(query["expected"])
                self.assertEqual(found, set())

    def test_the_forms_of_a_pair_occur_as_often_as_it_says(self):
        for pair in golden.pairs():
            with self.subTest(pair["id"]):
                found = golden.holders(self.texts, pair["forms"])
                tops = {address.split("-")[0] for address in found}
                self.assertEqual(len(found), pair["rows"])
                self.assertEqual(len(tops), pair["functions"])
                for form in pair["forms"]:
                    self.assertTrue(golden.holders(self.texts, [form]), form)

    def test_the_frequent_words_are_the_most_frequent(self):
        counts = Counter()
        for text in self.texts.values():
            counts.update(golden.words(text))
        self.assertEqual(golden.frequent_words(stop_words=True), counts.most_common(20))
        for word, count in golden.frequent_words(stop_words=False):
            with self.subTest(word):
                self.assertEqual(counts[word], count)


def own_texts():
    """Address ("8.4.3.2 f12-b") -> the item's own text, for the whole manual."""
    rows = {row.pk: row for row in Function.objects.select_related("unit")}
    texts = {}
    for row in rows.values():
        positions, at = [row.position], row
        while at.parent_id:
            at = rows[at.parent_id]
            positions.insert(0, at.position)
        texts[f"{row.unit.code} {labels.anchor(*positions)}"] = row.text
    return texts
