"""Pages in a browser: what every test of them asks."""

import os
from pathlib import Path
from unittest import mock

import pytest
from django.contrib.staticfiles.testing import StaticLiveServerTestCase
from playwright.sync_api import sync_playwright

from tests.support import chromium_options

AXE = Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = [320, 360, 768, 1440]


@pytest.mark.any_engine
class BrowserTestCase(StaticLiveServerTestCase):
    @classmethod
    def setUpClass(cls):
        options = chromium_options()
        super().setUpClass()
        # playwright's loop runs in this thread; Django would take it for async code.
        cls.enterClassContext(
            mock.patch.dict(os.environ, {"DJANGO_ALLOW_ASYNC_UNSAFE": "true"})
        )
        playwright = cls.enterClassContext(sync_playwright())
        cls.browser = playwright.chromium.launch(**options)
        cls.addClassCleanup(cls.browser.close)

    def tab(self, **options):
        """A page of a context of its own; what the browser says is in ``said``."""
        context = self.browser.new_context(**options)
        self.addCleanup(context.close)
        page = context.new_page()
        self.said = []
        page.on("console", lambda message: self.said.append(message.text))
        page.on("requestfailed", lambda request: self.said.append(request.url))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        return page

    def open(self, page, address):
        page.goto("about:blank")  # what this breaks off is no failure of the next page
        self.said.clear()
        status = page.goto(self.live_server_url + address).status
        if status == 404:  # which the browser notes by itself
            self.said = [one for one in self.said if "404" not in one]
        return status

    def assert_fits(self, page, addresses):
        """They answer as expected, report nothing and never scroll sideways.

        ``addresses`` are the expected statuses by address.
        """
        for address, expected in addresses.items():
            with self.subTest(address=address):
                self.assertEqual(self.open(page, address), expected)
                self.assertEqual(self.said, [])
            for width in WIDTHS:
                with self.subTest(address=address, width=width):
                    page.set_viewport_size({"width": width, "height": 800})
                    taken = page.evaluate("document.documentElement.scrollWidth")
                    self.assertLessEqual(taken, width)

    def assert_accessible(self, addresses):
        """axe finds nothing in either scheme."""
        # axe is no part of the page: it comes in past the policy.
        page = self.tab(bypass_csp=True)
        for address in addresses:
            self.open(page, address)
            self.assert_no_violations(page, address)

    def assert_no_violations(self, page, where):
        """axe finds nothing on the page as it is, in either scheme."""
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE.read_text())
        for scheme in ["light", "dark"]:
            with self.subTest(where=where, scheme=scheme):
                page.emulate_media(color_scheme=scheme)
                result = page.evaluate(
                    "rules => axe.run(document, {runOnly: rules})", RULES
                )
                self.assertGreater(len(result["passes"]), 10)
                self.assertEqual(
                    [
                        (found["id"], found["nodes"][0]["html"])
                        for found in result["violations"]
                    ],
                    [],
                )
