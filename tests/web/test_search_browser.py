"""The search in a browser: while one types, by keyboard alone, without JavaScript."""

from urllib.parse import quote

from manuals import cache
from tests.web.browser import BrowserTestCase
from tests.web.searching import write_all

HOME = "/manuales/dir/2024/"
UNIT = f"{HOME}8.2/"
PAGE = f"{HOME}buscar/"
FOCUSED = "document.activeElement.getAttribute('href')"


class SearchBrowserTests(BrowserTestCase):
    def setUp(self):
        cache.clear()
        write_all()

    def box(self, page):
        return page.locator("#buscar")

    def status(self, page):
        return page.locator("form[role=search] [role=status]")

    def wait_for_status(self, page, said):
        page.wait_for_function(
            "said => [...document.querySelectorAll('form[role=search] [role=status]')]"
            ".some(one => one.textContent === said)",
            arg=said,
        )

    def test_results_drop_from_the_box_while_one_types(self):
        page = self.tab()
        self.open(page, UNIT)
        self.box(page).press_sequentially("telef")
        self.wait_for_status(page, "1 resultado")
        panel = page.locator(".find-panel")
        self.assertIn("función 2, inciso a)", panel.inner_text())
        self.assertEqual(panel.locator("mark").inner_text(), "teléfono")
        self.assertEqual(page.url, self.live_server_url + UNIT)
        panel.locator("a[data-hit]").first.click()
        page.wait_for_url(f"**{HOME}8.2/#f2-a")
        self.assertEqual(self.said, [])

    def test_the_keyboard_walks_through_them_and_comes_back(self):
        page = self.tab()
        self.open(page, HOME)
        box = self.box(page)
        box.focus()
        page.keyboard.type("quejas")
        self.wait_for_status(page, "5 resultados")
        links = page.locator(".find-panel a[data-hit]")
        addresses = [one.get_attribute("href") for one in links.all()]
        self.assertGreaterEqual(len(addresses), 5)
        page.keyboard.press("ArrowDown")
        self.assertEqual(page.evaluate(FOCUSED), addresses[0])
        page.keyboard.press("ArrowDown")
        self.assertEqual(page.evaluate(FOCUSED), addresses[1])
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        self.assertTrue(box.evaluate("box => box === document.activeElement"))
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Escape")
        self.assertTrue(box.evaluate("box => box === document.activeElement"))
        self.assertFalse(page.locator(".find-panel").is_visible())
        self.assertEqual(box.input_value(), "quejas")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{PAGE}?q=quejas")
        self.assertEqual(self.box(page).input_value(), "quejas")
        self.assertEqual(page.locator(".hits > li").count(), 5)

    def test_leaving_the_box_closes_what_dropped_from_it(self):
        page = self.tab()
        self.open(page, HOME)
        panel = page.locator(".find-panel")
        for leave in (
            lambda: page.keyboard.press("Shift+Tab"),
            lambda: page.locator("footer p").click(),
        ):
            self.box(page).fill("")
            self.box(page).press_sequentially("quejas")
            panel.locator("a").first.wait_for()
            leave()
            panel.wait_for(state="hidden")

    def test_on_the_search_page_results_take_the_place_of_those_before(self):
        page = self.tab()
        self.open(page, f"{PAGE}?q=pagos")
        self.assertEqual(page.title().split(" ")[0], "«pagos»")
        self.box(page).fill("quej")
        self.wait_for_status(page, "5 resultados")
        self.assertEqual(page.locator("h2").first.inner_text(), "5 resultados")
        self.assertEqual(page.url, f"{self.live_server_url}{PAGE}?q=quej")
        page.reload()
        self.assertEqual(page.locator(".hits > li").count(), 5)
        self.box(page).press("ArrowDown")
        self.assertEqual(
            page.evaluate(FOCUSED),
            page.locator("a[data-hit]").first.get_attribute("href"),
        )
        self.assertEqual(self.said, [])

    def test_a_code_is_the_first_offer_and_enter_goes_straight_there(self):
        page = self.tab()
        self.open(page, HOME)
        self.box(page).press_sequentially("8.2.1")
        offer = page.locator(".find-panel a").first
        offer.wait_for()
        self.assertEqual(offer.get_attribute("href"), f"{HOME}8.2.1/")
        self.box(page).press("Enter")
        page.wait_for_url(f"**{HOME}8.2.1/")

    def test_a_failure_is_said_and_the_form_still_works(self):
        page = self.tab()
        self.open(page, HOME)
        page.route("**/resultados/**", lambda route: route.abort())
        self.box(page).press_sequentially("quejas")
        self.wait_for_status(
            page, "No se pudo buscar. Oprima Entrar para intentarlo de nuevo."
        )
        self.box(page).press("Enter")
        page.wait_for_url(f"**{PAGE}?q=quejas")

    def test_without_javascript_everything_is_reached(self):
        page = self.tab(java_script_enabled=False)
        self.open(page, UNIT)
        self.box(page).fill("recibir quejas")
        page.get_by_role("button", name="Buscar").click()
        page.wait_for_url(f"**{PAGE}?desde=8.2&q=recibir+quejas")
        page.get_by_role("link", name="Funciones (1)").click()
        page.get_by_role("link", name="¿Quién hace esto?").click()
        page.get_by_role("link", name="8.2.1 División de Recepción").click()
        page.wait_for_url(f"**{HOME}8.2.1/")

    def test_a_narrow_window_holds_the_box_the_panel_and_the_results(self):
        page = self.tab(viewport={"width": 360, "height": 640}, has_touch=True)
        self.open(page, UNIT)
        self.box(page).press_sequentially("quejas")
        panel = page.locator(".find-panel")
        panel.locator("a").first.wait_for()
        place = panel.bounding_box()
        self.assertGreaterEqual(place["x"], 0)
        self.assertLessEqual(place["x"] + place["width"], 360)
        self.assert_fits(
            page, {f"{PAGE}?q={quote(text)}": 200 for text in ("quejas", "x" * 300)}
        )

    def test_axe_finds_nothing_in_what_drops_from_the_box(self):
        page = self.tab(bypass_csp=True)
        self.open(page, UNIT)
        self.box(page).press_sequentially("quejas")
        page.locator(".find-panel a").first.wait_for()
        self.assert_no_violations(page, "panel")
