"""Filters and orders of lists: what is asked for, in the same order everywhere."""

from datetime import date

from manuals.models import GlossaryTerm, Manual
from tests.api.support import API, EDITION, ApiTestCase, client_of, make_small_manual
from tests.factories import (
    authorise,
    make_edition,
    make_function,
    make_kind,
    make_unit,
    make_user,
)
from units.models import UnitKind

MANUAL = f"{API}/manuals/dir"


class ChoosingTests(ApiTestCase):
    # 8.1 Coordinación
    # ├── 8.2  Coordinación, two functions, one of them with items
    # │   ├── 8.2.1  División de Ñandúes
    # │   ├── 8.2.2  División de Nóminas, three functions
    # │   └── 8.2.3  Subjefatura de Afiliación
    # └── 8.3  Coordinación, one function
    @classmethod
    def setUpTestData(cls):
        edition, units, cls.functions = make_small_manual("2021", "8.1 8.2 8.3")
        cls.units = units
        for name in (
            "División de Ñandúes",
            "División de Nóminas",
            "Subjefatura de Afiliación",
        ):
            kind = make_kind(name.partition(" ")[0])
            unit = make_unit(units["8.2"], name=name, kind=kind)
            units[unit.code] = unit
        for text in ("Ñoñear.", "Ábaco y nómina.", "Notificar."):
            make_function(units["8.2.2"], text)
        UnitKind.objects.filter(name="Subjefatura").update(rank=1)
        UnitKind.objects.filter(name="División").update(rank=2)
        UnitKind.objects.filter(name="Coordinación").update(rank=3)
        authorise(edition)

    def read(self, path):
        response = self.client.get(f"{EDITION}/{path}")
        self.assertEqual(response.status_code, 200, response.content)
        body = response.json()
        self.assertEqual(body["count"], len(body["results"]))
        return body["results"]

    def codes(self, query):
        return [unit["code"] for unit in self.read(f"units/?{query}")]

    def numbers(self, query):
        return [
            f"{one['unit_code']} f{one['number']}"
            for one in self.read(f"functions/?{query}")
        ]

    def assertRefused(self, address, *expected):
        body = self.assertProblem(self.client.get(address), 400, "invalid_query")
        self.assertPointers(body, set(expected))

    def test_units_by_several_levels_codes_and_keys(self):
        key = self.units["8.3"].key
        self.assertEqual(
            self.codes("kind=Subjefatura,División"), ["8.2.1", "8.2.2", "8.2.3"]
        )
        self.assertEqual(self.codes("code=8.3,8.2,9.9"), ["8.2", "8.3"])
        self.assertEqual(self.codes(f"key={key}"), ["8.3"])

    def test_units_by_their_place(self):
        self.assertEqual(self.codes("parent=8.1"), ["8.2", "8.3"])
        self.assertEqual(self.codes("parent=8.3"), [])
        self.assertEqual(self.codes("depth=0"), ["8.1"])
        self.assertEqual(self.codes("under=8.2&depth=2&kind=Subjefatura"), ["8.2.3"])
        self.assertRefused(f"{EDITION}/units/?parent=9", ("parent", "unknown_unit"))
        self.assertRefused(f"{EDITION}/units/?depth=-1", ("depth", "invalid"))

    def test_units_by_words_of_their_name(self):
        for words in ("nominas", "NÓMINA", "divi nom", "de nóminas"):
            self.assertEqual(self.codes(f"name={words}"), ["8.2.2"], words)
        self.assertEqual(self.codes("name=nandu"), ["8.2.1"])
        self.assertEqual(self.codes("name=nóminas afiliación"), [])

    def test_units_with_and_without_functions(self):
        self.assertEqual(self.codes("has_functions=true"), ["8.2", "8.2.2", "8.3"])
        self.assertEqual(self.codes("has_functions=false"), ["8.1", "8.2.1", "8.2.3"])
        self.assertRefused(
            f"{EDITION}/units/?has_functions=x", ("has_functions", "invalid")
        )

    def test_units_in_other_orders(self):
        reading = ["8.1", "8.2", "8.2.1", "8.2.2", "8.2.3", "8.3"]
        self.assertEqual(self.codes("order=code"), reading)
        self.assertEqual(self.codes("order=-code"), reading[::-1])
        by_kind = ["8.2.3", "8.2.1", "8.2.2", "8.1", "8.2", "8.3"]
        self.assertEqual(self.codes("order=kind"), by_kind)
        by_count = ["8.2.2", "8.2", "8.3", "8.1", "8.2.1", "8.2.3"]
        self.assertEqual(self.codes("order=-functions"), by_count)
        self.assertRefused(f"{EDITION}/units/?order=lft", ("order", "invalid_choice"))

    def test_names_stand_as_in_a_spanish_dictionary(self):
        self.assertEqual(
            self.codes("order=name&under=8.2&depth=2"), ["8.2.2", "8.2.1", "8.2.3"]
        )
        self.assertEqual(self.codes("order=-name")[:3], ["8.2.3", "8.2.1", "8.2.2"])

    def test_functions_by_words_of_their_text_and_of_its_items(self):
        self.assertEqual(self.numbers("text=ABACO NOMINA"), ["8.2.2 f2"])
        self.assertEqual(self.numbers("text=domicilio"), ["8.2 f2"])
        self.assertEqual(self.numbers("text=nada"), [])
        self.assertEqual(self.numbers("text=notific&unit=8.3"), [])

    def test_functions_by_level_of_the_unit_key_and_items(self):
        self.assertEqual(
            self.numbers("kind=División"), ["8.2.2 f1", "8.2.2 f2", "8.2.2 f3"]
        )
        self.assertEqual(self.numbers("has_items=true"), ["8.2 f2"])
        self.assertEqual(self.numbers("has_items=false&unit=8.2"), ["8.2 f1"])
        key = self.functions["other"].key
        self.assertEqual(self.numbers(f"key={key}"), ["8.3 f1"])

    def test_functions_in_other_orders(self):
        self.assertEqual(
            self.numbers("order=text&unit=8.2.2"), ["8.2.2 f2", "8.2.2 f3", "8.2.2 f1"]
        )
        self.assertEqual(
            self.numbers("order=-text&unit=8.2.2"), ["8.2.2 f1", "8.2.2 f3", "8.2.2 f2"]
        )
        self.assertEqual(self.numbers("order=-code"), self.numbers("order=code")[::-1])

    def test_lists_of_values_are_bounded_and_without_gaps(self):
        for value, code in (
            ("a,,b", "invalid"),
            ("", "invalid"),
            (",".join(map(str, range(101))), "too_many"),
        ):
            with self.subTest(value=value):
                self.assertRefused(f"{EDITION}/units/?code={value}", ("code", code))


