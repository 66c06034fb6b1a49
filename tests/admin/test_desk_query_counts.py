"""Neither the desk of a unit's functions nor what works on a whole draft asks more
of the database because there is more in it."""

import json

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exchange.services import duplicate_edition
from functions.models import Function
from functions.texts import change_texts
from manuals.admin.undoing import moment_code
from manuals.permissions import OPERATOR
from tests.admin.test_query_counts import FEW, fill
from tests.factories import REASON, ManualFactory, authorise, make_edition, make_user
from units.models import Unit

MANY = 40
WHO = {"user": OPERATOR, "reason": REASON}


class DeskQueryCountTests(TestCase):
    """Two drafts with a base edition: with 3 units and functions, and with 40."""

    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")
        cls.drafts, cls.units, cls.moments = [], [], []
        for number in (FEW, MANY):
            manual = ManualFactory(slug=f"manual-{number}")
            base = make_edition("2021", manual=manual)
            fill(base, number)
            draft = duplicate_edition(edition=authorise(base), label="b", **WHO)
            functions = Function.objects.filter(edition=draft)
            texts = {one.pk: one.text for one in functions.filter(parent=None)}
            change_texts(
                edition=draft,
                texts={
                    pk: text.replace("Función", "Otra") for pk, text in texts.items()
                },
                seen=texts,
                **WHO,
            )
            latest = Function.history.filter(edition=draft).latest("history_date")
            cls.drafts.append(draft)
            cls.units.append(Unit.objects.get(edition=draft, code="8.2"))
            cls.moments.append(moment_code(latest.history_date))

    def setUp(self):
        self.client.force_login(self.editor)

    def asked(self, address, data=None, **query):
        """How many queries the second of two equal requests takes."""
        for _time in range(2):
            with CaptureQueriesContext(connection) as caught:
                if data is None:
                    response = self.client.get(address, query)
                else:
                    response = self.client.post(
                        address, json.dumps(data), content_type="application/json"
                    )
            self.assertEqual(response.status_code, 200, address)
        return len(caught), response

    def assert_constant(self, few, many, at_most):
        (few_queries, _page), (many_queries, page) = few, many
        self.assertEqual(few_queries, many_queries)
        self.assertLessEqual(many_queries, at_most)
        return page

    def rows(self, unit):
        rows = Function.objects.filter(unit=unit).order_by("pk")
        return [
            {"id": str(one.key), "level": bool(one.parent_id), "text": one.text}
            for one in rows
        ]

    def url(self, name, *args):
        return reverse(f"admin:{name}", args=args)

    def test_the_form_of_a_unit_with_its_changes_shown(self):
        address = self.url("units_unit_functions_changes", self.units[0].pk)
        self.asked(address, {"show": True, "rows": []})  # remembers it
        pages = [
            self.asked(self.url("units_unit_change", unit.pk)) for unit in self.units
        ]
        page = self.assert_constant(*pages, 28)
        self.assertContains(page, "<ins>")

    def test_what_the_page_of_a_unit_asks_for(self):
        for name, data, at_most in (
            ("units_unit_functions_changes", {"show": True}, 12),
            ("units_unit_functions_paste", {"text": "1. Otra 1.\na) Nuevo."}, 8),
        ):
            with self.subTest(name):
                answers = [
                    self.asked(
                        self.url(name, unit.pk), {**data, "rows": self.rows(unit)}
                    )
                    for unit in self.units
                ]
                self.assert_constant(*answers, at_most)

    def test_a_function_for_another_unit(self):
        pages = [
            self.asked(self.url("units_unit_mover-funcion", unit.pk))
            for unit in self.units
        ]
        self.assert_constant(*pages, 16)

    def test_find_and_replace(self):
        address = self.url("functions_function_replace")
        for query, shown in (
            ({}, "Buscar"),
            ({"find": "Otra", "replace": "Una", "asked": "1"}, "hit"),
        ):
            with self.subTest(query):
                pages = [
                    self.asked(address, edition=draft.pk, **query)
                    for draft in self.drafts
                ]
                page = self.assert_constant(*pages, 14)
                self.assertContains(page, shown)

    def test_the_saves_and_the_undoing_of_a_large_one(self):
        pages = [
            self.asked(self.url("manuals_edition_saves", draft.pk))
            for draft in self.drafts
        ]
        self.assert_constant(*pages, 60)
        pages = [
            self.asked(self.url("manuals_edition_undo", draft.pk, moment))
            for draft, moment in zip(self.drafts, self.moments, strict=True)
        ]
        self.assert_constant(*pages, 60)
