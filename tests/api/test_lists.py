"""Filters, pages and their bounds: what is not understood is refused, never guessed."""

from tests.api.support import API, EDITION, ApiTestCase, make_small_manual
from tests.factories import authorise, make_function, make_kind, make_unit


class ListTests(ApiTestCase):
    # 8.1
    # ├── 8.2  two functions
    # │   ├── 8.2.1
    # │   └── 8.2.2  a División with 25 functions
    # └── 8.3  one function
    @classmethod
    def setUpTestData(cls):
        edition, units, _functions = make_small_manual("2021", "8.1 8.2 8.2.1 8.3")
        division = make_unit(
            units["8.2"], name="División de Padrones", kind=make_kind("División")
        )
        cls.texts = [f"Función {number}." for number in range(1, 26)]
        for text in cls.texts:
            make_function(division, text)
        authorise(edition)

    def codes(self, query):
        response = self.client.get(f"{EDITION}/units/?{query}")
        self.assertEqual(response.status_code, 200, response.content)
        return [unit["code"] for unit in response.json()["results"]]

    def functions(self, query):
        response = self.client.get(f"{EDITION}/functions/?{query}")
        self.assertEqual(response.status_code, 200, response.content)
        body = response.json()
        return body["count"], [
            (one["unit_code"], one["number"]) for one in body["results"]
        ]

    def assertRefused(self, address, *expected):
        body = self.assertProblem(self.client.get(address), 400, "invalid_query")
        self.assertPointers(body, set(expected))

    def test_units_by_kind_and_below_a_unit(self):
        self.assertEqual(self.codes("kind=División"), ["8.2.2"])
        self.assertEqual(self.codes("under=8.2"), ["8.2", "8.2.1", "8.2.2"])
        self.assertEqual(self.codes("under=8.2&kind=Coordinación"), ["8.2", "8.2.1"])
        self.assertEqual(self.codes("under=8.3&kind=División"), [])
        self.assertEqual(self.codes("kind=división"), [])

    def test_functions_of_a_unit_and_below_a_unit(self):
        self.assertEqual(self.functions("unit=8.2"), (2, [("8.2", 1), ("8.2", 2)]))
        self.assertEqual(self.functions("under=8.2&page_size=1")[0], 27)
        self.assertEqual(self.functions("under=8.2&unit=8.3"), (0, []))
        self.assertEqual(self.functions("unit=8.1"), (0, []))

    def test_pages_of_functions_join_to_the_whole_list(self):
        whole = self.functions("page_size=100")[1]
        self.assertEqual(len(whole), 28)
        for size in (1, 2, 3, 7, 20, 27, 28):
            joined, page = [], 1
            while len(joined) < 28:
                found = self.functions(f"page_size={size}&page={page}")[1]
                self.assertLessEqual(len(found), size)
                joined += found
                page += 1
            self.assertEqual(joined, whole, f"pages of {size}")

    def test_neighbouring_pages_keep_the_filters(self):
        address = f"{EDITION}/functions/?under=8.2&page_size=10&page=2"
        body = self.client.get(address).json()
        self.assertIn("under=8.2&page_size=10&page=3", body["next"])
        self.assertIn("under=8.2&page_size=10&page=1", body["previous"])
        following = self.client.get(body["next"]).json()
        self.assertEqual(len(following["results"]), 7)
        self.assertIsNone(following["next"])

    def test_a_page_has_20_results_unless_said(self):
        body = self.client.get(f"{EDITION}/functions/").json()
        self.assertEqual((body["count"], len(body["results"])), (28, 20))

    def test_a_page_beyond_the_last_is_not_found_but_an_empty_list_has_one(self):
        for page in (3, 4, 999_999_999):
            response = self.client.get(f"{EDITION}/functions/?page={page}")
            self.assertProblem(response, 404, "not_found")
        body = self.client.get(f"{EDITION}/functions/?unit=8.1").json()
        self.assertEqual((body["count"], body["next"], body["results"]), (0, None, []))

    def test_page_and_size_have_bounds(self):
        for value, code in (
            ("0", "min_value"),
            ("-1", "invalid"),
            ("x", "invalid"),
            ("", "invalid"),
            ("1.0", "invalid"),
            ("٣", "invalid"),
            ("9" * 400, "invalid"),
            ("1e3", "invalid"),
        ):
            with self.subTest(value=value):
                self.assertRefused(f"{EDITION}/units/?page={value}", ("page", code))
                self.assertRefused(
                    f"{API}/manuals/?page_size={value}", ("page_size", code)
                )
        self.assertRefused(
            f"{EDITION}/functions/?page_size=101", ("page_size", "max_value")
        )

    def test_what_is_not_known_is_refused_naming_each(self):
        self.assertRefused(
            f"{EDITION}/units/?sort=name&page=x&kind=División",
            ("sort", "unknown_parameter"),
            ("page", "invalid"),
        )
        self.assertRefused(
            f"{EDITION}/units/?format=xml&fields=x",
            ("format", "unknown_format"),
            ("fields", "unknown"),
        )
        self.assertRefused(f"{EDITION}/tree/?page=1", ("page", "unknown_parameter"))
        self.assertRefused(f"{API}/manuals/dir/?page=1", ("page", "unknown_parameter"))

    def test_a_parameter_given_twice_is_refused(self):
        self.assertRefused(
            f"{EDITION}/units/?kind=División&kind=Coordinación", ("kind", "repeated")
        )

    def test_a_unit_that_does_not_exist_is_refused(self):
        self.assertRefused(f"{EDITION}/units/?under=9.9", ("under", "unknown_unit"))
        self.assertRefused(f"{EDITION}/functions/?unit=9.9", ("unit", "unknown_unit"))

    def test_days_are_calendar_days(self):
        address = f"{API}/manuals/dir/editions/current/?on="
        for value in ("2021-02-30", "20210304", "2021-W01-1", "hoy", "", "2021-3-4"):
            with self.subTest(value=value):
                self.assertRefused(address + value, ("on", "invalid"))
