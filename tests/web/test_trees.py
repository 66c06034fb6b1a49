"""The branch beside a page, the list of what hangs from a unit, the tree as data."""

import gzip
import json
from html.parser import HTMLParser

from django.test import TestCase

from tests.factories import (
    authorise,
    make_edition,
    make_function,
    make_tree,
    make_unit,
    make_user,
)
from tests.web.support import LATER, PAST, Reader, filled_edition, published

EDITION = "/manuales/dir/2021/"


class Lists(HTMLParser):
    """The links of the tree of a page, each with how many lists it stands in."""

    def __init__(self, response):
        super().__init__()
        self.links, self.current, self.depth, self.inside = [], [], 0, 0
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "div" and (self.inside or attributes.get("class") == "tree"):
            self.inside += 1
        if self.inside and tag == "ul":
            self.depth += 1
        if self.inside and tag == "a":
            place = attributes["href"].removeprefix(EDITION)
            self.links.append((self.depth, place))
            if "aria-current" in attributes:
                self.current.append((place, attributes["aria-current"]))

    def handle_endtag(self, tag):
        if tag == "div" and self.inside:
            self.inside -= 1
        if self.inside and tag == "ul":
            self.depth -= 1


class BranchTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        # 8.1 > 8.2 > 8.2.1 > 8.2.1.1
        #           > 8.2.2 > 8.2.2.1
        #     > 8.3 > 8.3.1
        cls.edition = make_edition()
        cls.units = make_tree(
            "8.1 > 8.2 > 8.2.1 8.2.1.1 8.2.2 8.2.2.1 8.3 8.3.1", cls.edition
        )
        for _number in range(2):
            make_function(cls.units["8.2.1"])
        make_function(cls.units["8.2.2.1"])
        make_unit(cls.units["8.3"], name="Coordinación de <b>Ñandúes</b> & más")
        cls.edition = authorise(cls.edition, PAST)

    def lists(self, place):
        response = self.client.get(EDITION + place)
        self.assertEqual(response.status_code, 200)
        return Lists(response)

    def test_the_chain_is_open_with_what_stands_beside_and_below(self):
        lists = self.lists("8.2.1/")
        self.assertEqual(
            lists.links,
            [
                (1, "8.1/"),
                (2, "8.2/"),
                (3, "8.2.1/"),
                (4, "8.2.1.1/"),
                (3, "8.2.2/"),
                (2, "8.3/"),
            ],
        )
        self.assertEqual(lists.current, [("8.2.1/", "page")])

    def test_the_root_shows_what_hangs_from_it(self):
        lists = self.lists("8.1/")
        self.assertEqual(lists.links, [(1, "8.1/"), (2, "8.2/"), (2, "8.3/")])
        self.assertEqual(lists.current, [("8.1/", "page")])

    def test_names_are_escaped(self):
        response = self.client.get(f"{EDITION}8.3/")
        self.assertContains(response, "&lt;b&gt;Ñandúes&lt;/b&gt; &amp; más")
        self.assertNotContains(response, "<b>")

    def test_units_below_are_listed_with_what_they_do_and_lead(self):
        text = Reader(self.client.get(f"{EDITION}8.2/")).text
        self.assertIn(
            "8.2.1 Coordinación 8.2.1 2 funciones · 1 unidad a su cargo", text
        )
        text = Reader(self.client.get(f"{EDITION}8.1/")).text
        self.assertIn("0 funciones · 4 unidades a su cargo", text)

    def test_a_unit_without_others_below_has_no_list_of_them(self):
        response = self.client.get(f"{EDITION}8.2.1.1/")
        self.assertNotContains(response, "dependen de esta")

    def test_the_page_leads_to_the_whole_tree_without_a_script(self):
        page = Reader(self.client.get(f"{EDITION}8.2/"))
        self.assertIn(f"{EDITION}#estructura", page.links)
        self.assertIn("estructura", Reader(self.client.get(EDITION)).ids)


