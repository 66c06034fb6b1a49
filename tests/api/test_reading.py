"""Every address that reads, and what it says."""

import datetime

from django.test import override_settings

from manuals.models import Chapter, Chart, Source
from tests.api.support import API, EDITION, ApiTestCase, client_of, make_small_manual
from tests.factories import (
    ManualFactory,
    authorise,
    make_edition,
    make_kind,
    make_user,
)
from units.models import Unit
from units.services import change_unit

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
            {name: f"{SITE}{API}/{name}/" for name in ("manuals", "schema", "docs")},
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
                    if name not in ("sources", "chapters")
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


class WhichEditionTests(ApiTestCase):
    """2017 (until 3 March 2021), 2021 (in force), 2024 (a draft); one key in all."""

    @classmethod
    def setUpTestData(cls):
        old, units, functions = make_small_manual("2017")
        cls.unit, cls.function = units["8.2"], functions["first"]
        cls.gone = units["8.3"]
        authorise(old, datetime.date(2017, 12, 16))
        for label in ("2021", "2024"):
            edition = make_edition(label)
            root = Unit(
                edition=edition, name="Coordinación", kind=cls.unit.kind, code="7.1"
            )
            root.save()
            cls.copied = Unit(
                edition=edition,
                parent=root,
                name=f"Coordinación {label}",
                kind=cls.unit.kind,
                code="7.2",
                key=cls.unit.key,
            )
            cls.copied.save()
            if label == "2021":
                authorise(edition, datetime.date(2021, 3, 4))
        cls.by_key = f"{API}/units/{cls.unit.key}/"

    def label(self, address, client=None):
        response = (client or self.client).get(address)
        self.assertEqual(response.status_code, 200, response.content)
        return response.json()["edition"]["label"]

    def test_current_is_the_edition_in_force_today_or_on_a_day(self):
        current = f"{API}/manuals/dir/editions/current"
        self.assertEqual(self.label(f"{current}/"), "2021")
        self.assertEqual(self.label(f"{current}/?on=2021-03-03"), "2017")
        self.assertEqual(self.label(f"{current}/?on=2021-03-04"), "2021")
        self.assertEqual(self.label(f"{current}/units/8.2/?on=2018-01-01"), "2017")
        self.assertProblem(
            self.client.get(f"{current}/?on=2017-12-15"), 404, "not_found"
        )

    def test_a_day_goes_with_current_only(self):
        response = self.client.get(f"{EDITION}/?on=2021-03-04")
        body = self.assertProblem(response, 400, "invalid_query")
        self.assertPointers(body, {("on", "only_with_current")})

    def test_a_key_is_looked_up_today_or_as_the_query_says(self):
        self.assertEqual(self.label(self.by_key), "2021")
        self.assertEqual(self.label(f"{self.by_key}?on=2020-01-01"), "2017")
        self.assertEqual(self.label(f"{self.by_key}?edition=2017"), "2017")
        self.assertEqual(self.label(f"{self.by_key}?edition=current"), "2021")
        self.assertEqual(self.label(f"{self.by_key}?manual=dir"), "2021")

    def test_a_key_that_is_gone_leads_to_the_last_edition_that_had_it(self):
        self.assertEqual(self.label(f"{API}/units/{self.gone.key}/"), "2017")
        self.assertEqual(self.label(f"{API}/functions/{self.function.key}/"), "2017")
        for query in ("?edition=current", "?on=2022-01-01", "?edition=2021"):
            self.assertProblem(
                self.client.get(f"{API}/units/{self.gone.key}/{query}"),
                404,
                "not_found",
            )

    def test_a_draft_is_looked_up_when_named_by_who_may_read_it(self):
        address = f"{self.by_key}?edition=2024"
        self.assertProblem(self.client.get(address), 404, "not_found")
        self.assertEqual(self.label(address, client_of(make_user("lector"))), "2024")
        self.assertEqual(
            self.label(self.by_key, client_of(make_user("lector"))), "2021"
        )

    def test_a_key_in_several_manuals_asks_for_the_manual(self):

        other = make_edition("2021", manual=ManualFactory(slug="otro", title="Otro"))
        Unit(
            edition=other,
            name="Coordinación",
            kind=self.unit.kind,
            code="8.1",
            key=self.unit.key,
        ).save()
        authorise(other)
        body = self.assertProblem(self.client.get(self.by_key), 400, "invalid_query")
        self.assertPointers(body, {("manual", "required")})
        answer = self.client.get(f"{self.by_key}?manual=otro").json()
        self.assertEqual(answer["edition"]["manual"], "otro")

    def test_a_change_of_an_edition_is_seen_at_once(self):
        reader = client_of(make_user("lector"))
        address = f"{API}/manuals/dir/editions/2024/units/7.2/"
        before = reader.get(address)
        change_unit(
            unit=self.copied, name="Otra", user=make_user("editor"), reason="Prueba"
        )
        after = reader.get(address)
        self.assertEqual(after.json()["name"], "Otra")
        self.assertNotEqual(before.headers["ETag"], after.headers["ETag"])


