"""The commands: sending once or on, and forgetting."""

import signal
from io import StringIO
from unittest import mock

from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone

from manual_org.webhooks import delivery
from manual_org.webhooks.management.commands import send_webhooks
from manual_org.webhooks.models import Delivery
from tests.webhooks.support import WebhookTestCase, later


def run(*arguments, **options) -> str:
    said = StringIO()
    call_command(*arguments, stdout=said, **options)
    return said.getvalue()


class SendTests(WebhookTestCase):
    def setUp(self):
        super().setUp()
        for number in (signal.SIGTERM, signal.SIGINT):
            self.addCleanup(signal.signal, number, signal.getsignal(number))

    def test_everything_that_is_due_is_sent(self):
        for _number in range(5):
            self.make_delivery()
        with mock.patch.object(delivery, "AT_ONCE", 2):
            self.assertIn("5", run("send_webhooks"))
        self.assertIn("0", run("send_webhooks", "--once"))

    def watch(self, *results):
        """Go on while there are results; the last one comes with SIGTERM."""
        left = list(results)

        def send_due(go_on):
            self.assertTrue(go_on())
            result = left.pop(0)
            if not left:
                signal.raise_signal(signal.SIGTERM)
            if isinstance(result, Exception):
                raise result
            return result

        with (
            mock.patch.object(send_webhooks, "send_due", send_due),
            mock.patch.object(send_webhooks, "PAUSE", 0),
            # It would close the test's own one, whose transaction is open.
            mock.patch.object(send_webhooks, "close_old_connections"),
        ):
            run("send_webhooks", "--watch")
        self.assertEqual(left, [])

    def test_the_watch_ends_with_sigterm_after_what_it_does(self):
        self.watch(1, 0, 2)

    def test_the_watch_survives_a_database_that_is_gone_for_a_while(self):
        with self.assertLogs("manual_org.webhooks", "ERROR"):
            self.watch(OperationalError("gone"), 1)


class ForgetTests(WebhookTestCase):
    def test_what_ended_long_ago_is_deleted_and_what_waits_is_not(self):
        State = Delivery.State
        now = timezone.now()
        self.make_delivery(state=State.DELIVERED, finished_at=now)
        self.make_delivery(state=State.GIVEN_UP, finished_at=now)
        waits = self.make_delivery()
        with later(days=364):
            self.assertIn("0", run("forget_webhooks"))
        with later(days=366):
            self.assertIn("2", run("forget_webhooks"))
        self.assertEqual(list(Delivery.objects.all()), [waits])

    def test_days_are_days(self):
        with self.assertRaises(CommandError):
            run("forget_webhooks", days=0)
