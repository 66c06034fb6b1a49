"""``changed_since``: what is new or different against another edition, by key."""

from datetime import date

from exchange.services import duplicate_edition
from functions.models import Function
from functions.services import change_function, delete_function, move_function
from manuals import cache
from tests.api.support import API, EDITION, ApiTestCase, client_of, make_small_manual
from tests.api.test_openapi import TrueToDocument
from tests.factories import REASON, authorise, make_edition, make_function, make_user
from units.models import Unit
from units.services import change_unit, create_unit, move_unit

NEW = f"{API}/manuals/dir/editions/2024"


class ChangedSinceTests(TrueToDocument, ApiTestCase):
    # 2021             2024
    # 8.1              8.1
    # ├── 8.2          ├── 8.2  its second function reworded in a third level item
    # │   ├── 8.2.1    │   ├── 8.2.1  new
    # │   └── 8.2.2    │   └── 8.2.2  (was 8.2.1) renumbered only
    # └── 8.3          └── 8.3  renamed; has 8.3.1 (was 8.2.2) and its functions
    #     one function
    @classmethod
    def setUpTestData(cls):
        old, cls.units, cls.functions = make_small_manual("2021")
        make_function(cls.units["8.2.2"], "Archivar.")
        cls.moving = make_function(cls.units["8.2.2"], "Custodiar.")
        authorise(old, date(2021, 3, 4))
        make_edition("2019")
        cls.editor = said = make_user("editor")
        cls.said = said = {"user": cls.editor, "reason": REASON}
        cls.edition = duplicate_edition(edition=old, label="2024", **said)

        def unit(code):
            return Unit.objects.get(edition=cls.edition, key=cls.units[code].key)

        def function(key):
            return Function.objects.get(edition=cls.edition, key=key)

        create_unit(
            edition=cls.edition,
            parent=unit("8.2"),
            name="Coordinación Nueva",
            kind=cls.units["8.2"].kind,
            position=1,
            **said,
        )
        move_unit(unit=unit("8.2.2"), target=unit("8.3"), **said)
        change_unit(unit=unit("8.3"), name="Coordinación de Otra", **said)
        deep = function(cls.functions["deep"].key)
        change_function(function=deep, text="en oficinas.", **said)
        move_function(
            function=function(cls.moving.key), unit=unit("8.3"), position=1, **said
        )

    def setUp(self):
        cache.clear()
        self.client = client_of(self.editor)

    def read(self, path):
        response = self.client.get(f"{NEW}/{path}")
        self.assertEqual(response.status_code, 200, response.content)
        self.assertTrueToDocument(response)
        return response.json()["results"]

    def units_changed(self, query=""):
        results = self.read(f"units/?changed_since=2021{query}")
        return {one["code"]: one["changes"] for one in results}

    def functions_changed(self, query=""):
        results = self.read(f"functions/?changed_since=2021{query}")
        return {one["text"]: one["changes"] for one in results}

    expected_units = {
        "8.2": ["functions"],
        "8.2.1": ["new"],
        "8.3": ["reworded", "functions"],
        "8.3.1": ["moved", "functions", "renumbered"],
    }
    expected_functions = {
        "Coordinar, entre otras:": ["reworded"],
        "Custodiar.": ["moved"],
    }

    def test_units(self):
        self.assertEqual(self.units_changed(), self.expected_units)

    def test_functions(self):
        self.assertEqual(self.functions_changed(), self.expected_functions)

    def test_what_is_renumbered_only_counts_when_asked_for(self):
        self.assertEqual(
            self.units_changed("&change=renumbered"),
            {
                "8.2.2": ["renumbered"],
                "8.3.1": ["moved", "functions", "renumbered"],
            },
        )
        self.assertEqual(
            self.functions_changed("&change=renumbered"),
            {"Evaluar los resultados.": ["renumbered"]},
        )

    def test_some_changes_only(self):
        self.assertEqual(self.units_changed("&change=new").keys(), {"8.2.1"})
        self.assertEqual(
            self.units_changed("&change=new,moved").keys(), {"8.2.1", "8.3.1"}
        )
        self.assertEqual(self.functions_changed("&change=new"), {})

    def test_beside_other_filters_fields_and_cursors(self):
        self.assertEqual(self.units_changed("&under=8.3&depth=2").keys(), {"8.3.1"})
        self.assertEqual(
            self.functions_changed("&text=custodiar&cursor=").keys(), {"Custodiar."}
        )
        (one,) = self.read("functions/?changed_since=2021&unit=8.3&fields=number")
        self.assertEqual(one.keys(), {"number", "url", "changes"})

    def test_an_item_made_a_function_moved(self):
        function = Function.objects.get(
            edition=self.edition, key=self.functions["item"].key
        )
        move_function(
            function=function, unit=function.unit, parent=None, position=1, **self.said
        )
        self.assertEqual(self.functions_changed()["las visitas;"], ["moved"])

    def test_a_deleted_function_is_a_change_of_its_unit(self):
        function = Function.objects.get(
            edition=self.edition, key=self.functions["other"].key
        )
        Function.objects.filter(key=self.moving.key, edition=self.edition).delete()
        delete_function(function=function, **self.said)
        self.assertEqual(self.units_changed()["8.3"], ["reworded", "functions"])

    def test_nothing_changed_since_the_edition_itself(self):
        self.assertEqual(self.read("units/?changed_since=2024"), [])
        self.assertEqual(self.read("functions/?changed_since=2024"), [])

    def test_says_the_same_of_editions_that_are_kept(self):
        authorise(self.edition, date(2024, 1, 1))
        for _again in range(2):
            self.assertEqual(self.units_changed(), self.expected_units)
            self.assertEqual(self.functions_changed(), self.expected_functions)

    def test_the_other_edition_must_be_there_and_readable(self):
        for user, address, code in (
            (self.editor, f"{NEW}/units/?changed_since=1999", "unknown_edition"),
            (None, f"{EDITION}/units/?changed_since=2024", "unknown_edition"),
            (None, f"{EDITION}/functions/?changed_since=2019", "unknown_edition"),
        ):
            response = client_of(user).get(address)
            body = self.assertProblem(response, 400, "invalid_query")
            self.assertPointers(body, {("changed_since", code)})

    def test_change_without_an_edition_is_refused(self):
        response = self.client.get(f"{NEW}/units/?change=new")
        body = self.assertProblem(response, 400, "invalid_query")
        self.assertPointers(body, {("change", "only_with_changed_since")})
