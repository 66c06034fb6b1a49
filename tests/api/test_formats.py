"""Which form an address answers in, and that each is a version of its own."""

from gzip import decompress
from unittest import mock

from django.test import override_settings
from django.urls import URLPattern, get_resolver

from manual_org.api.fields import Query
from manual_org.api.pagination import PageQuery
from manual_org.api.v1.views.docs import SchemaView
from manual_org.api.views import View
from tests.api.support import (
    API,
    DRAFT,
    ApiTestCase,
    DraftTestCase,
    client_of,
    make_small_manual,
)
from tests.factories import REASON, authorise, make_user

GZIP = {"accept-encoding": "gzip, br"}


def test_every_list_is_a_table_too_and_json_is_what_is_not_asked_for():
    lists = 0
    for pattern in patterns(get_resolver("manual_org.api.v1.urls")):
        view = pattern.callback.view_class
        if not issubclass(view, View):
            continue
        names = [form.format for form in view.formats]
        if issubclass(view.parameters.get("GET", Query), PageQuery):
            assert "csv" in names, view
            lists += 1
        assert names[0] == "json" or "json" not in names or view is SchemaView
    assert lists > 8


def patterns(resolver):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            yield from patterns(pattern)


class NegotiationTests(ApiTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition, cls.units, cls.functions = make_small_manual()
        authorise(cls.edition)

    def media_type(self, address: str, **headers) -> str:
        response = self.client.get(address, headers=headers)
        self.assertEqual(response.status_code, 200, response.content)
        return response.headers["Content-Type"].partition(";")[0]

    def test_accept_decides_with_its_qualities(self):
        for path, accept, expected in (
            ("units/", "text/csv", "text/csv"),
            ("units/", "text/csv;q=0.3, application/json;q=0.2", "text/csv"),
            ("units/", "text/csv;q=0.2, application/json;q=0.3", "application/json"),
            ("units/", "*/*", "application/json"),
            ("units/8.2/", "text/csv, */*;q=0.1", "application/json"),
        ):
            with self.subTest(path=path, accept=accept):
                self.assertEqual(
                    self.media_type(f"{DRAFT}/{path}", accept=accept), expected
                )

    def test_the_parameter_prevails_over_accept(self):
        for named, accept, expected in (
            ("csv", "application/json", "text/csv"),
            ("csv", "text/html", "text/csv"),
            ("json", "text/csv", "application/json"),
        ):
            with self.subTest(named=named, accept=accept):
                address = f"{DRAFT}/units/?format={named}"
                self.assertEqual(self.media_type(address, accept=accept), expected)

    def test_a_form_that_the_address_does_not_have_is_an_invalid_parameter(self):
        for path, named in (
            ("units/", "xml"),
            ("units/", ""),
            ("units/", "CSV"),
            ("units/8.2/", "csv"),
            ("tree/", "csv"),
        ):
            with self.subTest(path=path, named=named):
                response = self.client.get(f"{DRAFT}/{path}?format={named}")
                body = self.assertProblem(response, 400, "invalid_query")
                self.assertPointers(body, {("format", "unknown_format")})
                self.assertIn("json", body["errors"][0]["detail"])
        response = self.client.get(f"{DRAFT}/units/?format=csv&format=json")
        body = self.assertProblem(response, 400, "invalid_query")
        self.assertPointers(body, {("format", "repeated")})

    def test_all_that_is_wrong_with_an_address_is_said_at_once(self):
        response = self.client.get(f"{DRAFT}/units/?format=xml&x=1&page=0")
        self.assertPointers(
            self.assertProblem(response, 400, "invalid_query"),
            {
                ("format", "unknown_format"),
                ("x", "unknown_parameter"),
                ("page", "min_value"),
            },
        )

    def test_a_header_that_fits_nothing_is_told_what_there_is(self):
        for path, offered in (
            ("units/", "application/json, text/csv"),
            ("tree/", "application/json"),
        ):
            response = self.client.get(
                f"{DRAFT}/{path}", headers={"accept": "image/png"}
            )
            body = self.assertProblem(response, 406, "not_acceptable")
            self.assertIn(f": {offered}.", body["detail"])

    def test_errors_are_problems_whatever_is_accepted(self):
        for accept in ("text/csv", "image/png", "application/akn+xml"):
            for path in ("nada/", "units/9.9/x/"):
                response = self.client.get(
                    f"{DRAFT}/{path}", headers={"accept": accept}
                )
                self.assertProblem(response, 404, "not_found")
        for path in ("units/?under=9.9&format=csv", "units/?page=x&format=csv"):
            response = self.client.get(f"{DRAFT}/{path}")
            self.assertProblem(response, 400, "invalid_query")
        response = self.client.get(f"{DRAFT}/units/?page=9&format=csv")
        self.assertProblem(response, 404, "not_found")

    def test_answers_name_their_other_forms(self):
        for asked in ("", "?under=8.2&page_size=1"):
            address = f"{DRAFT}/units/{asked}"
            link = self.client.get(address).headers["Link"]
            other, _semicolon, rest = link.partition(">")
            self.assertEqual(rest, '; rel="alternate"; type="text/csv"')
            self.assertEqual(self.media_type(other.removeprefix("<")), "text/csv")
        self.assertNotIn("Link", self.client.get(f"{DRAFT}/tree/").headers)

    def test_a_long_address_makes_no_long_header(self):
        response = self.client.get(f"{API}/search/?q={'planear+' * 300}")
        self.assertEqual(response.status_code, 200)
        self.assertNotIn("Link", response.headers)


class WrittenTests(DraftTestCase):
    """What is written is answered as JSON."""

    def test_another_form_is_refused_before_anything_is_written(self):
        body = {"text": "Nueva.", "unit_code": "8.3", "reason": REASON}
        response = self.client.post(
            f"{DRAFT}/functions/", body, headers={"accept": "text/csv"}
        )
        self.assertProblem(response, 406, "not_acceptable")
        response = self.client.post(f"{DRAFT}/functions/?format=csv", body)
        self.assertPointers(
            self.assertProblem(response, 400, "invalid_query"),
            {("format", "unknown_parameter")},
        )
        rows = self.client.get(f"{DRAFT}/functions/").json()
        self.assertEqual(rows["count"], 3)

    def test_the_etag_of_another_form_changes_nothing(self):
        address = f"{DRAFT}/units/8.2/functions/"
        csv = self.client.get(f"{address}?format=csv").headers["ETag"]
        body = {"functions": [], "reason": REASON}
        response = self.client.put(address, body, headers={"if-match": csv})
        self.assertProblem(response, 412, "stale")

    @mock.patch("manual_org.sending.SMALL", 100)
    def test_the_etag_of_the_compressed_form_is_of_the_same_version(self):
        address = self.unit_url("8.2")
        response = self.client.get(address, headers=GZIP)
        etag = response.headers["ETag"]
        self.assertRegex(etag, r'\A"[0-9a-f]{32}-gzip"\Z')
        body = {"name": "Otra", "reason": REASON}
        stale = etag.replace('"', '"0', 1)
        response = self.client.patch(address, body, headers={"if-match": stale})
        self.assertProblem(response, 412, "stale")
        response = self.client.patch(address, body, headers={"if-match": etag})
        self.assertEqual(response.status_code, 200, response.content)
        response = self.client.patch(address, body, headers={"if-match": etag})
        self.assertProblem(response, 412, "stale")


class CompressedTests(ApiTestCase):
    """Answers that nothing keeps are compressed too, with an ETag of that form."""

    @classmethod
    def setUpTestData(cls):
        cls.edition, cls.units, cls.functions = make_small_manual()
        cls.lector = make_user("lector")

    def setUp(self):
        self.client = client_of(self.lector)

    def test_the_same_in_fewer_bytes(self):
        for path in ("units/", "units/?format=csv", "functions/"):
            with self.subTest(path=path):
                plain = self.client.get(f"{DRAFT}/{path}")
                zipped = self.client.get(f"{DRAFT}/{path}", headers=GZIP)
                self.assertEqual(zipped.headers["Content-Encoding"], "gzip")
                self.assertEqual(decompress(zipped.content), plain.content)
                self.assertLess(len(zipped.content), len(plain.content))
                for response in (plain, zipped):
                    self.assertEqual(
                        response.headers["Content-Length"], str(len(response.content))
                    )
                    self.assertIn("Accept-Encoding", response.headers["Vary"])
                self.assertEqual(
                    zipped.headers["ETag"], plain.headers["ETag"][:-1] + '-gzip"'
                )

    def test_only_for_who_takes_it_and_where_it_saves_something(self):
        for accepted in ("", "br", "gzip;q=0", "identity"):
            response = self.client.get(
                f"{DRAFT}/units/", headers={"accept-encoding": accepted}
            )
            self.assertNotIn("Content-Encoding", response.headers)
        small = self.client.get(f"{DRAFT}/chapters/", headers=GZIP)
        self.assertNotIn("Content-Encoding", small.headers)
        self.assertNotIn("Accept-Encoding", small.headers["Vary"])

    def test_either_form_says_that_the_answer_is_known(self):
        address = f"{DRAFT}/units/"
        plain = self.client.get(address).headers["ETag"]
        zipped = self.client.get(address, headers=GZIP).headers["ETag"]
        for method in (self.client.get, self.client.head):
            for known in (plain, zipped, f"W/{plain}", f'"x", W/{zipped}', "*"):
                for encoding, etag in (({}, plain), (GZIP, zipped)):
                    headers = {**encoding, "if-none-match": known}
                    response = method(address, headers=headers)
                    self.assertEqual(response.status_code, 304, known)
                    self.assertEqual(response.headers["ETag"], etag)
                    self.assertEqual(response.content, b"")

    def test_what_is_written_and_what_is_wrong_is_sent_as_it_is(self):
        response = self.client.get(f"{DRAFT}/units/?" + "x=1&" * 2, headers=GZIP)
        self.assertProblem(response, 400, "invalid_query")
        editor = client_of(make_user("editor"))
        body = {"text": "x" * 2000, "unit_code": "8.3", "reason": REASON}
        response = editor.post(f"{DRAFT}/functions/", body, headers=GZIP)
        self.assertEqual(response.status_code, 201)
        self.assertNotIn("Content-Encoding", response.headers)


class VersionTests(ApiTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition, cls.units, cls.functions = make_small_manual()
        authorise(cls.edition)

    def test_each_form_is_a_version_of_its_own(self):
        for address in (
            f"{DRAFT}/units/",
            f"{API}/manuals/",
            f"{API}/manuals/dir/editions/",
        ):
            json = self.client.get(address)
            csv = self.client.get(address, headers={"accept": "text/csv"})
            by_name = self.client.get(f"{address}?format=csv")
            self.assertNotEqual(json.headers["ETag"], csv.headers["ETag"])
            self.assertEqual(by_name.headers["ETag"], csv.headers["ETag"])
            for response in (json, csv):
                self.assertIn("Accept", response.headers["Vary"])
            known = {"accept": "text/csv", "if-none-match": json.headers["ETag"]}
            self.assertEqual(self.client.get(address, headers=known).status_code, 200)
            known["if-none-match"] = csv.headers["ETag"]
            self.assertEqual(self.client.get(address, headers=known).status_code, 304)

    def test_the_same_bytes_as_another_media_type_are_another_version(self):
        address = f"{API}/schema/"
        etags = {
            self.client.get(f"{address}?format={name}").headers["ETag"]
            for name in ("openapi", "json")
        }
        self.assertEqual(len(etags), 2)

    def test_the_page_of_the_documentation_has_a_version_and_its_script_is_not_kept(
        self,
    ):
        page = self.client.get(f"{API}/docs/")
        self.assertEqual(page.headers["Cache-Control"], "private, no-cache")
        known = {"if-none-match": page.headers["ETag"]}
        self.assertEqual(
            self.client.get(f"{API}/docs/", headers=known).status_code, 304
        )
        script = self.client.get(f"{API}/docs/?script=", headers=GZIP)
        self.assertEqual(script.headers["Cache-Control"], "private, no-store")
        self.assertNotIn("Content-Encoding", script.headers)

    def test_head_has_the_headers_of_get(self):
        for headers in ({}, GZIP):
            for path in ("units/", "units/?format=csv"):
                got = self.client.get(f"{DRAFT}/{path}", headers=headers)
                headed = self.client.head(f"{DRAFT}/{path}", headers=headers)
                self.assertEqual(dict(headed.headers), dict(got.headers))
                self.assertEqual(headed.content, b"")


@override_settings(KEPT_ANSWERS_BYTES=1 << 20)
class KeptTests(ApiTestCase):
    """The answers that the server keeps: one of each form, however it is asked for."""

    @classmethod
    def setUpTestData(cls):
        cls.edition, cls.units, cls.functions = make_small_manual()
        authorise(cls.edition)

    ADDRESS = f"{DRAFT}/units/"

    def get(self, accept: str, **headers):
        return self.client.get(self.ADDRESS, headers={"accept": accept, **headers})

    def test_no_form_is_given_for_another(self):
        for _turn in range(2):
            for accept, media_type in (
                ("application/json", "application/json"),
                ("text/csv", "text/csv; charset=utf-8; header=present"),
                ("text/csv;q=0.5, application/json", "application/json"),
            ):
                response = self.get(accept)
                self.assertEqual(response.headers["Content-Type"], media_type)
            self.assertProblem(self.get("image/png"), 406, "not_acceptable")
            self.assertProblem(self.get("*/*;q=0"), 406, "not_acceptable")

    def test_whoever_gets_the_same_form_shares_it(self):
        for first, *others in (
            ("*/*", "application/json", "application/*;q=0.3, image/png", "", "*"),
            ("text/csv", "TEXT/*", "text/csv; header=present, application/json;q=0.9"),
        ):
            given = self.get(first)
            with mock.patch(
                "manual_org.api.views.View.dispatch", side_effect=AssertionError
            ):
                for other in others:
                    with self.subTest(accept=other):
                        again = self.get(other)
                        self.assertEqual(again.content, given.content)
                        self.assertEqual(dict(again.headers), dict(given.headers))

    def test_each_is_kept_with_its_headers_and_in_both_encodings(self):
        for _turn in range(2):
            plain = self.get("text/csv")
            zipped = self.get("text/csv", **GZIP)
            self.assertIn("unidades.csv", zipped.headers["Content-Disposition"])
            self.assertIn("alternate", zipped.headers["Link"])
            self.assertEqual(decompress(zipped.content), plain.content)
            known = self.get("text/csv", **{"if-none-match": zipped.headers["ETag"]})
            self.assertEqual(known.status_code, 304)

    def test_odd_headers_do_not_fill_the_shelf(self):
        self.get("*/*")
        with mock.patch("manual_org.answers.Shelf.put") as put:
            for number in range(50):
                self.get(f"application/json;v={number}, image/x{number};q=0.{number}")
        put.assert_not_called()

    def test_the_parameter_makes_an_address_of_its_own(self):
        for accept in ("*/*", "image/png"):
            for _turn in range(2):
                address = f"{self.ADDRESS}?format=csv"
                response = self.client.get(address, headers={"accept": accept})
                self.assertTrue(response.headers["Content-Type"].startswith("text/csv"))

    def test_who_shows_a_token_gets_their_own_compressed(self):
        self.get("*/*")
        client = client_of(make_user("lector"))
        response = client.get(self.ADDRESS, headers=GZIP)
        self.assertEqual(response.headers["Cache-Control"], "private, no-cache")
        self.assertEqual(response.headers["Content-Encoding"], "gzip")
        headers = {**GZIP, "if-none-match": response.headers["ETag"]}
        self.assertEqual(client.get(self.ADDRESS, headers=headers).status_code, 304)
