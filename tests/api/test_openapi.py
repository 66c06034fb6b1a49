"""The OpenAPI document: complete, committed, and true of the answers."""

import json
import re
import tempfile
from copy import deepcopy
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import SimpleTestCase
from jsonschema import Draft202012Validator, FormatChecker

from manual_org.api.formats.headers import LONGEST
from manual_org.api.v1.views.docs import document
from manuals.models import Chapter, Chart
from tests.api.support import (
    API,
    DRAFT,
    EDITION,
    DraftTestCase,
    StepTestCase,
    client_of,
)
from tests.factories import REASON

SNAPSHOT = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"
REFRESH = (
    "python manage.py spectacular --validate --fail-on-warn"
    " --format openapi-json --file docs/openapi.json"
)
METHODS = {"get", "post", "put", "patch", "delete"}


def operations():
    for path, item in document()["paths"].items():
        for method in METHODS & item.keys():
            yield path, method, item[method]


class DocumentTests(SimpleTestCase):
    def test_the_committed_snapshot_is_current_and_made_without_a_warning(self):
        with tempfile.TemporaryDirectory() as folder:
            made = Path(folder, "openapi.json")
            call_command(
                "spectacular",
                format="openapi-json",
                file=str(made),
                validate=True,
                fail_on_warn=True,
            )
            self.assertEqual(
                made.read_text(), SNAPSHOT.read_text(), f"Refresh it: {REFRESH}"
            )

    def test_is_of_openapi_3_1(self):
        self.assertEqual(document()["openapi"], "3.1.0")

    def test_every_operation_says_what_it_takes_and_answers(self):
        names = set()
        for path, method, operation in operations():
            with self.subTest(path=path, method=method):
                self.assertNotIn(operation["operationId"], names)
                names.add(operation["operationId"])
                self.assertTrue(operation["summary"])
                self.assertTrue(operation["tags"])
                for parameter in operation.get("parameters", ()):
                    self.assertTrue(parameter["description"], parameter)
                responses = operation["responses"]
                for status in ("400", "401", "404", "429", "500"):
                    self.assertIn(status, responses)
                conditional = "If-Match" in {
                    parameter["name"] for parameter in operation.get("parameters", ())
                }
                creates = "201" in responses
                many = path.endswith("/batch/")  # each operation has its own
                self.assertEqual(conditional, method != "get" and not (creates or many))
                self.assertEqual(conditional or many, "412" in responses)
                self.assertEqual(method == "post", "422" in responses)
                self.assertEqual("requestBody" in operation, "415" in responses)
        self.assertGreaterEqual(len(names), 30)

    def test_the_addresses_of_the_design_are_there(self):
        edition = f"{API}/manuals/{{slug}}/editions/{{label}}"
        self.assertLessEqual(
            {
                f"{API}/manuals/",
                f"{API}/manuals/{{slug}}/",
                f"{API}/manuals/{{slug}}/editions/",
                f"{edition}/",
                f"{edition}/chapters/",
                f"{edition}/chapters/{{number}}/",
                f"{edition}/units/",
                f"{edition}/units/{{code}}/",
                f"{edition}/units/{{code}}/subtree/",
                f"{edition}/tree/",
                f"{edition}/charts/",
                f"{API}/kinds/",
                f"{API}/manuals/{{slug}}/glossary/",
                f"{edition}/functions/",
                f"{edition}/batch/",
                f"{edition}/units/{{code}}/children/",
                f"{edition}/submit/",
                f"{edition}/send-back/",
                f"{edition}/authorise/",
                f"{edition}/withdraw/",
                f"{edition}/duplicate/",
                f"{edition}/readiness/",
                f"{edition}/transitions/",
                f"{edition}/notes/",
                f"{edition}/notes/{{key}}/",
                f"{API}/units/{{key}}/",
                f"{API}/functions/{{key}}/",
                f"{API}/search/",
                f"{API}/changes/",
                f"{API}/feed/",
                f"{API}/manuals/{{slug}}/feed/",
                f"{API}/manuals/{{slug}}/compare/{{old}}/{{new}}/",
                f"{API}/checks/rules/",
                f"{edition}/checks/",
                f"{edition}/doubts/",
                f"{API}/imports/",
                f"{API}/manuals/{{slug}}/imports/",
                f"{API}/units/{{key}}/successors/",
                f"{API}/functions/{{key}}/successors/",
                f"{edition}/units/{{code}}/successors/",
            },
            set(document()["paths"]),
        )

    def test_no_column_of_the_tree_or_id_of_the_database_is_named(self):
        models = {
            name: schema
            for name, schema in document()["components"]["schemas"].items()
            if not name.startswith("Webhook")  # events have ids
        }
        text = json.dumps([document()["paths"], models])
        for name in ("lft", "rght", "tree_id", '"level"', '"id"', '"pk"', "edition_id"):
            self.assertNotIn(name, text)

    def test_every_example_is_what_it_is_an_example_of(self):
        checked = 0
        for path, method, operation in operations():
            contents = [operation.get("requestBody", {}).get("content", {})]
            for response in operation["responses"].values():
                if "$ref" in response:
                    name = response["$ref"].rpartition("/")[2]
                    response = document()["components"]["responses"][name]
                contents.append(response.get("content", {}))
            for content in contents:
                for media in content.values():
                    examples = [
                        one["value"] for one in media.get("examples", {}).values()
                    ]
                    examples += [media["example"]] if "example" in media else []
                    for example in examples:
                        with self.subTest(path=path, method=method):
                            validator(media["schema"]).validate(example)
                            checked += 1
        self.assertGreater(checked, 20)


