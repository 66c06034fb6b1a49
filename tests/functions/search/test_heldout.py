"""What the search finds in 002 of queries by somebody who had seen none of ours."""

import json
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.test import TestCase

from functions.search import Scope, search
from manuals.models import Edition, GlossaryTerm
from manuals.permissions import OPERATOR
from manuals.services.glossary import accept_terms
from tests.functions.search.test_search_golden import address, say
from tests.support import real_manual_path

QUERIES = json.loads(
    (Path(__file__).parent / "heldout.json").read_text(encoding="utf-8")
)


class HeldOutTests(TestCase):
    """``heldout.json``: a function is named by its unit's code and its number; what a
    sub-item answers, its function answers."""

    @classmethod
    def setUpTestData(cls):
        call_command("import_manual", str(real_manual_path("002")), stdout=StringIO())
        accept_terms(
            terms=GlossaryTerm.objects.all(), user=OPERATOR, reason="Son correctas"
        )
        cls.scope = Scope.of(Edition.objects.select_related("manual").get())

    def test_a_right_function_is_among_the_first_five(self):
        right = 0
        for query in QUERIES["functions"]:
            expected = {f"{code} f{number}" for code, number in query["expected"]}
            hits = search(self.scope, query["query"], page_size=5).hits
            right += bool({address(hit).split("-")[0] for hit in hits} & expected)
        say(f"held out, functions: {right} of {len(QUERIES['functions'])}")
        self.assertGreaterEqual(right / len(QUERIES["functions"]), 0.8)

    def test_a_right_unit_is_among_the_first_five_that_do_it(self):
        right = 0
        for query in QUERIES["units"]:
            named = search(self.scope, query["query"], who=True).responsible[:5]
            right += bool({one.unit.code for one in named} & set(query["expected"]))
        say(f"held out, units: {right} of {len(QUERIES['units'])}")
        self.assertGreaterEqual(right / len(QUERIES["units"]), 0.7)
