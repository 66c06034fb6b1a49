"""The OpenAPI document says what is sent."""

import json

from jsonschema import Draft202012Validator, FormatChecker

from manual_org.api.v1.views.docs import document
from manual_org.webhooks.models import PING, Delivery, every_kind
from manual_org.webhooks.services import send_ping
from manuals.permissions import OPERATOR
from manuals.services import withdraw_edition
from tests.webhooks.support import WHO, WebhookTestCase


class OpenApiTests(WebhookTestCase):
    def validator(self, kind):
        operation = document()["webhooks"][kind]["post"]
        content = operation["requestBody"]["content"]["application/json"]
        schema = {**content["schema"], "components": document()["components"]}
        validator = Draft202012Validator(schema, format_checker=FormatChecker())
        validator.validate(content["example"])
        self.assertEqual(content["example"]["type"], kind)
        return validator

    def test_every_body_is_as_the_document_says(self):
        self.authorise()
        withdraw_edition(edition=self.draft, **WHO)
        send_ping(endpoint=self.endpoint, user=OPERATOR)
        told = {}
        for one in Delivery.objects.all():
            body = told[one.kind] = json.loads(one.body)
            self.validator(one.kind).validate(body)
            schema = "WebhookPing" if one.kind == PING else "WebhookEvent"
            known = document()["components"]["schemas"][schema]["properties"]
            self.assertEqual(list(body), list(known))
        self.assertEqual(set(told), {*every_kind(), PING})
        self.assertEqual(set(document()["webhooks"]), set(told))
