"""The tree in a browser: by keyboard, filtered, remembered, without scripts."""

import pytest

from manuals import cache
from manuals.permissions import OPERATOR
from manuals.services import create_chapter
from tests.factories import REASON, authorise, make_edition, make_function, make_unit
from tests.web.browser import BrowserTestCase
from tests.web.support import LATER, PAST, filled_edition

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}
UNIT = "/manuales/dir/2021/8.2.1/"


def write():
    # 8.1 Dirección > 8.2 Unidad de Afiliación > 8.2.1 Coordinación de Índices
    #                                          > 8.2.2 Coordinación de Diseño
    #               > 8.3 Unidad de Cobranza   > 8.3.1 Coordinación de Índices B
    #                                            > 8.3.1.1 División Ñandú
    #               > 8.4 Jefatura de Cobranza
    edition = make_edition()
    root = make_unit(edition, name="Dirección General")
    first = make_unit(root, name="Unidad de Afiliación")
    for name in ["Coordinación de Índices", "Coordinación de Diseño"]:
        make_function(make_unit(first, name=name))
    second = make_unit(root, name="Unidad de Cobranza")
    deep = make_unit(second, name="Coordinación de Índices B")
    make_unit(deep, name="División Ñandú")
    make_unit(root, name="Jefatura de Cobranza")
    create_chapter(edition=edition, user=OPERATOR, reason=REASON, number=1, title="Uno")
    return authorise(edition, PAST)


class TreeCase(BrowserTestCase):
    def setUp(self):
        cache.clear()
        write()

    def page_at(self, address, **options):
        options.setdefault("viewport", WIDE)
        page = self.tab(**options)
        self.open(page, address)
        page.get_by_role("tree").wait_for()
        return page

    def codes(self, page):
        """The codes of the items in view."""
        return page.eval_on_selector_all(
            "[role=treeitem]",
            """links => links.filter(one => one.checkVisibility())
               .map(one => one.querySelector(".code").textContent)""",
        )

    def focused(self, page):
        return page.evaluate(
            "document.activeElement.querySelector('.code').textContent"
        )

    def press(self, page, keys):
        for key in keys.split():
            page.keyboard.press(key)

    def type_at_once(self, page, text):
        """Keys without the pauses of a busy machine, after which a word is another."""
        page.evaluate(
            """text => {
              for (const key of text) {
                const said = { key, bubbles: true, cancelable: true };
                const typed = new KeyboardEvent("keydown", said);
                document.activeElement.dispatchEvent(typed);
              }
            }""",
            text,
        )

    def status(self, page, text):
        page.get_by_role("status").filter(has_text=text).wait_for()


