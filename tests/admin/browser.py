"""The admin in a browser: what its tests share."""

import os
from unittest import mock

from django.contrib.staticfiles.testing import StaticLiveServerTestCase
from django.urls import reverse
from playwright.sync_api import sync_playwright

from functions.lists import listed
from tests.factories import make_edition, make_function, make_tree, make_user
from tests.support import chromium_options

FIRST, SECOND, ITEM, THIRD = "Planear.", "Coordinar:", "El personal.", "Evaluar."


class AdminBrowserTestCase(StaticLiveServerTestCase):
    """A draft with three functions in 8.2, the second with an item, in Chromium."""

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

    def setUp(self):
        self.edition = make_edition("2024")
        self.units = make_tree("8.1 8.2 8.2.1", edition=self.edition)
        unit = self.units["8.2"]
        make_function(unit, FIRST)
        make_function(unit, ITEM, parent=make_function(unit, SECOND))
        make_function(unit, THIRD)
        self.user = make_user("superuser")
        self.client.force_login(self.user)

    def browse(self, javascript=True):
        context = self.browser.new_context(
            java_script_enabled=javascript, accept_downloads=True
        )
        self.addCleanup(context.close)
        session = self.client.cookies["sessionid"]
        context.add_cookies(
            [{"name": session.key, "value": session.value, "url": self.live_server_url}]
        )
        page = context.new_page()
        self.problems = []
        page.on("console", self.note)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        return page

    def note(self, message):
        if message.type == "error":
            self.problems.append(f"{message.location['url']}: {message.text}")

    def open(self, page, name, *args, query=""):
        response = page.goto(
            self.live_server_url + reverse(f"admin:{name}", args=args) + query
        )
        self.assertEqual(response.status, 200)

    def texts(self):
        return ["  " * row.level + row.text for row in listed(self.units["8.2"])]

    def save(self, page):
        page.locator("#id_reason").fill("Reordenar")
        page.locator("input[name=_save]").click()
        page.wait_for_load_state()
