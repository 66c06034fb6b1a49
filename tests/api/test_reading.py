"""Every address that reads, and what it says."""

import datetime

from manuals.models import Chapter, Chart, Source
from tests.api.support import API, EDITION, ApiTestCase, client_of, make_small_manual
from tests.factories import (
    authorise,
    make_edition,
    make_kind,
    make_user,
)
from units.models import Unit

STAMP = {
    "manual": "dir",
    "label": "2021",
    "status": "authorised",
    "effective_from": "2021-03-04",
    "effective_to": None,
}
SITE = "http://testserver"


class ReadingTests(ApiTestCase):
    # 8.1
    # ├── 8.2  two functions, the second with an item and an item of that
    # │   ├── 8.2.1
    # │   └── 8.2.2
    # └── 8.3  one function
    @classmethod
    def setUpTestData(cls):
        cls.edition, cls.units, cls.functions = make_small_manual("2021")
        Source.objects.create(edition=cls.edition, name="dir.txt", sha256="ab" * 32)
        Chapter.objects.create(
            edition=cls.edition, number=1, title="Introducción", body="Uno.\n\n- Dos"
        )
        charts = Chapter.objects.create(
            edition=cls.edition, number=7, title="Organogramas", kind="charts"
        )
        Chart.objects.create(
            chapter=charts,
            position=1,
            number="7.1",
            title="Dirección",
            unit_key=cls.units["8.1"].key,
            effective_from=datetime.date(2017, 12, 16),
        )
        authorise(cls.edition)

    def get(self, address):
        response = self.client.get(address)
        self.assertEqual(response.status_code, 200, response.content)
        self.assertEqual(response.headers["Content-Type"], "application/json")
        return response.json()

    def test_root_says_where_to_begin(self):
        self.assertEqual(
            self.get(f"{API}/"),
            {
                name: f"{SITE}{API}/{name}/"
                for name in (
                    "manuals",
                    "kinds",
                    "search",
                    "changes",
                    "feed",
                    "guide",
                    "schema",
                    "docs",
                )
            },
        )

    def test_manuals_name_the_edition_in_force(self):
        manual = {
            "slug": "dir",
            "title": "Manual de Organización de la Dirección de Pruebas",
            "acronym": "DIR",
            "institution": "Instituto de Pruebas",
            "registration_key": None,
            "notice": None,
            "current_edition": STAMP,
            "url": f"{SITE}{API}/manuals/dir/",
            "html_url": f"{SITE}/manuales/dir/",
            "editions_url": f"{SITE}{API}/manuals/dir/editions/",
            "changes_url": f"{SITE}{API}/changes/?manual=dir",
        }
        self.assertEqual(self.get(f"{API}/manuals/dir/"), manual)
        self.assertEqual(
            self.get(f"{API}/manuals/"),
            {"count": 1, "next": None, "previous": None, "results": [manual]},
        )

    def test_editions_carry_the_data_of_their_authorisation(self):
        listed = self.get(f"{API}/manuals/dir/editions/")
        edition = self.get(f"{EDITION}/")
        self.assertEqual(listed["count"], 1)
        self.assertEqual(edition["edition"], STAMP)
        self.assertIs(edition["in_force"], True)
        self.assertEqual(edition["authorised_by"], "Ana Pérez")
        self.assertEqual(edition["document_number"], "09/001/2021")
        self.assertEqual(edition["functions_chapter"], 8)
        self.assertEqual(edition["units_url"], f"{SITE}{EDITION}/units/")
        self.assertEqual(edition["functions_url"], f"{SITE}{EDITION}/functions/")
        self.assertIsNone(edition["reviewed_by"])
        self.assertEqual(edition["sources"], [{"name": "dir.txt", "sha256": "ab" * 32}])
        self.assertEqual(
            [(one["number"], one["kind"]) for one in edition["chapters"]],
            [(1, "text"), (7, "charts")],
        )
        self.assertEqual(
            listed["results"],
            [
                {
                    name: value
                    for name, value in edition.items()
                    if name not in ("status_since", "sources", "chapters")
                }
            ],
        )

    def test_chapters_come_by_number_and_one_comes_with_blocks_and_charts(self):
        listed = self.get(f"{EDITION}/chapters/")
        self.assertEqual(listed["edition"], STAMP)
        self.assertEqual([one["number"] for one in listed["results"]], [1, 7])
        first = self.get(f"{EDITION}/chapters/1/")
        self.assertEqual(first["body"], "Uno.\n\n- Dos")
        self.assertEqual(
            [(one["number"], one["kind"], one["text"]) for one in first["blocks"]],
            [(1, "paragraph", "Uno."), (2, "item", "Dos")],
        )
        self.assertEqual(first["charts"], [])
        charts = self.get(f"{EDITION}/chapters/7/")["charts"]
        self.assertEqual(
            charts,
            [
                {
                    "number": "7.1",
                    "title": "Dirección",
                    "unit_key": str(self.units["8.1"].key),
                    "effective_from": "2017-12-16",
                }
            ],
        )

    def test_units_come_flat_in_reading_order(self):
        listed = self.get(f"{EDITION}/units/")
        self.assertEqual(listed["edition"], STAMP)
        self.assertEqual(
            [(one["code"], one["parent_code"]) for one in listed["results"]],
            [
                ("8.1", None),
                ("8.2", "8.1"),
                ("8.2.1", "8.2"),
                ("8.2.2", "8.2"),
                ("8.3", "8.1"),
            ],
        )
        self.assertNotIn("functions", listed["results"][0])

    def test_a_unit_comes_with_its_functions_and_their_items(self):
        key = {name: str(one.key) for name, one in self.functions.items()}
        unit = self.get(f"{EDITION}/units/8.2/")
        self.assertEqual(
            unit,
            {
                "edition": STAMP,
                "key": str(self.units["8.2"].key),
                "code": "8.2",
                "printed_code": None,
                "printed_page": None,
                "name": "Coordinación 8.2",
                "kind": "Coordinación",
                "positions": [],
                "parent_code": "8.1",
                "objective": None,
                "functions": [
                    {
                        "key": key["first"],
                        "number": 1,
                        "text": "Planear los programas.",
                        "items": [],
                    },
                    {
                        "key": key["second"],
                        "number": 2,
                        "text": "Coordinar, entre otras:",
                        "items": [
                            {
                                "key": key["item"],
                                "label": "a",
                                "text": "las visitas;",
                                "items": [
                                    {
                                        "key": key["deep"],
                                        "label": "i",
                                        "text": "a domicilio.",
                                        "items": [],
                                    }
                                ],
                            }
                        ],
                    },
                ],
                "url": f"{SITE}{EDITION}/units/8.2/",
                "html_url": f"{SITE}/manuales/dir/2021/8.2/",
            },
        )
        functions = self.get(f"{EDITION}/units/8.2/functions/")
        self.assertEqual(functions["functions"], unit["functions"])

    def test_tree_and_subtree_are_nested(self):
        def shape(node):
            return [node["code"], *map(shape, node["children"])]

        tree = self.get(f"{EDITION}/tree/")
        self.assertEqual(tree["edition"], STAMP)
        self.assertEqual(
            shape(tree["root"]), ["8.1", ["8.2", ["8.2.1"], ["8.2.2"]], ["8.3"]]
        )
        subtree = self.get(f"{EDITION}/units/8.2/subtree/")
        self.assertEqual(subtree["root"], tree["root"]["children"][0])

    def test_functions_come_in_reading_order_with_their_unit(self):
        listed = self.get(f"{EDITION}/functions/")
        self.assertEqual(listed["count"], 3)
        self.assertEqual(
            [(one["unit_code"], one["number"]) for one in listed["results"]],
            [("8.2", 1), ("8.2", 2), ("8.3", 1)],
        )
        self.assertEqual(len(listed["results"][1]["items"]), 1)
        self.assertEqual(
            listed["results"][1]["html_url"], f"{SITE}/manuales/dir/2021/8.2/#f2"
        )

    def test_a_function_and_an_item_of_any_level_have_an_address(self):
        function = self.get(f"{EDITION}/functions/{self.functions['second'].key}/")
        self.assertEqual((function["number"], function["label"]), (2, "2"))
        self.assertIsNone(function["parent_key"])
        deep = self.get(f"{EDITION}/functions/{self.functions['deep'].key}/")
        self.assertEqual(deep["edition"], STAMP)
        self.assertEqual((deep["number"], deep["label"]), (None, "i"))
        self.assertEqual(deep["parent_key"], str(self.functions["item"].key))
        self.assertEqual(deep["unit_code"], "8.2")
        self.assertEqual(deep["html_url"], f"{SITE}/manuales/dir/2021/8.2/#f2-a-i")

    def test_keys_lead_to_the_same_answers_as_codes(self):
        unit, function = self.units["8.2"].key, self.functions["item"].key
        for by_key, canonical in (
            (f"{API}/units/{unit}/", f"{EDITION}/units/8.2/"),
            (f"{API}/units/{str(unit).upper()}/", f"{EDITION}/units/8.2/"),
            (f"{API}/functions/{function}/", f"{EDITION}/functions/{function}/"),
        ):
            found, expected = self.client.get(by_key), self.client.get(canonical)
            self.assertEqual(found.content, expected.content)
            self.assertEqual(found.headers["ETag"], expected.headers["ETag"])

    def test_every_address_in_an_answer_leads_somewhere(self):
        def addresses(value):
            if isinstance(value, dict):
                for name, inner in value.items():
                    if name in ("url", "html_url"):
                        yield inner
                    yield from addresses(inner)
            elif isinstance(value, list):
                for inner in value:
                    yield from addresses(inner)

        found = set()
        for path in ("", "tree/", "units/", "functions/", "chapters/7/", "units/8.2/"):
            found |= set(addresses(self.get(f"{EDITION}/{path}")))
        found |= set(addresses(self.get(f"{API}/manuals/")))
        self.assertGreater(len(found), 20)
        for address in found:
            path = address.removeprefix(SITE).partition("#")[0]
            self.assertIn(self.client.get(path).status_code, (200, 302), path)

    def test_database_ids_and_tree_columns_are_in_no_answer(self):
        def names(value):
            if isinstance(value, dict):
                for name, inner in value.items():
                    yield name
                    yield from names(inner)
            elif isinstance(value, list):
                for inner in value:
                    yield from names(inner)

        hidden = {"id", "pk", "lft", "rght", "level", "tree_id", "position"}
        for path in ("", "tree/", "units/", "functions/", "chapters/1/", "units/8.2/"):
            shown = set(names(self.get(f"{EDITION}/{path}")))
            self.assertEqual(shown & hidden, set(), path)

    def test_answers_to_head_have_the_headers_of_get(self):
        address = f"{EDITION}/units/8.2/"
        head, get = self.client.head(address), self.client.get(address)
        self.assertEqual(head.content, b"")
        self.assertEqual(head.headers["ETag"], get.headers["ETag"])
        self.assertEqual(head.headers["Content-Length"], get.headers["Content-Length"])

    def test_options_names_the_methods(self):
        response = self.client.options(f"{EDITION}/units/8.2/")
        self.assertEqual(response.status_code, 204)
        self.assertIn("PATCH", response.headers["Allow"])

    def test_options_has_nothing_to_give_in_a_form(self):
        for form in ("json", "csv"):
            response = self.client.options(f"{EDITION}/units/?format={form}")
            self.assertEqual((response.status_code, response.content), (204, b""))

    def test_codes_of_any_form_have_an_address(self):
        edition = make_edition("raro")
        kind = make_kind()
        for code in ("8.1.", "ñ 1", "%41", "a&b?c#d"):
            Unit.objects.filter(edition=edition).delete()
            unit = Unit(edition=edition, name="Coordinación", kind=kind, code=code)
            unit.save()
            reader = client_of(make_user("lector"))
            listed = reader.get(f"{API}/manuals/dir/editions/raro/units/").json()
            url = listed["results"][0]["url"].removeprefix(SITE)
            self.assertEqual(reader.get(url).json()["code"], code)
