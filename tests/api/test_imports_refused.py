"""Imports that are refused: one clear problem each, and nothing written."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Max
from django.test import override_settings
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from rest_framework.test import APIClient

from manual_org.api.uploads import BESIDE_THE_FILE
from manuals.models import BranchGrant, Change, Edition, Manual
from manuals.permissions import OPERATOR
from manuals.services import submit_edition
from tests.api.support import client_of
from tests.api.test_imports import (
    FRAGMENT,
    HERE,
    IMPORTS,
    OTHER_FRAGMENT,
    ImportTestCase,
)
from tests.exchange.test_import_edition import MANUAL
from tests.factories import make_user


class RefusalTestCase(ImportTestCase):
    def assertRefused(self, response, status: int, code: str, *errors):
        """One problem with these (pointer, code), and no trace of the import."""
        body = self.assertProblem(response, status, code)
        if errors:
            self.assertPointers(body, set(errors))
        self.assertEqual(self.labels(), ["2021"])
        self.assertEqual(Manual.objects.count(), 1)
        return body


class FileTests(RefusalTestCase):
    def test_what_is_no_manual(self):
        for content, name, code in (
            (b"caf\xc3\xa9 y caf\xe9", "a.txt", "mixed_encodings"),
            (b"PK\x03\x04" + bytes(100), "a.docx", "unknown_format"),
            (b"PK\x03\x04" + bytes(100), "a.txt", "binary"),
            (b"%PDF-1.7", "a.txt", "binary"),
            (b"\x00\x01\x02", "a.txt", "binary"),
            (b"{", "a.json", "json_syntax"),
            (b"{}", "a.json", "json_content"),
            (b"no es JSON", "a.json", "wrong_content"),
            (b"x", "sin extension", "unknown_format"),
            (b"x", ".txt", "unknown_format"),
            (b"no es un manual", "a.txt", "no_units"),
        ):
            with self.subTest(name=name, code=code):
                response = self.send(content, name=name, edition="2030")
                body = self.assertRefused(
                    response, 400, "import_rejected", ("#/file", code)
                )
                self.assertEqual(body["errors"][0]["detail"], body["detail"])

    def test_the_line_to_blame_is_said(self):
        response = self.send(b"uno\ndos\ncaf\xc3\xa9 y caf\xe9\n", edition="2030")
        body = self.assertRefused(response, 400, "import_rejected")
        self.assertEqual(body["errors"][0]["line"], 3)

    def test_an_empty_file(self):
        response = self.send(b"", edition="2030")
        self.assertRefused(response, 400, "invalid", ("#/file", "empty"))

    def test_names_are_names_and_not_paths(self):
        for name in ("../../a.txt", "C:\\x\\a.txt", "a\x07.txt", "ñ" * 300 + ".txt"):
            with self.subTest(name):
                response = self.send(
                    FRAGMENT, name=name, edition="2030", base="2021", dry_run="true"
                )
                self.assertEqual(response.status_code, 200, response.content)
                shown = response.json()["report"]["source"]["name"]
                self.assertRegex(shown, r"^(a|ñ{251})\.txt$")

    def test_files_larger_than_the_installation_takes(self):
        with override_settings(UPLOAD_MAX_BYTES=100):
            self.assertRefused(
                self.send("x" * 101),
                413,
                "body_too_large",
                ("#/file", "too_large"),
            )
            self.assertRefused(
                self.send("x" * (101 + BESIDE_THE_FILE)), 413, "body_too_large"
            )

    def test_a_body_that_is_too_large_is_not_read(self):
        response = self.client.post(
            HERE,
            b"",
            content_type=MULTIPART_CONTENT,
            CONTENT_LENGTH=str(10**12),
        )
        self.assertRefused(response, 413, "body_too_large", ("#", "body_too_large"))


class FormTests(RefusalTestCase):
    def post(self, fields: dict):
        body = encode_multipart(BOUNDARY, fields)
        response = self.client.post(IMPORTS, body, content_type=MULTIPART_CONTENT)
        self.assertTrueToDocument(response)
        return response

    def file(self, content=FRAGMENT, name="a.txt"):
        return SimpleUploadedFile(name, content.encode())

    def test_the_file(self):
        for fields, code in (
            ({"edition": "2030"}, "required"),
            ({}, "required"),
            ({"file": FRAGMENT}, "invalid"),
            ({"file": [self.file(), self.file()]}, "repeated"),
            ({"file": [self.file(), "texto"]}, "repeated"),
        ):
            with self.subTest(fields=fields):
                self.assertRefused(self.post(fields), 400, "invalid", ("#/file", code))

    def test_more_files_than_any_form_has(self):
        response = self.post({"file": [self.file() for _number in range(20)]})
        self.assertRefused(response, 400, "parse_error")

    def test_the_other_fields(self):
        for fields, *errors in (
            ({"edition": ["2030", "2031"]}, ("#/edition", "repeated")),
            ({"edition": self.file()}, ("#/edition", "invalid")),
            ({"edition": ""}, ("#/edition", "blank")),
            ({"edition": "x" * 41}, ("#/edition", "max_length")),
            (
                {"otro": "x", "b": self.file()},
                ("#/otro", "unknown_field"),
                ("#/b", "unknown_field"),
            ),
            ({"dry_run": "si"}, ("#/dry_run", "invalid")),
            (
                {"effective_from": "ayer", "authorised": "true"},
                ("#/effective_from", "invalid"),
            ),
            (
                {"effective_from": "2030-01-01"},
                ("#/effective_from", "only_with_authorised"),
            ),
            ({"reason": "a\x07b"}, ("#/reason", "unwritable")),
        ):
            with self.subTest(fields=fields):
                response = self.post({"file": self.file(), **fields})
                self.assertRefused(response, 400, "invalid", *errors)

    def test_texts_that_are_not_in_utf_8(self):
        body = encode_multipart(BOUNDARY, {"file": self.file(), "reason": "m?s"})
        for wrong in (b"m\xe1s", b"\xed\xa0\x80"):
            response = self.client.post(
                IMPORTS, body.replace(b"m?s", wrong), content_type=MULTIPART_CONTENT
            )
            self.assertRefused(response, 400, "invalid", ("#/reason", "not_utf8"))

    def test_the_manual_of_the_address_is_not_said_again(self):
        response = self.send(edition="2030", base="2021", manual="dir")
        self.assertRefused(response, 400, "invalid", ("#/manual", "unknown_field"))

    def test_bodies_that_are_no_form(self):
        for body, media_type, status, code in (
            (b"{}", "application/json", 415, "unsupported_media_type"),
            (
                b"a=1",
                "application/x-www-form-urlencoded",
                415,
                "unsupported_media_type",
            ),
            (b"x", "multipart/form-data", 400, "parse_error"),
            (b"x", "multipart/form-data; boundary=b", 400, "invalid"),
            (b"", "multipart/form-data; boundary=b", 400, "invalid"),
        ):
            with self.subTest(media_type=media_type):
                response = self.client.generic(
                    "POST", IMPORTS, body, content_type=media_type
                )
                problem = self.assertRefused(response, status, code)
                if status == 415:
                    self.assertIn("multipart/form-data", problem["detail"])
                    self.assertEqual(problem["errors"][0]["header"], "Content-Type")

    def test_a_form_that_was_cut_off(self):
        body = encode_multipart(BOUNDARY, {"file": self.file(), "edition": "2030"})
        for length in (len(body) - 20, len(body) // 2):
            response = self.client.post(
                IMPORTS, body[:length], content_type=MULTIPART_CONTENT
            )
            self.assertRefused(response, 400, "invalid")

    def test_a_session_is_told_the_same(self):
        client = APIClient(enforce_csrf_checks=True)
        client.force_login(self.editor)
        client.get("/admin/")
        token = client.cookies["csrftoken"].value
        form = encode_multipart(BOUNDARY, {"file": self.file()})
        for body, media_type, header, status in (
            (b"x", "multipart/form-data", token, 400),
            (b"{}", "application/json", token, 415),
            (form, MULTIPART_CONTENT, "", 403),
            (form, MULTIPART_CONTENT, token, 400),
        ):
            with self.subTest(media_type=media_type, status=status):
                response = client.generic(
                    "POST",
                    IMPORTS,
                    body,
                    content_type=media_type,
                    headers={"x-csrftoken": header},
                )
                self.assertEqual(response.status_code, status, response.content)
        body = encode_multipart(
            BOUNDARY, {"file": self.file(), "base": "2021", "edition": "2030"}
        )
        response = client.generic(
            "POST",
            HERE,
            body,
            content_type=MULTIPART_CONTENT,
            headers={"x-csrftoken": token, "idempotency-key": "s"},
        )
        self.assertEqual(response.status_code, 201, response.content)


class DestinationTests(RefusalTestCase):
    def test_what_the_document_does_not_say(self):
        response = self.send(base="2021")
        body = self.assertRefused(
            response, 400, "invalid", ("#/edition", "edition_required")
        )
        self.assertNotIn("--", body["detail"])
        body = self.assertRefused(
            self.send(at=IMPORTS, edition="2030"),
            400,
            "invalid",
            ("#/manual", "manual_required"),
        )
        self.assertNotIn("--", body["detail"])

    def test_labels_and_slugs_that_are_none(self):
        for said, error in (
            ({"edition": "Año", "base": "2021"}, ("#/edition", "invalid")),
            ({"edition": "comparar", "base": "2021"}, ("#/edition", "invalid")),
        ):
            self.assertRefused(self.send(**said), 400, "invalid", error)
        response = self.send(MANUAL, at=IMPORTS, manual="Año 1")
        self.assertRefused(response, 400, "invalid", ("#/manual", "invalid"))

    def test_a_manual_or_base_that_is_not_there(self):
        self.assertRefused(
            self.send(at=HERE.replace("dir", "nadie"), edition="2030"), 404, "not_found"
        )
        for said, error in (
            ({"base": "1999"}, ("#/base", "unknown_base")),
            ({"base": "1999", "at": IMPORTS}, ("#/base", "unknown_base")),
            (
                {"base": "2021", "at": IMPORTS, "manual": "nadie"},
                ("#/manual", "unknown_manual"),
            ),
        ):
            response = self.send(edition="2030", **said)
            self.assertRefused(response, 404, "not_found", error)

    def test_a_label_that_stands_for_another_document(self):
        for said in ({}, {"base": "2021"}):
            response = self.send(edition="2021", **said)
            body = self.assertRefused(
                response, 409, "edition_exists", ("#/edition", "edition_exists")
            )
            (error,) = body["errors"]
            self.assertEqual(error["edition"]["label"], "2021")
            self.assertEqual(error["edition"]["status"], "authorised")

    def test_a_draft_that_was_submitted_meanwhile(self):
        self.send(edition="2030", base="2021", reason="Oficio 12")
        draft = Edition.objects.get(label="2030")
        submit_edition(edition=draft, user=OPERATOR)
        last = Change.objects.aggregate(last=Max("pk"))
        response = self.send(OTHER_FRAGMENT, edition="2030", base="2021")
        body = self.assertProblem(response, 409, "edition_exists")
        self.assertEqual(body["errors"][0]["edition"]["status"], "review")
        self.assertEqual(Change.objects.aggregate(last=Max("pk")), last)

    def test_what_an_authorised_edition_lacks(self):
        client = client_of(self.superuser)
        response = self.send(to=client, edition="2030", base="2021", authorised="true")
        self.assertProblem(response, 409, "editions_overlap")
        text = MANUAL.replace("Lic. Ana Pérez Díaz\n", "").replace(
            "Titular de la Dirección de Pruebas\n", ""
        )
        response = self.send(
            text, to=client, at=IMPORTS, manual="p", edition="2030", authorised="true"
        )
        body = self.assertRefused(response, 400, "invalid", ("#/file", "invalid"))
        self.assertIn("quién autorizó", body["errors"][0]["detail"])


class PersonTests(RefusalTestCase):
    def test_only_who_authorises_records_an_authorised_edition(self):
        response = self.send(edition="2030", base="2021", authorised="true")
        self.assertRefused(
            response, 403, "permission_denied", ("#/authorised", "permission_denied")
        )
        for role in ("autorizador", "revisor", "lector"):
            client = client_of(make_user(role))
            response = self.send(to=client, edition="2030", authorised="true")
            self.assertRefused(response, 403, "permission_denied")

    def test_editors_of_a_branch_do_not_import(self):
        BranchGrant.objects.create(
            user=self.editor,
            manual=self.base.manual,
            unit_key=self.units["8.2"].key,
        )
        response = self.send(edition="2030", base="2021")
        self.assertRefused(response, 403, "permission_denied")

    def test_nor_do_tokens_of_a_manual_or_branch(self):
        here = {"manual": self.base.manual}
        for scope, missing in (
            ({"write": False}, "write"),
            (here, "manual"),
            ({**here, "unit_key": self.units["8.2"].key}, "branch"),
        ):
            client = client_of(self.superuser, **scope)
            response = self.send(to=client, edition="2030", base="2021")
            body = self.assertRefused(response, 403, "scope_missing")
            self.assertEqual(body["scope"], missing)

    def test_nobody_does_without_an_account(self):
        response = self.send(to=client_of(), edition="2030", base="2021")
        self.assertRefused(response, 401, "not_authenticated")

    def test_only_posting_is_understood(self):
        for method in ("get", "put", "patch", "delete"):
            response = getattr(self.client, method)(IMPORTS)
            self.assertRefused(response, 405, "method_not_allowed")
