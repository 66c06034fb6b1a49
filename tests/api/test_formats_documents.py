"""Manuals, editions and units as JSON-LD and as Akoma Ntoso."""

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from lxml import etree

from exchange.exporters.akn import edition_akn, unit_akn
from exchange.exporters.jsonld import edition_jsonld, manual_jsonld, unit_jsonld
from exchange.reading import read_document
from exchange.services import duplicate_edition
from manuals.models import Edition
from tests.api.support import (
    API,
    DRAFT,
    ApiTestCase,
    client_of,
    make_small_manual,
)
from tests.api.test_openapi import TrueToDocument
from tests.factories import REASON, authorise, make_user

AKN, LD = "application/akn+xml", "application/ld+json"
HOST = "http://testserver"
COPY = DRAFT.replace("2024", "copia")
MOST_QUERIES = {"manual": 6, "unit": 7, "edition": 13}


class DocumentTests(TrueToDocument, ApiTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition, cls.units, cls.functions = make_small_manual()
        authorise(cls.edition)
        cls.edition = Edition.objects.with_manual().get(pk=cls.edition.pk)
        cls.by_key = f"{API}/units/{cls.units['8.2'].key}/"

    def get(self, address: str, accept: str, client=None):
        response = (client or self.client).get(address, headers={"accept": accept})
        self.assertEqual(response.status_code, 200, response.content)
        self.assertEqual(response.headers["Content-Type"], accept)
        return response

    def test_they_are_what_the_exporters_write(self):
        document = read_document(self.edition)
        manual, edition = document.manual, document.edition
        edition.sources = []
        for address, linked, legal in (
            (
                f"{API}/manuals/dir/",
                manual_jsonld(manual, [edition], base_url=HOST, current="2024"),
                None,
            ),
            (
                f"{DRAFT}/",
                edition_jsonld(document, base_url=HOST),
                edition_akn(document, base_url=HOST),
            ),
            (
                f"{DRAFT}/units/8.2/",
                unit_jsonld(document, "8.2", base_url=HOST),
                unit_akn(document, "8.2", base_url=HOST),
            ),
            (
                self.by_key,
                unit_jsonld(document, "8.2", base_url=HOST),
                unit_akn(document, "8.2", base_url=HOST),
            ),
        ):
            with self.subTest(address=address):
                self.assertEqual(self.get(address, LD).json(), linked)
                if legal is None:
                    response = self.client.get(f"{address}?format=akn")
                    self.assertProblem(response, 400, "invalid_query")
                else:
                    response = self.get(address, AKN)
                    self.assertEqual(response.content, legal)
                    etree.fromstring(response.content)

    def test_they_are_what_the_openapi_document_says(self):
        for address in (
            f"{API}/manuals/",
            f"{API}/manuals/dir/",
            f"{API}/manuals/dir/editions/",
            f"{DRAFT}/",
            f"{DRAFT}/units/",
            f"{DRAFT}/units/8.2/",
            f"{DRAFT}/units/8.2/functions/",
            f"{DRAFT}/functions/",
            f"{DRAFT}/chapters/",
            f"{DRAFT}/notes/",
            f"{API}/search/?q=planear",
            self.by_key,
        ):
            for accept in ("text/csv", LD, AKN):
                with self.subTest(address=address, accept=accept):
                    response = self.client.get(address, headers={"accept": accept})
                    self.assertTrueToDocument(response)

    def test_xml_is_a_file_with_a_name(self):
        for address, name in (
            (f"{DRAFT}/", "dir-2024.xml"),
            (f"{DRAFT}/units/8.2/", "dir-2024-8.2.xml"),
            (self.by_key, "dir-2024.xml"),
        ):
            response = self.get(address, AKN)
            self.assertEqual(
                response.headers["Content-Disposition"],
                f'attachment; filename="{name}"',
            )
            linked = self.get(address, LD)
            self.assertNotIn("Content-Disposition", linked.headers)

    def test_each_form_is_named_by_the_others(self):
        response = self.client.get(f"{DRAFT}/units/8.2/?fields=name")
        self.assertEqual(
            response.headers["Link"],
            f'<{DRAFT}/units/8.2/?format=json>; rel="alternate"; '
            'type="application/json", '
            f'<{DRAFT}/units/8.2/?format=jsonld>; rel="alternate"; type="{LD}", '
            f'<{DRAFT}/units/8.2/?format=akn>; rel="alternate"; type="{AKN}"',
        )

    def test_a_browser_gets_json(self):
        browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
        response = self.client.get(f"{DRAFT}/", headers={"accept": browser})
        self.assertEqual(response.headers["Content-Type"], "application/json")

    def test_each_form_has_a_version_of_its_own(self):
        for address in (f"{DRAFT}/", f"{DRAFT}/units/8.2/"):
            etags = {}
            for accept in ("application/json", LD, AKN):
                headers = {"accept": accept}
                etags[accept] = self.client.get(address, headers=headers)["ETag"]
            self.assertEqual(len(set(etags.values())), 3)
            for accept, etag in etags.items():
                headers = {"accept": accept, "if-none-match": etag}
                response = self.client.get(address, headers=headers)
                self.assertEqual(response.status_code, 304)
                headers["accept"] = AKN if accept == LD else LD
                response = self.client.get(address, headers=headers)
                self.assertEqual(response.status_code, 200)

    def test_a_unit_that_there_is_not(self):
        gone = f"{API}/units/00000000-0000-0000-0000-000000000000/"
        for address in (f"{DRAFT}/units/9.9/", gone):
            for accept in (LD, AKN):
                response = self.client.get(address, headers={"accept": accept})
                self.assertProblem(response, 404, "not_found")

    @override_settings(KEPT_ANSWERS_BYTES=1 << 20)
    def test_the_server_keeps_each_for_what_it_is(self):
        for _turn in range(2):
            for accept in (AKN, LD, "application/json"):
                self.get(f"{DRAFT}/units/8.2/", accept)
                self.get(f"{DRAFT}/", accept)


class OfDraftsTests(ApiTestCase):
    """A draft made from an edition, and who may read what of both."""

    @classmethod
    def setUpTestData(cls):
        cls.edition, cls.units, cls.functions = make_small_manual()
        cls.editor = make_user("editor")
        cls.copy = duplicate_edition(
            edition=cls.edition, label="copia", user=cls.editor, reason=REASON
        )

    def test_they_are_for_who_reads_drafts(self):
        for accept in (LD, AKN):
            for path in ("", "units/8.2/"):
                headers = {"accept": accept}
                response = self.client.get(f"{COPY}/{path}", headers=headers)
                self.assertProblem(response, 404, "not_found")
                reader = client_of(self.editor)
                response = reader.get(f"{COPY}/{path}", headers=headers)
                self.assertEqual(response.status_code, 200)
                self.assertEqual(response.headers["Cache-Control"], "private, no-store")

    def test_the_origin_of_an_edition_is_told_to_who_may_read_it(self):
        authorise(self.copy)
        address = f"{COPY}/?format=jsonld"
        for client, told in ((self.client, False), (client_of(self.editor), True)):
            (edition, *_others) = client.get(address).json()["@graph"]
            self.assertEqual("previousVersion" in edition, told)

    def test_queries_do_not_grow_with_the_edition(self):
        reader, most = client_of(self.editor), {}
        wide, _units, _functions = make_small_manual(
            "ancha", "8.1 8.2 " + " ".join(f"8.2.{n}" for n in range(1, 12)) + " 8.3"
        )
        duplicate_edition(edition=wide, label="otra", user=self.editor, reason=REASON)
        for label in ("copia", "otra"):
            base = DRAFT.replace("2024", label)
            for name, address in (
                ("manual", f"{API}/manuals/dir/"),
                ("edition", f"{base}/"),
                ("unit", f"{base}/units/8.2/"),
            ):
                for named in ("jsonld", *(() if name == "manual" else ("akn",))):
                    with CaptureQueriesContext(connection) as captured:
                        response = reader.get(f"{address}?format={named}")
                    self.assertEqual(response.status_code, 200)
                    most.setdefault((name, named), set()).add(len(captured))
        for (name, _named), counts in most.items():
            self.assertEqual(len(counts), 1, most)
            for_the_token = 3
            self.assertLessEqual(max(counts), MOST_QUERIES[name] + for_the_token, most)
