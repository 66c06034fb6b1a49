"""Parts of answers and what is added to them: ``fields`` and ``expand``."""

from manual_org.api.selecting import PARTIAL
from tests.api.support import API, DRAFT, DraftTestCase
from tests.api.test_openapi import TrueToDocument
from tests.factories import REASON


class SelectingTests(TrueToDocument, DraftTestCase):
    """8.1 > (8.2 > (8.2.1, 8.2.2), 8.3); 8.2 has two functions, 8.3 one."""

    def read(self, address, content_type="application/json"):
        response = self.client.get(address)
        self.assertEqual(response.status_code, 200, response.content)
        self.assertEqual(response.headers["Content-Type"], content_type)
        self.assertTrueToDocument(response)
        return response.json()

    def part(self, address):
        return self.read(address, PARTIAL)

    def assertRefused(self, address, *expected):
        body = self.assertProblem(self.client.get(address), 400, "invalid_query")
        self.assertPointers(body, set(expected))

    def addresses(self):
        function, unit = self.functions["item"].key, self.units["8.2"].key
        return (
            (f"{API}/manuals/?", "slug"),
            (f"{API}/manuals/dir/?", "slug"),
            (f"{API}/manuals/dir/editions/?", "in_force"),
            (f"{DRAFT}/?", "chapters"),
            (f"{DRAFT}/chapters/?", "title"),
            (f"{DRAFT}/units/?", "code"),
            (f"{DRAFT}/units/8.2/?", "functions"),
            (f"{DRAFT}/functions/?", "items"),
            (f"{DRAFT}/functions/{function}/?", "label"),
            (f"{API}/units/{unit}/?edition=2024&", "name"),
            (f"{API}/functions/{function}/?edition=2024&", "text"),
        )

    def test_fields_leaves_only_what_is_asked_and_what_says_of_what(self):
        for address, name in self.addresses():
            with self.subTest(address=address):
                whole = self.read(address)
                part = self.part(f"{address}fields={name}")
                if "results" in whole:
                    self.assertEqual(part.keys(), whole.keys())
                    whole, part = whole["results"][:1], part["results"][:1]
                else:
                    whole, part = [whole], [part]
                for one, all_of_it in zip(part, whole, strict=True):
                    always = {"url", "edition"} & all_of_it.keys()
                    self.assertEqual(one.keys(), {name, *always})
                    self.assertEqual(one, {key: all_of_it[key] for key in one})

    def test_a_name_that_is_no_field_is_refused(self):
        for address, _name in self.addresses():
            with self.subTest(address=address):
                self.assertRefused(f"{address}fields=lft", ("fields", "unknown"))
                self.assertRefused(f"{address}fields=", ("fields", "invalid"))

    def test_a_part_has_an_etag_of_its_own_that_names_no_version_to_change(self):
        address = self.unit_url("8.2")
        etags = {
            self.etag(self.client, f"{address}{query}")
            for query in (
                "",
                "?fields=name",
                "?expand=parent",
                "?fields=key,code,printed_code,printed_page,name,kind,positions,"
                "parent_code,objective,functions,url,html_url",
            )
        }
        self.assertEqual(len(etags), 4)
        etags.remove(self.etag(self.client, address))
        body = {"name": "Otra", "reason": REASON}
        for etag in etags:
            headers = {"if-match": etag}
            response = self.client.patch(address, body, headers=headers)
            self.assertProblem(response, 412, "stale")

    def test_an_unchanged_part_is_not_sent_again(self):
        address = f"{DRAFT}/units/?fields=name"
        headers = {"if-none-match": self.etag(self.client, address)}
        response = self.client.get(address, headers=headers)
        self.assertEqual((response.status_code, response.content), (304, b""))

    def test_a_unit_is_expanded_with_what_stands_around_it(self):
        unit = self.read(self.unit_url("8.2") + "?expand=parent,chain,children")
        self.assertEqual(unit["parent"]["code"], "8.1")
        self.assertEqual(unit["parent"]["key"], str(self.units["8.1"].key))
        self.assertEqual([one["code"] for one in unit["chain"]], ["8.1"])
        children = [one["code"] for one in unit["children"]]
        self.assertEqual(children, ["8.2.1", "8.2.2"])
        root = self.read(self.unit_url("8.1") + "?expand=parent,chain")
        self.assertEqual((root["parent"], root["chain"]), (None, []))
        self.assertNotIn("children", root)

    def test_units_are_expanded_as_their_own_answers_are(self):
        expand = "expand=functions,parent,chain,children"
        for listed in self.read(f"{DRAFT}/units/?{expand}")["results"]:
            own = self.unit_url(listed["code"]) + "?expand=parent,chain,children"
            own = self.read(own)
            del own["edition"]
            self.assertEqual(listed, own)

    def test_functions_are_expanded_with_their_unit(self):
        for one in self.read(f"{DRAFT}/functions/?expand=unit")["results"]:
            unit = self.read(f"{DRAFT}/units/{one['unit_code']}/")
            named = {name: unit[name] for name in ("key", "code", "name", "kind")}
            self.assertEqual(one["unit"], {**named, "url": unit["url"]})
            own = self.read(f"{DRAFT}/functions/{one['key']}/?expand=unit")
            self.assertEqual(own["unit"], one["unit"])

    def test_an_edition_is_expanded_with_its_tree(self):
        tree = self.read(f"{DRAFT}/tree/")["root"]
        self.assertEqual(self.read(f"{DRAFT}/?expand=tree")["tree"], tree)

    def test_what_is_expanded_stays_beside_the_fields(self):
        unit = self.part(self.unit_url("8.2") + "?fields=code&expand=parent")
        self.assertEqual(unit.keys(), {"edition", "code", "url", "parent"})

    def test_each_address_expands_what_it_says(self):
        for address, name in (
            (f"{DRAFT}/units/8.2/", "functions"),
            (f"{DRAFT}/functions/", "parent"),
            (f"{DRAFT}/", "units"),
            (f"{API}/manuals/", "tree"),
        ):
            self.assertRefused(f"{address}?expand={name}", ("expand", "unknown"))
        self.assertRefused(
            f"{DRAFT}/chapters/?expand=body", ("expand", "unknown_parameter")
        )

    def test_other_forms_are_whole(self):
        self.assertRefused(
            f"{DRAFT}/units/?format=csv&fields=code&expand=parent",
            ("fields", "only_json"),
            ("expand", "only_json"),
        )