class RegisterTests(ApiTestCase):
    """Manuals, editions, levels and what a manual explains."""

    @classmethod
    def setUpTestData(cls):
        for label, start in (("2010", date(2010, 1, 1)), ("2021", date(2021, 3, 4))):
            authorise(make_edition(label), start)
        make_edition("2030")
        for slug, title in (("z", "Ábaco"), ("n", "Ñandú"), ("m", "Nube")):
            manual = Manual.objects.create(slug=slug, title=title)
            authorise(make_edition("2000", manual=manual), date(2000, 1, 1))
        cls.lector = make_user("lector")

    def read(self, address, user=None):
        response = client_of(user).get(address)
        self.assertEqual(response.status_code, 200, response.content)
        return response.json()

    def test_manuals_stand_as_in_a_spanish_dictionary(self):
        def slugs(query):
            results = self.read(f"{API}/manuals/?{query}")["results"]
            return [manual["slug"] for manual in results if manual["slug"] != "dir"]

        self.assertEqual(slugs(""), ["z", "m", "n"])
        self.assertEqual(slugs("order=-title"), ["n", "m", "z"])
        self.assertEqual(slugs("order=slug"), ["m", "n", "z"])

    def test_the_edition_of_a_day(self):
        for day, label in (
            ("2009-12-31", None),
            ("2010-01-01", "2010"),
            ("2021-03-03", "2010"),
            ("2021-03-04", "2021"),
        ):
            listed = self.read(f"{API}/manuals/?on={day}")["results"]
            (same,) = [manual for manual in listed if manual["slug"] == "dir"]
            for manual in (self.read(f"{MANUAL}/?on={day}"), same):
                edition = manual["current_edition"]
                self.assertEqual(edition and edition["label"], label)
            listed = self.read(f"{MANUAL}/editions/?on={day}")["results"]
            self.assertEqual(
                [one["edition"]["label"] for one in listed], [label] if label else []
            )

    def test_editions_by_state_and_in_other_orders(self):
        def labels(query):
            results = self.read(f"{MANUAL}/editions/?{query}", self.lector)["results"]
            return [one["edition"]["label"] for one in results]

        self.assertEqual(labels("status=draft"), ["2030"])
        self.assertEqual(labels("status=authorised,withdrawn"), ["2021", "2010"])
        self.assertEqual(labels("order=effective_from"), ["2010", "2021", "2030"])
        self.assertEqual(labels("order=-label"), ["2030", "2021", "2010"])
        response = client_of().get(f"{MANUAL}/editions/?status=x")
        body = self.assertProblem(response, 400, "invalid_query")
        self.assertPointers(body, {("status", "unknown")})

    def test_a_manual_with_its_editions_as_far_as_they_may_be_read(self):
        for user, labels in (
            (None, ["2021", "2010"]),
            (self.lector, ["2030", "2021", "2010"]),
        ):
            one = self.read(f"{MANUAL}/?expand=editions", user)
            listed = self.read(f"{API}/manuals/?expand=editions", user)["results"]
            (same,) = [manual for manual in listed if manual["slug"] == "dir"]
            self.assertEqual(one["editions"], same["editions"])
            self.assertEqual(
                [edition["edition"]["label"] for edition in one["editions"]], labels
            )

    def test_levels_from_the_highest(self):
        make_kind("Ñ")
        make_kind("O")
        kinds = self.read(f"{API}/kinds/?page_size=100")["results"]
        ranks = [kind["rank"] for kind in kinds]
        self.assertEqual(ranks, sorted(ranks))
        self.assertEqual(kinds[0].keys(), {"name", "plural", "rank"})
        names = [kind["name"] for kind in kinds]
        self.assertLess(names.index("Ñ"), names.index("O"))

    def test_the_glossary_shows_what_was_accepted(self):
        manual = Manual.objects.get(slug="dir")
        for term, status in (("Ño", "accepted"), ("no", "accepted"), ("x", "proposed")):
            GlossaryTerm.objects.create(
                manual=manual, term=term, meaning=f"Es {term}.", status=status
            )
        body = self.read(f"{MANUAL}/glossary/")
        self.assertEqual(body["manual"], "dir")
        self.assertEqual(
            body["results"],
            [
                {"term": "no", "meaning": "Es no.", "explanation": None},
                {"term": "Ño", "meaning": "Es Ño.", "explanation": None},
            ],
        )
        response = client_of().get(f"{API}/manuals/nada/glossary/")
        self.assertProblem(response, 404, "not_found")
