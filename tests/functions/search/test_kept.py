"""What a search keeps of closed editions, and that it keeps nothing of drafts."""

import datetime
from unittest import mock
from uuid import uuid4

from django.test import TestCase

from exchange.services import duplicate_edition
from functions.search import Scope, interface, places, search, shelf
from functions.services import change_function
from functions.synonyms import add_synonym, remove_synonym
from manuals import cache
from manuals.models import Edition
from manuals.permissions import OPERATOR
from tests.factories import REASON, authorise, make_function, make_tree, make_user

WRITE = {"user": OPERATOR, "reason": REASON}


class KeepingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.units = make_tree("8.1 > 8.2")
        cls.edition = cls.units["8.1"].edition
        cls.function = make_function(cls.units["8.2"], "Cobrar multas.")

    def closed(self):
        authorise(Edition.objects.get(pk=self.edition.pk), datetime.date(2021, 1, 1))
        return self.read()

    def read(self):
        return Edition.objects.with_manual().get(pk=self.edition.pk)

    def test_a_draft_is_never_kept(self):
        self.assertEqual(search(Scope.of(self.edition), "multas").total, 1)
        self.assertIsNone(shelf.shelf_of(self.edition))
        change_function(function=self.function, text="Devolver cuotas.", **WRITE)
        self.assertEqual(search(Scope.of(self.edition), "multas").total, 0)
        self.assertEqual(search(Scope.of(self.edition), "cuotas").total, 1)

    def test_a_draft_made_of_what_is_kept_says_what_it_says_itself(self):
        edition = self.closed()
        self.assertEqual(search(Scope.of(edition), "multas").total, 1)
        draft = duplicate_edition(edition=edition, label="b", **WRITE)
        function = draft.functions.get()
        change_function(function=function, text="Devolver cuotas.", **WRITE)
        self.assertEqual(search(Scope.of(draft), "multas").total, 0)
        self.assertEqual(search(Scope.of(edition), "cuotas").total, 0)

    def test_a_synonym_counts_at_once_and_no_longer_when_removed(self):
        edition, editor = self.closed(), make_user("editor")
        self.assertEqual(search(Scope.of(edition), "tarascada").total, 0)
        for manual in (edition.manual, None):
            added = add_synonym(
                manual=manual,
                term="tarascada",
                others=["multa"],
                user=editor,
                reason=REASON,
            )
            with self.subTest(manual):
                self.assertEqual(search(Scope.of(self.read()), "tarascada").total, 1)
                remove_synonym(synonym=added, user=editor, reason=REASON)
                self.assertEqual(search(Scope.of(self.read()), "tarascada").total, 0)

    def test_an_edition_of_too_many_places_is_asked_of_the_database(self):
        edition = self.closed()
        cache.clear()
        with mock.patch.object(shelf, "MOST_PLACES", 2):
            self.assertIsNone(shelf.shelf_of(edition))
        cache.clear()
        self.assertIsNotNone(shelf.shelf_of(edition))

    def test_of_what_was_asked_the_most_recent_is_kept_with_the_edition(self):
        edition = self.closed()
        kept = shelf.shelf_of(edition)
        with mock.patch.object(shelf, "MOST_KEPT", 2):
            answers = [search(Scope.of(edition), "cobrar").hits for _ in range(2)]
            self.assertEqual(*answers)
            self.assertEqual(len(answers[0]), 1)
            for word in ("multas", "devolver", "cobrar"):
                kept.kept(("a word", word), lambda word=word: word.upper())
        self.assertEqual(kept.kept(("a word", "cobrar"), self.fail), "COBRAR")
        self.assertEqual(kept.kept(("a word", "multas"), lambda: "anew"), "anew")

    def test_what_a_word_finds_below_a_unit_is_not_what_it_finds_in_all(self):
        edition = self.closed()
        key = self.units["8.2"].key
        for word in ("multas", "cobrar"):
            whole = search(Scope.of(edition), word)
            below = search(Scope.of(edition, key), word)
            apart = search(Scope.of(edition, uuid4()), word)
            self.assertEqual((whole.total, below.total, apart.total), (1, 1, 0))
            excluded = search(Scope.of(edition), f"{word} -multas")
            self.assertEqual(excluded.total, 0)

    def test_what_is_large_pushes_out_more(self):
        kept = shelf.shelf_of(self.closed())
        self.assertEqual(kept.cache_weight, 1)
        with mock.patch.object(shelf, "PLACES_PER_WEIGHT", 1):
            self.assertEqual(kept.cache_weight, 1 + 3)


class PartTests(TestCase):
    """More places than are ranked: the answer says that its counts are not all."""

    @classmethod
    def setUpTestData(cls):
        cls.units = make_tree("8.1 > 8.2")
        cls.scope = Scope.of(cls.units["8.1"].edition)
        for number in range(4):
            make_function(cls.units["8.2"], f"Planear {number}.")

    def test_it_is_said_only_when_there_are_more(self):
        for most, partial, total in ((5, False, 4), (4, False, 4), (3, True, 3)):
            with (
                self.subTest(most),
                mock.patch.object(places, "MOST_PLACES", most),
                mock.patch.object(shelf, "MOST_PLACES", most),
            ):
                results = search(self.scope, "planear")
                self.assertIs(results.is_partial, partial)
                self.assertEqual(results.total, total)

    def test_as_many_are_ranked_as_is_said(self):
        self.assertEqual(interface.MOST_PLACES, 10_000)
