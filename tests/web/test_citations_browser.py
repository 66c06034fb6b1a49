"""Copying citations and links in a browser: mouse, keyboard, touch, without scripts."""

import pytest

from manuals import cache
from manuals.permissions import OPERATOR
from manuals.services import create_chapter
from tests.factories import (
    REASON,
    authorise,
    make_edition,
    make_function,
    make_unit,
    make_user,
)
from tests.web.browser import BrowserTestCase
from tests.web.support import PAST

WIDE = {"width": 1440, "height": 900}
NARROW = {"width": 768, "height": 900}
PHONE = {"width": 360, "height": 740}
UNIT = "/manuales/dir/2021/8.1/"
CHAPTER = "/manuales/dir/2021/capitulos/1/"
WORK = "Manual de Organización de la Dirección de Pruebas, edición 2021"
MAY_COPY = ["clipboard-read", "clipboard-write"]
LONG = "Planear y dirigir lo que corresponda a la materia de afiliación. " * 4


class CitationCase(BrowserTestCase):
    def setUp(self):
        cache.clear()
        edition = make_edition()
        unit = make_unit(edition, name="Dirección General")
        for number in range(1, 31):
            function = make_function(unit, f"{number} {LONG}")
            if number == 12:
                for text in ["Patrones;", "Obras."]:
                    item = make_function(unit, text, parent=function)
                make_function(unit, "Públicas.", parent=item)
        create_chapter(
            edition=edition,
            user=OPERATOR,
            reason=REASON,
            number=1,
            title="Uno",
            body="\n\n".join([LONG] * 12),
        )
        self.edition = self.finish(edition)

    def finish(self, edition):
        return authorise(edition, PAST)

    def page_at(self, address, **options):
        options.setdefault("viewport", WIDE)
        options.setdefault("permissions", MAY_COPY)
        page = self.tab(**options)
        self.open(page, address)
        page.locator(".n[aria-expanded]").first.wait_for()
        return page

    def button(self, page, name):
        return page.get_by_role("button", name=name, exact=True)

    def copied(self, page):
        return page.evaluate("navigator.clipboard.readText()")

    def focused(self, page):
        """The fragment that the focused number leads to, or a button's words."""
        return page.evaluate(
            "document.activeElement.hash || document.activeElement.textContent"
        )

    def place(self, page, selector):
        box = page.locator(selector).bounding_box()
        return box["x"], box["y"], box["width"], box["height"]


class MouseTests(CitationCase):
    def test_an_item_under_the_mouse_offers_citation_and_link(self):
        page = self.page_at(UNIT)
        self.assertEqual(page.locator(".item-tools").count(), 0)
        page.hover("#f12-b > p")
        self.button(page, "Copiar cita").click()
        page.get_by_role("status").get_by_text("Cita copiada").wait_for()
        self.assertTrue(self.button(page, "Cita copiada").is_visible())
        self.assertEqual(
            self.copied(page), f"{WORK}, 8.1, función 12, inciso b)", self.said
        )
        self.button(page, "Copiar enlace").click()
        page.get_by_role("status").get_by_text("Enlace copiado").wait_for()
        self.assertEqual(
            self.copied(page), f"{self.live_server_url}{UNIT}#f12-b", self.said
        )
        self.button(page, "Copiar enlace").wait_for()  # after a while it is as before
        self.assertEqual(self.said, [])

    def test_tools_go_with_the_mouse_and_leave_with_it(self):
        page = self.page_at(UNIT)
        page.hover("#f2 > p")
        self.assertEqual(page.locator("#f2 > .item-tools").count(), 1)
        self.button(page, "Copiar cita").click()
        page.hover("#f3 > p")
        self.assertEqual(page.locator("#f3 > .item-tools").count(), 1)
        self.assertEqual(page.locator(".item-tools").count(), 1)
        self.assertTrue(self.button(page, "Copiar cita").is_visible())
        page.hover("h2#funciones")
        self.assertEqual(page.locator(".item-tools").count(), 0)

    def test_in_a_narrow_window_the_number_offers_them_and_the_text_is_left_alone(self):
        page = self.page_at(UNIT, viewport=NARROW)
        page.hover("#f2 > p")
        self.assertEqual(page.locator(".item-tools").count(), 0)
        page.hover("#f2 > .n")
        self.button(page, "Copiar cita").click()
        self.assertEqual(self.copied(page), f"{WORK}, 8.1, función 2")

    def test_nothing_moves(self):
        for viewport in [WIDE, NARROW]:
            page = self.page_at(UNIT, viewport=viewport)
            page.locator("#f12").scroll_into_view_if_needed()
            before = self.place(page, "#f12-b > p"), self.place(page, "footer")
            page.click("#f12-b > .n")
            self.button(page, "Copiar cita").click()
            self.button(page, "Cita copiada").wait_for()
            after = self.place(page, "#f12-b > p"), self.place(page, "footer")
            self.assertEqual(before, after)

    def test_an_activated_number_is_the_address_and_back_leads_to_the_one_before(self):
        page = self.page_at(UNIT)
        page.click("#f1 > .n")
        page.click("#f2 > .n")
        self.assertTrue(page.url.endswith(f"{UNIT}#f2"))
        self.assertEqual(page.locator("li:target").get_attribute("id"), "f2")
        page.go_back()
        page.locator("#f1:target").wait_for()
        page.wait_for_function("document.activeElement.hash === '#f1'")
        self.assertEqual(page.locator(".n[aria-expanded=true]").count(), 0)
        page.go_back()
        self.assertTrue(page.url.endswith(UNIT))
        self.assertEqual(page.locator("li:target").count(), 0)

    def test_an_open_number_closes_when_activated_again_or_at_a_press_elsewhere(self):
        page = self.page_at(UNIT)
        for close in ["#f1 > .n", "h2#funciones"]:
            page.click("#f1 > .n")
            self.assertEqual(page.locator("#f1 > .n[aria-expanded=true]").count(), 1)
            page.click(close)
            self.assertEqual(page.locator(".n[aria-expanded=true]").count(), 0)


