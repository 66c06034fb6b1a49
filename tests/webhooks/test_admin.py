"""Webhooks in the administration."""

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import override_settings
from django.urls import reverse

from manual_org.webhooks.delivery import send_due
from manual_org.webhooks.models import Delivery, Endpoint
from tests.admin.support import form_of
from tests.factories import make_user
from tests.webhooks.support import WebhookTestCase, later

State = Delivery.State


class AdminTestCase(WebhookTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.manager = make_user(is_staff=True)
        cls.manager.user_permissions.add(
            Permission.objects.get(codename="manage_webhooks")
        )

    def setUp(self):
        super().setUp()
        self.client.force_login(self.manager)

    def url(self, name, *args):
        return reverse(f"admin:webhooks_{name}", args=args)

    def send(self, page_name, *args, status=302, **values):
        """Fill in the form of a page as a person does."""
        url = self.url(page_name, *args)
        page = self.client.get(url)
        self.assertEqual(page.status_code, 200)
        self.assertNotContains(page, self.endpoint.secret)
        response = self.client.post(
            url, {**form_of(page), "reason": "Porque sí", **values}
        )
        self.assertEqual(response.status_code, status)
        return response


class EndpointAdminTests(AdminTestCase):
    def test_the_secret_of_a_new_endpoint_is_shown_once(self):
        url = "http://127.0.0.1:8443/avisos?clave=1"
        response = self.send(
            "endpoint_add",
            status=200,
            name="Intranet",
            url=url,
            manuals=[self.draft.manual_id],
            events=["edition.authorised"],
        )
        made = Endpoint.objects.get(name="Intranet")
        self.assertContains(response, made.secret, 1)
        self.assertIn("no-store", response.headers["Cache-Control"])
        self.assertEqual(made.url, url)
        self.assertEqual(made.events, ["edition.authorised"])
        self.assertEqual(list(made.manuals.all()), [self.draft.manual])
        self.assertEqual(made.created_by, self.manager)
        record = made.history.get()
        self.assertEqual(record.history_user, self.manager)
        self.assertEqual(record.history_change_reason, "Porque sí")
        for name, args in (
            ("endpoint_change", [made.pk]),
            ("endpoint_history", [made.pk]),
            ("endpoint_simple_history", [made.pk, record.pk]),
            ("endpoint_changelist", []),
        ):
            page = self.client.get(self.url(name, *args))
            self.assertEqual(page.status_code, 200)
            self.assertNotContains(page, made.secret)
        self.assertNotIn("secret", vars(record))

    @override_settings(WEBHOOK_ALLOW_HTTP=False)
    def test_an_address_that_may_not_be_is_told_at_its_field(self):
        response = self.send(
            "endpoint_add", status=200, name="A", url="http://a.example"
        )
        self.assertContains(response, "comienza con https://")
        self.assertEqual(Endpoint.objects.count(), 1)

    def test_a_change_keeps_secret_and_sender_and_says_why(self):
        Endpoint.objects.update(outages=3)
        self.send("endpoint_change", self.endpoint.pk, name="Otro nombre")
        stored = self.stored(self.endpoint)
        self.assertEqual((stored.name, stored.outages), ("Otro nombre", 3))
        self.assertEqual(stored.secret, self.endpoint.secret)
        self.assertEqual(stored.history.first().history_change_reason, "Porque sí")

    def test_a_new_address_is_tried_at_once(self):
        one = self.make_delivery()
        self.consumer.says = [503]
        send_due()
        url = f"{self.consumer.url}/nueva"
        self.send("endpoint_change", self.endpoint.pk, url=url)
        self.assertEqual(send_due(), 1)
        self.assertEqual(self.stored(one).state, State.DELIVERED)

    def test_chosen_manuals_can_be_taken_back(self):
        self.endpoint.manuals.set([self.draft.manual])
        self.send("endpoint_change", self.endpoint.pk, manuals=[])
        self.assertFalse(self.endpoint.manuals.exists())

    def test_a_rotation_shows_the_new_secret_once(self):
        response = self.send("endpoint_secreto", self.endpoint.pk, status=200)
        stored = self.stored(self.endpoint)
        self.assertNotEqual(stored.secret, self.endpoint.secret)
        self.assertEqual(stored.secret_before, self.endpoint.secret)
        self.assertContains(response, stored.secret, 1)
        self.assertNotContains(response, self.endpoint.secret)
        page = self.client.get(self.url("endpoint_change", stored.pk))
        self.assertContains(page, "El anterior firma también hasta")
        self.assertNotContains(page, stored.secret)

    def test_without_a_reason_nothing_is_rotated(self):
        response = self.send(
            "endpoint_secreto", self.endpoint.pk, status=200, reason=""
        )
        self.assertContains(response, "Indique el motivo")
        self.assertEqual(self.stored(self.endpoint).secret, self.endpoint.secret)

    def test_it_is_stopped_and_started(self):
        self.send("endpoint_detener", self.endpoint.pk)
        self.assertEqual(self.stored(self.endpoint).stopped, "person")
        page = self.client.get(self.url("endpoint_changelist"))
        self.assertContains(page, "detenido por una persona")
        self.send("endpoint_activar", self.endpoint.pk)
        self.assertTrue(self.stored(self.endpoint).active)
        again = self.client.get(self.url("endpoint_activar", self.endpoint.pk))
        self.assertEqual(again.status_code, 302)

    def test_a_test_is_sent_like_everything(self):
        response = self.send("endpoint_probar", self.endpoint.pk)
        one = Delivery.objects.get()
        self.assertEqual(
            response.headers["Location"], self.url("delivery_change", one.pk)
        )
        self.assertEqual(send_due(), 1)
        page = self.client.get(self.url("delivery_change", one.pk))
        self.assertContains(page, "204")
        self.assertContains(page, str(one.event_id))
        logged = LogEntry.objects.get(object_id=self.endpoint.pk)
        self.assertEqual(logged.change_message, "Enviar una prueba")

    def test_deleting_says_what_goes_with_it(self):
        self.make_delivery()
        page = self.client.get(self.url("endpoint_delete", self.endpoint.pk))
        self.assertContains(page, "entregas")
        self.send("endpoint_delete", self.endpoint.pk)
        self.assertFalse(Delivery.objects.exists())

    def test_a_list_asks_no_more_of_the_database_because_it_is_longer(self):
        def queries():
            with self.assertNumQueries(FREE) as context:
                self.client.get(self.url("endpoint_changelist"))
            return len(context)

        FREE = 6
        queries()
        for number in range(5):
            self.make_delivery(self.make_endpoint(name=f"Portal {number}"))
        queries()


class DeliveryAdminTests(AdminTestCase):
    def setUp(self):
        super().setUp()
        self.consumer.says = [400, 204]
        self.refused, self.delivered = self.make_delivery(), self.make_delivery()
        send_due()

    def test_it_tells_the_whole_story(self):
        page = self.client.get(self.url("delivery_change", self.refused.pk))
        self.assertContains(page, "Respondió 400.")
        self.assertContains(page, "pendiente")
        self.assertContains(page, "&quot;texto&quot;: &quot;Añón&quot;")

    def test_a_list_shows_and_filters_states(self):
        page = self.client.get(
            self.url("delivery_changelist"), {"state__exact": "pending"}
        )
        self.assertEqual(list(page.context["cl"].queryset), [self.refused])

    def test_one_is_sent_again_with_its_id(self):
        response = self.send("delivery_reenviar", self.delivered.pk)
        self.assertEqual(response.status_code, 302)
        self.assertEqual(self.stored(self.delivered).state, State.PENDING)
        self.assertEqual(send_due(), 1)
        self.assertEqual(self.consumer.ids[-1], str(self.delivered.event_id))
        self.assertEqual(self.stored(self.delivered).attempts, 2)

    def test_chosen_ones_are_sent_again(self):
        self.client.post(
            self.url("delivery_changelist"),
            {
                "action": "send_again",
                "_selected_action": [self.refused.pk, self.delivered.pk],
            },
        )
        self.assertEqual(send_due(), 2)
        self.assertFalse(Delivery.objects.pending().exists())

    def test_what_rests_is_sent_when_a_person_asks(self):
        self.consumer.says = [503]
        with later(hours=1):
            send_due()
        self.assertEqual(send_due(), 0)
        self.send("delivery_reenviar", self.refused.pk)
        self.assertEqual(send_due(), 1)

    def test_nobody_changes_or_deletes_one(self):
        self.client.force_login(make_user("superuser"))
        url = self.url("delivery_change", self.refused.pk)
        self.assertEqual(self.client.post(url, {"body": "{}"}).status_code, 403)
        url = self.url("delivery_delete", self.refused.pk)
        self.assertEqual(self.client.post(url, {"reason": "No"}).status_code, 403)
        self.assertEqual(self.stored(self.refused).body, self.refused.body)


class IndexTests(AdminTestCase):
    def index(self):
        return self.client.get(reverse("admin:index"))

    def test_the_index_says_that_nobody_sends(self):
        self.make_delivery()
        self.assertNotContains(self.index(), "late-webhooks")
        with later(hours=1, minutes=1):
            self.assertContains(self.index(), "1 aviso a otros sistemas espera")

    def test_not_while_the_other_system_is_waited_for(self):
        self.make_delivery()
        self.consumer.says = [503] * 20
        for hours in (0, 1, 2, 4):
            with later(hours=hours, minutes=1):
                send_due()
                self.assertNotContains(self.index(), "late-webhooks")

    def test_only_to_who_may_do_something_about_it(self):
        self.make_delivery()
        self.client.force_login(make_user("editor"))
        with later(hours=2):
            self.assertNotContains(self.index(), "late-webhooks")
