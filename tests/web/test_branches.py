"""A whole branch on one page."""

import re
from unittest import mock

from django.test import TestCase

from manual_org.web.views import branches
from tests.factories import authorise, make_function, make_tree, make_user
from tests.web.support import PAST, filled_edition

ADDRESS = "/manuales/dir/2021/8.2/rama/"


class BranchPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.units = make_tree("8.1 8.2 8.2.1 8.2.1.1 8.2.2 8.3")
        function = make_function(cls.units["8.2.1"], "Coordinar <la> revisión:")
        make_function(cls.units["8.2.1"], "Los planes;", parent=function)
        make_function(cls.units["8.2.2"], "Vigilar.")
        make_function(cls.units["8.3"], "Ajena.")
        cls.edition = authorise(function.edition, PAST)

    def setUp(self):
        self.response = self.client.get(ADDRESS)
        self.page = self.response.content.decode()

    def test_the_units_stand_in_reading_order_below_each_other(self):
        headings = re.findall(r'<h(\d) class="unit-name" id="u-([\d.]+)"', self.page)
        self.assertEqual(
            headings,
            [("2", "8.2"), ("3", "8.2.1"), ("4", "8.2.1.1"), ("3", "8.2.2")],
        )

    def test_it_holds_the_functions_of_the_branch_and_no_others(self):
        self.assertContains(self.response, "Coordinar &lt;la&gt; revisión:")
        self.assertContains(self.response, "Los planes;")
        self.assertContains(self.response, "Vigilar.")
        self.assertNotContains(self.response, "Ajena.")
        self.assertContains(self.response, "4 unidades administrativas y 2 funciones.")

    def test_numbers_lead_to_where_a_function_is_cited(self):
        self.assertContains(self.response, 'href="/manuales/dir/2021/8.2.1/#f1-a"')

    def test_every_id_is_there_once(self):
        ids = re.findall(r' id="([^"]+)"', self.page)
        self.assertEqual(len(ids), len(set(ids)))
        self.assertIn("8.2.1-f1-a", ids)
        for target in re.findall(r'href="#([^"]+)"', self.page):
            self.assertIn(target, ids)

    def test_a_unit_leads_to_its_branch_where_it_has_one(self):
        self.assertContains(
            self.client.get("/manuales/dir/2021/8.2/"), f'href="{ADDRESS}"'
        )
        self.assertNotContains(self.client.get("/manuales/dir/2021/8.3/"), "/rama/")

    def test_it_comes_in_parts_of_whole_units_when_it_is_large(self):
        with mock.patch.object(branches, "PART_UNITS", 3):
            first = self.client.get(ADDRESS)
            second = self.client.get(ADDRESS, {"parte": "2"})
        self.assertContains(first, "Parte 1 de 2")
        self.assertNotContains(first, "Vigilar.")
        self.assertContains(first, 'href="?parte=2"')
        self.assertContains(second, "Vigilar.")
        self.assertNotContains(second, "Coordinar &lt;la&gt;")

    def test_a_part_that_does_not_exist_is_not_found(self):
        for part in ("0", "2", "-1", "x", "²", ""):
            with self.subTest(part=part):
                response = self.client.get(ADDRESS, {"parte": part})
                self.assertEqual(response.status_code, 404)

    def test_anybody_may_keep_it(self):
        self.assertIn("public", self.response.headers["Cache-Control"])

    def test_a_code_of_another_edition_leads_to_the_unit_here(self):
        self.assertEqual(
            self.client.get("/manuales/dir/2021/8.9/rama/").status_code, 404
        )


class DraftBranchTests(TestCase):
    def test_it_is_read_by_who_reads_drafts_and_says_what_it_is(self):
        filled_edition()
        self.assertEqual(self.client.get(ADDRESS).status_code, 404)
        self.client.force_login(make_user("lector"))
        response = self.client.get(ADDRESS)
        self.assertContains(response, 'class="site-body is-draft')
        self.assertContains(response, "no debe citarse")


def test_parts_hold_at_least_one_unit_and_every_unit_once():
    class Unit:
        def __init__(self, pk):
            self.id = pk

    units = [Unit(pk) for pk in range(5)]
    counts = {0: 9000, 1: 3000, 2: 2000, 3: 2000, 4: 1}
    parts = branches.in_parts(units, counts)
    assert [[unit.id for unit in part] for part in parts] == [[0], [1], [2, 3], [4]]
    assert branches.in_parts(units[:1], {}) == [units[:1]]
