"""Doubtful matches of an import over the API, for who reads drafts."""

import csv
import io

from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange.doubts import confirm_doubt, correct_doubt
from exchange.models import MatchDoubt
from functions.services import delete_function
from manuals.models import Source
from tests.api.support import DRAFT, DraftTestCase, client_of
from tests.api.test_openapi import TrueToDocument
from tests.factories import REASON, make_user
from units.models import Unit

DOUBTS = f"{DRAFT}/doubts/"


class DoubtTests(TrueToDocument, DraftTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.source = Source.objects.create(
            edition=cls.edition, name="a.txt", sha256="0" * 64
        )
        cls.of_function = cls.doubt("function", cls.functions["first"], "Planear.")
        cls.of_item = cls.doubt("function", cls.functions["item"], "la visita;")
        cls.of_unit = cls.doubt("unit", cls.units["8.2"], "8.2 Unidad")

    @classmethod
    def doubt(cls, what, thing, base_text):
        return MatchDoubt.objects.create(
            edition=cls.edition,
            what=what,
            key=thing.key,
            base_key=thing.key,
            confidence=0.75,
            text=str(thing),
            base_text=base_text,
            source=cls.source,
            source_line=3,
        )

    def read(self, query=""):
        response = self.client.get(f"{DOUBTS}{query}")
        self.assertEqual(response.status_code, 200, response.content)
        self.assertTrueToDocument(response)
        return response.json()["results"]

    def test_lists_units_first_with_what_each_was_taken_for(self):
        found = self.read()
        self.assertEqual(
            [(one["what"], one["base_text"]) for one in found],
            [
                ("unit", "8.2 Unidad"),
                ("function", "Planear."),
                ("function", "la visita;"),
            ],
        )
        function = found[1]
        self.assertEqual(function["source"], "a.txt")
        self.assertEqual((function["unit_code"], function["state"]), ("8.2", "pending"))
        for one in found:
            self.assertEqual(
                self.client.get(one["url"]).json()["key"], one["key"], one["url"]
            )

    def test_says_what_people_decided(self):
        who = {"user": self.editor, "reason": REASON}
        confirm_doubt(doubt=self.of_unit, **who)
        correct_doubt(doubt=self.of_function, **who)
        (confirmed,) = self.read("?state=confirmed")
        self.assertEqual(confirmed["key"], str(self.units["8.2"].key))
        self.assertIsNotNone(confirmed["decided_at"])
        (corrected,) = self.read("?state=corrected&what=function")
        self.assertNotEqual(corrected["key"], corrected["base_key"])
        self.assertEqual(len(self.read("?state=pending")), 1)
        self.assertEqual(self.read("?state=pending&what=unit"), [])

    def test_of_what_was_deleted_meanwhile_there_is_no_address(self):
        delete_function(
            function=self.functions["first"], user=self.editor, reason=REASON
        )
        (gone,) = [one for one in self.read() if one["base_text"] == "Planear."]
        self.assertEqual((gone["unit_code"], gone["url"]), (None, None))

    def test_is_a_table_too(self):
        content = self.client.get(f"{DOUBTS}?format=csv").content.decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(content)))
        self.assertEqual(
            [row["what"] for row in rows], ["unit", "function", "function"]
        )
        self.assertEqual(rows[0]["edition"], "2024")

    def test_is_for_who_reads_drafts(self):
        for client, status in (
            (client_of(), 401),
            (client_of(make_user()), 404),
            (client_of(self.editor, read_drafts=False, write=False), 404),
        ):
            self.assertEqual(client.get(DOUBTS).status_code, status)

    def test_its_queries_do_not_grow_with_the_doubts(self):
        counts = [self.queries()]
        for unit in Unit.objects.filter(edition=self.edition).exclude(code="8.2"):
            self.doubt("unit", unit, "Otra")
        counts.append(self.queries())
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[0], 9)  # 3 of them are the token's

    def queries(self) -> int:
        with CaptureQueriesContext(connection) as captured:
            self.read()
        return len(captured)
