"""Importing a document over the API: whole, once, onto a base, by who may."""

import json
from unittest.mock import patch

from exchange.services import export_edition
from manual_org.api.idempotency.models import RepeatableRequest
from manuals.models import Change, Edition, Manual
from manuals.permissions import OPERATOR
from manuals.services import discard_edition
from tests.api.support import (
    API,
    ApiTestCase,
    client_of,
    send_form,
)
from tests.api.test_openapi import TrueToDocument
from tests.exchange.test_import_edition import MANUAL
from tests.factories import (
    authorise,
    make_edition,
    make_kind,
    make_tree,
    make_user,
)
from units.models import Unit

IMPORTS = f"{API}/imports/"
HERE = f"{API}/manuals/dir/imports/"
FRAGMENT = """8.2 Coordinación 8.2

1. Planear el trabajo.
2. Coordinar:
a) El presupuesto.
b) El personal.
3. Evaluar.
"""
OTHER_FRAGMENT = "8.3 Coordinación 8.3\n\n1. Registrar el trabajo.\n"


class ImportTestCase(TrueToDocument, ApiTestCase):
    # 8.1
    # ├── 8.2
    # └── 8.3
    @classmethod
    def setUpTestData(cls):
        cls.base = make_edition("2021")
        cls.units = make_tree("8.1 8.2 8.3", cls.base)
        cls.base = authorise(cls.base)
        make_kind("Dirección", "Direcciones")
        make_kind("Unidad", "Unidades")
        cls.editor = make_user("editor")
        cls.superuser = make_user("superuser")

    def setUp(self):
        self.client = client_of(self.editor)

    def send(self, text=FRAGMENT, *, at=HERE, name="a.txt", to=None, key=None, **said):
        """A document with the fields ``said``; the answer is what OpenAPI says."""
        content = text.encode() if isinstance(text, str) else text
        headers = {"idempotency-key": key} if key else {}
        post = (to or self.client).post
        response = send_form(post, at, said, content, name, **headers)
        self.assertTrueToDocument(response)
        return response

    def labels(self) -> list[str]:
        return sorted(Edition.objects.values_list("label", flat=True))