@cache
def closed_components() -> dict:
    """The document's components; they allow no other property."""
    components = deepcopy(document()["components"])
    for component in components["schemas"].values():
        if "properties" in component:
            component["additionalProperties"] = False
    return components


def validator(schema: dict) -> Draft202012Validator:
    """A validator of a schema of the document that allows no other property."""
    return Draft202012Validator(
        {**schema, "components": closed_components()}, format_checker=FormatChecker()
    )


class TrueToDocument:
    """For tests of whether an answer is what the document says, and nothing else."""

    def assertTrueToDocument(self, response):
        request = response.wsgi_request
        method = request.method.lower()
        found = []
        for path, item in document()["paths"].items():
            pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path))
            if re.fullmatch(pattern, request.path) and method in item:
                found.append(item[method])
        (operation,) = found
        answer = operation["responses"][str(response.status_code)]
        if "$ref" in answer:
            name = answer["$ref"].rpartition("/")[2]
            answer = document()["components"]["responses"][name]
        if "content" not in answer:
            self.assertEqual(response.content, b"")
            return
        media_type = response.headers["Content-Type"].partition(";")[0]
        is_json = media_type.endswith("json")
        for name in answer.get("headers", {}):
            if name == "Idempotent-Replayed":
                continue  # only where it is
            if name == "Link" and len(request.get_full_path()) > LONGEST:
                continue  # no header holds it
            if name != "Content-Disposition" or not is_json:
                self.assertIn(name, response.headers)
        content = response.json() if is_json else response.content.decode()
        validator(answer["content"][media_type]["schema"]).validate(content)


