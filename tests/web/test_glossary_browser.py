"""The glossary in a browser: by pointer, keyboard and finger, also without script."""

from manuals import cache
from manuals.permissions import OPERATOR
from manuals.services import add_term
from tests.factories import REASON, authorise, make_function
from tests.web.browser import BrowserTestCase
from tests.web.support import PAST, filled_edition

PAE = "Procedimiento administrativo de ejecución"
UNIT = "/manuales/dir/2021/8.2/"
GLOSSARY = "/manuales/dir/2021/glosario/"


class GlossaryBrowserTests(BrowserTestCase):
    def setUp(self):
        cache.clear()
        edition = filled_edition()
        unit = edition.units.get(code="8.2")
        make_function(unit, "Cobrar por el PAE las cuotas que no se pagaron; y UMA.")
        authorise(edition, PAST)
        by = {"manual": edition.manual, "user": OPERATOR, "reason": REASON}
        add_term(term="PAE", meaning=PAE, explanation="Para cobrar.", **by)
        add_term(term="UMA", meaning="Unidad de Medida y Actualización", **by)

    def focused(self, page):
        return page.evaluate("document.activeElement.textContent")

    def test_a_click_shows_the_meaning_beside_the_term(self):
        page = self.tab(viewport={"width": 1024, "height": 700})
        self.open(page, UNIT)
        term = page.get_by_role("link", name="PAE")
        term.click()
        card = page.get_by_role("dialog", name="PAE")
        self.assertIn(PAE, card.inner_text())
        self.assertEqual(term.get_attribute("aria-expanded"), "true")
        below = card.bounding_box()["y"] - term.bounding_box()["y"]
        self.assertLess(abs(below), 200)
        self.assertEqual(page.url, self.live_server_url + UNIT)
        term.click()
        card.wait_for(state="detached")
        term.click()
        card.get_by_role("link", name="Ver en el glosario").click()
        page.wait_for_url(f"**{GLOSSARY}#pae")
        self.assertEqual(self.said, [])

    def test_the_keyboard_opens_reads_and_closes_it(self):
        page = self.tab()
        self.open(page, UNIT)
        page.get_by_role("link", name="PAE").focus()
        page.keyboard.press("Enter")
        card = page.get_by_role("dialog", name="PAE")
        card.wait_for()
        self.assertIn(PAE, self.focused(page))
        page.keyboard.press("Tab")
        self.assertEqual(self.focused(page), "Ver en el glosario")
        page.keyboard.press("Escape")
        card.wait_for(state="detached")
        self.assertEqual(self.focused(page), "PAE")
        page.keyboard.press("Enter")
        card.wait_for()
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        card.wait_for(state="detached")
        self.assertEqual(self.focused(page), "UMA")

    def test_a_finger_opens_and_closes_it_within_a_narrow_window(self):
        page = self.tab(viewport={"width": 320, "height": 500}, has_touch=True)
        self.open(page, UNIT)
        for name in ["PAE", "UMA"]:
            term = page.get_by_role("link", name=name)
            term.tap()
            card = page.get_by_role("dialog", name=name)
            card.wait_for()
            box = card.bounding_box()
            self.assertGreaterEqual(box["x"], 0)
            self.assertLessEqual(box["x"] + box["width"], 320)
            taken = page.evaluate("document.documentElement.scrollWidth")
            self.assertLessEqual(taken, 320)
            term.tap()
            card.wait_for(state="detached")
            self.assertEqual(term.get_attribute("aria-expanded"), "false")

    def test_without_script_the_term_leads_to_its_entry(self):
        page = self.tab(java_script_enabled=False)
        self.open(page, UNIT)
        page.get_by_role("link", name="PAE").click()
        page.wait_for_url(f"**{GLOSSARY}#pae")

    def test_axe_finds_nothing_in_an_open_card(self):
        page = self.tab(bypass_csp=True)
        self.open(page, UNIT)
        page.get_by_role("link", name="PAE").click()
        page.get_by_role("dialog", name="PAE").wait_for()
        self.assert_no_violations(page, "card")