class TargetTests(CitationCase):
    def test_the_target_is_seen_below_the_head_that_stays(self):
        for viewport in [WIDE, NARROW, PHONE]:
            for anchor in ["f12", "f12-b-i", "f25"]:
                page = self.page_at(f"{UNIT}#{anchor}", viewport=viewport)
                with self.subTest(width=viewport["width"], anchor=anchor):
                    top = self.place(page, f"#{anchor}")[1]
                    _x, y, _width, height = self.place(page, ".head-stay")
                    self.assertEqual(y, 0)
                    self.assertGreaterEqual(top, height)
                    self.assertLess(top, viewport["height"] / 2)
                    self.assertNotEqual(
                        *(
                            page.eval_on_selector(
                                one, "item => getComputedStyle(item).backgroundColor"
                            )
                            for one in [f"#{anchor}", "#f30"]
                        )
                    )

    def test_the_keyboard_goes_on_from_the_target(self):
        page = self.page_at(f"{UNIT}#f25")
        page.keyboard.press("Tab")
        self.assertEqual(self.focused(page), "#f25")
        page.evaluate("location.hash = '#f12-a'")
        page.wait_for_function("document.activeElement.hash === '#f12-a'")

    def test_a_block_of_a_chapter_is_cited_and_highlighted(self):
        page = self.page_at(f"{CHAPTER}#p7")
        self.assertEqual(page.locator("li:target").get_attribute("id"), "p7")
        page.click("#p7 > .n")
        self.button(page, "Copiar cita").click()
        page.get_by_role("status").get_by_text("Cita copiada").wait_for()
        self.assertEqual(
            self.copied(page),
            f"{WORK}, capítulo 1, párrafo 7 (numeración asignada): "
            "«Planear y dirigir lo que corresponda…»",
        )


class KeyboardTests(CitationCase):
    def press(self, page, keys):
        for key in keys.split():
            page.keyboard.press(key)

    def test_each_number_is_one_stop_until_it_is_opened(self):
        page = self.page_at(UNIT)
        page.focus("#f11 > .n")
        stops = []
        for _stop in range(5):
            self.press(page, "Tab")
            stops.append(self.focused(page))
            self.assertTrue(self.button(page, "Copiar cita").is_visible())
        self.assertEqual(stops, ["#f12", "#f12-a", "#f12-b", "#f12-b-i", "#f13"])

    def test_enter_opens_tab_leads_in_and_escape_back(self):
        page = self.page_at(UNIT)
        page.focus("#f12-b > .n")
        self.press(page, "Enter")
        self.assertTrue(page.url.endswith("#f12-b"))
        self.assertEqual(self.focused(page), "#f12-b")
        self.press(page, "Tab")
        self.assertEqual(self.focused(page), "Copiar cita")
        # The browser may tell of the new address only now.
        page.evaluate("() => { dispatchEvent(new Event('hashchange')) }")
        self.assertEqual(self.focused(page), "Copiar cita")
        self.press(page, "Enter")
        page.get_by_role("status").get_by_text("Cita copiada").wait_for()
        self.assertEqual(self.copied(page), f"{WORK}, 8.1, función 12, inciso b)")
        self.press(page, "Tab")
        self.assertEqual(self.focused(page), "Copiar enlace")
        self.press(page, "Escape")
        self.assertEqual(self.focused(page), "#f12-b")
        self.assertEqual(page.locator(".item-tools").count(), 0)
        self.press(page, "Tab")
        self.assertEqual(self.focused(page), "#f12-b-i")

    def test_a_mouse_that_lies_about_does_not_take_the_tools_away(self):
        page = self.page_at(UNIT)
        page.hover("#f2 > p")
        page.focus("#f3 > .n")
        self.press(page, "Enter")
        page.mouse.move(*[side + 5 for side in self.place(page, "#f2 > p")[:2]])
        self.assertEqual(page.locator("#f3 > .item-tools").count(), 1)
        self.press(page, "Tab Space")
        page.get_by_role("status").get_by_text("Cita copiada").wait_for()
        self.assertEqual(self.copied(page), f"{WORK}, 8.1, función 3")