class LargeBranchTests(TestCase):
    """A page holds no more of a wide manual than of a small one."""

    @classmethod
    def setUpTestData(cls):
        published(units=301, depth=1)

    def test_only_a_window_of_each_level_is_beside(self):
        for code, first, last in [
            ("8.1", "8.2", "8.13"),
            ("8.2", "8.2", "8.13"),
            ("8.20", "8.14", "8.25"),
            ("8.301", "8.290", "8.301"),
        ]:
            with self.subTest(code=code):
                links = Lists(self.client.get(f"{EDITION}{code}/")).links
                self.assertEqual(links[0], (1, "8.1/"))
                self.assertEqual(links[1], (2, f"{first}/"))
                self.assertEqual(links[-2], (2, f"{last}/"))
                self.assertEqual(links[-1], (2, "8.1/#dependen"))
                self.assertEqual(len(links), 1 + 12 + 1)

    def test_the_list_of_the_root_is_bounded_and_leads_to_all(self):
        response = self.client.get(f"{EDITION}8.1/")
        self.assertEqual(response.content.decode().count("<small>2 funciones<"), 60)
        self.assertContains(response, "Ver las 300 unidades en la estructura completa")

    def test_the_home_of_a_wide_manual_opens_only_the_root(self):
        published("2024", LATER, units=401, depth=2)
        page = Reader(self.client.get("/manuales/dir/2024/"))
        folds = [attributes for tag, attributes in page.tags if tag == "details"]
        folds = [fold for fold in folds if "data-menu" not in fold]
        self.assertEqual(len(folds), 1 + 200)
        self.assertEqual(["open" in fold for fold in folds[:3]], [True, False, False])

    def test_documents_stay_small(self):
        for place in ["8.1/", "8.150/"]:
            with self.subTest(place=place):
                document = self.client.get(EDITION + place).content
                self.assertLess(len(gzip.compress(document)), 6_000)


class TreeDataTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        edition = make_edition()
        make_tree("8.1 > 8.2 > 8.2.1 8.3", edition)
        cls.edition = authorise(edition, PAST)

    def test_it_holds_depth_code_and_name_in_reading_order(self):
        response = self.client.get(f"{EDITION}arbol/")
        self.assertEqual(response.headers["Content-Type"], "application/json")
        self.assertEqual(
            json.loads(response.content),
            {
                "units": [
                    [0, "8.1", "Coordinación 8.1"],
                    [1, "8.2", "Coordinación 8.2"],
                    [2, "8.2.1", "Coordinación 8.2.1"],
                    [1, "8.3", "Coordinación 8.3"],
                ]
            },
        )

    def test_anybody_may_keep_it_and_ask_again_for_nothing(self):
        response = self.client.get(f"{EDITION}arbol/")
        self.assertEqual(response.headers["Cache-Control"], "public, max-age=60")
        again = self.client.get(
            f"{EDITION}arbol/", headers={"if-none-match": response.headers["ETag"]}
        )
        self.assertEqual(again.status_code, 304)

    def test_every_page_names_the_same_address_of_it(self):
        sources = {
            attributes["data-source"]
            for code in ["8.1", "8.2.1", "8.3"]
            for _tag, attributes in Reader(self.client.get(f"{EDITION}{code}/")).tags
            if "data-source" in attributes
        }
        (source,) = sources
        self.assertEqual(source, f"{EDITION}arbol/?{self.edition.key.hex[:8]}")
        self.assertEqual(self.client.get(source).status_code, 200)

    def test_that_of_a_draft_is_nobodys_to_keep(self):
        filled_edition("2030")
        address = "/manuales/dir/2030/arbol/"
        self.assertEqual(self.client.get(address).status_code, 404)
        self.client.force_login(make_user("lector"))
        response = self.client.get(address)
        self.assertEqual(len(json.loads(response.content)["units"]), 3)
        self.assertIn("no-store", response.headers["Cache-Control"])

    def test_that_of_an_empty_draft_has_no_units(self):
        make_edition("vacia")
        self.client.force_login(make_user("lector"))
        response = self.client.get("/manuales/dir/vacia/arbol/")
        self.assertEqual(json.loads(response.content), {"units": []})
