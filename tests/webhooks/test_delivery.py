"""The sender: at least once, in order, with patience, and no longer than that."""

import datetime
import json
from unittest import mock

from django.test import override_settings
from django.utils import timezone

from manual_org.webhooks import delivery, signing
from manual_org.webhooks.delivery import LEASE, PERIOD, WAITS, send_due
from manual_org.webhooks.models import Delivery, Endpoint
from manual_org.webhooks.services import (
    rotate_secret,
    send_again,
    send_ping,
    start_endpoint,
    stop_endpoint,
)
from manuals.permissions import OPERATOR
from tests.webhooks import support
from tests.webhooks.support import WHO, WebhookTestCase, at, later

State = Delivery.State
OVER_WAIT = 1 + delivery.JITTER + 0.01


class DeliveryTestCase(WebhookTestCase):
    def assertState(self, row, state):
        self.assertEqual(self.stored(row).state, state)

    def send_until(self, end: datetime.datetime, condition=lambda: False) -> list:
        """Send whenever something is due, until then; when that was."""
        moments, now = [], timezone.now()
        while now <= end and not condition():
            with at(now):
                if send_due():
                    moments.append(now)
            due = [
                max(filter(None, (one.next_attempt_at, one.endpoint.resting_until)))
                for one in Delivery.objects.pending()
                .select_related("endpoint")
                .filter(endpoint__active=True)
            ]
            if not due:
                break
            now = max(min(due), now + datetime.timedelta(seconds=1))
        return moments


class SendingTests(DeliveryTestCase):
    def test_what_happened_arrives_signed_and_to_the_byte(self):
        self.authorise()
        self.assertEqual(send_due(), 2)
        stored = {str(one.event_id): one for one in Delivery.objects.all()}
        self.assertEqual(set(self.consumer.ids), set(stored))
        for got in self.consumer.got:
            self.assertEqual(got.path, "/avisos?de=manuales")
            self.assertEqual(got.body.decode(), stored[got.id].body)
            self.assertEqual(
                got.headers["content-type"], delivery.HEADERS["Content-Type"]
            )
            expected = signing.signature(
                self.endpoint.secret,
                event_id=got.id,
                timestamp=int(got.headers["webhook-timestamp"]),
                body=got.body,
            )
            self.assertEqual(got.headers["webhook-signature"], expected)
            self.assertState(stored[got.id], State.DELIVERED)
        self.assertEqual(send_due(), 0)

    def test_an_attempt_is_noted(self):
        one = self.make_delivery()
        self.consumer.says = [500]
        send_due()
        one = self.stored(one)
        self.assertEqual((one.attempts, one.last_status), (1, 500))
        self.assertEqual(one.last_error, "Respondió 500. ")
        (entry,) = one.log
        self.assertEqual((entry["status"], entry["error"]), (500, "Respondió 500. "))
        self.assertGreaterEqual(entry["ms"], 0)
        self.assertIsNotNone(datetime.datetime.fromisoformat(entry["at"]))

    def test_it_is_tried_again_with_the_same_id_and_another_time(self):
        one = self.make_delivery()
        self.consumer.says = [500, support.closes]
        send_due()
        self.assertEqual(send_due(), 0)
        with later(seconds=10 * OVER_WAIT):
            send_due()
        with later(seconds=80 * OVER_WAIT):
            send_due()
        self.assertState(one, State.DELIVERED)
        self.assertEqual(self.consumer.ids, [str(one.event_id)] * 3)
        self.assertEqual(len({got.body for got in self.consumer.got}), 1)
        times = [got.headers["webhook-timestamp"] for got in self.consumer.got]
        self.assertEqual(len(set(times)), 3)

    def test_both_secrets_sign_for_a_day_after_a_rotation(self):
        before = self.endpoint.secret
        now = rotate_secret(endpoint=self.endpoint, **WHO).secret
        self.assertNotEqual(now, before)
        self.make_delivery()
        send_due()
        self.make_delivery()
        with later(days=1, seconds=1):
            send_due()
        for got, keys in zip(self.consumer.got, ([now, before], [now]), strict=True):
            expected = signing.headers(
                keys,
                event_id=got.id,
                timestamp=int(got.headers["webhook-timestamp"]),
                body=got.body,
            )
            self.assertEqual(
                got.headers["webhook-signature"], expected["webhook-signature"]
            )

    def test_secrets_and_addresses_are_in_no_log(self):
        self.make_delivery()
        self.consumer.says = [500, 204]
        with self.assertLogs("manual_org.webhooks", "INFO") as logs:
            send_due()
            with later(hours=1):
                send_due()
        said = "\n".join(logs.output)
        for secret in (self.endpoint.secret, "whsec_", "de=manuales", "v1,"):
            self.assertNotIn(secret, said)

    @override_settings(WEBHOOK_ALLOWED_PRIVATE_NETWORKS=[])
    def test_nothing_is_sent_to_a_private_address(self):
        one = self.make_delivery()
        send_due()
        self.assertEqual(self.consumer.got, [])
        self.assertIn("127.0.0.1", self.stored(one).last_error)
        self.assertState(one, State.PENDING)

    @override_settings(WEBHOOK_ALLOW_HTTP=False)
    def test_an_endpoint_of_before_is_judged_by_the_settings_of_now(self):
        one = self.make_delivery()
        send_due()
        self.assertEqual(self.consumer.got, [])
        self.assertIn("https://", self.stored(one).last_error)

    def test_a_redirection_leads_nowhere(self):
        one = self.make_delivery()
        self.consumer.says = [support.redirects]
        send_due()
        self.assertEqual(len(self.consumer.got), 1)
        self.assertIn("redirecciones", self.stored(one).last_error)

    def test_a_test_takes_the_same_road(self):
        one = send_ping(endpoint=self.endpoint, user=OPERATOR)
        send_due()
        (got,) = self.consumer.got
        self.assertEqual(json.loads(got.body)["type"], "ping")
        self.assertEqual(json.loads(got.body)["id"], got.id)
        self.assertState(one, State.DELIVERED)


