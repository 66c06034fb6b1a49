"""Rows of the feed: with the write, in one order, and never changed again."""

import datetime
from unittest import mock

from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import TransactionTestCase

from functions.services import change_function
from manuals import changes, cursors
from manuals.models import Change, Chapter, Edition
from tests.factories import make_edition
from tests.manuals.telling import WHO, ToldTestCase


class RoadTests(ToldTestCase):
    def test_a_rollback_leaves_no_row(self):
        with self.assertRaises(ZeroDivisionError), transaction.atomic():
            change_function(function=self.first, text="Programar.", **WHO)
            self.assertTold("content.changed")
            raise ZeroDivisionError
        self.assertTold()

    def test_listeners_hear_of_a_change_in_its_transaction(self):
        heard = []

        def listener(change):
            heard.append((change.kind, change.pk, connection.in_atomic_block))

        changes.on_change(listener)
        self.addCleanup(changes._listeners.remove, listener)
        change_function(function=self.first, text="Programar.", **WHO)
        self.assertEqual(heard, [("content.changed", self.told()[0].pk, True)])

    def test_a_listener_that_fails_undoes_the_write(self):
        def listener(change):
            raise ZeroDivisionError

        changes.on_change(listener)
        self.addCleanup(changes._listeners.remove, listener)
        with self.assertRaises(ZeroDivisionError):
            change_function(function=self.first, text="Programar.", **WHO)
        self.first.refresh_from_db()
        self.assertEqual(self.first.text, "Planear.")

    def test_an_edition_deleted_without_a_service_leaves_a_sound_database(self):
        self.edition.delete()
        connection.check_constraints()
        self.assertEqual(self.told()[-1].kind, "edition.discarded")
        self.assertFalse(Change.objects.exclude(edition__key=None).exists())

    def test_a_write_outside_of_services_is_told_too(self):
        Chapter.objects.create(edition=self.edition, number=3, title="Antecedentes")
        [row] = self.told()
        self.assertEqual(row.details, {"whole": False, "chapters": {"created": [3]}})


class CursorTests(ToldTestCase):
    def test_cursors_are_given_after_the_commit_in_order(self):
        with self.captureOnCommitCallbacks(execute=True):
            change_function(function=self.first, text="Programar.", **WHO)
            change_function(function=self.first, text="Planear.", **WHO)
            self.assertEqual([row.cursor for row in self.told()], [None, None])
        one, other = (row.cursor for row in self.told())
        self.assertLess(one, other)

    def test_what_a_killed_process_left_gets_its_cursor_from_the_next(self):
        change_function(function=self.first, text="Programar.", **WHO)  # no on_commit
        self.assertIs(cursors.give(), True)
        numbers = list(Change.objects.order_by("id").values_list("cursor", flat=True))
        self.assertNotIn(None, numbers)
        self.assertEqual(numbers, sorted(set(numbers)))

    def test_cursors_go_on_where_the_clock_went_back(self):
        cursors.give()
        latest = Change.objects.latest("cursor").cursor
        change_function(function=self.first, text="Programar.", **WHO)
        with mock.patch.object(cursors.time, "time_ns", return_value=1_000):
            cursors.give()
        self.assertEqual(self.told()[0].cursor, latest + 1)

    def test_a_cursor_given_is_never_given_again(self):
        cursors.give()
        before = list(Change.objects.values_list("pk", "cursor"))
        change_function(function=self.first, text="Programar.", **WHO)
        cursors.give()
        self.assertLessEqual(
            set(before), set(Change.objects.values_list("pk", "cursor"))
        )


class GuardTests(ToldTestCase):
    def assertRefused(self, sql, *parameters):
        with (
            self.assertRaisesMessage(DatabaseError, "append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql, parameters)

    def test_a_row_never_changes_but_for_its_cursor_once(self):
        cursors.give()
        for column, value in (
            ("cursor", "NULL"),
            ("cursor", "5"),
            ("kind", "'otro'"),
            ("public", "NOT public"),
            ("details", "'{}'"),
            ("edition_label", "'otra'"),
            ("edition_id", "edition_id + 1"),
            ("manual_id", "manual_id + 1"),
            ("id", "id + 1000"),
        ):
            with self.subTest(column=column, value=value):
                self.assertRefused(
                    f"UPDATE manuals_change SET {column} = {value}"  # noqa: S608
                )

    def test_a_row_is_never_deleted(self):
        self.assertRefused("DELETE FROM manuals_change")

    def test_a_row_is_not_written_with_a_cursor(self):
        change = Change(kind="manual.changed", manual_slug="dir", cursor=7)
        change.at = datetime.datetime.now(datetime.UTC)
        with self.assertRaisesMessage(DatabaseError, "append-only"):
            change.save()


class FlushTests(TransactionTestCase):
    def test_flush_empties_the_feed(self):
        make_edition("2021")
        self.assertTrue(Change.objects.exists())
        self.assertIsNotNone(Change.objects.first().cursor)
        call_command("flush", interactive=False, verbosity=0)
        self.assertFalse(Change.objects.exists() or Edition.objects.exists())