class KeysTests(TreeCase):
    def test_the_tree_is_one_stop_at_the_current_unit(self):
        page = self.page_at(UNIT)
        self.assertEqual(
            self.codes(page), ["8.1", "8.2", "8.2.1", "8.2.2", "8.3", "8.4"]
        )
        page.get_by_label("Filtrar por nombre o código").focus()
        self.press(page, "Tab")
        self.assertEqual(self.focused(page), "8.2.1")
        self.assertEqual(
            page.evaluate("document.activeElement.getAttribute('aria-current')"), "page"
        )
        self.press(page, "Tab")
        self.assertFalse(page.evaluate("!!document.activeElement.closest('.tree')"))

    def test_arrows_home_and_end_move_open_and_close(self):
        page = self.page_at(UNIT)
        page.locator("[aria-current=page]").focus()
        for keys, place in [
            ("ArrowDown", "8.2.2"),
            ("ArrowDown", "8.3"),
            ("ArrowRight", "8.3"),
            ("ArrowRight", "8.3.1"),
            ("ArrowRight", "8.3.1"),
            ("ArrowRight", "8.3.1.1"),
            ("ArrowRight", "8.3.1.1"),
            ("ArrowLeft", "8.3.1"),
            ("ArrowLeft", "8.3.1"),
            ("ArrowLeft", "8.3"),
            ("ArrowUp", "8.2.2"),
            ("Home", "8.1"),
            ("ArrowUp", "8.1"),
            ("End", "8.4"),
            ("ArrowDown", "8.4"),
        ]:
            self.press(page, keys)
            self.assertEqual(self.focused(page), place, keys)
        self.press(page, "Home ArrowLeft")
        self.assertEqual(self.codes(page), ["8.1"])

    def test_the_star_opens_what_stands_beside(self):
        page = self.page_at(UNIT)
        page.locator("[aria-current=page]").focus()
        self.press(page, "ArrowLeft *")
        self.assertEqual(
            self.codes(page),
            ["8.1", "8.2", "8.2.1", "8.2.2", "8.3", "8.3.1", "8.4"],
        )

    def test_typing_leads_to_what_begins_so(self):
        page = self.page_at(UNIT)
        page.locator("[aria-current=page]").focus()
        self.type_at_once(page, "unidad de c")
        self.assertEqual(self.focused(page), "8.3")
        page.wait_for_timeout(800)
        self.type_at_once(page, "8.2.2")
        self.assertEqual(self.focused(page), "8.2.2")
        page.wait_for_timeout(800)
        self.type_at_once(page, "indices")
        self.assertEqual(self.focused(page), "8.2.1")

    def test_enter_leads_to_the_unit(self):
        page = self.page_at(UNIT)
        page.locator("[aria-current=page]").focus()
        self.press(page, "ArrowDown Enter")
        page.wait_for_url("**/8.2.2/")
        self.assertEqual(page.locator("h1").inner_text(), "Coordinación de Diseño")

    def test_what_was_opened_stays_so_from_page_to_page(self):
        page = self.page_at(UNIT)
        page.locator("[aria-current=page]").focus()
        self.press(page, "ArrowDown ArrowDown ArrowRight")
        self.assertIn("8.3.1", self.codes(page))
        self.open(page, "/manuales/dir/2021/8.4/")
        page.get_by_role("tree").wait_for()
        self.assertEqual(self.codes(page), ["8.1", "8.2", "8.3", "8.3.1", "8.4"])
        self.open(page, "/manuales/dir/2021/")
        page.get_by_role("tree").wait_for()
        self.assertIn("8.3.1", self.codes(page))

    def test_what_is_above_the_unit_is_open_whatever_was_closed(self):
        page = self.page_at(UNIT)
        page.locator("[aria-current=page]").focus()
        self.press(page, "ArrowLeft ArrowLeft")
        self.assertNotIn("8.2.1", self.codes(page))
        self.open(page, "/manuales/dir/2021/8.2.2/")
        page.get_by_role("tree").wait_for()
        self.assertIn("8.2.2", self.codes(page))

    def test_a_click_on_the_fold_opens_and_one_on_the_name_leads(self):
        page = self.page_at(UNIT)
        item = page.get_by_role("treeitem", name="8.3 Unidad de Cobranza")
        item.locator(".fold").click()
        self.assertEqual(item.get_attribute("aria-expanded"), "true")
        self.assertIn("8.3.1", self.codes(page))
        item.get_by_text("Unidad de Cobranza").click()
        page.wait_for_url("**/8.3/")


class HomeTests(TreeCase):
    def test_the_lists_of_the_page_become_the_tree_with_their_counts(self):
        page = self.page_at("/manuales/dir/2021/")
        self.assertEqual(
            self.codes(page),
            ["8.1", "8.2", "8.2.1", "8.2.2", "8.3", "8.3.1", "8.4"],
        )
        item = page.get_by_role("treeitem", name="8.2.1 Coordinación de Índices 1 func")
        self.assertEqual(item.count(), 1)

    def test_on_paper_all_is_open(self):
        page = self.page_at("/manuales/dir/2021/")
        self.assertNotIn("8.3.1.1", self.codes(page))
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        self.assertIn("8.3.1.1", self.codes(page))
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        self.assertNotIn("8.3.1.1", self.codes(page))