class VisibilityTests(ApiTestCase):
    """Drafts exist only for people with a role; a setting closes the rest."""

    @classmethod
    def setUpTestData(cls):
        cls.draft, cls.units, cls.functions = make_small_manual("2024")
        cls.people = {
            role: make_user(role)
            for role in ("lector", "editor", "revisor", "autorizador", "superuser")
        }
        cls.nobody = make_user()

    def addresses(self, edition):
        function = self.functions["first"].key
        for path in (
            "",
            "chapters/",
            "tree/",
            "units/",
            "units/8.2/",
            "units/8.2/subtree/",
            "units/8.2/functions/",
            "functions/",
            f"functions/{function}/",
        ):
            yield f"{API}/manuals/dir/editions/{edition}/{path}"
        yield f"{API}/units/{self.units['8.2'].key}/?edition={edition}"
        yield f"{API}/functions/{function}/?edition={edition}"
        yield f"{API}/manuals/dir/"
        yield f"{API}/manuals/dir/editions/"

    def test_a_draft_does_not_exist_for_people_without_a_role(self):
        for person in (None, self.nobody):
            for address in self.addresses("2024"):
                with self.subTest(person=person, address=address):
                    response = client_of(person).get(address)
                    self.assertProblem(response, 404, "not_found")
            self.assertEqual(
                client_of(person).get(f"{API}/manuals/").json()["count"], 0
            )

    def test_a_draft_and_one_that_does_not_exist_are_refused_alike(self):
        hidden = self.client.get(f"{API}/manuals/dir/editions/2024/units/8.2/")
        absent = self.client.get(f"{API}/manuals/dir/editions/2030/units/8.2/")
        self.assertEqual(hidden.content, absent.content)

    def test_people_with_a_role_read_drafts(self):
        for role, person in self.people.items():
            for address in self.addresses("2024"):
                with self.subTest(role=role, address=address):
                    response = client_of(person).get(address)
                    self.assertEqual(response.status_code, 200, response.content)

    def test_everybody_reads_authorised_editions(self):
        authorise(self.draft)
        for person in (None, self.nobody, self.people["lector"]):
            for address in self.addresses("2024"):
                with self.subTest(person=person, address=address):
                    response = client_of(person).get(address)
                    self.assertEqual(response.status_code, 200, response.content)

    @override_settings(PUBLIC_READING=False)
    def test_a_closed_installation_asks_who_reads(self):
        authorise(self.draft)
        for address in self.addresses("2024"):
            with self.subTest(address=address):
                response = self.client.get(address)
                self.assertProblem(response, 401, "not_authenticated")
                self.assertEqual(response.headers["WWW-Authenticate"], "Token")
                response = client_of(self.nobody).get(address)
                self.assertEqual(response.status_code, 200, response.content)
                self.assertIn("private", response.headers["Cache-Control"])