class ClaimTests(DeliveryTestCase):
    def test_two_senders_at_once_send_it_once(self):
        self.make_delivery()
        post, found = delivery.transport.post, []

        def meanwhile(*args, **options):
            found.append(send_due())
            return post(*args, **options)

        with mock.patch.object(delivery.transport, "post", meanwhile):
            self.assertEqual(send_due(), 1)
        self.assertEqual(found, [0])
        self.assertEqual(len(self.consumer.got), 1)

    def test_two_that_both_saw_it_due_send_it_once(self):
        self.make_delivery()
        seen = Endpoint.objects.due(timezone.now())
        self.assertEqual([one.pk for one in seen], [self.endpoint.pk])
        with mock.patch.object(
            Endpoint.objects.all().__class__, "due", lambda *_: seen
        ):
            self.assertEqual(send_due(), 1)
            seen._result_cache = None
            self.assertEqual(send_due(), 0)

    def test_what_a_killed_sender_sent_is_sent_again_with_its_id(self):
        one = self.make_delivery()
        with (
            mock.patch.object(delivery, "record", side_effect=SystemExit),
            self.assertRaises(SystemExit),
        ):
            send_due()
        self.assertEqual(send_due(), 0)  # perhaps it is only slow
        with later(seconds=LEASE.total_seconds() + 1):
            self.assertEqual(send_due(), 1)
        self.assertEqual(self.consumer.ids, [str(one.event_id)] * 2)
        self.assertState(one, State.DELIVERED)

    def test_who_lost_the_claim_notes_nothing(self):
        one = self.make_delivery()
        attempt = delivery.attempt

        def slow(endpoint, row):
            outcome = attempt(endpoint, row)
            with later(seconds=LEASE.total_seconds() + 1):
                self.consumer.says = [503]
                with mock.patch.object(delivery, "attempt", attempt):
                    self.assertEqual(send_due(), 1)
            return outcome

        with mock.patch.object(delivery, "attempt", slow):
            send_due()
        one = self.stored(one)
        self.assertEqual((one.state, one.attempts), (State.PENDING, 1))

    def test_an_endpoint_deleted_meanwhile_is_no_error(self):
        self.make_delivery()
        attempt = delivery.attempt

        def deleting(endpoint, row):
            Endpoint.objects.filter(pk=endpoint.pk).delete()
            return attempt(endpoint, row)

        with mock.patch.object(delivery, "attempt", deleting):
            send_due()
        self.assertEqual(send_due(), 0)

    def test_an_error_of_ours_with_one_endpoint_holds_up_no_other(self):
        Endpoint.objects.update(secret="whsec_?")
        self.make_delivery()
        good = self.make_delivery(self.make_endpoint(name="Otro"))
        with self.assertLogs("manual_org.webhooks", "ERROR") as logs:
            self.assertEqual(send_due(), 1)
        self.assertNotIn("whsec_", "".join(logs.output))
        self.assertEqual(self.consumer.ids, [str(good.event_id)])
        self.assertEqual(send_due(), 0)  # not before the lease is over

    def test_it_ends_between_two_attempts(self):
        for _number in range(3):
            self.make_delivery()
        self.assertEqual(send_due(lambda: len(self.consumer.got) < 2), 2)
        self.assertEqual(send_due(), 1)

    def test_nobody_takes_all_the_time(self):
        for _number in range(3):
            self.make_delivery()
        with mock.patch.object(delivery, "AT_ONCE", 2):
            self.assertEqual(send_due(), 2)
            self.assertEqual(send_due(), 1)


