"""Every page of the reader's site in every window: whole, readable, ours alone.

Each page is loaded once and stretched through the widths, in both schemes, with text
of twice the size, and at 200 % of a desk's window, which is a window half as wide.
"""

import pytest
from django.conf import settings
from django.test import Client

from manuals import cache
from tests.web.browser import AXE, RULES, BrowserTestCase
from tests.web.everything import (
    DRAFT,
    PUBLIC,
    READER,
    REFUSED,
    STRANGER,
    account,
    write_everything,
)

PHONE, TABLET, DESK = 360, 768, 1440
ZOOMED = (640, DESK // 2)  # what 200 % leaves of 1280 and 1440
NARROWEST = 320  # 1280 at 400 %: WCAG 1.4.10
# What a scheme of colours can break.
COLOURS = ["color-contrast", "link-in-text-block"]
CHECK = """rules => axe.run(document, {
  runOnly: rules,
  resultTypes: ["violations"],
  preload: false,
}).then(result => ({
  passes: result.passes.length,
  found: result.violations.map(one => `${one.id}: ${one.nodes[0].html}`),
}))"""
TAKEN = "document.documentElement.scrollWidth"


@pytest.mark.appearance
class EveryPageTests(BrowserTestCase):
    def setUp(self):
        cache.clear()
        write_everything()

    def page_of(self, username=""):
        """A page, and what it asks other hosts for in ``foreign``."""
        page = self.tab(viewport={"width": DESK, "height": 900})
        self.foreign = []
        page.on(
            "request",
            lambda request: (
                request.url.startswith(self.live_server_url)
                or request.url.startswith(("about:", "data:"))
                or self.foreign.append(request.url)
            ),
        )
        if username:
            client = Client()
            client.force_login(account(username))
            name = settings.SESSION_COOKIE_NAME
            page.context.add_cookies(
                [
                    {
                        "name": name,
                        "value": client.cookies[name].value,
                        "url": self.live_server_url,
                    }
                ]
            )
        return page

    def assert_fits_in(self, page, width):
        page.set_viewport_size({"width": width, "height": 900})
        self.assertLessEqual(page.evaluate(TAKEN), width, f"{width} wide")

    def assert_axe(self, page, rules, where):
        result = page.evaluate(CHECK, rules)
        self.assertGreater(result["passes"], 0)
        self.assertEqual(result["found"], [], where)

    def check(self, page, address, expected):
        """Loads whole, ours alone, fits, and axe finds nothing, however it is shown."""
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": DESK, "height": 900})
        self.assertEqual(self.open(page, address), expected)
        if expected == 403:  # which the browser notes by itself
            self.said[:] = [one for one in self.said if "403" not in one]
        page.evaluate(AXE.read_text())
        for width in (DESK, TABLET, PHONE):
            self.assert_fits_in(page, width)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                rules = RULES if scheme == "light" else COLOURS
                self.assert_axe(page, rules, f"{width} {scheme}")
        for width in (*ZOOMED, NARROWEST):
            self.assert_fits_in(page, width)
        page.set_viewport_size({"width": DESK, "height": 900})
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        self.assert_fits_in(page, DESK)
        self.assertEqual(self.said, [])
        self.assertEqual(self.foreign, [])

    def check_all(self, pages, username=""):
        page = self.page_of(username)
        for address, expected in pages.items():
            with self.subTest(address=address):
                self.check(page, address, expected)

    def test_public_pages(self):
        self.check_all(PUBLIC)

    def test_pages_of_drafts_and_refusals(self):
        self.check_all(DRAFT, READER)
        self.check_all(REFUSED, STRANGER)
