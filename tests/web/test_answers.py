"""Whole answers that are kept: when they may be given again, and to whom."""

from datetime import date
from gzip import decompress
from unittest import mock

from django.test import TestCase, override_settings

from functions.synonyms import add_synonym
from manual_org.answers import Kept, Shelf
from manuals.permissions import OPERATOR
from manuals.services import withdraw_edition
from tests.factories import REASON, authorise, make_user
from tests.web.support import FUTURE, PAST, filled_edition, published

PAGES = ("/manuales/dir/2021/", "/manuales/dir/2021/8.2/")
API = "/api/v1/manuals/dir/editions/2021/units/8.2/"
SEARCHES = (
    "/manuales/dir/2021/buscar/?q=planear",
    "/buscar/?q=planear",
    "/buscar/resultados/?q=planear",
    "/api/v1/search/?q=planear",
)


@override_settings(KEPT_ANSWERS_BYTES=1 << 20)
class KeptAnswersTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = authorise(filled_edition(), PAST)

    def test_an_answer_given_before_costs_only_the_state_of_its_manual(self):
        for address in (*PAGES, API, *SEARCHES):
            with self.subTest(address=address):
                first = self.client.get(address)
                with self.assertNumQueries(1):
                    again = self.client.get(address)
                self.assertEqual(again.content, first.content)
                self.assertEqual(dict(again.headers), dict(first.headers))

    @override_settings(PUBLICATION_SECONDS=60)
    def test_within_the_second_it_costs_no_query(self):
        self.client.get(PAGES[0])
        with self.assertNumQueries(0):
            self.assertEqual(self.client.get(PAGES[0]).status_code, 200)

    def test_a_search_over_all_changes_with_what_any_manual_publishes(self):
        before = {address: self.client.get(address).content for address in SEARCHES}
        published(manual__slug="otro")
        for address in SEARCHES[1:]:
            with self.subTest(address=address):
                self.assertNotEqual(self.client.get(address).content, before[address])
        synonym = {"term": "idear", "others": ["planear"], "manual": None}
        self.client.get("/buscar/?q=idear")
        add_synonym(user=OPERATOR, reason=REASON, **synonym)
        self.assertContains(self.client.get("/buscar/?q=idear"), "<mark>Planear</mark>")

    def test_a_draft_that_is_searched_is_not_kept(self):
        filled_edition("b")
        address = "/api/v1/search/?q=planear&manual=dir&edition=b"
        self.client.force_login(make_user("lector"))
        self.assertEqual(self.client.get(address).status_code, 200)
        self.client.logout()
        self.assertEqual(self.client.get(address).status_code, 404)

    def test_it_is_compressed_for_who_takes_it(self):
        for address in PAGES:
            plain = self.client.get(address)
            zipped = self.client.get(address, headers={"accept-encoding": "gzip, br"})
            self.assertEqual(zipped.headers["Content-Encoding"], "gzip")
            self.assertEqual(decompress(zipped.content), plain.content)
            self.assertEqual(zipped.headers["Content-Length"], str(len(zipped.content)))
            self.assertNotEqual(zipped.headers["ETag"], plain.headers["ETag"])
            self.assertEqual(plain.headers["Vary"], "Accept-Encoding")

    def test_compression_that_is_refused_is_not_used(self):
        refused = self.client.get(PAGES[0], headers={"accept-encoding": "gzip;q=0"})
        self.assertNotIn("Content-Encoding", refused.headers)

    def test_who_has_it_in_either_form_is_told_so(self):
        for address in (*PAGES, API):
            for encoding in ("gzip", "identity"):
                headers = {"accept-encoding": encoding}
                etag = self.client.get(address, headers=headers).headers["ETag"]
                for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
                    response = self.client.get(
                        address, headers={**headers, "if-none-match": known}
                    )
                    self.assertEqual(response.status_code, 304, known)
                    self.assertEqual(response.content, b"")
                    self.assertEqual(response.headers["ETag"], etag)
                    self.assertIn("public", response.headers["Cache-Control"])

    def test_a_condition_on_the_first_request_keeps_the_whole_answer(self):
        etag = self.client.get(PAGES[0]).headers["ETag"]
        other = self.client_class()
        self.assertEqual(
            other.get(PAGES[0], headers={"if-none-match": etag}).status_code, 304
        )
        self.assertEqual(other.get(PAGES[0]).status_code, 200)
        self.assertContains(other.get(PAGES[0]), "</html>")

    def test_head_has_the_headers_of_get(self):
        got, headed = self.client.get(PAGES[0]), self.client.head(PAGES[0])
        self.assertEqual(dict(headed.headers), dict(got.headers))
        self.assertEqual(headed.content, b"")

    def test_an_answer_to_head_is_not_what_get_gives(self):
        self.client.head(PAGES[0])
        self.assertContains(self.client.get(PAGES[0]), "</html>")

    def test_every_answer_has_the_headers_of_the_policies(self):
        for _turn in range(2):
            response = self.client.get(PAGES[0])
            self.assertIn("Content-Security-Policy", response.headers)
            self.assertIn("X-Content-Type-Options", response.headers)
            self.assertEqual(response.headers["X-Frame-Options"], "DENY")

    def test_withdrawing_changes_the_banner_at_once(self):
        self.client.get(PAGES[1])
        withdraw_edition(
            edition=self.edition, user=OPERATOR, reason=REASON, on=date(2022, 1, 1)
        )
        self.assertContains(self.client.get(PAGES[1]), "dada de baja")

    def test_the_day_changes_the_banner_at_once(self):
        published("2199", FUTURE, manual=self.edition.manual)
        address = "/manuales/dir/2199/8.2/"
        self.assertContains(self.client.get(address), "todavía no está vigente")
        with (
            mock.patch("manual_org.answers.today", return_value=FUTURE),
            mock.patch("manual_org.web.mixins.today", return_value=FUTURE),
        ):
            self.assertNotContains(self.client.get(address), "todavía no está")

    def test_an_unknown_unit_is_not_kept(self):
        for _turn in range(2):
            self.assertEqual(
                self.client.get("/manuales/dir/2021/8.99/").status_code, 404
            )

    def test_the_api_asks_who_asks(self):
        self.client.get(API)
        self.client.force_login(make_user("lector"))
        self.assertIn("private", self.client.get(API).headers["Cache-Control"])

    def test_a_token_that_is_wrong_is_refused_though_the_answer_is_kept(self):
        self.client.get(API)
        response = self.client.get(API, headers={"authorization": "Token nobody"})
        self.assertEqual(response.status_code, 401)

    def test_the_api_s_links_name_the_host_that_was_asked(self):
        self.client.get(API)
        other = self.client.get(API, headers={"host": "localhost"}).json()
        self.assertIn("//localhost/", other["url"])

    def test_a_page_is_the_same_for_who_is_signed_in(self):
        anonymous = self.client.get(PAGES[0])
        self.client.force_login(make_user("lector"))
        with self.assertNumQueries(1):
            self.assertEqual(self.client.get(PAGES[0]).content, anonymous.content)