class FilterTests(TreeCase):
    def filtered(self, text, address=UNIT, **options):
        page = self.page_at(address, **options)
        page.get_by_label("Filtrar por nombre o código").fill(text)
        return page

    def test_all_words_must_occur_whatever_accents_and_case(self):
        page = self.filtered("INDICES coord")
        self.assertEqual(self.codes(page), ["8.1", "8.2", "8.2.1", "8.3", "8.3.1"])
        self.assertEqual(
            page.locator("mark").all_inner_texts(), ["Coord", "Índices"] * 2
        )
        self.status(page, "2 unidades coinciden.")

    def test_by_code(self):
        page = self.filtered("8.3.1.")
        self.assertEqual(self.codes(page), ["8.1", "8.3", "8.3.1", "8.3.1.1"])
        self.assertEqual(page.locator("mark").all_inner_texts(), ["8.3.1."])
        self.status(page, "1 unidad coincide.")

    def test_nothing_found_is_said(self):
        page = self.filtered("xyz")
        self.assertEqual(self.codes(page), [])
        self.status(page, "Ninguna unidad coincide.")

    def test_arrows_go_from_one_found_to_the_next_and_back_to_the_field(self):
        page = self.filtered("indices")
        self.press(page, "ArrowDown")
        self.assertEqual(self.focused(page), "8.2.1")
        self.press(page, "ArrowDown")
        self.assertEqual(self.focused(page), "8.3.1")
        self.press(page, "ArrowUp ArrowUp")
        self.assertEqual(page.evaluate("document.activeElement.id"), "filtro")

    def test_escape_shows_all_again(self):
        page = self.filtered("nandu")
        self.press(page, "ArrowDown")
        self.assertEqual(self.focused(page), "8.3.1.1")
        self.press(page, "Escape")
        self.assertEqual(page.evaluate("document.activeElement.id"), "filtro")
        self.assertEqual(page.locator("#filtro").input_value(), "")
        self.assertEqual(
            self.codes(page), ["8.1", "8.2", "8.2.1", "8.2.2", "8.3", "8.4"]
        )
        self.assertEqual(page.locator("mark").count(), 0)

    def test_enter_leads_to_the_first_found(self):
        page = self.filtered("nandu", address="/manuales/dir/2021/")
        self.press(page, "Enter")
        page.wait_for_url("**/8.3.1.1/")


class NarrowTests(TreeCase):
    def test_a_button_opens_the_tree_above_the_text(self):
        page = self.tab(viewport=PHONE)
        self.open(page, UNIT)
        button = page.get_by_role("button", name="Estructura")
        self.assertEqual(button.get_attribute("aria-expanded"), "false")
        self.assertFalse(page.locator(".tree").is_visible())
        button.focus()
        self.press(page, "Enter")
        page.get_by_role("tree").wait_for()
        self.assertEqual(button.get_attribute("aria-expanded"), "true")
        self.press(page, "Tab")
        self.assertEqual(page.evaluate("document.activeElement.id"), "filtro")
        self.press(page, "Tab Escape")
        self.assertFalse(page.locator(".tree").is_visible())
        self.assertEqual(page.locator(":focus").inner_text(), "Estructura")
        self.assertEqual(self.said, [])

    def test_the_tree_is_asked_for_only_when_wanted(self):
        asked = []
        page = self.tab(viewport=PHONE)
        page.on("request", lambda request: asked.append(request.url))
        self.open(page, UNIT)
        page.wait_for_timeout(500)
        self.assertFalse([url for url in asked if "/arbol/" in url])


class WithoutScriptTests(TreeCase):
    def test_the_branch_is_links_and_a_phone_is_led_to_the_home(self):
        page = self.tab(java_script_enabled=False, viewport=WIDE)
        self.open(page, UNIT)
        self.assertTrue(page.locator(".side a[href$='/8.2.2/']").is_visible())
        self.assertFalse(page.locator("#filtro").is_visible())
        self.assertFalse(page.locator(".side-open").is_visible())
        page = self.tab(java_script_enabled=False, viewport=PHONE)
        self.open(page, UNIT)
        self.assertFalse(page.locator(".side .tree").is_visible())
        page.locator("a.side-open").click()
        self.assertTrue(page.url.endswith("/manuales/dir/2021/#estructura"))
        self.assertTrue(page.locator("a[href$='/8.2.1/']").is_visible())

    def test_editions_are_changed(self):
        authorise(filled_edition("2024", functions_chapter=7), LATER)
        page = self.tab(java_script_enabled=False, viewport=PHONE)
        self.open(page, "/manuales/dir/2024/7.2/")
        page.locator(".editions summary").click()
        self.assertIn("No tiene esta unidad", page.locator(".menu").inner_text())
        page.locator(".menu").get_by_role("link", name="Edición 2021").click()
        self.assertTrue(page.url.endswith("/manuales/dir/2021/"))

    def test_pages_are_whole_when_the_tree_cannot_be_had(self):
        page = self.tab(viewport=WIDE)
        page.route("**/arbol/*", lambda route: route.abort())
        page.goto(self.live_server_url + UNIT)
        page.wait_for_timeout(500)
        self.assertEqual(page.get_by_role("tree").count(), 0)
        self.assertTrue(page.locator(".side a[href$='/8.2.2/']").is_visible())
        self.assertFalse([one for one in self.said if "Uncaught" in one])


