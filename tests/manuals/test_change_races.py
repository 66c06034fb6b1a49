"""A reader of the feed misses nothing and is told nothing twice, whoever writes."""

import threading
from concurrent.futures import ThreadPoolExecutor
from unittest import mock

from django.db import OperationalError, connection, connections, transaction
from django.test import TransactionTestCase

from functions.services import change_function
from manuals import cursors
from manuals.models import Change
from manuals.permissions import OPERATOR
from manuals.services import change_edition
from tests.factories import REASON, make_edition, make_function, make_tree
from tests.support import require_postgres, require_sqlite

PATIENCE = 20  # seconds until a test says that threads wait for each other
WRITERS, WRITES = 3, 8


def in_thread(call):
    """Run in a thread that closes its database connection at the end."""

    def run(*arguments):
        try:
            return call(*arguments)
        finally:
            connections.close_all()

    return run


class Reader:
    """Goes on from its last cursor, a few rows at a time."""

    def __init__(self, limit: int = 500):
        self.limit, self.cursor, self.seen = limit, 0, []

    def read(self) -> list[str]:
        """The reasons' labels of what is new since the last time."""
        cursors.give()
        new = list(Change.objects.after(self.cursor)[: self.limit])
        self.seen += new
        self.cursor = new[-1].cursor if new else self.cursor
        return [row.edition_label for row in new]


class ReadingTests(TransactionTestCase):
    def setUp(self):
        self.functions = []
        for number in range(WRITERS):
            units = make_tree("8.1", make_edition(f"e{number}"))
            self.functions.append(make_function(units["8.1"]))

    def write(self, number: int, text: str) -> None:
        change_function(
            function=self.functions[number], text=text, user=OPERATOR, reason=REASON
        )

    def number(self, number: int) -> None:
        """A change of no text: writers of new texts wait for each other."""
        change_edition(
            edition=self.functions[number].edition,
            document_number="1",
            user=OPERATOR,
            reason=REASON,
        )

    def test_what_commits_later_under_an_earlier_id_is_told_later(self):
        require_postgres()
        reader = Reader()
        reader.read()
        written, may_commit = threading.Event(), threading.Event()

        @in_thread
        def slow():
            with transaction.atomic():
                self.number(0)
                written.set()
                may_commit.wait(PATIENCE)

        with ThreadPoolExecutor(1) as pool:
            done = pool.submit(slow)
            written.wait(PATIENCE)
            self.number(1)
            self.assertEqual(reader.read(), ["e1"])
            may_commit.set()
            done.result(PATIENCE)
        self.assertEqual(reader.read(), ["e0"])
        self.assertEqual(reader.read(), [])
        later, earlier = reader.seen[-2:]
        self.assertGreater(later.pk, earlier.pk)  # an id would have been no cursor

    def test_a_reader_beside_writers_gets_each_row_once_and_in_order(self):
        start = threading.Barrier(WRITERS)

        @in_thread
        def work(number):
            start.wait(PATIENCE)
            for turn in range(WRITES):
                with transaction.atomic():
                    self.write(number, f"Texto {turn}.")

        reader = Reader(limit=2)
        with ThreadPoolExecutor(WRITERS) as pool:
            working = [pool.submit(work, number) for number in range(WRITERS)]
            while not all(one.done() for one in working):
                reader.read()
            for one in working:
                one.result(PATIENCE)
        while reader.read():
            pass
        told = [row.cursor for row in reader.seen]
        self.assertEqual(told, sorted(set(told)))
        self.assertEqual(
            sorted(row.pk for row in reader.seen),
            sorted(Change.objects.values_list("pk", flat=True)),
        )
        texts = [row for row in reader.seen if row.details.get("functions")]
        self.assertEqual(len(texts), WRITERS * (1 + WRITES))

    def test_two_who_give_cursors_at_once_give_different_ones(self):
        with mock.patch.object(cursors, "give"):  # as if killed after the commit
            for turn in range(10):
                self.write(0, f"Texto {turn}.")
        start = threading.Barrier(4)

        @in_thread
        def give():
            start.wait(PATIENCE)
            return cursors.give()

        with ThreadPoolExecutor(4) as pool:
            done = [pool.submit(give) for _ in range(4)]
            self.assertEqual([one.result(PATIENCE) for one in done], [True] * 4)
        given = list(Change.objects.order_by("id").values_list("cursor", flat=True))
        self.assertEqual(given, sorted(set(given)))

    def test_a_reader_does_not_wait_for_a_writer_that_takes_its_time(self):
        require_sqlite()
        with mock.patch.object(cursors, "give"):
            self.write(0, "Sin cursor.")
        writing, may_end = threading.Event(), threading.Event()

        @in_thread
        def hold():
            with transaction.atomic():
                writing.set()
                may_end.wait(PATIENCE)

        reader = Reader()
        with (
            ThreadPoolExecutor(1) as pool,
            mock.patch.object(cursors, "_PATIENCE", 50),
            self.assertLogs("manuals.cursors", "WARNING"),
        ):
            done = pool.submit(hold)
            writing.wait(PATIENCE)
            self.assertEqual(reader.read()[-1:], ["e2"])  # what has a cursor
            may_end.set()
            done.result(PATIENCE)
        self.assertEqual(reader.read(), ["e0"])

    def test_cursors_that_cannot_be_given_now_fail_neither_write_nor_read(self):
        reader = Reader()
        reader.read()
        with (
            mock.patch.object(cursors, "_give", side_effect=OperationalError("no")),
            self.assertLogs("manuals.cursors", "WARNING"),
        ):
            self.write(0, "Sin cursor.")
            self.assertEqual(reader.read(), [])
        self.assertIs(connection.in_atomic_block, False)
        self.assertEqual(reader.read(), ["e0"])