@override_settings(KEPT_ANSWERS_BYTES=1 << 20)
class WhatIsNotKeptTests(TestCase):
    def test_a_draft_is_nobody_s_to_keep(self):
        filled_edition(label="2024")
        self.client.force_login(make_user("lector"))
        self.assertEqual(self.client.get("/manuales/dir/2024/8.2/").status_code, 200)
        self.client.logout()
        self.assertEqual(self.client.get("/manuales/dir/2024/8.2/").status_code, 404)

    def test_a_draft_beside_a_published_edition_is_not_kept_either(self):
        authorise(first := filled_edition(), PAST)
        filled_edition(manual=first.manual, label="2024")
        self.client.force_login(make_user("lector"))
        self.assertEqual(self.client.get("/manuales/dir/2024/8.2/").status_code, 200)
        self.client.logout()
        self.assertEqual(self.client.get("/manuales/dir/2024/8.2/").status_code, 404)

    def test_who_has_what_is_not_kept_is_told_so(self):
        authorise(first := filled_edition(), PAST)
        filled_edition(manual=first.manual, label="2024")
        self.client.force_login(make_user("lector"))
        for label in ("2021", "2024"):
            address = f"/api/v1/manuals/dir/editions/{label}/units/8.2/"
            etag = self.client.get(address).headers["ETag"]
            response = self.client.get(address, headers={"if-none-match": etag})
            self.assertEqual(response.status_code, 304)
            self.assertIn("private", response.headers["Cache-Control"])

    @override_settings(PUBLIC_READING=False)
    def test_a_closed_installation_keeps_nothing(self):
        authorise(filled_edition(), PAST)
        self.client.force_login(make_user("lector"))
        self.assertEqual(self.client.get(PAGES[0]).status_code, 200)
        self.client.logout()
        self.assertEqual(self.client.get(PAGES[0]).status_code, 302)


def kept(body):
    return Kept({}, body, '"a"', b"", '"a-gzip"', anonymous=False)


def test_the_shelf_lets_go_of_what_was_used_longest_ago():
    shelf = Shelf(30)
    for name in "abc":
        shelf.put((name,), kept(b"x" * 10))
    shelf.get(("a",))
    shelf.put(("d",), kept(b"x" * 10))
    assert [name for name in "abcd" if shelf.get((name,))] == ["a", "c", "d"]
    assert shelf.size == 30


def test_what_is_larger_than_the_shelf_is_not_kept():
    shelf = Shelf(5)
    shelf.put(("a",), kept(b"x" * 10))
    assert shelf.get(("a",)) is None
    assert shelf.size == 0


def test_putting_twice_counts_once():
    shelf = Shelf(30)
    shelf.put(("a",), kept(b"x" * 10))
    shelf.put(("a",), kept(b"x" * 20))
    assert shelf.size == 20