class TruthTests(TrueToDocument, DraftTestCase):
    """What is answered is what the document says, and nothing else."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        charts = Chapter.objects.create(
            edition=cls.edition, number=7, title="Organogramas", kind="charts", body="x"
        )
        Chart.objects.create(chapter=charts, position=1, number="7.1", title="Todo")

    def test_of_reading(self):
        base = EDITION.replace("2021", "2024")
        function = self.functions["second"].key
        for address in (
            f"{API}/manuals/",
            f"{API}/manuals/dir/",
            f"{API}/manuals/dir/editions/",
            f"{base}/",
            f"{base}/chapters/",
            f"{base}/chapters/7/",
            f"{base}/tree/",
            f"{base}/charts/",
            f"{API}/kinds/",
            f"{API}/manuals/dir/glossary/",
            f"{base}/units/?page_size=2&page=2",
            f"{base}/units/8.2/",
            f"{base}/units/8.2/subtree/",
            f"{base}/units/8.2/functions/",
            f"{base}/units/8.2/children/",
            f"{base}/functions/",
            f"{base}/functions/{function}/",
            f"{base}/functions/{self.functions['deep'].key}/",
            f"{API}/functions/{function}/?edition=2024",
            f"{API}/units/{self.units['8.2'].key}/?edition=2024",
            f"{base}/readiness/",
            f"{base}/transitions/",
            f"{base}/notes/",
            f"{base}/notes/{self.units['8.2'].key}/",
            f"{base}/units/?x=1",
            f"{base}/units/9.9/",
        ):
            with self.subTest(address=address):
                response = self.client.get(address)
                self.assertTrueToDocument(response)
                if response.status_code == 200:
                    again = self.client.get(
                        address, headers={"if-none-match": response.headers["ETag"]}
                    )
                    self.assertTrueToDocument(again)

    def test_of_writing(self):
        unit, function = self.unit_url("8.2"), self.function_url("first")
        units, functions = unit.replace("8.2/", ""), self.function_url("first")[:-37]
        new = {"name": "Nueva", "kind": "Coordinación", "parent_code": "8.2"}
        many = {"op": "create_function", "unit": {"code": "8.3"}, "text": "Nueva."}
        nobody = {"op": "delete_unit", "unit": {"code": "9.9"}}
        order = [str(self.units[code].key) for code in ("8.2.2", "8.2.1")]
        for method, address, body, of in (
            ("post", units, new, False),
            ("post", functions, {"text": "Nueva.", "unit_code": "8.2"}, False),
            ("put", f"{unit}children/", {"children": order}, f"{unit}children/"),
            ("put", f"{unit}children/", {"children": []}, f"{unit}children/"),
            ("post", f"{DRAFT}/batch/", {"operations": [many]}, False),
            ("post", f"{DRAFT}/batch/", {"operations": [many, nobody]}, False),
            ("post", f"{DRAFT}/batch/", {"operations": [{**nobody, "a": 1}]}, False),
            ("patch", unit, {"name": "Otra"}, unit),
            ("patch", unit, {"name": ""}, unit),
            ("patch", unit, {"name": "Otra"}, False),
            ("post", f"{unit}move/", {"position": 2}, unit),
            ("patch", function, {"text": "Otra."}, function),
            ("post", f"{function}move/", {"position": 2}, function),
            ("put", f"{unit}functions/", {"functions": []}, f"{unit}functions/"),
            ("delete", f"{unit}?reason=x", None, unit),
        ):
            with self.subTest(method=method, address=address, body=body):
                if body is not None:
                    body = {**body, "reason": REASON}
                if body and "functions" in body:  # the move gave the unit another code
                    address = of = f"{self.unit_url('8.3')}functions/"
                self.assertTrueToDocument(self.write(method, address, body, of=of))


class StepTruthTests(TrueToDocument, StepTestCase):
    """The same of an edition's life, refusals included."""

    def test_from_draft_to_withdrawn(self):
        effective = {"effective_from": "2024-04-01"}
        for step, person, body in (
            ("duplicate", self.editor, {"label": "2026"}),
            ("duplicate", self.editor, {"label": "2026"}),
            ("authorise", self.authoriser, effective),
            ("submit", self.revisor, {}),
            ("submit", self.editor, {}),
            ("send-back", self.revisor, {}),
            ("submit", self.editor, {}),
            ("authorise", self.authoriser, {}),
            ("authorise", self.authoriser, effective),
            ("withdraw", self.authoriser, {"withdrawn_on": "2025-01-01"}),
        ):
            with self.subTest(step=step, body=body):
                self.assertTrueToDocument(self.take(step, person, body))
                for path in ("readiness", "transitions"):
                    for user in (self.editor, None):
                        response = client_of(user).get(f"{DRAFT}/{path}/")
                        self.assertTrueToDocument(response)
        client = client_of(self.editor)
        copy = DRAFT.replace("2024", "2026")
        note = f"{copy}/notes/{self.units['8.2'].key}/"
        for method, address, body in (
            ("patch", f"{copy}/", {"document_number": "1", "reason": REASON}),
            ("patch", f"{copy}/", {"status": "authorised", "reason": REASON}),
            ("put", note, {"text": "Nueva ley."}),
            ("put", note, {}),
            ("delete", f"{note}?reason=x", None),
            ("delete", f"{note}?reason=x", None),
            ("delete", f"{copy}/", None),
            ("delete", f"{copy}/?reason=x", None),
        ):
            with self.subTest(method=method, address=address):
                seen = note if address.startswith(note) else f"{copy}/"
                headers = {"if-match": self.etag(client, seen)}
                response = getattr(client, method)(address, body, headers=headers)
                self.assertTrueToDocument(response)


class PageTests(SimpleTestCase):
    """The document and its page are served from local files."""

    def test_the_document_is_served_as_such(self):
        response = self.client.get(f"{API}/schema/")
        self.assertEqual(
            response.headers["Content-Type"], "application/vnd.oai.openapi+json"
        )
        self.assertEqual(response.json(), json.loads(SNAPSHOT.read_text()))
        response = self.client.get(
            f"{API}/schema/", headers={"accept": "application/json"}
        )
        self.assertEqual(response.headers["Content-Type"], "application/json")

    def test_the_page_has_nothing_inline_and_nothing_from_another_host(self):
        page = self.client.get(f"{API}/docs/").content.decode()
        self.assertNotIn("<style", page)
        self.assertNotRegex(page, r"<script(?![^>]* src=)")
        self.assertNotRegex(page, r"\son\w+=|\sstyle=")
        addresses = re.findall(r'(?:src|href)="([^"]*)"', page)
        self.assertEqual(len(addresses), 6)
        for address in addresses:
            self.assertTrue(address.startswith("/") and address[1] != "/", address)
            if address.startswith("/static/"):
                self.assertIsNotNone(finders.find(address.removeprefix("/static/")))
            else:
                response = self.client.get(address)
                self.assertEqual(response.status_code, 200, address)

    def test_the_script_of_the_page_reads_the_document_served_here(self):
        response = self.client.get(f"{API}/docs/?script=")
        self.assertEqual(response.headers["Content-Type"], "application/javascript")
        self.assertIn("/api/v1/schema/", response.content.decode())
        self.assertNotIn("http://", response.content.decode())
