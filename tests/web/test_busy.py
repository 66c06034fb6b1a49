"""Whoever waits too long for another's write is told so, and nothing is stored."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import OperationalError, connection, connections, transaction
from django.test import RequestFactory, SimpleTestCase, TransactionTestCase
from django.urls import reverse

from manual_org.busy import BusyDatabaseMiddleware, is_busy
from manuals.services import lock_edition
from tests.admin.support import form_of
from tests.factories import make_tree, make_user
from tests.manuals.test_races import PATIENCE, in_thread
from units.models import Unit


def give_up_soon():
    """This connection waits a fifth of a second for the others' locks."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA busy_timeout = 200")
        else:
            cursor.execute("SET lock_timeout = '200ms'")


class BusyDatabaseTests(TransactionTestCase):
    def setUp(self):
        self.unit = make_tree("8.1 8.2")["8.2"]
        self.client.force_login(make_user("editor"))
        self.addCleanup(connections.close_all)  # the next one waits as usual again

    def send(self):
        address = reverse("admin:units_unit_delete", args=[self.unit.pk])
        form = form_of(self.client.get(address))
        return self.client.post(address, {**form, "reason": "Sobra."})

    def test_who_waits_in_vain_is_told_to_try_again_and_may(self):
        held, release = threading.Event(), threading.Event()

        @in_thread
        def hold():
            with transaction.atomic():
                lock_edition(self.unit.edition)
                held.set()
                release.wait(PATIENCE)

        with ThreadPoolExecutor(1) as pool:
            holding = pool.submit(hold)
            held.wait(PATIENCE)
            try:
                give_up_soon()
                histories = Unit.history.count()
                response = self.send()
            finally:
                release.set()
            holding.result(PATIENCE)
        self.assertContains(response, "todavía no se guardó", status_code=503)
        self.assertEqual(response.headers["Retry-After"], "5")
        self.assertIs(Unit.objects.filter(pk=self.unit.pk).exists(), True)
        self.assertEqual(Unit.history.count(), histories)
        self.assertEqual(self.send().status_code, 302)
        self.assertIs(Unit.objects.filter(pk=self.unit.pk).exists(), False)

    def test_every_writer_waits_for_twenty_seconds_at_most(self):
        asked, expected = {
            "sqlite": ("PRAGMA busy_timeout", (20_000,)),
            "postgresql": ("SHOW lock_timeout", ("20s",)),
        }[connection.vendor]
        with connection.cursor() as cursor:
            cursor.execute(asked)
            self.assertEqual(cursor.fetchone(), expected)


class AnswerTests(SimpleTestCase):
    def test_other_failures_of_the_database_are_left_to_the_page_of_failures(self):
        middleware = BusyDatabaseMiddleware(lambda request: None)
        error = OperationalError("could not connect")
        self.assertIs(is_busy(error), False)
        request = RequestFactory().post("/")
        self.assertIsNone(middleware.process_exception(request, error))
