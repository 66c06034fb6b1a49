"""Closed editions and histories stay as they are, whichever road a write takes."""

from io import StringIO

from django.apps import apps
from django.core import checks
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import TestCase, TransactionTestCase

from functions.models import Entry, Function
from manuals import guards
from manuals.history import recording
from manuals.models import Chapter, Chart, Edition, Source
from review.models import ChangeNote
from tests.factories import (
    OPERATOR,
    authorise,
    make_edition,
    make_function,
    make_tree,
    make_user,
)
from units.models import Unit, UnitKind


def execute(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


class GuardedTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.units = make_tree("8.1 8.2 8.2.1")
        cls.edition = cls.units["8.1"].edition
        cls.function = make_function(cls.units["8.2"], "Planear las actividades.")
        cls.item = make_function(
            cls.units["8.2"], "Las de la unidad.", parent=cls.function
        )
        cls.chapter = Chapter.objects.create(
            edition=cls.edition, number=7, title="Organogramas", kind="charts"
        )
        cls.chart = Chart.objects.create(
            chapter=cls.chapter, position=1, number="7.1", title="Dirección"
        )
        cls.source = Source.objects.create(
            edition=cls.edition, name="manual.txt", sha256="0" * 64
        )
        cls.note = ChangeNote.objects.create(
            edition=cls.edition, unit_key=cls.units["8.2"].key, text="Nuevo"
        )
        cls.edition = authorise(cls.edition)
        cls.draft = make_edition("2024")

    def assertRefused(self, sql, *parameters, message="closed edition"):
        with (
            self.assertRaisesMessage(DatabaseError, message),
            transaction.atomic(),
        ):
            execute(sql, *parameters)


class ClosedEditionTests(GuardedTestCase):
    def test_raw_update_of_any_content_fails(self):
        for table, column, pk in (
            ("functions_function", "text", self.function.pk),
            ("functions_function", "text", self.item.pk),
            ("units_unit", "name", self.units["8.2"].pk),
            ("units_unit", "code", self.units["8.2"].pk),
            ("manuals_chapter", "body", self.chapter.pk),
            ("manuals_chart", "title", self.chart.pk),
            ("manuals_source", "name", self.source.pk),
            ("review_changenote", "text", self.note.pk),
            ("manuals_edition", "authorised_by", self.edition.pk),
            ("manuals_edition", "label", self.edition.pk),
            ("manuals_transition", "comment", self.edition.transitions.first().pk),
        ):
            with self.subTest(table=table, column=column):
                message = "append-only" if "transition" in table else "closed edition"
                self.assertRefused(
                    f"UPDATE {table} SET {column} = 'otro' WHERE id = %s",  # noqa: S608
                    pk,
                    message=message,
                )

    def test_raw_delete_of_any_content_fails(self):
        for table, pk in (
            ("functions_function", self.item.pk),
            ("units_unit", self.units["8.2.1"].pk),
            ("manuals_chart", self.chart.pk),
            ("manuals_chapter", self.chapter.pk),
            ("manuals_source", self.source.pk),
            ("review_changenote", self.note.pk),
            ("manuals_transition", self.edition.transitions.first().pk),
            ("manuals_edition", self.edition.pk),
        ):
            with self.subTest(table=table):
                self.assertRefused(f"DELETE FROM {table} WHERE id = %s", pk)  # noqa: S608

    def test_the_orm_fails_too(self):
        for write in (
            lambda: Function.objects.filter(pk=self.function.pk).update(text="x"),
            lambda: Function.objects.filter(pk=self.function.pk).delete(),
            lambda: Function.objects.create(
                unit=self.units["8.2"], position=9, text="Invadir."
            ),
            lambda: Chapter.objects.create(
                edition=self.edition, number=9, title="Otro"
            ),
            lambda: Source.objects.create(
                edition=self.edition, name="x", sha256="1" * 64
            ),
            lambda: Edition.objects.filter(pk=self.edition.pk).delete(),
        ):
            with self.assertRaises(DatabaseError), transaction.atomic():
                write()

    def test_rows_of_a_draft_cannot_be_moved_into_a_closed_edition(self):
        chapter = Chapter.objects.create(edition=self.draft, number=1, title="Uno")
        self.assertRefused(
            "UPDATE manuals_chapter SET edition_id = %s WHERE id = %s",
            self.edition.pk,
            chapter.pk,
        )

    def test_a_function_cannot_lie_about_its_edition(self):
        function = Function(unit=self.units["8.2"], position=9, text="Invadir.")
        function.edition = self.draft
        with self.assertRaises(DatabaseError), transaction.atomic():
            Function.objects.bulk_create([function])

    def test_rows_of_a_closed_edition_cannot_be_moved_out(self):
        self.assertRefused(
            "UPDATE manuals_chapter SET edition_id = %s WHERE id = %s",
            self.draft.pk,
            self.chapter.pk,
        )

    def test_tree_columns_stay_repairable(self):
        execute("UPDATE units_unit SET lft = 40 WHERE id = %s", self.units["8.2"].pk)
        call_command("check_trees", "--fix", stdout=StringIO())
        self.units["8.2"].refresh_from_db()
        self.assertEqual(self.units["8.2"].lft, 2)

    def test_name_of_a_level_in_use_stays(self):
        kind = self.units["8.2"].kind
        self.assertRefused(
            "UPDATE units_unitkind SET name = 'Otra' WHERE id = %s", kind.pk
        )
        unused = UnitKind.objects.create(name="Gerencia", plural="Gerencias")
        UnitKind.objects.filter(pk=unused.pk).update(name="Gerencia General")

    def test_effective_to_is_set_once(self):
        row = Edition.objects.filter(pk=self.edition.pk)
        row.update(effective_to="2030-12-31")
        for value in (None, "2031-12-31"):
            with self.assertRaises(DatabaseError), transaction.atomic():
                row.update(effective_to=value)

    def test_withdrawal_needs_its_day_and_is_final(self):
        row = Edition.objects.filter(pk=self.edition.pk)
        for change in (
            {"status": "withdrawn"},
            {"withdrawn_on": "2022-01-01"},
            {"status": "draft"},
            {"status": "review"},
        ):
            with (
                self.subTest(change=change),
                self.assertRaises(DatabaseError),
                transaction.atomic(),
            ):
                row.update(**change)
        row.update(status="withdrawn", withdrawn_on="2022-01-01")
        for change in (
            {"status": "authorised", "withdrawn_on": None},
            {"withdrawn_on": "2023-01-01"},
        ):
            with self.assertRaises(DatabaseError), transaction.atomic():
                row.update(**change)

    def test_two_editions_are_never_in_force_on_one_day(self):
        row = Edition.objects.filter(pk=self.draft.pk)
        with (
            self.assertRaisesMessage(DatabaseError, "editions overlap"),
            transaction.atomic(),
        ):
            row.update(status="authorised", effective_from="2024-01-01")
        Edition.objects.filter(pk=self.edition.pk).update(effective_to="2023-12-31")
        row.update(status="authorised", effective_from="2024-01-01")

    def test_an_edition_never_begins_authorised(self):
        with self.assertRaises(DatabaseError), transaction.atomic():
            make_edition("2030", status="authorised", effective_from="2030-01-01")

    def test_a_draft_stays_open(self):
        units = make_tree("8.1 8.2", edition=self.draft)
        function = make_function(units["8.2"])
        execute(
            "UPDATE functions_function SET text = 'Otro.' WHERE id = %s", function.pk
        )
        function.refresh_from_db()
        self.assertEqual(function.text, "Otro.")


class RegistrationTests(TestCase):
    def test_every_table_of_content_or_history_is_guarded(self):
        """A model with an edition, or a history, that nobody registered fails."""
        guarded = {guard.table for guard in guards.guards_for()}
        for model in apps.get_models():
            # A term of the glossary may say where it was found and yet be the manual's.
            of_an_edition = any(
                field.related_model is Edition and not field.null
                for field in model._meta.concrete_fields
            )
            if model is Entry:
                continue  # an index of the texts: rebuilt from them at any time
            if of_an_edition or hasattr(model, "history_change_reason"):
                with self.subTest(model=model._meta.label):
                    self.assertIn(model._meta.db_table, guarded)


class HistoryTests(GuardedTestCase):
    def test_histories_are_append_only(self):
        for model in (Unit, Function, Chapter, Edition):
            table = model.history.model._meta.db_table
            with self.subTest(table=table):
                self.assertRefused(
                    f"UPDATE {table} SET history_change_reason = 'x'",  # noqa: S608
                    message="append-only",
                )
                self.assertRefused(
                    f"DELETE FROM {table}",  # noqa: S608
                    message="append-only",
                )

    def test_an_account_can_be_deleted_and_its_history_remains(self):
        user = make_user("editor")
        with recording(user=user, reason="Prueba"):
            units = make_tree("8.1", edition=self.draft)
            units["8.1"].save()
        user.delete()
        self.assertTrue(Unit.history.filter(edition_id=self.draft.pk).exists())
        self.assertFalse(Unit.history.filter(history_user__isnull=False).exists())


class GuardMaintenanceTests(TransactionTestCase):
    def tearDown(self):
        guards.create()

    def test_a_missing_guard_is_reported_and_migrate_restores_it(self):
        self.assertEqual(guards.missing(), [])
        guards.lift()
        names = guards.missing()
        self.assertIn("guard_functions_function_update", names)
        errors = checks.run_checks(databases=["default"], tags=["database"])
        self.assertIn("manuals.W001", [error.id for error in errors])
        # As at a command line, where the checks come before the migration.
        call_command("migrate", verbosity=0, skip_checks=False, stderr=StringIO())
        self.assertEqual(guards.missing(), [])

    def test_flush_empties_a_database_with_closed_editions_and_keeps_the_guards(self):
        units = make_tree("8.1 8.2")
        authorise(units["8.1"].edition)
        call_command("flush", interactive=False, verbosity=0)
        self.assertFalse(Edition.objects.exists())
        self.assertEqual(guards.missing(), [])

    def test_operator_is_nobody_in_the_history(self):
        units = make_tree("8.1")
        row = units["8.1"].history.get()
        self.assertIsNone(row.history_user)
        self.assertEqual(row.history_change_reason, "Prueba")
        self.assertTrue(OPERATOR.has_perm("manuals.authorise"))
