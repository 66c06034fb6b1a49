"""The guide says what is so: its examples are run."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

from django.utils import timezone

from manual_org.webhooks.delivery import send_due
from manual_org.webhooks.models import Delivery
from manual_org.webhooks.openapi import EXAMPLE
from manual_org.webhooks.services import rotate_secret
from tests.webhooks.support import WHO, WebhookTestCase, later

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "webhooks.md"


def example(language: str) -> str:
    (code,) = re.findall(rf"```{language}\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    return code


class GuideTests(WebhookTestCase):
    def setUp(self):
        super().setUp()
        space = {}
        exec(compile(example("python"), str(GUIDE), "exec"), space)  # noqa: S102
        self.verify = space["verify"]

    def test_the_body_is_that_of_the_document(self):
        self.assertEqual(json.loads(example("json")), EXAMPLE)

    def test_its_receiver_takes_what_is_sent_and_nothing_else(self):
        before = self.endpoint.secret
        after = rotate_secret(endpoint=self.endpoint, **WHO).secret
        self.make_delivery()
        send_due()
        (got,) = self.consumer.got
        for secret in (before, after):
            self.verify(secret, got.headers, got.body)
        other = self.make_endpoint(name="Otro").secret
        for secret, headers, body in (
            (other, got.headers, got.body),
            (after, got.headers, got.body + b" "),
            (after, {**got.headers, "webhook-id": "x"}, got.body),
            (after, {**got.headers, "webhook-timestamp": "1"}, got.body),
        ):
            with self.assertRaises(ValueError):
                self.verify(secret, headers, body)

    def test_what_is_old_is_not_taken(self):
        self.make_delivery()
        with later(minutes=-6):
            Delivery.objects.update(next_attempt_at=timezone.now())
            send_due()
        (got,) = self.consumer.got
        with self.assertRaisesMessage(ValueError, "too old"):
            self.verify(self.endpoint.secret, got.headers, got.body)

    def test_its_shell_lines_sign_what_its_receiver_takes(self):
        if not (shutil.which("openssl") and shutil.which("curl")):
            self.skipTest("openssl or curl is missing")
        script = example("sh")
        subprocess.run(
            ["sh", "-ec", script],
            check=True,
            env={**os.environ, "RECEIVER": self.consumer.url},
        )
        (got,) = self.consumer.got
        self.verify("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", got.headers, got.body)