class FailureTests(CitationCase):
    def test_what_cannot_be_copied_is_shown_selected(self):
        for viewport in [WIDE, PHONE]:
            page = self.page_at(UNIT, viewport=viewport)
            # As in an insecure context.
            page.evaluate(
                "() => Object.defineProperty(navigator, 'clipboard', {value: null})"
            )
            page.click("#f12 > .n")
            self.button(page, "Copiar cita").click()
            field = page.get_by_label("No se pudo copiar.")
            field.wait_for()
            self.assertEqual(field.input_value(), f"{WORK}, 8.1, función 12")
            self.assertEqual(
                page.evaluate(
                    "[document.activeElement.selectionStart,"
                    " document.activeElement.selectionEnd]"
                ),
                [0, len(f"{WORK}, 8.1, función 12")],
            )
            self.assertGreater(self.place(page, ".failure")[1], 0)
            self.assert_no_violations(page, "failure")
            page.keyboard.press("Escape")
            self.assertEqual(self.focused(page), "#f12")


class TouchTests(CitationCase):
    def test_a_tap_on_the_number_opens_the_tools(self):
        page = self.page_at(UNIT, viewport=PHONE, has_touch=True, is_mobile=True)
        page.locator("#f12-b-i").scroll_into_view_if_needed()
        page.tap("#f12-b-i > p")
        self.assertEqual(page.locator(".item-tools").count(), 0)
        page.tap("#f12-b-i > .n")
        self.assertEqual(
            page.evaluate("document.documentElement.scrollWidth"), PHONE["width"]
        )
        x, y, width, height = self.place(page, ".item-tools > div")
        self.assertGreaterEqual(x, 0)
        self.assertLessEqual(x + width, PHONE["width"])
        self.assertGreaterEqual(y, self.place(page, ".head-stay")[3])
        self.assertGreaterEqual(
            self.place(page, ".item-tools button:first-child")[3], 40
        )
        self.button(page, "Copiar cita").tap()
        page.get_by_role("status").get_by_text("Cita copiada").wait_for()
        self.assertEqual(
            self.copied(page), f"{WORK}, 8.1, función 12, inciso b), subinciso i)"
        )
        page.tap("h2#funciones")
        self.assertEqual(page.locator(".item-tools").count(), 0)


@pytest.mark.appearance
class AccessibilityTests(CitationCase):
    def test_with_the_tools_open(self):
        for viewport in [WIDE, NARROW, PHONE]:
            for address, number in [(UNIT, "#f12-b"), (CHAPTER, "#p7")]:
                page = self.tab(viewport=viewport, bypass_csp=True)
                self.open(page, address)
                page.click(f"{number} > .n")
                self.button(page, "Copiar cita").wait_for()
                self.assert_no_violations(page, (viewport["width"], address))


class WithoutScriptTests(CitationCase):
    def test_numbers_are_links_and_the_page_says_how_to_cite(self):
        page = self.tab(java_script_enabled=False, viewport=PHONE)
        for address, number, words in [
            (UNIT, "f12-b", f"{WORK}, 8.1, función 1"),
            (CHAPTER, "p7", f"{WORK}, capítulo 1, párrafo 1 (numeración asignada)"),
        ]:
            self.open(page, address)
            page.click(f"#{number} > .n")
            self.assertTrue(page.url.endswith(f"{address}#{number}"))
            self.assertEqual(page.locator("li:target").get_attribute("id"), number)
            page.get_by_text("Cómo citar").click()
            self.assertTrue(page.get_by_text(words).first.is_visible())


class DraftTests(CitationCase):
    def finish(self, edition):
        return edition

    def test_a_draft_gives_its_link_and_says_why_no_citation(self):
        self.client.force_login(make_user("lector"))
        page = self.tab(viewport=WIDE, permissions=MAY_COPY)
        page.context.add_cookies(
            [
                {
                    "name": "sessionid",
                    "value": self.client.cookies["sessionid"].value,
                    "url": self.live_server_url,
                }
            ]
        )
        self.open(page, UNIT)
        page.click("#f12 > .n")
        self.assertTrue(page.get_by_text("Es un borrador y no debe").is_visible())
        self.assertEqual(self.button(page, "Copiar cita").count(), 0)
        self.button(page, "Copiar enlace").click()
        page.get_by_role("status").get_by_text("Enlace copiado").wait_for()
        self.assertEqual(self.copied(page), f"{self.live_server_url}{UNIT}#f12")
        self.assertEqual(self.said, [])
