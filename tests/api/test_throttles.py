"""How often somebody may ask, and may fail to say who they are."""

from contextlib import contextmanager
from unittest import mock

from django.test import RequestFactory, SimpleTestCase, override_settings

from manual_org.api import keys, throttles
from tests.api.support import API, ApiTestCase, client_of, client_with, make_token
from tests.factories import make_user


@contextmanager
def rates(at: float = 1_000_020.0, **rates):
    """At a moment, with these rates alone; the minute has 60 seconds left."""
    with (
        override_settings(API_THROTTLE_RATES=rates),
        mock.patch.object(throttles.time, "time", return_value=at),
    ):
        yield


class ThrottleTests(ApiTestCase):
    def get(self, client=None, **extra):
        return (client or self.client).get(f"{API}/manuals/", **extra)

    def test_counts_each_address_and_each_person_apart(self):
        limits = {"anonymous": "2/min", "user": "3/min"}
        with rates(**limits):
            for _request in range(2):
                self.assertEqual(self.get().status_code, 200)
            refused = self.get()
            self.assertProblem(refused, 429, "throttled")
            self.assertEqual(refused.headers["Retry-After"], "60")
            other = self.get(REMOTE_ADDR="10.0.0.9")
            self.assertEqual(other.status_code, 200)
            forged = self.get(headers={"x-forwarded-for": "10.1.1.1"})
            self.assertProblem(forged, 429, "throttled")
            person = make_user()
            for _request in range(3):
                self.assertEqual(self.get(client_of(person)).status_code, 200)
            # Another token of the same person, from another address.
            refused = self.get(client_of(person), REMOTE_ADDR="10.0.0.9")
            self.assertProblem(refused, 429, "throttled")
        with rates(1_000_081.0, **limits):
            self.assertEqual(self.get().status_code, 200)

    def test_people_behind_one_address_share_its_rate(self):
        with rates(user="2/min", address="3/hour"):
            first, second = client_of(make_user()), client_of(make_user())
            for client in (first, first, second):
                self.assertEqual(self.get(client).status_code, 200)
            refused = self.get(second)
            self.assertProblem(refused, 429, "throttled")
            self.assertEqual(refused.headers["Retry-After"], "780")
            elsewhere = self.get(second, REMOTE_ADDR="10.0.0.9")
            self.assertProblem(elsewhere, 429, "throttled")
            self.assertEqual(elsewhere.headers["Retry-After"], "60")

    def test_an_empty_rate_is_no_limit(self):
        with rates(anonymous="", user=None):
            for client in (self.client, client_of(make_user())):
                for _request in range(5):
                    response = self.get(client)
                    self.assertEqual(response.status_code, 200)
                    self.assertNotIn("RateLimit", response.headers)

    def test_what_is_refused_counts_too(self):
        with rates(anonymous="2/min"):
            for _request in range(2):
                response = self.client.post(f"{API}/manuals/")
                self.assertProblem(response, 401, "not_authenticated")
            self.assertProblem(self.client.post(f"{API}/manuals/"), 429, "throttled")

    def test_people_are_told_what_is_left_and_public_answers_say_nothing(self):
        with rates(anonymous="1/min", user="2/min", address="9/hour"):
            client = client_of(make_user())
            for left, status in ((1, 200), (0, 200), (0, 429)):
                response = self.get(client)
                self.assertEqual(response.status_code, status)
                self.assertEqual(
                    response.headers["RateLimit-Policy"],
                    '"user";q=2;w=60, "address";q=9;w=3600',
                )
                self.assertIn(f'"user";r={left};t=60', response.headers["RateLimit"])
            self.assertNotIn("RateLimit", self.get().headers)
            self.assertEqual(self.get().headers["RateLimit"], '"anonymous";r=0;t=60')


class FailureTests(ApiTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user = make_user()
        cls.key = make_token(cls.user)[1]

    def get(self, key, **extra):
        return client_with(key).get(f"{API}/manuals/", **extra)

    def test_who_guesses_is_not_looked_for_any_more(self):
        with rates(failures="3/min"):
            for key in ("mo_x", keys.new_key(), keys.new_key()):
                self.assertProblem(self.get(key), 401, "authentication_failed")
            with self.assertNumQueries(0):
                refused = self.get(keys.new_key())
                self.assertProblem(refused, 429, "throttled")
                self.assertEqual(refused.headers["Retry-After"], "60")
                # A good key that was not seen before is told nothing either.
                self.assertProblem(self.get(self.key), 429, "throttled")
            forged = self.get(keys.new_key(), headers={"x-forwarded-for": "10.1.1.1"})
            self.assertProblem(forged, 429, "throttled")
            elsewhere = self.get(self.key, REMOTE_ADDR="10.0.0.9")
            self.assertEqual(elsewhere.status_code, 200)
            # Who shows nothing is nobody's guess.
            self.assertEqual(self.client.get(f"{API}/manuals/").status_code, 200)
        with rates(1_000_081.0, failures="3/min"):
            self.assertEqual(self.get(self.key).status_code, 200)

    def test_nobody_shuts_out_the_others_behind_an_address(self):
        token, revoked = make_token(self.user)
        with rates(failures="1/min"):
            for key in (self.key, revoked):
                self.assertEqual(self.get(key).status_code, 200)
            self.assertProblem(self.get("mo_x"), 401, "authentication_failed")
            self.assertProblem(self.get("mo_x"), 429, "throttled")
            self.assertEqual(self.get(self.key).status_code, 200)
            token.delete()
            self.assertProblem(self.get(revoked), 401, "authentication_failed")


class AddressTests(SimpleTestCase):
    def address(self, remote="127.0.0.1", forwarded=None):
        headers = {"x-forwarded-for": forwarded} if forwarded else {}
        request = RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers)
        return throttles.address_of(request)

    def test_an_address_of_ipv6_is_its_network(self):
        first = self.address("2001:db8:1:2::1")
        self.assertEqual(first, self.address("2001:db8:1:2:ffff::9"))
        self.assertNotEqual(first, self.address("2001:db8:1:3::1"))
        self.assertEqual(self.address("::ffff:192.0.2.7"), "192.0.2.7")
        self.assertEqual(self.address("fe80::1%eth0"), self.address("fe80::2%eth0"))

    @override_settings(REST_FRAMEWORK={"NUM_PROXIES": 1})
    def test_a_trusted_proxy_names_the_client(self):
        for named in ("192.0.2.7", "192.0.2.7:4711", "10.0.0.1, 192.0.2.7"):
            self.assertEqual(self.address(forwarded=named), "192.0.2.7")
        self.assertEqual(self.address(forwarded="[2001:db8::7]:80"), "2001:db8::")

    def test_whatever_stands_for_an_address_makes_a_key_of_any_cache(self):
        for odd in ("", "unix:", "un known", "é" * 500, "a\x00b"):
            self.assertRegex(self.address(odd), r"\A[0-9a-f]{32}\Z")


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
