"""What others are told, and that it is written with what happened or not at all."""

import datetime
import json
from unittest import mock

from django.db import transaction
from django.test import override_settings

from functions.services import create_function
from manual_org.webhooks import events
from manual_org.webhooks.models import Delivery
from manuals.models import Manual
from manuals.services import withdraw_edition
from tests.factories import make_unit
from tests.webhooks.support import WHO, WebhookTestCase
from units.models import Unit


@override_settings(SITE_URL="https://manuales.example")
class EventTests(WebhookTestCase):
    def bodies(self, **filters):
        return [
            json.loads(one.body)
            for one in Delivery.objects.filter(**filters).order_by("pk")
        ]

    def test_an_authorisation_tells_what_begins_and_what_ends(self):
        self.authorise()
        told = {body["type"]: body for body in self.bodies()}
        self.assertEqual(set(told), {"edition.authorised", "edition.ended"})
        begins = told["edition.authorised"]
        (delivery,) = Delivery.objects.filter(kind="edition.authorised")
        self.assertEqual(begins.pop("id"), str(delivery.event_id))
        self.assertIsNotNone(datetime.datetime.fromisoformat(begins.pop("occurred_at")))
        api = "https://manuales.example/api/v1"
        site = "https://manuales.example/manuales/dir"
        self.assertEqual(
            begins,
            {
                "type": "edition.authorised",
                "manual": {"slug": "dir", "title": self.draft.manual.title},
                "edition": {
                    "manual": "dir",
                    "label": "2024",
                    "status": "authorised",
                    "effective_from": "2024-04-01",
                    "effective_to": None,
                },
                "withdrawn_on": None,
                "previous": "2021",
                "url": f"{api}/manuals/dir/editions/2024/",
                "html_url": f"{site}/2024/",
                "comparison_url": f"{api}/manuals/dir/compare/2021/2024/",
                "comparison_html_url": f"{site}/comparar/2021/2024/",
                "changes_url": f"{api}/changes/",
            },
        )
        ends = told["edition.ended"]
        self.assertEqual(ends["edition"]["label"], "2021")
        self.assertEqual(ends["edition"]["effective_to"], "2024-03-31")
        self.assertIsNone(ends["comparison_url"])
        self.assertNotEqual(ends["id"], str(delivery.event_id))

    def test_a_withdrawal_is_told_with_its_day(self):
        self.authorise()
        Delivery.objects.all().delete()
        day = datetime.date(2024, 5, 1)
        withdraw_edition(edition=self.draft, on=day, **WHO)
        told = [body for body in self.bodies() if body["type"] == "edition.withdrawn"]
        (body,) = told
        self.assertEqual(body["edition"]["status"], "withdrawn")
        self.assertEqual(body["withdrawn_on"], "2024-05-01")

    def test_an_authorisation_that_is_rolled_back_leaves_nothing(self):
        with self.assertRaises(ZeroDivisionError), transaction.atomic():
            self.authorise()
            self.assertTrue(Delivery.objects.exists())
            raise ZeroDivisionError
        self.assertFalse(Delivery.objects.exists())

    def test_what_cannot_be_written_in_the_outbox_does_not_happen(self):
        with (
            mock.patch.object(events, "body_of", side_effect=ZeroDivisionError),
            self.assertRaises(ZeroDivisionError),
        ):
            self.authorise()
        self.assertEqual(self.stored(self.draft).status, "draft")

    def test_drafts_are_told_to_nobody(self):
        unit = make_unit(Unit.objects.get(edition=self.draft, code="8.2"))
        create_function(unit=unit, text="Secreta.", **WHO)
        self.assertEqual(self.bodies(), [])
        self.authorise()
        for body in self.bodies():
            self.assertNotIn("Secreta", json.dumps(body))
            self.assertNotIn(unit.name, json.dumps(body))

    def test_an_endpoint_is_told_of_its_manuals_and_kinds_only(self):
        other = Manual.objects.create(slug="otro", title="Otro manual")
        for name, options, number in (
            ("este manual", {"manuals": [self.draft.manual]}, 2),
            ("ambos", {"manuals": [self.draft.manual, other]}, 2),
            ("el otro", {"manuals": [other]}, 0),
            ("solo bajas", {"events": ["edition.withdrawn"]}, 0),
            ("solo altas", {"events": ["edition.authorised"]}, 1),
        ):
            with self.subTest(name), transaction.atomic():
                endpoint = self.make_endpoint(name=name, **options)
                self.authorise()
                self.assertEqual(endpoint.deliveries.count(), number)
                transaction.set_rollback(True)
            self.draft.refresh_from_db()

    def test_one_event_has_one_id_at_all_endpoints(self):
        other = self.make_endpoint(name="Otro", events=["edition.authorised"])
        self.authorise()
        (mine,) = other.deliveries.all()
        self.assertTrue(
            self.endpoint.deliveries.filter(event_id=mine.event_id, body=mine.body)
        )

    @override_settings(SITE_URL="")
    def test_without_the_name_of_the_site_addresses_are_paths(self):
        self.authorise()
        body, _ends = sorted(self.bodies(), key=lambda body: body["type"])
        self.assertEqual(body["url"], "/api/v1/manuals/dir/editions/2024/")
