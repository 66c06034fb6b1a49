"""The index says what the texts say, by whatever road they came; or that is told."""

from io import StringIO

from django.core.management import call_command
from django.db import connection, transaction
from django.test import TestCase

from exchange.services import duplicate_edition
from functions.lists import Listed, save_function_list
from functions.models import Entry, Function, Passage, Word
from functions.restoring import restore_function
from functions.search import Scope, checking, fulltext, indexing, search
from functions.services import change_function, delete_function, move_function
from manuals.permissions import OPERATOR
from manuals.services import change_chapter, create_chapter, discard_edition
from tests.factories import REASON, authorise, make_function, make_tree
from units.services import change_unit, delete_unit, move_unit

WRITE = {"user": OPERATOR, "reason": REASON}


class RoadsTests(TestCase):
    # 8.1
    # ├ 8.2
    # │ └ 8.2.1
    # └ 8.3
    def setUp(self):
        self.units = make_tree("8.1 > 8.2 > 8.2.1 8.3")
        self.edition = self.units["8.1"].edition
        self.function = make_function(self.units["8.2.1"], "Calcular la prima.")

    def tearDown(self):
        self.assertEqual(checking.wrong(), [])

    def found(self, text, edition=None):
        results = search(Scope.of(edition or self.edition), text)
        return [
            f"{hit.unit.code} {hit.anchor}".strip() if hit.unit else hit.anchor
            for hit in results.hits
        ]

    def test_a_new_function_is_found(self):
        self.assertEqual(self.found("calculan primas"), ["8.2.1 f1"])

    def test_a_reworded_function_is_found_by_its_new_words_only(self):
        change_function(function=self.function, text="Cobrar multas.", **WRITE)
        self.assertEqual(self.found("prima"), [])
        self.assertEqual(self.found("multa"), ["8.2.1 f1"])

    def test_a_moved_function_and_its_items_are_found_where_they_are(self):
        item = make_function(
            self.units["8.2.1"], "Embargar bienes.", parent=self.function
        )
        move_function(function=self.function, unit=self.units["8.3"], **WRITE)
        self.assertEqual(self.found("prima"), ["8.3 f1"])
        self.assertEqual(self.found("embargar"), ["8.3 f1-a"])
        self.assertTrue(Entry.objects.filter(function=item).exists())

    def test_a_deleted_function_is_not_found_until_it_is_restored(self):
        delete_function(function=self.function, **WRITE)
        self.assertEqual(self.found("prima"), [])
        record = Function.history.filter(key=self.function.key).latest("history_id")
        restore_function(record=record, **WRITE)
        self.assertEqual(self.found("prima"), ["8.2.1 f1"])

    def test_a_saved_list_is_found_as_it_was_saved(self):
        save_function_list(
            unit=self.units["8.2.1"],
            rows=[Listed(0, "Notificar créditos."), Listed(1, "Por correo.")],
            **WRITE,
        )
        self.assertEqual(self.found("prima"), [])
        self.assertEqual(self.found("correos"), ["8.2.1 f1-a"])

    def test_names_and_objectives_of_units_are_found(self):
        change_unit(
            unit=self.units["8.3"],
            name="Coordinación de Cobranza",
            objective="Recuperar adeudos.",
            **WRITE,
        )
        self.assertEqual(self.found("cobranzas"), ["8.3"])
        self.assertEqual(self.found("adeudo"), ["8.3"])

    def test_moving_a_unit_changes_the_codes_told(self):
        self.units["8.3"].refresh_from_db()
        move_unit(
            unit=self.units["8.2.1"],
            target=self.units["8.3"],
            **WRITE,
        )
        self.assertEqual(self.found("prima"), ["8.3.1 f1"])
        self.assertEqual(search(Scope.of(self.edition), "8.3.1 f1").direct.anchor, "f1")

    def test_deleting_a_unit_takes_what_is_below_along(self):
        delete_unit(unit=self.units["8.2"], **WRITE)
        self.assertEqual(self.found("prima"), [])

    def test_blocks_of_chapters_are_found_as_they_are(self):
        chapter = create_chapter(
            edition=self.edition,
            number=1,
            title="Introducción",
            body="Primero.\n\nEl *huso* horario.",
            **WRITE,
        )
        self.assertEqual(self.found("husos"), ["p2"])
        change_chapter(chapter=chapter, body="El huso.", **WRITE)
        self.assertEqual(self.found("huso"), ["p1"])

    def test_a_duplicate_shares_the_texts_and_a_discarded_one_leaves_none(self):
        passages = Passage.objects.count()
        authorise(self.edition)
        draft = duplicate_edition(edition=self.edition, label="2024", **WRITE)
        self.assertEqual(self.found("prima", draft), ["8.2.1 f1"])
        self.assertEqual(Passage.objects.count(), passages)
        discard_edition(edition=draft, **WRITE)
        self.assertFalse(Entry.objects.exclude(edition=self.edition).exists())

    def test_a_write_that_is_undone_leaves_the_index_as_it_was(self):
        with self.assertRaises(ZeroDivisionError), transaction.atomic():
            change_function(function=self.function, text="Cobrar.", **WRITE)
            raise ZeroDivisionError
        self.assertEqual(self.found("prima"), ["8.2.1 f1"])
        self.assertEqual(self.found("cobrar"), [])


class CheckTests(TestCase):
    def setUp(self):
        self.unit = make_tree("8.1")["8.1"]
        make_function(self.unit, "Calcular la prima.")

    def check(self, *arguments):
        told = StringIO()
        try:
            call_command("check_search", *arguments, stdout=told)
        except SystemExit as error:
            return error.code, told.getvalue()
        return 0, told.getvalue()

    def test_an_index_in_order(self):
        self.assertEqual(self.check(), (0, "El índice de la búsqueda está en orden.\n"))

    def test_what_is_missing_is_told_and_made_anew(self):
        Entry.objects.filter(function__isnull=False).delete()
        status, told = self.check()
        self.assertEqual(status, 1)
        self.assertIn("funciones: al índice le faltan 1 y le sobran 0.", told)
        self.assertEqual(self.check("--fix")[0], 0)
        self.assertEqual(self.check()[0], 0)

    def test_stems_of_another_version_are_told_and_made_anew(self):
        Passage.objects.filter(stems__contains="prim").update(stems="otro modo mas")
        self.assertEqual(self.check()[0], 1)
        self.assertEqual(self.check("--fix")[0], 0)
        results = search(Scope.of(self.unit.edition), "primas")
        self.assertEqual(results.total, 1)

    def test_a_text_written_by_another_road_is_told(self):
        Function.objects.update(text="Escrito sin servicio.")
        self.assertEqual(self.check()[0], 1)

    def test_making_it_anew_leaves_no_word_that_nothing_holds(self):
        Word.objects.create(word="nadie", form="nadie", stem="nadi", family="nadi")
        self.check("--fix")
        self.assertFalse(Word.objects.filter(word="nadie").exists())


class ExistingDatabaseTests(TestCase):
    def test_migrating_indexes_what_was_there_before(self):
        unit = make_tree("8.1")["8.1"]
        make_function(unit, "Calcular la prima.")
        Entry.objects.all().delete()
        with connection.cursor() as cursor:
            for statement in fulltext.removal(connection.vendor):
                cursor.execute(statement)
        self.assertFalse(fulltext.is_sound())
        indexing.build_after_migrating(None, using="default")
        self.assertEqual(checking.wrong(), [])
        self.assertEqual(search(Scope.of(unit.edition), "primas").total, 1)
