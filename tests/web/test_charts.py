"""Organisation charts: pages, files, who may see them, what they cost."""

import re
from xml.etree import ElementTree

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from manuals import cache
from tests.factories import authorise, make_edition, make_tree, make_unit, make_user
from tests.web.support import LATER, PAST, Reader, filled_edition, published

EDITION = "/manuales/dir/2021/"
BOX = re.compile(r'class="chart-code chart-ink-\d">([\d.]+) ·')
EVIL = '<script>alert("x")</script>'


def folds(reader):
    """Code -> address of the link that folds or unfolds the unit."""
    return {
        attributes["data-code"]: attributes["href"]
        for tag, attributes in reader.tags
        if "chart-toggle" in attributes.get("class", "")
    }


class ChartTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        edition = make_edition()
        units = make_tree("8.1 > 8.2 > 8.2.1 > 8.2.1.1 8.3", edition)
        make_unit(units["8.3"], name=f"División {EVIL}")
        authorise(edition, PAST)

    def get(self, address, status=200):
        response = self.client.get(EDITION + address)
        self.assertEqual(response.status_code, status)
        return response

    def read(self, address):
        return Reader(self.get(address))

    def drawn(self, address):
        """The codes of the boxes, in their order."""
        page = self.get(address).content.decode()
        return BOX.findall(page)


class PageTests(ChartTests):
    def test_shows_every_unit_once_as_a_link_to_its_page(self):
        codes = ["8.1", "8.2", "8.2.1", "8.2.1.1", "8.3", "8.3.1"]
        self.assertEqual(self.drawn("organigrama/"), codes)
        links = self.read("organigrama/").links
        for code in codes:
            # In the drawing and in the list.
            self.assertGreaterEqual(links.count(f"{EDITION}{code}/"), 2)

    def test_shows_the_branch_of_a_unit(self):
        self.assertEqual(self.drawn("8.2/organigrama/"), ["8.2", "8.2.1", "8.2.1.1"])
        self.assertEqual(self.drawn("8.2.1.1/organigrama/"), ["8.2.1.1"])
        self.assertIn(
            "Ninguna unidad depende de esta.", self.read("8.2.1.1/organigrama/").text
        )

    def test_leads_to_the_charts_above(self):
        self.assertIn(
            f"{EDITION}8.2/organigrama/", self.read("8.2.1/organigrama/").links
        )

    def test_levels_are_chosen_in_the_address(self):
        self.assertEqual(self.drawn("organigrama/?niveles=1"), ["8.1", "8.2", "8.3"])
        page = self.read("organigrama/?niveles=1")
        self.assertIn("A la vista: 3 de 6 unidades administrativas.", page.text)
        self.assertIn(f"{EDITION}8.1/organigrama.svg?niveles=1", page.links)
        self.assertIn(f"{EDITION}8.1/organigrama.png?niveles=1", page.links)

    def test_single_units_are_folded_and_unfolded_by_links(self):
        page = self.read("organigrama/?niveles=1")
        self.assertEqual(
            folds(page),
            {
                "8.1": "?niveles=1&cerrar=8.1",
                "8.2": "?niveles=1&abrir=8.2",
                "8.3": "?niveles=1&abrir=8.3",
            },
        )
        self.assertEqual(
            self.drawn("organigrama/?niveles=1&abrir=8.2"),
            ["8.1", "8.2", "8.2.1", "8.3"],
        )
        self.assertEqual(
            self.drawn("organigrama/?niveles=3&cerrar=8.2"),
            ["8.1", "8.2", "8.3", "8.3.1"],
        )

    def test_folding_back_leads_to_the_plain_address(self):
        page = self.read("organigrama/?niveles=3&cerrar=8.2")
        self.assertEqual(folds(page)["8.2"], "./")

    def test_nonsense_in_the_address_falls_away(self):
        everything = self.drawn("organigrama/")
        for query in ["niveles=x", "niveles=-1", "niveles=²", "abrir=,,<b>&cerrar=9.9"]:
            with self.subTest(query=query):
                self.assertEqual(self.drawn(f"organigrama/?{query}"), everything)

    def test_names_are_escaped(self):
        for address in [
            "organigrama/",
            "organigrama.svg",
            "organigrama/?abrir=%3Cb%3E",
        ]:
            with self.subTest(address=address):
                self.assertNotContains(self.get(address), "<script>alert")

    def test_has_nothing_that_the_policy_refuses(self):
        for tag, attributes in self.read("organigrama/").tags:
            self.assertNotIn("style", attributes)
            self.assertNotEqual(tag, "style")
            self.assertFalse(tag == "script" and "src" not in attributes)

    def test_the_same_units_stand_in_a_list(self):
        page = self.get("organigrama/?niveles=1").content.decode()
        listed = page[page.index('id="lista"') :]
        self.assertLess(listed.index("8.2</span>"), listed.index("8.3</span>"))
        self.assertIn("y 2 unidades que dependen de ella", listed)
        self.assertIn(f'href="{EDITION}8.2/organigrama/"', listed)
        self.assertNotIn("8.2.1</span>", listed)

    def test_unit_edition_and_chart_lead_to_each_other(self):
        self.assertIn(f"{EDITION}8.2/organigrama/", self.read("8.2/").links)
        self.assertIn(f"{EDITION}organigrama/", self.read("").links)
        self.assertIn(f"{EDITION}8.2/", self.read("8.2/organigrama/").links)

    def test_a_code_that_does_not_exist(self):
        self.assertContains(self.get("9.9/organigrama/", 404), "9.9", status_code=404)
        for name in ["organigrama.svg", "organigrama.png"]:
            response = self.get(f"9.9/{name}", 404)
            self.assertTrue(response.headers["Content-Type"].startswith("text/html"))

    def test_a_code_with_the_dot_of_the_print(self):
        response = self.get("8.2./organigrama/", 302)
        self.assertEqual(response.headers["Location"], f"{EDITION}8.2/organigrama/")


