"""The list of functions in a browser: what its tests share."""

from functions.lists import listed
from functions.models import Function
from tests.admin.browser import AdminBrowserTestCase


class DeskTestCase(AdminBrowserTestCase):
    def start(self, **options):
        page = self.browse(**options)
        self.open(page, "units_unit_change", self.units["8.2"].pk)
        return page

    def setUp(self):
        super().setUp()
        self.keys = {row.text: row.key for row in listed(self.units["8.2"])}

    def row(self, page, number):
        return page.locator("[data-list] > [data-row] textarea").nth(number)

    def labels(self, page):
        return page.locator("[data-list] [data-label]").all_inner_texts()

    def shown(self, page):
        """The rows of the page, indented by their level."""
        return page.locator("[data-list] > [data-row]").evaluate_all(
            """rows => rows.map(row =>
                 "  ".repeat(row.querySelector("select").value)
                 + row.querySelector("textarea").value)"""
        )

    def said(self, page):
        return page.locator("[data-said]").inner_text()

    def focused(self, page):
        return page.evaluate("document.activeElement.value")

    def key_of(self, text):
        return next(row.key for row in listed(self.units["8.2"]) if row.text == text)

    def histories(self):
        return {
            text: Function.history.filter(key=key).count()
            for text, key in self.keys.items()
        }

    def press(self, page, *keys):
        for key in keys:
            page.keyboard.press(key)

    def save_by_keyboard(self, page, reason="Reordenar"):
        page.locator("#id_reason").focus()
        page.keyboard.press("Control+a")
        page.keyboard.type(reason)
        with page.expect_navigation():
            self.press(page, "Tab", "Enter")  # the first button after the reason
