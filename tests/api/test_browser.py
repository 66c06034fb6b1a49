"""The page of the document in a browser, under the site's strict policy."""

import os
from unittest import mock

from django.contrib.staticfiles.testing import StaticLiveServerTestCase
from playwright.sync_api import expect, sync_playwright

from tests.api.support import API, make_small_manual
from tests.factories import authorise
from tests.support import chromium_options


class DocsInABrowserTests(StaticLiveServerTestCase):
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

    def test_shows_the_operations_and_tries_one_with_nothing_blocked(self):
        edition, _units, _functions = make_small_manual("2021")
        authorise(edition)
        page = self.browser.new_page()
        said, asked = [], []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("requestfailed", lambda request: said.append(request.url))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{self.live_server_url}{API}/docs/")
        operation = page.locator("#operations-manuals-manuals_list")
        expect(operation).to_be_visible(timeout=30_000)
        operation.locator(".opblock-summary-control").click()
        operation.get_by_role("button", name="Try it out").click()
        operation.get_by_role("button", name="Execute").click()
        answer = operation.locator(".live-responses-table")
        expect(answer).to_contain_text('"current_edition"', timeout=30_000)
        self.assertEqual(said, [])
        self.assertEqual(
            [
                url
                for url in asked
                if not url.startswith((self.live_server_url, "data:"))
            ],
            [],
        )
