"""``checks/``: what the rules find, for people with a role; the rules, for all."""

import json
from datetime import date
from pathlib import Path

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator

from functions.models import Function
from manuals import cache
from manuals.models import Chapter
from manuals.permissions import OPERATOR
from review.checks.editions import check_edition
from review.checks.jsonformat import to_dict
from review.checks.registry import all_rules
from review.waivers import waive
from tests.api.support import API, DRAFT, ApiTestCase, client_of, make_small_manual
from tests.api.test_openapi import TrueToDocument
from tests.factories import (
    REASON,
    authorise,
    make_function,
    make_unit,
    make_user,
)

CHECKS = f"{DRAFT}/checks/"
SCHEMA = Path(__file__).resolve().parents[2] / "docs/manual-org-check-1.schema.json"
FINDING = Draft202012Validator(
    {
        "$defs": json.loads(SCHEMA.read_text())["$defs"],
        "$ref": "#/$defs/finding",
    }
)


class CheckTests(TrueToDocument, ApiTestCase):
    # 8.1 > 8.2 (> 8.2.1 8.2.2) 8.3; a word twice in 8.3 and in an item of 8.2.1, one
    # blank too many in 8.3; 8.1, 8.2.2 are empty
    @classmethod
    def setUpTestData(cls):
        cls.edition, units, _functions = make_small_manual()
        make_function(units["8.3"], "Revisar los los  planes.")
        make_function(units["8.2.1"], "Coordinar, entre otras:")
        whole = Function.objects.get(unit=units["8.2.1"])
        make_function(units["8.2.1"], "las las visitas.", parent=whole)
        Chapter.objects.create(
            edition=cls.edition,
            number=2,
            title="Objetivos",
            kind="text",
            body="Dar Dar cumplimiento.",
        )
        cls.lector = make_user("lector")

    def setUp(self):
        cache.clear()
        self.client = client_of(self.lector)

    def read(self, **query):
        response = self.client.get(CHECKS, query)
        self.assertEqual(response.status_code, 200, response.content)
        self.assertTrueToDocument(response)
        return response.json()

    def places(self, **query):
        return [
            (one["chapter_number"], one["unit_code"], one["item_label"])
            for one in self.read(page_size=100, **query)["results"]
        ]

    def report(self):
        return check_edition(edition=self.edition, user=OPERATOR)

    def test_says_what_the_command_says_with_addresses(self):
        report = self.report()
        written = to_dict(report.findings, report.document)
        body = self.read(page_size=100)
        self.assertEqual(body["count"], len(written["findings"]))
        self.assertGreater(body["count"], 4)
        self.assertEqual(body["summary"]["severities"], written["summary"])
        for answered, expected in zip(
            body["results"], written["findings"], strict=True
        ):
            self.assertEqual(answered, answered | expected)
            self.assertTrue(answered["rule_title"] and answered["rule_explanation"])
            FINDING.validate(answered)

    def test_addresses_lead_to_what_was_found(self):
        ends = {
            (one["chapter_number"], one["unit_code"], one["item_label"]): one
            for one in self.read(rule="doubled_word")["results"]
        }
        self.assertEqual(
            {
                place: one["html_url"].partition("/2024/")[2]
                for place, one in ends.items()
            },
            {
                (2, None, None): "capitulos/2/#p1",
                (None, "8.2.1", "a"): "8.2.1/#f1-a",
                (None, "8.3", None): "8.3/#f2",
            },
        )
        for one in self.read(page_size=100)["results"]:
            self.assertEqual(self.client.get(one["url"]).status_code, 200, one["url"])

    def test_filters(self):
        chapter, item, function = (
            (2, None, None),
            (None, "8.2.1", "a"),
            (None, "8.3", None),
        )
        self.assertEqual(self.places(rule="doubled_word"), [chapter, item, function])
        self.assertEqual(self.places(rule="doubled_word", unit="8.3"), [function])
        self.assertEqual(self.places(rule="doubled_word", under="8.2"), [item])
        self.assertEqual(self.places(rule="doubled_word", under="8.2", unit="8.3"), [])
        whole = self.read()["count"]
        kinds = [
            self.read(severity=name)["count"] for name in ("error", "warning", "advice")
        ]
        self.assertEqual(sum(kinds), whole)
        self.assertTrue(kinds[0] and kinds[1])

    def test_pages_cover_all_once(self):
        whole = self.read(page_size=100)
        size = whole["count"] - 1
        pages = [self.read(page_size=size, page=page) for page in (1, 2)]
        self.assertEqual(pages[0]["results"] + pages[1]["results"], whole["results"])
        self.assertIsNotNone(pages[0]["next"])
        self.assertProblem(self.client.get(f"{CHECKS}?page=99"), 404, "not_found")

    def test_what_somebody_waived_is_told_apart(self):
        found = [one for one in self.report().findings if one.rule == "doubled_word"]
        waive(edition=self.edition, findings=found[-1:], user=OPERATOR, reason=REASON)
        self.assertEqual(self.places(waived="true"), [(None, "8.3", None)])
        body = self.read(waived="false", rule="doubled_word")
        self.assertEqual(body["count"], 2)
        # Of the whole edition, not of what was asked for.
        (counted,) = [
            one for one in body["summary"]["rules"] if one["rule"] == "doubled_word"
        ]
        self.assertEqual((counted["findings"], counted["waived"]), (2, 1))
        self.assertEqual(body["summary"]["severities"]["waived"], 1)
        self.assertGreater(len(body["summary"]["rules"]), 1)

    def test_refuses_what_it_does_not_know(self):
        for query, error in (
            ("rule=spelling", ("rule", "unknown_rule")),
            ("severity=fatal", ("severity", "invalid_choice")),
            ("waived=perhaps", ("waived", "invalid")),
            ("unit=9.9", ("unit", "unknown_unit")),
            ("under=9.9", ("under", "unknown_unit")),
            ("q=1", ("q", "unknown_parameter")),
        ):
            with self.subTest(query=query):
                answer = self.client.get(f"{CHECKS}?{query}")
                body = self.assertProblem(answer, 400, "invalid_query")
                self.assertPointers(body, {error})

    def test_of_an_authorised_edition_they_are_computed_once_and_nobodys_but_a_role(
        self,
    ):
        authorise(self.edition, date(2024, 1, 1))
        first = self.client.get(CHECKS)
        self.assertEqual(first.headers["Cache-Control"], "private, no-cache")
        # The token and its groups, the edition, the catalogues, the waivers.
        with self.assertNumQueries(9):
            again = self.client.get(
                CHECKS, headers={"if-none-match": first.headers["ETag"]}
            )
        self.assertEqual(again.status_code, 304)
        self.assertProblem(client_of().get(CHECKS), 401, "not_authenticated")
        without_role = client_of(make_user()).get(CHECKS)
        self.assertProblem(without_role, 403, "permission_denied")

    def test_the_rules_are_for_all(self):
        response = client_of().get(f"{API}/checks/rules/?page_size=100")
        self.assertTrueToDocument(response)
        rules = response.json()["results"]
        self.assertEqual([one["rule"] for one in rules], list(all_rules()))
        self.assertTrue(all(one["explanation"] for one in rules))
        with override_settings(PUBLIC_READING=False):
            closed = client_of().get(f"{API}/checks/rules/")
            self.assertProblem(closed, 401, "not_authenticated")

    def test_both_lists_are_tables_too(self):
        for address in (CHECKS, f"{API}/checks/rules/"):
            answer = self.client.get(address, headers={"accept": "text/csv"})
            self.assertEqual(answer.status_code, 200, answer.content)
            self.assertIn("rule", answer.content.decode("utf-8-sig").split("\r\n")[0])

    def test_takes_as_many_queries_however_much_there_is(self):
        def count():
            with CaptureQueriesContext(connection) as captured:
                self.read()
            return len(captured)

        few = count()
        root = self.edition.units.get(code="8.1")
        for name in ("uno", "dos", "tres"):
            make_function(make_unit(root, f"Coordinación {name}"), "Ver ver todo.")
        self.assertEqual(count(), few)
