"""What is kept of closed editions answers as the database does, whatever is asked."""

from dataclasses import fields
from io import StringIO
from itertools import cycle, product
from pathlib import Path
from unittest import mock

from django.core.management import call_command
from django.test import TestCase

from functions.search import Filters, Kind, Scope, complete, search, shelf
from functions.search.places import Asked, Text
from functions.search.shelf import KeptText
from manuals.models import Edition
from tests.functions.search import golden
from units.outline import outline_of

SAMPLES = Path(__file__).resolve().parents[3] / "exchange" / "samples"
ODD = ("", "de la", '"de la"', "recaudasion", "-pagos", "1", '"seguridad social" -de')


class SameAnswersTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        for year in ("2021", "2024"):
            call_command(
                "import_manual",
                str(SAMPLES / f"dir-{year}.md"),
                "--manual=demo",
                f"--edition={year}",
                "--authorised",
                f"--effective-from={year}-03-01",
                stdout=StringIO(),
            )
        editions = list(Edition.objects.published().with_manual())
        newest = max(editions, key=lambda one: one.effective_from)
        cls.branch = outline_of(newest).root.children[0]
        cls.scopes = {
            "one": Scope.of(newest),
            "all": Scope.of(editions),
            "branch": Scope.of(newest, cls.branch.key),
        }
        cls.texts = [
            *ODD,
            *(query["text"] for query in golden.queries()[::5]),
            *(pair["a"] for pair in golden.pairs()[::4]),
            *(word for word, _n in golden.frequent_words(stop_words=False)[::3]),
        ]

    def test_the_same_from_the_database_and_from_what_is_kept(self):
        ways = cycle(
            [
                {"who": True, "near": self.branch.children[0]},
                {"page": 2, "page_size": 7, "typing": True},
                {"filters": Filters(frozenset({Kind.FUNCTION}))},
                {"filters": Filters(branch=self.branch.key)},
                {},
            ]
        )
        found = 0
        for (where, scope), text in product(self.scopes.items(), self.texts):
            options = next(ways)
            with self.subTest(text, where=where, options=options):
                kept, read = self.both(search, scope, text, **options)
                found += kept.total
                self.assertEqual(differing(kept, read), [])
                again = search(scope, text, **options)
                self.assertEqual(differing(kept, again), [])
        self.assertGreater(found, 500)

    def test_a_word_goes_on_the_same_from_both(self):
        for (where, scope), text in product(self.scopes.items(), self.texts):
            with self.subTest(text, where=where):
                kept, read = self.both(complete, scope, text[:-2])
                self.assertEqual(kept, read)

    def test_each_answer_comes_from_where_it_should(self):
        """Else nothing is compared."""
        asked, editions = Asked("coordin"), self.scopes["one"].editions
        for found, expected in zip(
            self.both(shelf.texts_of, asked, editions), (KeptText, Text), strict=True
        ):
            self.assertEqual({type(text) for text in found[0]}, {expected})

    def both(self, ask, *args, **options):
        """What it answers from what is kept, and from the database."""
        kept = ask(*args, **options)
        with mock.patch.object(shelf, "MOST_SHELVES", 0):
            return kept, ask(*args, **options)


def differing(one, other):
    """The fields in which two answers differ; units are equal to themselves only."""
    return [
        field.name
        for field in fields(one)
        if getattr(one, field.name) != getattr(other, field.name)
    ]
