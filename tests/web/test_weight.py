"""How much a unit's page weighs with everything it loads (DESIGN section 10).

Bytes over the wire, as a server that compresses sends them: the document, its style
sheets, scripts and images, and the whole tree as data, which the page asks for itself.
"""

import gzip
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import TestCase

from exchange.demo import load_demo
from functions.models import Function
from manuals.models import Edition
from manuals.permissions import OPERATOR
from manuals.services import change_manual
from tests.factories import REASON, authorise, make_function
from tests.support import real_manual_path
from tests.web.support import PAST, Reader, filled_edition

DOCUMENT, EVERYTHING = 25_000, 100_000
MOST_FUNCTIONS = 47


def weight(content):
    return len(gzip.compress(content))


class WeightCase(TestCase):
    def weigh(self, address):
        """(Document, everything), compressed, in bytes."""
        response = self.client.get(address)
        self.assertEqual(response.status_code, 200)
        page = Reader(response)
        files = [
            finders.find(source.removeprefix(settings.STATIC_URL))
            for source in page.sources
            if source.startswith(settings.STATIC_URL)
        ]
        self.assertGreater(len(files), 3)
        self.assertTrue(all(files))
        [tree] = [
            attributes["data-source"]
            for _tag, attributes in page.tags
            if "data-source" in attributes
        ]
        data = self.client.get(tree)
        self.assertEqual(data.headers["Content-Type"], "application/json")
        document = weight(response.content)
        others = [Path(file).read_bytes() for file in files] + [data.content]
        return document, document + sum(map(weight, others))

    def assert_light(self, address, *, at_least=0):
        document, everything = self.weigh(address)
        self.assertGreater(document, at_least)
        self.assertLessEqual(document, DOCUMENT)
        self.assertLessEqual(everything, EVERYTHING)

    def largest_unit(self, edition):
        """The address of the unit of most words, and its number of functions."""
        rows = Function.objects.for_edition(edition).select_related("unit")
        letters, functions = {}, {}
        for row in rows:
            unit = row.unit
            letters[unit.code] = letters.get(unit.code, 0) + len(row.text)
            functions[unit.code] = functions.get(unit.code, 0) + (not row.parent_id)
        code = max(letters, key=letters.get)
        slug = edition.manual.slug
        return f"/manuales/{slug}/{edition.label}/{code}/", functions[code]


class MadeUnitTests(WeightCase):
    """47 long functions, as the largest unit known, in a manual of 3,000 units."""

    @classmethod
    def setUpTestData(cls):
        edition = filled_edition(units=3000, functions=1, depth=12)
        unit = edition.units.get(code="8.2")
        for number in range(MOST_FUNCTIONS - 1):
            # Words that differ, or all would compress to nothing.
            words = (f"palabra{number * 97 % 89}{word * 31 % 83}" for word in range(60))
            make_function(unit, " ".join(words))
        change_manual(
            manual=authorise(edition, PAST).manual,
            user=OPERATOR,
            reason=REASON,
            title="x" * 300,
        )

    def test_its_page_is_light(self):
        self.assert_light("/manuales/dir/2021/8.2/", at_least=7_000)


class DemonstrationTests(WeightCase):
    def test_the_largest_unit_s_page_is_light(self):
        load_demo()
        edition = Edition.objects.get(manual__slug="demo", label="2021")
        address, functions = self.largest_unit(edition)
        self.assertGreater(functions, 1)
        self.assert_light(address)


class RealManualTests(WeightCase):
    def test_the_largest_units_pages_are_light(self):
        call_command(
            "import_manual",
            str(real_manual_path("002")),
            manual="dir",
            edition="2021",
            authorised=True,
            stdout=StringIO(),
        )
        address, _functions = self.largest_unit(Edition.objects.get(label="2021"))
        self.assert_light(address, at_least=5_000)
        counts = Function.objects.filter(unit__code="8.2.2", parent=None).count()
        self.assertEqual(counts, MOST_FUNCTIONS)
        self.assert_light("/manuales/dir/2021/8.2.2/", at_least=5_000)