class PatienceTests(DeliveryTestCase):
    def test_a_consumer_that_is_down_for_a_day_loses_nothing(self):
        """Everything arrives afterwards, in the order in which it happened."""
        self.consumer.stop()
        now, rows = timezone.now(), []
        for hours in (0, 3, 11, 23):
            with at(now + datetime.timedelta(hours=hours)):
                rows.append(self.make_delivery(next_attempt_at=timezone.now()))
        self.send_until(now + datetime.timedelta(days=1))
        self.assertEqual(Delivery.objects.pending().count(), 4)
        self.consumer = self.start_consumer()
        Endpoint.objects.update(url=self.consumer.url)
        with later(days=1, hours=15):
            self.assertEqual(send_due(), 4)
        self.assertEqual(self.consumer.ids, [str(one.event_id) for one in rows])

    def test_who_cannot_be_reached_is_asked_less_and_less(self):
        self.consumer.says = [503] * 50
        self.make_delivery()
        self.make_delivery()
        now = timezone.now()
        moments = self.send_until(now + datetime.timedelta(days=2))
        waited = [
            later - earlier
            for earlier, later in zip(moments, moments[1:], strict=False)
        ]
        for wait, expected in zip(waited, WAITS, strict=False):
            self.assertGreaterEqual(wait, expected)
            self.assertLess(wait, expected * OVER_WAIT + delivery.SECOND)
        self.assertGreater(len(waited), len(WAITS))
        # The second waits for the first: it was not tried at all.
        self.assertEqual(len(set(self.consumer.ids)), 1)

    def test_what_is_refused_does_not_hold_up_what_comes_after(self):
        first, second = self.make_delivery(), self.make_delivery()
        self.consumer.says = [400]
        self.assertEqual(send_due(), 2)
        self.assertEqual(self.consumer.ids, [str(first.event_id), str(second.event_id)])
        self.assertState(second, State.DELIVERED)

    def test_the_first_success_brings_forward_what_waits(self):
        first = self.make_delivery()
        self.consumer.says = [500] * 6
        now = timezone.now()
        self.send_until(now + 4 * delivery.HOUR, lambda: not self.consumer.says)
        self.assertGreater(
            self.stored(first).next_attempt_at, timezone.now() + delivery.HOUR
        )
        second = self.make_delivery()
        with later(minutes=2):
            self.assertEqual(send_due(), 2)
        self.assertEqual(
            self.consumer.ids[-2:], [str(second.event_id), str(first.event_id)]
        )
        self.assertIsNone(self.stored(self.endpoint).failing_since)

    def test_who_asks_to_wait_is_waited_for_within_bounds(self):
        for text, wait in (
            ("3600", delivery.HOUR),
            ("1", WAITS[0]),
            ("9" * 9, WAITS[-1]),
        ):
            with self.subTest(text):
                Endpoint.objects.update(resting_until=None, outages=0)
                Delivery.objects.all().delete()
                one = self.make_delivery()
                self.consumer.says = [
                    lambda handler, text=text: support.answer(
                        handler, 429, Retry_After=text
                    )
                ]
                now = timezone.now()
                send_due()
                waits = self.stored(one).next_attempt_at - now
                self.assertGreaterEqual(waits, wait)
                self.assertLess(waits, wait * OVER_WAIT + delivery.SECOND)

    def test_who_is_gone_is_told_no_more_and_what_waits_is_kept(self):
        one = self.make_delivery()
        self.consumer.says = [410]
        send_due()
        endpoint = self.stored(self.endpoint)
        self.assertEqual((endpoint.active, endpoint.stopped), (False, "gone"))
        self.assertState(one, State.PENDING)
        with later(days=30):
            self.assertEqual(send_due(), 0)
        self.assertIn("410", endpoint.history.first().history_change_reason)

    def test_five_days_of_nothing_but_failures_stop_an_endpoint(self):
        one = self.make_delivery()
        self.consumer.says = [503] * 50
        now = timezone.now()
        moments = self.send_until(now + datetime.timedelta(days=30))
        self.assertGreaterEqual(moments[-1] - now, PERIOD)
        self.assertLess(moments[-1] - now, PERIOD + datetime.timedelta(days=1))
        endpoint = self.stored(self.endpoint)
        self.assertEqual((endpoint.active, endpoint.stopped), (False, "failing"))
        self.assertState(one, State.PENDING)
        with self.subTest("what happens meanwhile waits"):
            self.authorise()
            self.assertEqual(Delivery.objects.pending().count(), 3)
        with self.subTest("started again it sends everything, the oldest first"):
            self.consumer.says, self.consumer.got = [], []
            start_endpoint(endpoint=endpoint, **WHO)
            self.assertEqual(send_due(), 3)
            self.assertEqual(self.consumer.ids[0], str(one.event_id))

    def test_what_alone_is_refused_for_five_days_is_given_up(self):
        one = self.make_delivery()
        refused = str(one.event_id)

        def says(handler):
            is_it = handler.headers["webhook-id"] == refused
            support.answer(handler, 400 if is_it else 204)

        self.consumer.says = [says] * 200
        now = timezone.now()
        for day in range(8):
            with at(now + datetime.timedelta(days=day)):
                self.make_delivery(next_attempt_at=timezone.now())
                send_due()
        self.assertState(one, State.GIVEN_UP)
        self.assertTrue(self.stored(self.endpoint).active)
        with self.subTest("and sent again when somebody asks for it"):
            self.consumer.says = []
            send_again(deliveries=[self.stored(one)], user=OPERATOR)
            with at(now + datetime.timedelta(days=8)):
                self.assertEqual(send_due(), 1)
            self.assertState(one, State.DELIVERED)
            self.assertEqual(self.consumer.ids[-1], refused)

    def test_a_stopped_endpoint_is_sent_nothing_and_loses_nothing(self):
        stop_endpoint(endpoint=self.endpoint, **WHO)
        self.authorise()
        self.assertEqual(send_due(), 0)
        start_endpoint(endpoint=self.endpoint, **WHO)
        self.assertEqual(send_due(), 2)

    def test_the_log_of_attempts_has_an_end(self):
        one = self.make_delivery(log=[{"at": "x"}] * delivery.LOGGED)
        send_due()
        self.assertEqual(len(self.stored(one).log), delivery.LOGGED)
        self.assertEqual(self.stored(one).log[-1]["status"], 204)
