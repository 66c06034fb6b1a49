"""Two people at once: locks and guards hold on real threads."""

import datetime
import random
import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import DatabaseError, connection, connections, transaction
from django.test import TransactionTestCase

from functions.models import Function
from manuals.exceptions import DomainError, EditionsOverlap
from manuals.models import Edition
from manuals.permissions import OPERATOR
from manuals.services import authorise_edition, submit_edition
from tests.factories import (
    REASON,
    make_edition,
    make_function,
    make_kind,
    make_tree,
    make_user,
)
from tests.support import require_postgres
from units.models import Unit, UnitKind
from units.services import create_unit, delete_unit, move_unit
from units.trees import problems_of

DAY = datetime.date(2024, 4, 1)
PATIENCE = 20  # seconds until a test says that threads wait for each other


def in_thread(call):
    """Run in a thread that closes its database connection at the end."""

    def run(*arguments):
        try:
            return call(*arguments)
        finally:
            connections.close_all()

    return run


class OpenTransactionTests(TransactionTestCase):
    """On PostgreSQL writers do not queue up by themselves: the guard makes them."""

    def setUp(self):
        require_postgres()
        self.units = make_tree("8.1 8.2")
        self.edition = self.units["8.1"].edition
        make_function(self.units["8.2"])

    def test_a_function_of_an_open_transaction_is_never_authorised_unseen(self):
        submit_edition(edition=self.edition, user=make_user("editor"))
        authoriser = make_user("autorizador")
        inserted, authorised = threading.Event(), threading.Event()

        @in_thread
        def insert():
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO functions_function"
                    " (key, edition_id, unit_id, position, text)"
                    " VALUES (gen_random_uuid(), %s, %s, 2, 'Colarse.')",
                    [self.edition.pk, self.units["8.2"].pk],
                )
                inserted.set()
                # The authorisation has to wait for this transaction to end.
                return authorised.wait(timeout=1)

        @in_thread
        def authorise():
            inserted.wait(PATIENCE)
            authorise_edition(edition=self.edition, user=authoriser, effective_from=DAY)
            authorised.set()

        with ThreadPoolExecutor(2) as pool:
            first, second = pool.submit(insert), pool.submit(authorise)
            self.assertIs(first.result(PATIENCE), False)
            second.result(PATIENCE)
        self.assertTrue(Function.objects.filter(text="Colarse.").exists())
        with self.assertRaises(DatabaseError), transaction.atomic():
            Function.objects.filter(text="Colarse.").update(text="Tarde.")

    def test_a_level_is_not_renamed_while_an_edition_with_it_is_authorised(self):
        submit_edition(edition=self.edition, user=make_user("editor"))
        authoriser = make_user("autorizador")
        authorised, renamed = threading.Event(), threading.Event()

        @in_thread
        def authorise():
            with transaction.atomic():
                authorise_edition(
                    edition=self.edition, user=authoriser, effective_from=DAY
                )
                authorised.set()
                # The renaming has to wait for this transaction, and then fails.
                return renamed.wait(timeout=1)

        @in_thread
        def rename():
            authorised.wait(PATIENCE)
            try:
                UnitKind.objects.filter(units__edition=self.edition).update(name="Otro")
            except DatabaseError:
                return "refused"
            finally:
                renamed.set()
            return "renamed"

        with ThreadPoolExecutor(2) as pool:
            first, second = pool.submit(authorise), pool.submit(rename)
            self.assertIs(first.result(PATIENCE), False)
            self.assertEqual(second.result(PATIENCE), "refused")


class TwoAuthoriseTests(TransactionTestCase):
    def test_two_people_never_authorise_editions_that_overlap(self):
        editor = make_user("editor")
        editions = [make_edition("2024"), make_edition("2025")]
        for edition in editions:
            submit_edition(edition=edition, user=editor)
        people = [make_user("autorizador"), make_user("autorizador")]
        together = threading.Barrier(2)

        @in_thread
        def authorise(edition, user):
            together.wait(PATIENCE)
            try:
                authorise_edition(edition=edition, user=user, effective_from=DAY)
            except EditionsOverlap:
                return "refused"
            return "authorised"

        with ThreadPoolExecutor(2) as pool:
            outcomes = list(pool.map(authorise, editions, people, timeout=PATIENCE))
        self.assertEqual(sorted(outcomes), ["authorised", "refused"])
        self.assertEqual(Edition.objects.in_force(DAY).count(), 1)


class StructureRaceTests(TransactionTestCase):
    """Threads that create, move and delete units of one edition at once."""

    THREADS, OPERATIONS = 4, 12

    def test_the_tree_stays_sound_and_nothing_waits_for_ever(self):
        units = make_tree("8.1 8.2 8.2.1 8.2.2 8.3 8.3.1 8.3.2 8.4 8.4.1")
        edition = units["8.1"].edition
        kind = make_kind()
        together = threading.Barrier(self.THREADS)

        def pick(rng):
            return rng.choice(list(Unit.objects.filter(edition=edition).order_by("pk")))

        def operate(rng):
            unit = pick(rng)
            who = {"user": OPERATOR, "reason": REASON}
            choice = rng.random()
            if choice < 0.4:
                create_unit(edition=edition, parent=unit, name="Área", kind=kind, **who)
            elif choice < 0.85:
                move_unit(unit=unit, target=pick(rng), position=1, **who)
            elif unit.parent_id is not None and unit.get_children().count() == 0:
                delete_unit(unit=unit, **who)

        @in_thread
        def work(seed):
            rng = random.Random(seed)  # noqa: S311 - repeatable, not secret
            together.wait(PATIENCE)
            refused = 0
            for _turn in range(self.OPERATIONS):
                try:
                    operate(rng)
                except DomainError:
                    refused += 1
            return refused

        with ThreadPoolExecutor(self.THREADS) as pool:
            refused = list(pool.map(work, range(self.THREADS), timeout=4 * PATIENCE))
        self.assertLess(sum(refused), self.THREADS * self.OPERATIONS)
        self.assertEqual(problems_of(edition), [])
