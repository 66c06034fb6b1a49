"""Pages of other sites: nothing unless the installation names them."""

from django.test import Client, override_settings

from tests.api.support import API, EDITION, ApiTestCase, client_with, make_token
from tests.factories import authorise, make_edition, make_tree, make_user

PORTAL = "https://portal.example.mx"
INTRANET = "https://intranet.example.mx"
OTHER = "https://other.example"
ALLOWED = [PORTAL, INTRANET]
KEPT = 1024 * 1024


def origin_of(response) -> str | None:
    return response.headers.get("Access-Control-Allow-Origin")


def varies_by_origin(response) -> bool:
    return "origin" in response.headers.get("Vary", "").lower()


class CorsTests(ApiTestCase):
    @classmethod
    def setUpTestData(cls):
        edition = make_edition()
        make_tree("8.1 8.2", edition)
        authorise(edition)
        cls.address = f"{EDITION}/units/8.2/"

    def get(self, client=None, origin=None, address=None, **headers):
        if origin:
            headers["origin"] = origin
        return (client or self.client).get(address or self.address, headers=headers)

    def preflight(self, origin, method="PATCH", **headers):
        return self.client.options(
            self.address,
            headers={
                "origin": origin,
                "access-control-request-method": method,
                "access-control-request-headers": "authorization, if-match",
                **headers,
            },
        )

    def assertClosed(self, response):
        names = [name.lower() for name in response.headers]
        self.assertEqual([n for n in names if n.startswith("access-control")], [])

    def test_it_is_closed_unless_set(self):
        for response in (self.get(origin=PORTAL), self.preflight(PORTAL)):
            self.assertClosed(response)
            self.assertIs(varies_by_origin(response), False)

    @override_settings(CORS_ALLOWED_ORIGINS=ALLOWED)
    def test_the_sites_that_are_set_may_read(self):
        response = self.get(origin=PORTAL)
        self.assertEqual(origin_of(response), PORTAL)
        self.assertNotIn("Access-Control-Allow-Credentials", response.headers)
        exposed = response.headers["Access-Control-Expose-Headers"]
        for name in ("ETag", "Location", "Retry-After", "Content-Disposition"):
            self.assertIn(name, exposed)
        # A prefix, another scheme or port, and pages without an origin are others.
        for other in (OTHER, f"{PORTAL}.example", "http://portal.example.mx"):
            self.assertClosed(self.get(origin=other))
        for other in (f"{PORTAL}:8443", "null", "*", "https://[", "\x00"):
            self.assertClosed(self.get(origin=other))
        self.assertClosed(self.get())
        self.assertIs(varies_by_origin(self.get()), True)

    @override_settings(CORS_ALLOWED_ORIGINS=ALLOWED)
    def test_errors_can_be_read_too(self):
        response = self.get(origin=PORTAL, address=f"{EDITION}/units/9/")
        self.assertProblem(response, 404, "not_found")
        self.assertEqual(origin_of(response), PORTAL)

    @override_settings(CORS_ALLOWED_ORIGINS=ALLOWED, PUBLIC_READING=False)
    def test_a_preflight_is_answered_before_anybody_is_identified(self):
        with self.assertNumQueries(0):
            response = self.preflight(PORTAL, authorization="Token mo_x")
        self.assertEqual(response.status_code, 200)
        self.assertEqual(origin_of(response), PORTAL)
        for name in ("authorization", "if-match", "idempotency-key", "content-type"):
            self.assertIn(name, response.headers["Access-Control-Allow-Headers"])
        for method in ("PATCH", "PUT", "DELETE"):
            self.assertIn(method, response.headers["Access-Control-Allow-Methods"])
        self.assertNotIn("Access-Control-Allow-Credentials", response.headers)
        self.assertClosed(self.preflight(OTHER))
        refused = self.get(origin=PORTAL)
        self.assertProblem(refused, 401, "not_authenticated")
        self.assertEqual(origin_of(refused), PORTAL)

    @override_settings(CORS_ALLOWED_ORIGINS=ALLOWED)
    def test_only_the_api_is_opened(self):
        for address in ("/", "/manuales/dir/2021/", "/admin/login/", "/salud/"):
            self.assertClosed(self.get(origin=PORTAL, address=address))

    @override_settings(CORS_ALLOWED_ORIGINS=ALLOWED)
    def test_a_session_is_worth_nothing_from_another_site(self):
        """The browser is never told that it may send cookies, or show the answer."""
        client = Client(enforce_csrf_checks=True)
        client.force_login(make_user("editor"))
        response = self.get(client, origin=PORTAL, address=f"{API}/manuals/")
        self.assertNotIn("Access-Control-Allow-Credentials", response.headers)
        written = client.patch(self.address, headers={"origin": PORTAL})
        self.assertProblem(written, 403, "csrf_failed")

    @override_settings(CORS_ALLOW_ALL_ORIGINS=True)
    def test_any_site_may_read_where_that_is_set(self):
        for origin in (PORTAL, OTHER):
            self.assertEqual(origin_of(self.get(origin=origin)), "*")
        response = self.get(client_with(make_token(make_user())[1]), origin=OTHER)
        self.assertEqual(origin_of(response), "*")
        self.assertNotIn("Access-Control-Allow-Credentials", response.headers)
        self.assertIn("private", response.headers["Cache-Control"])

    @override_settings(CORS_ALLOWED_ORIGINS=ALLOWED, KEPT_ANSWERS_BYTES=KEPT)
    def test_a_kept_answer_says_each_time_who_may_read_it(self):
        client = Client()
        for origin, allowed in (
            (PORTAL, PORTAL),
            (INTRANET, INTRANET),
            (OTHER, None),
            (None, None),
            (PORTAL, PORTAL),
        ):
            response = self.get(client, origin=origin)
            self.assertEqual(origin_of(response), allowed)
            self.assertIs(varies_by_origin(response), True)
            etag = response.headers["ETag"]
            with self.assertNumQueries(1):  # the state of the manual alone
                unchanged = self.get(client, origin=origin, if_none_match=etag)
            self.assertEqual(unchanged.status_code, 304)
            self.assertEqual(origin_of(unchanged), allowed)
            self.assertIs(varies_by_origin(unchanged), True)
