"""``compare/{old}/{new}/``: the JSON of compare_editions, and parts of it."""

import json
from datetime import date
from pathlib import Path

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator

from exchange.services import duplicate_edition
from functions.services import change_function
from manuals import cache
from manuals.models import Chapter, Edition
from manuals.permissions import OPERATOR
from review.compare.editions import comparison_file
from tests.api.support import API, ApiTestCase, client_of, make_small_manual
from tests.api.test_openapi import TrueToDocument
from tests.factories import REASON, authorise, make_unit, make_user
from units.models import Unit
from units.services import change_unit, delete_unit

COMPARE = f"{API}/manuals/dir/compare"
WHO = {"user": OPERATOR, "reason": REASON}
SCHEMA = Path(__file__).resolve().parents[2] / "docs/manual-org-compare-1.schema.json"


class ComparisonTests(TrueToDocument, ApiTestCase):
    # 2021: 8.1 > 8.2 (> 8.2.1 8.2.2), 8.3
    # 2024: 8.2 with a function reworded, 8.2.1 renamed, 8.2.2 gone, 8.4 new
    @classmethod
    def setUpTestData(cls):
        cls.old, cls.units, functions = make_small_manual("2021")
        for number, title in ((1, "Introducción"), (2, "Objetivos")):
            Chapter.objects.create(
                edition=cls.old, number=number, title=title, kind="text", body="Uno."
            )
        authorise(cls.old, date(2021, 1, 1))
        cls.new = duplicate_edition(edition=cls.old, label="2024", **WHO)
        change_function(
            function=cls.new.functions.get(key=functions["first"].key),
            text="Evaluar los programas.",
            **WHO,
        )
        change_unit(unit=cls.unit("8.2.1"), name="Coordinación de Visitas", **WHO)
        delete_unit(unit=cls.unit("8.2.2"), **WHO)
        make_unit(cls.unit("8.1"), "Coordinación nueva")
        cls.new.chapters.filter(number=2).update(body="Uno y dos.")
        cls.lector = make_user("lector")

    @classmethod
    def unit(cls, code):
        return Unit.objects.get(edition=cls.new, code=code)

    def setUp(self):
        cache.clear()
        self.client = client_of(self.lector)

    def read(self, old="2021", new="2024", **query):
        response = self.client.get(f"{COMPARE}/{old}/{new}/", query)
        self.assertEqual(response.status_code, 200, response.content)
        return response

    def codes(self, **query):
        """(code, number of functions) of the units that are listed."""
        return [
            ((unit["new"] or unit["old"])["code"], len(unit["functions"]))
            for unit in self.read(**query).json()["units"]
        ]

    def test_says_what_the_command_writes_to_a_file(self):
        old, new = (Edition.objects.get(pk=one.pk) for one in (self.old, self.new))
        written = comparison_file(old=old, new=new, format="json", user=OPERATOR)
        answered = self.read()
        # As text: the order of the names is part of the format.
        self.assertEqual(json.dumps(answered.json()), json.dumps(json.loads(written)))
        self.assertFalse(answered.json()["summary"]["same"])

    def test_answers_by_the_published_schema_and_the_document(self):
        schema = Draft202012Validator(json.loads(SCHEMA.read_text()))
        for query in ({}, {"changes": "only"}, {"unit": "8.2"}, {"part": "chapters"}):
            for labels in (("2021", "2024"), ("2024", "2021"), ("2021", "2021")):
                with self.subTest(query=query, labels=labels):
                    response = self.read(*labels, **query)
                    schema.validate(response.json())
                    self.assertTrueToDocument(response)

    def test_only_changes_leave_out_what_is_the_same(self):
        self.assertEqual(
            self.codes(changes="only"),
            [("8.2", 1), ("8.2.1", 0), ("8.2.2", 0), ("8.4", 0)],
        )
        whole, part = self.read().json(), self.read(changes="only").json()
        self.assertEqual([one["number"] for one in part["chapters"]], [2])
        self.assertEqual(part["summary"], whole["summary"])

    def test_a_unit_is_named_by_its_code_in_either_edition_or_by_its_key(self):
        for named in ("8.2", str(self.units["8.2"].key)):
            self.assertEqual(self.codes(unit=named), [("8.2", 2)])
        self.assertEqual(self.codes(unit="8.2.2"), [("8.2.2", 0)])
        self.assertEqual(self.codes(unit="8.4"), [("8.4", 0)])
        self.assertEqual(self.read(unit="8.2").json()["chapters"], [])

    def test_a_branch_is_what_hangs_from_a_unit_in_either_edition(self):
        self.assertEqual(
            self.codes(under="8.2"), [("8.2", 2), ("8.2.1", 0), ("8.2.2", 0)]
        )
        self.assertEqual(self.codes(under="8.2", unit="8.3"), [])

    def test_parts(self):
        structure = self.read(part="structure").json()
        self.assertEqual(len(structure["units"]), 6)
        self.assertFalse(any(unit["functions"] for unit in structure["units"]))
        self.assertEqual(structure["chapters"], [])
        self.assertEqual(
            self.codes(part="structure", changes="only"),
            [("8.2.1", 0), ("8.2.2", 0), ("8.4", 0)],
        )
        self.assertEqual(self.codes(part="functions", changes="only"), [("8.2", 1)])
        chapters = self.read(part="chapters").json()
        self.assertEqual(chapters["units"], [])
        self.assertEqual(len(chapters["chapters"]), 2)

    def test_in_the_other_direction_what_was_new_is_suppressed(self):
        changes = {
            unit["key"]: unit["changes"]
            for unit in self.read("2024", "2021").json()["units"]
        }
        self.assertEqual(changes[str(self.unit("8.4").key)], ["suppressed"])
        self.assertEqual(changes[str(self.units["8.2.2"].key)], ["new"])

    def test_an_edition_is_the_same_as_itself(self):
        body = self.read("2021", "current").json()
        self.assertTrue(body["summary"]["same"])
        self.assertEqual(self.read("current", "2021").json(), body)
        only = self.read("2021", "2021", changes="only").json()
        self.assertEqual((only["units"], only["chapters"]), ([], []))

    def test_current_may_be_that_of_a_day(self):
        body = self.read("current", "2024", on="2022-05-01").json()
        self.assertEqual(body["old"]["edition"], "2021")
        self.assertProblem(
            self.client.get(f"{COMPARE}/current/2024/?on=2020-05-01"), 404, "not_found"
        )
        for address in ("2021/2024/?on=2022-05-01", "2021/2021/?on=2022-05-01"):
            body = self.assertProblem(
                self.client.get(f"{COMPARE}/{address}"), 400, "invalid_query"
            )
            self.assertPointers(body, {("on", "only_with_current")})

    def test_refuses_what_it_does_not_know(self):
        for query, error in (
            ("unit=9.9", ("unit", "unknown_unit")),
            ("under=9.9", ("under", "unknown_unit")),
            ("unit=8.2&part=chapters", ("unit", "only_of_units")),
            ("part=pieces", ("part", "invalid_choice")),
            ("changes=some", ("changes", "invalid_choice")),
            ("page=1", ("page", "unknown_parameter")),
        ):
            with self.subTest(query=query):
                answer = self.client.get(f"{COMPARE}/2021/2024/?{query}")
                body = self.assertProblem(answer, 400, "invalid_query")
                self.assertPointers(body, {error})

    def test_a_draft_is_for_who_reads_drafts_and_nobodys_to_keep(self):
        for labels in ("2021/2024", "2024/2021"):
            public = client_of().get(f"{COMPARE}/{labels}/")
            self.assertProblem(public, 404, "not_found")
            answer = self.client.get(f"{COMPARE}/{labels}/")
            self.assertEqual(answer.headers["Cache-Control"], "private, no-store")

    def test_two_published_editions_are_public_computed_once_and_known_by_an_etag(self):
        authorise(self.new, date(2024, 1, 1))
        public = client_of()
        first = public.get(f"{COMPARE}/2021/2024/")
        self.assertEqual(
            first.headers["Cache-Control"], "public, max-age=60, must-revalidate"
        )
        with self.assertNumQueries(1):
            again = public.get(
                f"{COMPARE}/2021/2024/",
                headers={"if-none-match": first.headers["ETag"]},
            )
        self.assertEqual(again.status_code, 304)
        with override_settings(PUBLIC_READING=False):
            closed = public.get(f"{COMPARE}/2021/2024/")
            self.assertProblem(closed, 401, "not_authenticated")

    def test_takes_as_many_queries_whatever_the_editions_hold(self):
        def count(*labels):
            cache.clear()
            with CaptureQueriesContext(connection) as captured:
                self.read(*labels)
            return len(captured)

        few = count()
        for name in ("uno", "dos", "tres"):
            make_unit(self.unit("8.3"), f"Coordinación {name}")
        self.assertEqual(count(), few)
