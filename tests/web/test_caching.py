from unittest import mock

from django.test import TestCase

from manual_org.web.views import units as unit_views
from manuals import cache
from manuals.permissions import OPERATOR
from manuals.services import create_chapter
from tests.factories import REASON, authorise
from tests.web.support import PAST, filled_edition


class PublicPagesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        edition = filled_edition()
        create_chapter(
            edition=edition, user=OPERATOR, reason=REASON, number=1, title="Uno"
        )
        cls.edition = authorise(edition, PAST)

    addresses = (
        "/",
        "/manuales/dir/2021/",
        "/manuales/dir/2021/8.2/",
        "/manuales/dir/2021/capitulos/1/",
    )

    def test_anybody_may_keep_them_for_a_minute(self):
        for address in self.addresses:
            with self.subTest(address=address):
                response = self.client.get(address)
                self.assertEqual(
                    response.headers["Cache-Control"], "public, max-age=60"
                )
                self.assertRegex(response.headers["ETag"], r'\A"[0-9a-f]{32}"\Z')

    def test_they_answer_not_modified_to_who_has_them(self):
        for address in self.addresses:
            with self.subTest(address=address):
                etag = self.client.get(address).headers["ETag"]
                response = self.client.get(address, headers={"if-none-match": etag})
                self.assertEqual(response.status_code, 304)
                self.assertEqual(response.content, b"")
                self.assertEqual(response.headers["ETag"], etag)

    def test_they_carry_nothing_personal(self):
        """With a session or without: the same bytes, no cookie, no lookup of a user."""
        anonymous = {address: self.client.get(address) for address in self.addresses}
        self.client.cookies["sessionid"] = "x" * 32
        for address, before in anonymous.items():
            with self.subTest(address=address):
                with mock.patch(
                    "django.contrib.auth.middleware.get_user",
                    side_effect=AssertionError,
                ):
                    response = self.client.get(address)
                self.assertEqual(response.content, before.content)
                self.assertNotIn("Vary", response.headers)
                self.assertFalse(response.cookies)
                self.assertNotContains(response, "csrf")

    def test_what_is_asked_without_a_body_has_the_same_headers(self):
        for address in self.addresses:
            with self.subTest(address=address):
                got, headed = self.client.get(address), self.client.head(address)
                self.assertEqual(headed.status_code, 200)
                self.assertEqual(headed.content, b"")
                self.assertEqual(headed.headers["ETag"], got.headers["ETag"])

    def test_nothing_can_be_posted_to_them(self):
        for address in (*self.addresses, "/manuales/dir/", "/salud/"):
            with self.subTest(address=address):
                self.assertEqual(self.client.post(address).status_code, 405)


class KeptPartsTests(TestCase):
    def test_the_parts_of_only_so_many_units_are_kept(self):
        edition = authorise(filled_edition(units=8), PAST)
        codes = list(edition.units.order_by("code").values_list("code", flat=True))
        with mock.patch.object(unit_views, "UNITS_KEPT", 3):
            pages = [self.client.get(f"/manuales/dir/2021/{one}/") for one in codes]
            again = [self.client.get(f"/manuales/dir/2021/{one}/") for one in codes]
        for before, after in zip(pages, again, strict=True):
            self.assertEqual(before.content, after.content)
        (kept,) = [
            value
            for kept, value in cache._kept.items()
            if kept[0] == edition.key and kept[-1].endswith("unit parts")
        ]
        self.assertEqual(len(kept), 3)