class FileTests(ChartTests):
    def test_svg(self):
        response = self.get("8.2/organigrama.svg")
        self.assertEqual(
            response.headers["Content-Type"], "image/svg+xml; charset=utf-8"
        )
        self.assertEqual(
            response.headers["Content-Disposition"],
            'inline; filename="organigrama-dir-2021-8.2.svg"',
        )
        text = "".join(
            ElementTree.fromstring(response.content).itertext()  # noqa: S314 - ours
        )
        for part in ["Coordinación 8.2.1.1", "Edición 2021", "Instituto de Pruebas"]:
            self.assertIn(part, text)
        self.assertNotIn("8.3", text)
        self.assertNotIn("Borrador", text)

    def test_png(self):
        response = self.get("organigrama.png?niveles=1")
        self.assertEqual(response.headers["Content-Type"], "image/png")
        self.assertIn("organigrama-dir-2021-8.1.png", str(response.headers))
        self.assertEqual(response.content[:8], b"\x89PNG\r\n\x1a\n")
        larger = self.get("organigrama.png?niveles=2")
        self.assertNotEqual(larger.content, response.content)

    def test_anybody_may_keep_them_and_asks_whether_they_hold(self):
        for name in ["organigrama/", "organigrama.svg", "organigrama.png"]:
            with self.subTest(name=name):
                response = self.get(name)
                self.assertEqual(
                    response.headers["Cache-Control"], "public, max-age=60"
                )
                again = self.client.get(
                    EDITION + name, headers={"if-none-match": response.headers["ETag"]}
                )
                self.assertEqual(again.status_code, 304)


class OtherEditionTests(TestCase):
    def test_a_draft_is_for_who_reads_drafts_and_nobody_keeps_it(self):
        filled_edition("borrador")
        names = [
            "organigrama/",
            "8.2/organigrama/",
            "organigrama.svg",
            "8.2/organigrama.png",
        ]
        for name in names:
            address = f"/manuales/dir/borrador/{name}"
            self.assertEqual(self.client.get(address).status_code, 404)
        self.client.force_login(make_user("lector"))
        for name in names:
            with self.subTest(name=name):
                response = self.client.get(f"/manuales/dir/borrador/{name}")
                self.assertEqual(response.status_code, 200)
                self.assertIn("private", response.headers["Cache-Control"])
                self.assertIn("no-store", response.headers["Cache-Control"])
        svg = self.client.get("/manuales/dir/borrador/organigrama.svg")
        self.assertContains(svg, "Borrador: no está autorizado")

    def test_a_draft_shows_its_units_as_they_are_now(self):
        edition = make_edition("borrador")
        units = make_tree("8.1", edition)
        self.client.force_login(make_user("lector"))
        address = "/manuales/dir/borrador/organigrama.svg"
        self.assertNotContains(self.client.get(address), "Recién creada")
        make_unit(units["8.1"], name="División Recién creada")
        self.assertContains(self.client.get(address), "Recién creada")

    def test_an_edition_without_units(self):
        make_edition("vacia")
        self.client.force_login(make_user("lector"))
        page = self.client.get("/manuales/dir/vacia/organigrama/")
        self.assertContains(page, "Esta edición todavía no tiene unidades.")
        file = self.client.get("/manuales/dir/vacia/organigrama.svg")
        self.assertEqual(file.status_code, 404)

    def test_the_banner_leads_to_the_chart_of_the_edition_in_force(self):
        published("2021", PAST)
        published("2024", LATER, functions_chapter=7)
        page = Reader(self.client.get(f"{EDITION}organigrama/"))
        self.assertIn("/manuales/dir/2024/organigrama/", page.links)


class SizeTests(TestCase):
    """What it costs does not grow with the manual."""

    @classmethod
    def setUpTestData(cls):
        published("2021", PAST, units=3)
        published("2024", LATER, units=3000, functions_chapter=7)

    def queries(self, address):
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            self.assertEqual(self.client.get(address).status_code, 200)
        return len(captured)

    def test_queries(self):
        for small, large in [
            ("2021/organigrama/", "2024/organigrama/"),
            ("2021/8.2/organigrama/", "2024/7.2/organigrama/"),
            ("2021/organigrama.svg", "2024/organigrama.svg"),
            ("2021/8.2/organigrama.png", "2024/7.2/organigrama.png"),
        ]:
            with self.subTest(small=small):
                count = self.queries(f"/manuales/dir/{small}")
                self.assertLessEqual(count, 4)
                self.assertEqual(self.queries(f"/manuales/dir/{large}"), count)

    def test_a_chart_that_nobody_could_read_is_refused_with_a_reason(self):
        page = self.client.get("/manuales/dir/2024/organigrama/?niveles=9")
        self.assertContains(page, "400 unidades como máximo")
        plain = self.client.get("/manuales/dir/2024/organigrama/")
        self.assertContains(plain, "400 unidades como máximo")
        small = self.client.get("/manuales/dir/2021/organigrama/?niveles=9")
        self.assertNotContains(small, "como máximo")
        self.assertContains(page, "3,000 unidades administrativas")
        # The root alone: it leads a thousand units.
        self.assertEqual(page.content.decode().count("chart-box chart-look"), 1 + 1)
        self.assertLess(len(page.content), 20_000)
