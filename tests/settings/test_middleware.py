"""The headers that bind browsers."""

from django.http import HttpResponse
from django.test import RequestFactory, SimpleTestCase, TestCase, override_settings
from django.urls import reverse

from manual_org.middleware import BrowserPolicyMiddleware


def answer(response: HttpResponse) -> HttpResponse:
    middleware = BrowserPolicyMiddleware(lambda request: response)
    return middleware(RequestFactory().get("/"))


class BrowserPolicyTests(SimpleTestCase):
    def test_nothing_inline_and_nothing_from_elsewhere_is_allowed(self):
        policy = answer(HttpResponse()).headers["Content-Security-Policy"]
        directives = dict(part.split(" ", 1) for part in policy.split("; "))
        self.assertEqual(directives["default-src"], "'none'")
        self.assertEqual(directives["script-src"], "'self'")
        self.assertEqual(directives["style-src"], "'self'")
        self.assertEqual(directives["img-src"], "'self' data:")
        self.assertEqual(directives["frame-ancestors"], "'none'")
        self.assertNotIn("unsafe", policy)
        self.assertNotIn("http", policy)

    def test_no_device_of_the_visitor_is_asked_for(self):
        policy = answer(HttpResponse()).headers["Permissions-Policy"]
        self.assertIn("geolocation=()", policy.split(", "))

    def test_a_view_keeps_the_policy_it_sets_itself(self):
        own = HttpResponse(headers={"Content-Security-Policy": "sandbox"})
        self.assertEqual(answer(own).headers["Content-Security-Policy"], "sandbox")

    @override_settings(DEBUG=True)
    def test_the_error_pages_of_debug_are_left_readable(self):
        self.assertNotIn("Content-Security-Policy", answer(HttpResponse(status=500)))
        self.assertIn("Content-Security-Policy", answer(HttpResponse()))

    def test_error_pages_of_production_are_bound_too(self):
        for status in (404, 500):
            response = answer(HttpResponse(status=status))
            self.assertIn("Content-Security-Policy", response)


class AnsweredHeadersTests(TestCase):
    def test_a_page_carries_every_header(self):
        response = self.client.get(reverse("admin:login"))
        self.assertEqual(response.status_code, 200)
        self.assertIn("default-src 'none'", response["Content-Security-Policy"])
        self.assertEqual(response["X-Content-Type-Options"], "nosniff")
        self.assertEqual(response["Referrer-Policy"], "same-origin")
        self.assertEqual(response["Cross-Origin-Opener-Policy"], "same-origin")
        self.assertEqual(response["X-Frame-Options"], "DENY")
