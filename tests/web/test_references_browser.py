"""References in a browser: by keyboard, and without a script."""

from manuals import cache
from tests.factories import authorise
from tests.web.browser import BrowserTestCase
from tests.web.test_references import HOME, SHARED, filled


class ReferencesInABrowserTests(BrowserTestCase):
    def setUp(self):
        cache.clear()
        authorise(filled())

    def test_a_shared_name_leads_to_one_of_its_units_without_a_script(self):
        page = self.tab(java_script_enabled=False)
        self.open(page, f"{HOME}8.3/")
        page.get_by_role("main").get_by_role("link", name=SHARED).first.click()
        self.assertTrue(page.url.endswith("/homonimas/"))
        page.locator("article").get_by_role("link", name=f"8.2.1 {SHARED}").click()
        self.assertTrue(page.url.endswith(f"{HOME}8.2.1/"))

    def test_a_mention_is_reached_by_keyboard_from_the_unit_named(self):
        page = self.tab()
        self.open(page, f"{HOME}8.2/")
        page.get_by_role("link", name="2 funciones de 1 unidad").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/menciones/")
        page.get_by_role("link", name="Función 2, inciso b)").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/8.1/#f2-b")
        self.assertTrue(page.locator("#f2-b").is_visible())
