"""How many queries an answer takes: few, and the same for 3 units and for 300."""

from datetime import date
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from functions.models import Function
from functions.services import write_functions
from manuals import cache
from manuals.history import recording
from manuals.models import Chapter, Chart, Edition
from manuals.permissions import OPERATOR
from tests.api.support import API, ApiTestCase, client_of
from tests.api.test_permission_matrix import operations
from tests.factories import REASON, authorise, make_edition, make_kind, make_user
from units.models import Unit
from units.services import write_tree

MOST = 6
FOR_THE_TOKEN = 3  # the token with its person, and what its groups permit

# Counted where what they answer with is made: the file's name, after tests/api/test_.
COUNTED_ELSEWHERE = {
    "changes": "changes",
    "checks": "checks",
    "comparison": "comparisons",
    "doubts": "doubts",
    "feed": "feeds",
    "manual-feed": "feeds",
    "function-successors-by-key": "successors",
    "readiness": "step_queries",
    "search": "search",
    "transitions": "step_queries",
    "unit-successors": "successors",
    "unit-successors-by-key": "successors",
}
# What they answer does not come from the database.
WITHOUT_ROWS = {"root", "schema", "docs", "guide", "guide-file", "check-rules"}


def make_wide_edition(label: str, units: int):
    """A root and children, each with a function and an item, and a chart of each."""
    edition = make_edition(label)
    kind = make_kind()
    rows = [(Unit(name="Coordinación 8.1", kind=kind, code="8.1"), None)]
    rows += [
        (Unit(name=f"Coordinación 8.{n}", kind=kind, code=f"8.{n}"), "8.1")
        for n in range(2, units + 1)
    ]
    chapter = Chapter.objects.create(
        edition=edition, number=7, title="Organogramas", kind="charts", body="Uno."
    )
    with recording(user=OPERATOR, reason=REASON):
        by_code = write_tree(edition=edition, rows=rows)
        functions = []
        for unit in by_code.values():
            function = Function(unit=unit, position=1, text="Planear.")
            item = Function(unit=unit, position=1, text="Visitas.")
            functions += [(function, None), (item, function)]
        write_functions(edition=edition, rows=functions)
    Chart.objects.bulk_create(
        Chart(chapter=chapter, position=n, number=f"7.{n}", title=f"Organograma {n}")
        for n in range(1, units + 1)
    )
    return edition


class QueryTests(ApiTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.lector = make_user("lector")
        make_wide_edition("base", 3)
        cls.sizes = {"tres": 3, "trescientas": 300}
        cls.keys = {}
        for label, units in cls.sizes.items():
            edition = make_wide_edition(label, units)
            cls.keys[label] = (
                Unit.objects.get(edition=edition, code="8.2").key,
                Function.objects.get(
                    edition=edition, unit__code="8.2", parent=None
                ).key,
            )

    def addresses(self, label):
        unit, function = self.keys[label]
        for path in (
            "",
            "chapters/",
            "chapters/7/",
            "tree/",
            "units/",
            "units/?page_size=100",
            "units/?kind=Coordinación&under=8.1",
            "units/?page_size=100&order=kind&expand=functions,parent,chain,children",
            "units/?page_size=2&order=name&has_functions=true&cursor=",
            "units/?page_size=100&changed_since=base&expand=functions,chain",
            "charts/",
            "units/8.2/",
            "units/8.2/subtree/",
            "units/8.2/functions/",
            "units/8.1/children/",
            "functions/",
            "functions/?page_size=100",
            "functions/?under=8.1&page=1",
            "functions/?page_size=100&cursor=&text=planear&expand=unit",
            "functions/?page_size=100&order=-text&changed_since=base&expand=unit",
            "functions/?page_size=2&cursor=",
            "functions/?format=csv",
            "units/?format=csv&order=-name",
            f"functions/{function}/",
            "units/?format=csv",
            "functions/?format=csv",
            "units/8.2/functions/?format=csv",
            "chapters/?format=csv",
            "notes/?format=csv",
            "notes/",
            f"notes/{unit}/",
        ):
            yield f"{API}/manuals/dir/editions/{label}/{path}"
        yield f"{API}/units/{unit}/?edition={label}"
        yield f"{API}/functions/{function}/?edition={label}"
        yield f"{API}/manuals/"
        yield f"{API}/manuals/?expand=editions&order=-title&on=2021-01-01"
        yield f"{API}/manuals/dir/?expand=editions"
        yield f"{API}/manuals/dir/glossary/"
        yield f"{API}/kinds/"
        yield f"{API}/manuals/dir/"
        yield f"{API}/manuals/dir/editions/"

    def test_no_address_is_left_out(self):
        asked = {
            resolve(address.partition("?")[0]).url_name
            for address in self.addresses("tres")
        }
        readable = {
            name for method, name in map(str.split, operations()) if method == "GET"
        }
        self.assertEqual(readable, asked | COUNTED_ELSEWHERE.keys() | WITHOUT_ROWS)
        for name in set(COUNTED_ELSEWHERE.values()):
            text = Path(__file__).with_name(f"test_{name}.py").read_text("utf-8")
            self.assertRegex(text, "assertNumQueries|CaptureQueriesContext")

    def test_a_hundred_functions_take_six_queries_at_most(self):
        authorise(Edition.objects.get(label="trescientas"))
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            response = self.client.get(
                f"{API}/manuals/dir/editions/trescientas/functions/?page_size=100"
            )
        self.assertEqual(len(response.json()["results"]), 100)
        self.assertLessEqual(len(captured), 6)

    def counts(self, label, client):
        """How many queries each address takes with nothing kept from before."""
        counts = []
        for address in self.addresses(label):
            cache.clear()
            with CaptureQueriesContext(connection) as captured:
                response = client.get(address)
            self.assertEqual(response.status_code, 200, response.content)
            counts.append((address.partition("/editions/")[2], len(captured)))
        return counts

    def assertFew(self, client, most):
        few = self.counts("tres", client)
        many = self.counts("trescientas", client)
        for (address, count), (_address, count_of_many) in zip(few, many, strict=True):
            with self.subTest(address=address):
                self.assertEqual(count, count_of_many)
                self.assertLessEqual(count, most)

    def test_of_published_editions(self):
        authorise(Edition.objects.get(label="base"), date(2020, 1, 1))
        for label in self.sizes:
            edition = Edition.objects.get(label=label)
            authorise(edition, date(2021 if label == "tres" else 2022, 1, 1))
        self.assertFew(client_of(), MOST)

    def test_of_drafts(self):
        self.assertFew(client_of(self.lector), MOST + FOR_THE_TOKEN)

    def test_of_a_published_edition_once_its_outline_is_kept(self):
        authorise(Edition.objects.get(label="tres"))
        base = f"{API}/manuals/dir/editions/tres"
        for path, queries in (
            ("units/", 1),
            ("units/8.2/", 2),
            ("functions/", 2),
            ("tree/", 1),
            ("chapters/7/", 3),
        ):
            self.client.get(f"{base}/{path}")
            with self.assertNumQueries(queries):
                self.client.get(f"{base}/{path}")
