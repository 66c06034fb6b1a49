"""Who may keep endpoints, and what is refused."""

from django.core.exceptions import ValidationError
from django.test import override_settings

from manual_org.webhooks import services
from manual_org.webhooks.models import Endpoint
from manuals import permissions
from manuals.exceptions import NotAllowed, ReasonRequired
from manuals.scopes import Limits
from tests.factories import REASON, make_user
from tests.webhooks.support import WHO, WebhookTestCase


class ServiceTests(WebhookTestCase):
    def calls(self, user):
        one, who = self.make_delivery(), {"user": user, "reason": REASON}
        endpoint = self.endpoint
        url = "https://a.example/"
        return [
            lambda: services.create_endpoint(name="Otro", url=url, **who),
            lambda: services.change_endpoint(endpoint=endpoint, name="Otro", **who),
            lambda: services.rotate_secret(endpoint=endpoint, **who),
            lambda: services.stop_endpoint(endpoint=endpoint, **who),
            lambda: services.start_endpoint(endpoint=endpoint, **who),
            lambda: services.delete_endpoint(endpoint=endpoint, **who),
            lambda: services.send_ping(endpoint=endpoint, user=user),
            lambda: services.send_again(deliveries=[one], user=user),
        ]

    def test_nobody_without_the_permission_does_anything(self):
        for role in (None, "editor", "autorizador"):
            for number, call in enumerate(self.calls(make_user(role))):
                with self.subTest(role=role, call=number):
                    self.assertRaises(NotAllowed, call)
        self.assertEqual(Endpoint.objects.get().name, "Portal")

    def test_no_token_manages_endpoints(self):
        user = make_user("superuser")
        self.assertTrue(permissions.may_manage_webhooks(user))
        user.limits = Limits(read_drafts=True, write=True)
        self.assertFalse(permissions.may_manage_webhooks(user))

    def test_every_change_needs_its_reason(self):
        who = {"user": WHO["user"], "reason": " "}
        for service in (services.rotate_secret, services.stop_endpoint):
            with self.assertRaises(ReasonRequired):
                service(endpoint=self.endpoint, **who)
        self.assertEqual(self.stored(self.endpoint).secret, self.endpoint.secret)

    def test_what_cannot_be_an_endpoint_is_refused(self):
        good = {"name": "Otro", "url": "https://a.example/"}
        for wrong in (
            {"name": "Portal"},
            {"name": ""},
            {"url": "ftp://a.example/"},
            {"events": []},
            {"events": ["content.changed"]},
            {"events": "edition.authorised"},
            {"events": [["edition.authorised"]]},
            {"name": "a\x00b"},
        ):
            with self.subTest(wrong), self.assertRaises(ValidationError):
                services.create_endpoint(**{**good, **wrong}, **WHO)

    @override_settings(WEBHOOK_ALLOWED_PRIVATE_NETWORKS=[])
    def test_an_address_that_says_that_it_is_private_is_refused_at_once(self):
        for url in ("https://10.0.0.1/", "https://[::1]/"):
            with (
                self.subTest(url),
                self.assertRaisesMessage(ValidationError, "pública"),
            ):
                services.create_endpoint(name="Otro", url=url, **WHO)

    def test_what_is_stopped_is_not_stopped_again(self):
        services.stop_endpoint(endpoint=self.endpoint, **WHO)
        with self.assertRaises(services.AlreadySo):
            services.stop_endpoint(endpoint=self.endpoint, **WHO)
        services.start_endpoint(endpoint=self.endpoint, **WHO)
        with self.assertRaises(services.AlreadySo):
            services.start_endpoint(endpoint=self.endpoint, **WHO)