class DoneTests(ImportTestCase):
    def assertWritten(self, response, outcome: str, label: str) -> dict:
        self.assertEqual(response.status_code, 201, response.content)
        body = response.json()
        self.assertEqual((body["outcome"], body["edition"]["label"]), (outcome, label))
        self.assertEqual(response.headers["Location"], body["url"])
        return body

    def assertNotWritten(self, response, outcome: str, label: str | None) -> dict:
        self.assertEqual(response.status_code, 200, response.content)
        self.assertNotIn("Location", response.headers)
        body = response.json()
        self.assertEqual(body["outcome"], outcome)
        self.assertEqual(body["edition"] and body["edition"]["label"], label)
        return body

    def test_a_document_becomes_a_draft_of_a_new_manual(self):
        body = self.assertWritten(
            self.send(MANUAL, at=IMPORTS, manual="pruebas"), "created", "2021"
        )
        self.assertEqual(
            body["edition"],
            {
                "manual": "pruebas",
                "label": "2021",
                "status": "draft",
                "effective_from": None,
                "effective_to": None,
            },
        )
        self.assertEqual(body["report"]["format"], "manual-org/import/1")
        self.assertEqual(body["report"]["counts"]["units"], 4)
        self.assertIs(body["complete"], True)
        edition = Edition.objects.get(manual__slug="pruebas")
        unit = Unit.objects.get(edition=edition, code="3.2")
        record = unit.history.get()
        self.assertEqual(record.history_user, self.editor)
        self.assertEqual(record.history_change_reason, "Importación de a.txt")
        answer = self.client.get(body["url"])
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.json()["sources"][0]["name"], "a.txt")

    def test_the_feed_tells_of_it_once(self):
        self.send(MANUAL, at=IMPORTS, manual="pruebas", reason="Oficio 12")
        told = Change.objects.filter(manual_slug="pruebas").order_by("pk")
        self.assertEqual(
            list(told.values_list("kind", flat=True)),
            ["manual.created", "edition.created"],
        )

    def test_without_a_name_it_is_of_the_manual_that_it_names(self):
        body = self.assertWritten(self.send(MANUAL, at=IMPORTS), "created", "2021")
        self.assertEqual(
            body["edition"]["manual"],
            Manual.objects.exclude(slug="dir").get().slug,
        )

    def test_at_a_manuals_address_it_is_of_that_manual(self):
        body = self.assertWritten(self.send(MANUAL, edition="2030"), "created", "2030")
        self.assertEqual(body["edition"]["manual"], "dir")
        self.assertEqual(Manual.objects.count(), 1)

    def test_the_same_document_again_does_nothing(self):
        self.send(edition="2030", base="2021")
        before = Change.objects.count()
        again = self.send(edition="2030", base="2021")
        body = self.assertNotWritten(again, "unchanged", "2030")
        self.assertEqual(
            body["url"], f"http://testserver{API}/manuals/dir/editions/2030/"
        )
        self.assertEqual(Change.objects.count(), before)

    def test_fragments_are_added_to_one_draft_of_their_base(self):
        self.assertWritten(self.send(edition="2030", base="2021"), "created", "2030")
        second = self.send(OTHER_FRAGMENT, edition="2030", base="2021")
        self.assertWritten(second, "updated", "2030")
        draft = Edition.objects.get(label="2030")
        self.assertEqual(draft.base, self.base)
        self.assertEqual(
            set(draft.units.values_list("key", flat=True)),
            {unit.key for unit in self.units.values()},
        )
        self.assertEqual(draft.functions.filter(parent=None).count(), 4)

    def test_a_dry_run_says_what_would_be_and_writes_nothing(self):
        for said, outcome in (({}, "created"), ({"base": "2021"}, "created")):
            text = FRAGMENT if said else MANUAL
            response = self.send(text, edition="2030", dry_run="true", **said)
            body = self.assertNotWritten(response, outcome, None)
            self.assertEqual((body["dry_run"], body["url"]), (True, None))
        self.assertEqual(self.labels(), ["2021"])
        self.send(edition="2030", base="2021")
        for text, outcome in ((FRAGMENT, "unchanged"), (OTHER_FRAGMENT, "updated")):
            response = self.send(text, edition="2030", base="2021", dry_run="true")
            self.assertNotWritten(response, outcome, None)

    def test_what_is_not_understood_is_written_around_and_said(self):
        text = FRAGMENT.replace("8.2 Coord", "@@@ ???\n\n8.2 Coord")
        body = self.assertWritten(
            self.send(text, edition="2030", base="2021"), "created", "2030"
        )
        self.assertIs(body["complete"], False)
        self.assertEqual(body["report"]["accounted"]["not_understood"], 7)
        self.assertIn(1, [doubt["line"] for doubt in body["report"]["doubts"]])

    def test_an_exported_edition_is_imported_as_it_is(self):
        content = export_edition(edition=self.base, format="json", user=OPERATOR)
        response = self.send(content, name="a.json", edition="2030")
        self.assertWritten(response, "created", "2030")
        draft = Edition.objects.get(label="2030")
        exported = json.loads(
            export_edition(edition=draft, format="json", user=OPERATOR)
        )
        self.assertEqual(exported["units"], json.loads(content)["units"])

    def test_an_edition_authorised_elsewhere_is_recorded_by_who_authorises(self):
        said = {"authorised": "true", "manual": "pruebas", "at": IMPORTS}
        client = client_of(self.superuser)
        response = self.send(MANUAL, to=client, effective_from="2021-05-01", **said)
        body = self.assertWritten(response, "created", "2021")
        self.assertEqual(body["edition"]["status"], "authorised")
        self.assertEqual(body["edition"]["effective_from"], "2021-05-01")
        self.assertEqual(
            list(
                Edition.objects.get(manual__slug="pruebas")
                .transitions.order_by("pk")
                .values_list("step", flat=True)
            ),
            ["imported", "recorded"],
        )

    def test_drafts_are_not_kept_by_caches(self):
        response = self.send(edition="2030", base="2021")
        self.assertEqual(response.headers["Cache-Control"], "private, no-store")

    def test_a_key_imports_once_and_stands_for_the_file_too(self):
        first, second = (
            self.send(edition="2030", base="2021", key="i") for _time in range(2)
        )
        self.assertEqual(first.content, second.content)
        self.assertEqual(second.status_code, 201)
        self.assertEqual(second.headers["Location"], first.headers["Location"])
        self.assertEqual(second.headers["Idempotent-Replayed"], "true")
        for change in (
            {"text": OTHER_FRAGMENT},
            {"name": "b.txt"},
            {"edition": "2031"},
        ):
            said = {"edition": "2030", "base": "2021", "key": "i", **change}
            self.assertProblem(self.send(**said), 422, "idempotency_key_reused")
        self.assertEqual(self.labels(), ["2021", "2030"])

    def test_a_refusal_leaves_the_key_to_a_mended_request(self):
        self.assertEqual(self.send(key="i", base="2021").status_code, 400)
        self.assertFalse(RepeatableRequest.objects.exists())
        mended = self.send(key="i", base="2021", edition="2030")
        self.assertWritten(mended, "created", "2030")

    def test_who_may_no_longer_import_is_not_given_the_answer_again(self):
        self.send(edition="2030", base="2021", dry_run="true", key="i")
        self.editor.groups.set(make_user("lector").groups.all())
        again = self.send(edition="2030", base="2021", dry_run="true", key="i")
        self.assertProblem(again, 403, "permission_denied")

    def test_a_discarded_draft_is_imported_anew(self):
        self.send(edition="2030", base="2021")
        draft = Edition.objects.get(label="2030")
        discard_edition(edition=draft, user=OPERATOR, reason="Otra vez")
        self.assertWritten(self.send(edition="2030", base="2021"), "created", "2030")

    def test_what_dies_in_the_middle_leaves_nothing(self):
        before = Change.objects.count()
        said = {"at": IMPORTS, "manual": "pruebas", "key": "i"}
        for step in ("write_document", "propose_from"):
            with (
                self.subTest(step),
                patch(f"exchange.services.{step}", side_effect=SystemExit),
                self.assertRaises(SystemExit),
            ):
                self.send(MANUAL, **said)
            self.assertFalse(Manual.objects.filter(slug="pruebas").exists())
            self.assertEqual(self.labels(), ["2021"])
            self.assertEqual(Change.objects.count(), before)
            self.assertFalse(RepeatableRequest.objects.exists())
        self.assertWritten(self.send(MANUAL, **said), "created", "2021")
