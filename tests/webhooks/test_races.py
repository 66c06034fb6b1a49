"""Several senders at once, each with a connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections
from django.test import TransactionTestCase, override_settings

from manual_org.webhooks.delivery import send_due
from manual_org.webhooks.models import Delivery
from manual_org.webhooks.services import create_endpoint
from tests.webhooks.support import LOOPBACK, WHO, Consumer

SENDERS, ENDPOINTS, EVENTS = 4, 3, 4


@override_settings(**LOOPBACK)
class RaceTests(TransactionTestCase):
    def test_senders_at_once_send_each_delivery_once_and_in_order(self):
        consumer = Consumer()
        self.addCleanup(consumer.stop)
        sent = {}
        for number in range(ENDPOINTS):
            url = f"{consumer.url}/{number}"
            endpoint = create_endpoint(name=f"Portal {number}", url=url, **WHO)
            rows = [
                Delivery.objects.create(endpoint=endpoint, kind="ping", body="{}")
                for _event in range(EVENTS)
            ]
            sent[f"/{number}"] = [str(row.event_id) for row in rows]
        barrier = Barrier(SENDERS, timeout=20)

        def send(_number):
            try:
                barrier.wait()
                return send_due()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(SENDERS) as pool:
            made = list(pool.map(send, range(SENDERS)))
        made.append(send_due())
        self.assertEqual(sum(made), ENDPOINTS * EVENTS)
        got = {path: [] for path in sent}
        for one in consumer.got:
            got[one.path].append(one.id)
        self.assertEqual(got, sent)
