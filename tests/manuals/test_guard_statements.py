"""Guards look at every row of a statement, however many it writes and in how many ways.

On PostgreSQL a content guard runs once per statement and compares the rows before and
after it; what a trigger per row would refuse has to be refused all the same.
"""

from io import StringIO

from django.db import DatabaseError, connection, transaction

from functions.models import Function
from manuals.models import Chapter
from tests.factories import make_function, make_tree
from tests.manuals.test_guards import GuardedTestCase, execute
from tests.support import require_postgres
from units.models import Unit


class WholeStatementTests(GuardedTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.drafted = make_tree("8.1 8.2", edition=cls.draft)
        cls.open = make_function(cls.drafted["8.2"], "Revisar los asuntos.")

    def texts(self):
        return dict(Function.objects.values_list("pk", "text"))

    def test_one_closed_row_among_open_ones_refuses_the_whole_statement(self):
        before = self.texts()
        for sql in (
            "UPDATE functions_function SET text = 'Otro.'",
            "DELETE FROM functions_function",
        ):
            with self.subTest(sql=sql):
                self.assertRefused(sql)
        self.assertEqual(self.texts(), before)
        execute("UPDATE functions_function SET text = 'Otro.' WHERE text = 'Nada.'")
        execute(
            "UPDATE functions_function SET text = 'Otro.' WHERE edition_id = %s",
            self.draft.pk,
        )
        self.assertEqual(self.texts(), before | {self.open.pk: "Otro."})

    def test_two_rows_do_not_exchange_what_they_say(self):
        self.assertRefused(
            "UPDATE functions_function SET text ="
            " (SELECT other.text FROM functions_function other WHERE"
            " other.edition_id = functions_function.edition_id"
            " AND other.id <> functions_function.id) WHERE edition_id = %s",
            self.edition.pk,
        )

    def test_a_change_does_not_hide_among_repairs_of_the_tree(self):
        execute(
            "UPDATE units_unit SET lft = lft + 20, rght = rght + 20, name = name"
            " WHERE edition_id = %s",
            self.edition.pk,
        )
        self.assertRefused(
            "UPDATE units_unit SET lft = lft - 20, rght = rght - 20, name ="
            " CASE WHEN code = '8.2.1' THEN 'Otra' ELSE name END WHERE edition_id = %s",
            self.edition.pk,
        )

    def test_an_empty_value_is_a_value(self):
        for value in (7, 8):
            self.assertRefused(
                "UPDATE units_unit SET printed_page = %s WHERE id = %s",
                value,
                self.units["8.2"].pk,
            )
        execute(
            "UPDATE units_unit SET printed_page = NULL WHERE id = %s",
            self.units["8.2"].pk,
        )

    def test_an_insertion_that_becomes_an_update_is_refused(self):
        self.assertRefused(
            "INSERT INTO manuals_chapter (edition_id, number, title, kind, body)"
            " VALUES (%s, 7, 'Otro', 'text', '')"
            " ON CONFLICT (edition_id, number) DO UPDATE SET title = 'Otro'",
            self.edition.pk,
        )

    def test_many_rows_of_a_draft_do_not_carry_one_into_a_closed_edition(self):
        Chapter.objects.create(edition=self.draft, number=1, title="Uno")
        self.assertRefused(
            "INSERT INTO manuals_chapter (edition_id, number, title, kind, body)"
            " SELECT CASE WHEN id = %s THEN %s ELSE %s END, 20 + id, title, kind, body"
            " FROM manuals_chapter",
            self.chapter.pk,
            self.edition.pk,
            self.draft.pk,
        )


class StatementsOfPostgresTests(GuardedTestCase):
    """Roads that only PostgreSQL has."""

    def setUp(self):
        require_postgres()
        self.drafted = make_tree("8.1 8.2", edition=self.draft)

    def test_a_unit_and_its_functions_are_not_deleted_at_once(self):
        self.assertRefused(
            "WITH gone AS (DELETE FROM functions_function WHERE unit_id = %s)"
            " DELETE FROM units_unit WHERE id = %s",
            self.units["8.2"].pk,
            self.units["8.2"].pk,
        )

    def test_a_unit_does_not_leave_while_a_function_of_it_changes(self):
        self.assertRefused(
            "WITH moved AS (UPDATE units_unit SET edition_id = %s, tree_id = %s,"
            " code = '9.9', parent_id = %s, position = 9 WHERE id = %s)"
            " UPDATE functions_function SET text = 'Otro.', edition_id = %s"
            " WHERE unit_id = %s",
            self.draft.pk,
            self.draft.pk,
            self.drafted["8.1"].pk,
            self.units["8.2"].pk,
            self.draft.pk,
            self.units["8.2"].pk,
        )

    def test_merging_is_refused_where_it_changes_a_closed_row(self):
        if connection.pg_version < 150000:
            self.skipTest("MERGE came with PostgreSQL 15")
        self.assertRefused(
            "MERGE INTO functions_function USING (SELECT %s AS unit) AS said"
            " ON functions_function.unit_id = said.unit"
            " WHEN MATCHED THEN UPDATE SET text = 'Otro.'",
            self.units["8.2"].pk,
        )

    def test_copying_rows_in_is_refused(self):
        with (
            self.assertRaisesMessage(DatabaseError, "closed edition"),
            transaction.atomic(),
            connection.wrap_database_errors,
            connection.cursor() as cursor,
        ):
            cursor.copy_expert(
                "COPY manuals_chapter (edition_id, number, title, kind, body)"
                " FROM STDIN",
                StringIO(f"{self.edition.pk}\t40\tOtro\ttext\t\n"),
            )

    def test_thousands_of_rows_are_looked_at_in_one_statement(self):
        execute(
            "INSERT INTO functions_function (key, edition_id, unit_id, position, text)"
            " SELECT gen_random_uuid(), %s, %s, number, 'Atender.'"
            " FROM generate_series(100, 3100) AS number",
            self.draft.pk,
            self.drafted["8.2"].pk,
        )
        execute(
            "UPDATE functions_function SET text = 'Otro.' WHERE edition_id = %s",
            self.draft.pk,
        )
        self.assertRefused(
            "UPDATE functions_function SET text = 'Y otro.' WHERE edition_id = %s"
            " OR id = %s",
            self.draft.pk,
            self.item.pk,
        )
        self.assertEqual(Unit.objects.filter(edition=self.draft).count(), 2)
