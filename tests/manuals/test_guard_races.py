"""Raw statements against a closing on real threads: guards see what they waited for."""

import datetime
import threading

from django.db import DatabaseError, connection, transaction

from functions.models import Function
from manuals.models import Edition
from manuals.permissions import OPERATOR
from manuals.services import record_authorised_edition
from tests.factories import make_edition
from tests.manuals.test_races import in_thread
from tests.review.racing import PATIENCE, EditRaceTestCase
from units.models import Unit

DAY = datetime.date(2024, 4, 1)
INSERT = (
    "INSERT INTO functions_function (key, edition_id, unit_id, position, text)"
    " SELECT gen_random_uuid(), %s, %s, number, 'Colarse.'"
    " FROM generate_series(10, 20) AS number"
)


class Statement:
    """A call that notes whether the guard refused what it executes."""

    def __init__(self, sql, *parameters):
        self.sql, self.parameters = sql, parameters
        self.outcome = None

    def __call__(self):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(self.sql, self.parameters)
        except DatabaseError as error:
            if "closed edition" not in str(error):
                raise
            self.outcome = "refused"
        else:
            self.outcome = "done"


class StatementAgainstClosingTests(EditRaceTestCase):
    def close(self):
        record_authorised_edition(
            edition=self.edition, user=OPERATOR, effective_from=DAY
        )

    def statements(self):
        edition, unit = self.edition.pk, self.unit("8.2").pk
        return {
            "insert": Statement(INSERT, edition, unit),
            "update": Statement(
                "UPDATE functions_function SET text = 'Otro.' WHERE edition_id = %s",
                edition,
            ),
            "delete": Statement(
                # What the search knows of them goes first: it refers to them.
                "DELETE FROM functions_entry WHERE edition_id = %s;"
                " DELETE FROM functions_function WHERE edition_id = %s"
                " AND parent_id IS NOT NULL",
                edition,
                edition,
            ),
            "units": Statement(
                "UPDATE units_unit SET name = 'Otra' WHERE edition_id = %s", edition
            ),
        }

    def again(self, name):
        """The draft anew; what was authorised is never in force."""
        Edition.objects.filter(status="authorised").update(
            status="withdrawn", withdrawn_on=DAY
        )
        self.fill(f"t-{name}")
        return self.statements()[name]

    def test_a_statement_that_waited_for_the_closing_is_refused_whole(self):
        for name in self.statements():
            with self.subTest(statement=name):
                statement = self.again(name)
                before = self.written()
                self.in_order(self.close, statement)
                self.assertEqual(statement.outcome, "refused")
                self.assertEqual(self.written(), before)

    def test_a_statement_that_came_first_is_part_of_what_is_closed(self):
        for name in self.statements():
            with self.subTest(statement=name):
                statement = self.again(name)
                before = self.written()
                self.in_order(statement, self.close)
                self.assertEqual(statement.outcome, "done")
                self.assertNotEqual(self.written(), before)
                self.edition.refresh_from_db()
                self.assertEqual(self.edition.status, "authorised")

    def test_a_unit_that_went_to_an_edition_closed_meanwhile_takes_nothing_in(self):
        other = make_edition("2024")
        unit = self.unit("8.3")

        def take_away_and_close():
            # As a service does: whoever writes in the first edition waits.
            Edition.objects.select_for_update().get(pk=self.edition.pk)
            Unit.objects.filter(pk=unit.pk).update(
                edition=other, tree_id=other.pk, parent=None, code="8.1"
            )
            record_authorised_edition(edition=other, user=OPERATOR, effective_from=DAY)

        statement = Statement(INSERT, self.edition.pk, unit.pk)
        self.in_order(take_away_and_close, statement)
        self.assertEqual(statement.outcome, "refused")
        self.assertFalse(Function.objects.filter(text="Colarse.").exists())

    def test_a_transaction_that_still_sees_the_draft_does_not_write_into_it(self):
        """REPEATABLE READ keeps its old picture; locking the edition tells."""
        seen, closed = threading.Event(), threading.Event()

        @in_thread
        def write():
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                cursor.execute(
                    "SELECT status FROM manuals_edition WHERE id = %s",
                    [self.edition.pk],
                )
                self.assertEqual(cursor.fetchone()[0], "draft")
                seen.set()
                closed.wait(PATIENCE)
                cursor.execute(INSERT, [self.edition.pk, unit])

        unit = self.unit("8.2").pk
        failures = []

        def run():
            try:
                write()
            except DatabaseError as error:
                failures.append(str(error))

        thread = threading.Thread(target=run)
        thread.start()
        self.assertIs(seen.wait(PATIENCE), True)
        self.close()
        closed.set()
        thread.join(PATIENCE)
        self.assertEqual(len(failures), 1)
        self.assertIn("could not serialize access", failures[0])
        self.assertFalse(Function.objects.filter(text="Colarse.").exists())