@pytest.mark.appearance
class AccessibilityTests(TreeCase):
    def test_pages_with_a_tree_are_accessible_in_every_state(self):
        authorise(filled_edition("2024", functions_chapter=7), LATER)
        self.assert_tree_accessible(
            [UNIT, "/manuales/dir/2021/", "/manuales/dir/2021/capitulos/1/"]
        )

    def assert_tree_accessible(self, addresses):
        for width in [360, 1440]:  # a tablet shows what a telephone does
            page = self.tab(bypass_csp=True, viewport={"width": width, "height": 800})
            for address in addresses:
                self.open(page, address)
                if page.locator("button.side-open").is_visible():
                    page.locator("button.side-open").click()
                page.get_by_role("tree").wait_for()
                self.assert_no_violations(page, (width, address))
                page.locator("#filtro").fill("coord")
                self.status(page, "coinciden")
                page.locator(".editions summary").click()
                self.assert_no_violations(page, (width, address, "filter and menu"))

    def test_the_menu_of_editions_closes_with_escape_and_a_click_elsewhere(self):
        authorise(filled_edition("2024", functions_chapter=7), LATER)
        page = self.page_at(UNIT)
        summary = page.locator(".editions summary")
        summary.focus()
        self.press(page, "Enter Tab")
        self.assertTrue(page.locator(".menu").is_visible())
        self.press(page, "Escape")
        self.assertFalse(page.locator(".menu").is_visible())
        self.assertTrue(summary.evaluate("one => one === document.activeElement"))
        summary.click()
        page.locator("h1").click()
        self.assertFalse(page.locator(".menu").is_visible())


class LargeTreeTests(BrowserTestCase):
    def setUp(self):
        cache.clear()
        authorise(filled_edition(units=3000, functions=1), PAST)

    def test_the_tree_is_scrolled_as_it_was_from_page_to_page(self):
        page = self.tab(viewport=WIDE)
        self.open(page, "/manuales/dir/2021/8.500/")
        page.get_by_role("tree").wait_for()
        tree = page.locator(".side .tree")
        tree.evaluate("one => { one.scrollTop += 120 }")
        top = tree.evaluate("one => one.scrollTop")
        self.assertGreater(top, 5000)
        page.get_by_role("treeitem", name="8.505 ", exact=False).click()
        page.wait_for_url("**/8.505/")
        page.get_by_role("tree").wait_for()
        self.assertTrue(page.locator("[aria-current=page]").is_visible())
        self.assertAlmostEqual(tree.evaluate("one => one.scrollTop"), top, delta=40)

    def test_three_thousand_units_are_drawn_as_they_are_opened(self):
        page = self.tab(viewport=WIDE)
        self.open(page, "/manuales/dir/2021/8.500.1/")
        page.get_by_role("tree").wait_for()
        items = page.locator("[role=treeitem]")
        self.assertLess(items.count(), 1100)  # the root's thousand, not three
        self.assertTrue(page.locator("[aria-current=page]").is_visible())
        took = page.evaluate(
            """() => {
                const input = document.querySelector("#filtro");
                const begun = performance.now();
                input.value = "unidad 1";
                input.dispatchEvent(new Event("input"));
                document.body.getBoundingClientRect();
                return performance.now() - begun;
            }"""
        )
        self.assertLess(took, 500)
        page.get_by_role("status").filter(has_text="las primeras 200").wait_for()
        self.assertLess(items.count(), 700)
