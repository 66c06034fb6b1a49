"""Histories are found by index, however many editions and rows there are."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from functions.models import Function
from functions.services import change_function
from manuals.models import Edition
from review.history.over_time import function_over_time, unit_over_time
from review.history.saves import moments, people, saves
from review.history.scope import (
    Scope,
    branch_scope,
    function_scope,
    unit_key,
    unit_scope,
)
from tests.review.history.support import WHO
from tests.web.support import filled_edition

LARGE = (
    *("units_historicalunit", "functions_historicalfunction"),
    *("units_unit", "functions_function"),
)


class PlanTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = filled_edition("2021", units=30)
        cls.function = Function.objects.filter(edition=cls.edition).first()
        for number in range(3):
            change_function(function=cls.function, text=f"Texto {number}.", **WHO)

    def scanned(self, read):
        """The large tables that a query of ``read`` goes through row by row."""
        with CaptureQueriesContext(connection) as captured:
            read()
        found = []
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                # A small table is always quickest read whole: ask for what is possible.
                cursor.execute("SET LOCAL enable_seqscan = off")
            for query in captured.captured_queries:
                found += self.scans_of(cursor, query["sql"])
        return found

    def scans_of(self, cursor, sql):
        postgres = connection.vendor == "postgresql"
        cursor.execute(("EXPLAIN " if postgres else "EXPLAIN QUERY PLAN ") + sql)
        lines = [str(row[-1]) for row in cursor.fetchall()]
        word = "Seq Scan on" if postgres else "SCAN"
        return [
            (line.strip(), sql)
            for line in lines
            for table in LARGE
            if f"{word} {table}" in line
        ]

    def test_a_search_without_index_would_be_noticed(self):
        rows = Function.history.filter(text="Otro.").order_by()
        found = self.scanned(lambda: list(rows))
        self.assertEqual(len(found), 1)

    def page(self, scope):
        moments(scope).count()
        people(scope)
        saves(scope, list(moments(scope)[:20]))

    def test_saves_of_an_edition(self):
        self.assertEqual(self.scanned(lambda: self.page(Scope(self.edition))), [])

    def test_saves_of_a_unit_a_branch_and_a_function(self):
        key = unit_key(self.edition, "8.2")
        for name, make in (
            ("unit", lambda: unit_scope(self.edition, key)),
            ("branch", lambda: branch_scope(self.edition, key)),
            ("function", lambda: function_scope(self.edition, self.function.key)),
            ("code", lambda: unit_scope(self.edition, unit_key(self.edition, "8.3"))),
        ):
            with self.subTest(name):
                self.assertEqual(self.scanned(lambda make=make: self.page(make())), [])

    def test_across_editions(self):
        editions = list(Edition.objects.all())
        unit = self.function.unit

        def read():
            unit_over_time(unit.key, editions)
            function_over_time(self.function.key, editions)

        self.assertEqual(self.scanned(read), [])
