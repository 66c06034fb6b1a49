"""How often somebody may ask."""

from unittest import mock

from django.test import SimpleTestCase, override_settings

from manual_org.api import throttles
from tests.api.support import API, ApiTestCase, client_of
from tests.factories import make_user


class ThrottleTests(ApiTestCase):
    def get(self, client=None, **extra):
        return (client or self.client).get(f"{API}/manuals/", **extra)

    @override_settings(API_THROTTLE_RATES={"anonymous": "2/min", "user": "3/min"})
    def test_counts_each_address_and_each_person_apart(self):
        with mock.patch.object(throttles.time, "time", return_value=1_000_020.0):
            for _request in range(2):
                self.assertEqual(self.get().status_code, 200)
            refused = self.get()
            self.assertProblem(refused, 429, "throttled")
            self.assertEqual(refused.headers["Retry-After"], "60")
            other = self.get(REMOTE_ADDR="10.0.0.9")
            self.assertEqual(other.status_code, 200)
            forged = self.get(headers={"x-forwarded-for": "10.1.1.1"})
            self.assertProblem(forged, 429, "throttled")
            person = client_of(make_user())
            for _request in range(3):
                self.assertEqual(self.get(person).status_code, 200)
            self.assertProblem(self.get(person), 429, "throttled")
        with mock.patch.object(throttles.time, "time", return_value=1_000_081.0):
            self.assertEqual(self.get().status_code, 200)

    @override_settings(API_THROTTLE_RATES={"anonymous": "", "user": None})
    def test_an_empty_rate_is_no_limit(self):
        for _request in range(5):
            self.assertEqual(self.get().status_code, 200)


class RateTests(SimpleTestCase):
    def test_rates_are_read(self):
        for rate, expected in (
            ("10/s", (10, 1)),
            ("6000/min", (6000, 60)),
            ("5/hour", (5, 3600)),
            ("7/d", (7, 86400)),
        ):
            self.assertEqual(throttles.parse_rate(rate), expected)
        for rate in ("10", "10/", "x/min", "10/week"):
            with self.assertRaises(ValueError):
                throttles.parse_rate(rate)
