"""ETags, what may be kept by whom, and If-Match."""

from django.test import override_settings

from functions.services import change_function
from manuals.permissions import OPERATOR
from tests.api.support import (
    API,
    DRAFT,
    ApiTestCase,
    DraftTestCase,
    client_of,
    make_small_manual,
)
from tests.factories import REASON, authorise, make_user


class KeptTests(ApiTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition, cls.units, cls.functions = make_small_manual()
        cls.lector = make_user("lector")

    def addresses(self):
        for path in ("", "tree/", "units/", "units/8.2/", "functions/", "chapters/"):
            yield f"{DRAFT}/{path}"
        yield f"{API}/units/{self.units['8.2'].key}/?edition=2024"

    def test_every_answer_has_a_strong_etag_and_304_for_it(self):
        authorise(self.edition)
        for address in (
            *self.addresses(),
            f"{API}/",
            f"{API}/manuals/",
            f"{API}/schema/",
        ):
            with self.subTest(address=address):
                first = self.client.get(address)
                etag = first.headers["ETag"]
                self.assertRegex(etag, r'\A"[0-9a-f]{32}"\Z')
                self.assertEqual(self.client.get(address).headers["ETag"], etag)
                for header in (etag, f"W/{etag}", f'"x", {etag}', "*"):
                    again = self.client.get(address, headers={"if-none-match": header})
                    self.assertEqual(again.status_code, 304, header)
                    self.assertEqual(again.content, b"")
                    for name in ("ETag", "Cache-Control", "Vary"):
                        self.assertEqual(again.headers[name], first.headers[name])
                other = self.client.get(address, headers={"if-none-match": '"x"'})
                self.assertEqual(other.status_code, 200)

    def test_what_is_published_may_be_kept_by_anybody_for_a_minute(self):
        authorise(self.edition)
        for address in (*self.addresses(), f"{API}/manuals/"):
            response = self.client.get(address)
            self.assertEqual(
                response.headers["Cache-Control"],
                "public, max-age=60, must-revalidate",
                address,
            )
            for header in ("Accept", "Authorization", "Cookie"):
                self.assertIn(header, response.headers["Vary"])

    def test_a_draft_is_nobodys_to_keep(self):
        for address in self.addresses():
            response = client_of(self.lector).get(address)
            self.assertEqual(
                response.headers["Cache-Control"], "private, no-store", address
            )

    def test_what_an_account_asks_for_is_its_own(self):
        authorise(self.edition)
        for address in (*self.addresses(), f"{API}/manuals/"):
            response = client_of(self.lector).get(address)
            self.assertEqual(
                response.headers["Cache-Control"], "private, no-cache", address
            )

    @override_settings(PUBLIC_READING=False)
    def test_a_closed_installation_publishes_nothing(self):
        response = self.client.get(f"{API}/schema/")
        self.assertEqual(response.headers["Cache-Control"], "private, no-cache")

    def test_the_same_data_have_the_same_bytes_whatever_is_accepted(self):
        authorise(self.edition)
        address = f"{DRAFT}/units/8.2/"
        plain = self.client.get(address)
        for accept in ("application/json; indent=4", "application/json", "*/*"):
            response = self.client.get(address, headers={"accept": accept})
            self.assertEqual(response.content, plain.content, accept)


class IfMatchTests(DraftTestCase):
    def writes(self):
        """(method, address, body, address whose ETag it takes) of each kind."""
        unit, function = self.unit_url("8.2"), self.function_url("first")
        yield "patch", unit, {"name": "Otra", "reason": REASON}, unit
        yield "post", f"{unit}move/", {"position": 2, "reason": REASON}, unit
        yield (
            "put",
            f"{unit}functions/",
            {"functions": [], "reason": REASON},
            f"{unit}functions/",
        )
        yield "delete", f"{unit}?reason=Prueba", None, unit
        yield "patch", function, {"text": "Otra.", "reason": REASON}, function
        yield "post", f"{function}move/", {"position": 2, "reason": REASON}, function
        yield "delete", f"{function}?reason=Prueba", None, function

    def test_a_change_that_names_no_version_is_refused(self):
        for method, address, body, _of in self.writes():
            for headers in ({}, {"if_match": ""}, {"if_match": "  "}):
                with self.subTest(method=method, address=address):
                    response = self.write(method, address, body, of=False, **headers)
                    self.assertProblem(response, 428, "precondition_required")

    def test_a_change_of_another_version_is_refused(self):
        for method, address, body, of in self.writes():
            etag = self.etag(self.client, of)
            for stale in ('"0123"', f"W/{etag}", "garbage", '"'):
                with self.subTest(method=method, address=address, stale=stale):
                    response = self.write(method, address, body, if_match=stale)
                    self.assertProblem(response, 412, "stale")

    def test_nothing_is_written_when_somebody_saved_in_between(self):
        address = self.function_url("first")
        etag = self.etag(self.client, address)
        change_function(
            function=self.functions["first"],
            text="De otra persona.",
            user=OPERATOR,
            reason=REASON,
        )
        body = {"text": "Mía.", "reason": REASON}
        response = self.write("patch", address, body, if_match=etag)
        self.assertProblem(response, 412, "stale")
        self.assertEqual(self.client.get(address).json()["text"], "De otra persona.")

    def test_the_answer_to_a_change_carries_the_etag_for_the_next(self):
        address = self.function_url("first")
        first = self.write("patch", address, {"text": "Uno.", "reason": REASON})
        self.assertEqual(first.headers["ETag"], self.etag(self.client, address))
        second = self.write(
            "patch",
            address,
            {"text": "Dos.", "reason": REASON},
            if_match=first.headers["ETag"],
        )
        self.assertEqual(second.status_code, 200)
        self.assertNotEqual(second.headers["ETag"], first.headers["ETag"])

    def test_the_etag_of_a_unit_serves_by_code_and_by_key(self):
        etag = self.etag(self.client, self.unit_url("8.2"))
        by_key = f"{API}/units/{self.units['8.2'].key}/?edition=2024"
        response = self.write(
            "patch", by_key, {"name": "Otra", "reason": REASON}, if_match=etag
        )
        self.assertEqual(response.status_code, 200, response.content)

    def test_an_asterisk_matches_whatever_there_is(self):
        response = self.write(
            "patch",
            self.unit_url("8.2"),
            {"name": "Otra", "reason": REASON},
            if_match="*",
        )
        self.assertEqual(response.status_code, 200)

    def test_one_of_several_versions_suffices(self):
        etag = self.etag(self.client, self.unit_url("8.2"))
        response = self.write(
            "patch",
            self.unit_url("8.2"),
            {"name": "Otra", "reason": REASON},
            if_match=f'"x", {etag}',
        )
        self.assertEqual(response.status_code, 200)

    def test_creating_needs_no_version(self):
        for path, body in (
            (
                "units/",
                {"name": "División", "kind": "Coordinación", "parent_code": "8.3"},
            ),
            ("functions/", {"text": "Nueva.", "unit_code": "8.3"}),
        ):
            response = self.client.post(f"{DRAFT}/{path}", {**body, "reason": REASON})
            self.assertEqual(response.status_code, 201, response.content)
