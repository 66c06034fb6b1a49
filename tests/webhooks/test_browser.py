"""What the pages about webhooks show once something happened, in every window."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from manual_org.webhooks.models import Delivery, Endpoint
from tests.admin.test_every_page_browser import EVERY_LOOK, EveryPageTestCase
from tests.web.test_browser import LONG, WORD


@pytest.mark.appearance
class WebhookPagesTests(EveryPageTestCase):
    def setUp(self):
        super().setUp()
        self.page = self.page_of("superuser")
        self.endpoint = self.manual.objects["endpoint", ""][0]

    def visit(self, name, *args):
        self.assertEqual(self.open(self.page, reverse(f"admin:{name}", args=args)), 200)

    def see(self, *parts):
        for part in parts:
            self.page.locator(part).first.wait_for()
        self.check(self.page, EVERY_LOOK)

    def send(self, **values):
        for name, value in values.items():
            self.page.locator(f"#id_{name}").fill(value)
        with self.page.expect_navigation():
            self.page.locator("[name=_save]").click()

    def test_pages_of_endpoints(self):
        with self.subTest("refused"):
            self.visit("webhooks_endpoint_add")
            self.send(name=WORD, url="http://a.example/", reason="Alta")
            self.see(".errorlist")
        with self.subTest("a secret"):
            self.send(url=f"https://a.example/{'a' * 200}", reason="Alta")
            self.see("#secret")
            secret = Endpoint.objects.get(name=WORD).secret
            self.assertEqual(self.page.locator("#secret").input_value(), secret)
        with self.subTest("stopped"):
            Endpoint.objects.update(active=False, stopped="failing")
            self.visit("webhooks_endpoint_activar", self.endpoint.pk)
            self.see("#id_reason")
            self.visit("webhooks_endpoint_changelist")
            self.see("#result_list strong")

    def test_pages_of_deliveries(self):
        entry = {"at": timezone.now().isoformat(), "status": None, "ms": 15000}
        moment = timezone.now() - datetime.timedelta(hours=2)
        one = Delivery.objects.create(
            endpoint=self.endpoint,
            kind="edition.authorised",
            subject=f"{WORD} 2024",
            body=f'{{"id":"{WORD}","url":"https://a.example/{WORD * 3}"}}',
            log=[{**entry, "error": LONG}, {**entry, "error": WORD * 3}],
            next_attempt_at=moment,
        )
        with self.subTest("one"):
            self.visit("webhooks_delivery_change", one.pk)
            self.see(".attempts", ".sent")
        with self.subTest("the list"):
            self.visit("webhooks_delivery_changelist")
            self.see("#result_list")
        with self.subTest("the index"):
            self.visit("index")
            self.see("#late-webhooks")
