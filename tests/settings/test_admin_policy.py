"""The admin in a browser under the strict policy: nothing of it is blocked."""

import os
from unittest import mock

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.testing import StaticLiveServerTestCase
from django.test import RequestFactory
from django.urls import reverse
from playwright.sync_api import sync_playwright

from tests.support import chromium_options


class AdminPolicyTests(StaticLiveServerTestCase):
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
        user = get_user_model().objects.create_superuser("administrador")
        self.client.force_login(user)
        self.page = self.browser.new_page()
        self.addCleanup(self.page.close)
        session = self.client.cookies["sessionid"]
        self.page.context.add_cookies(
            [{"name": session.key, "value": session.value, "url": self.live_server_url}]
        )
        self.blocked = []
        self.page.on("console", self.note_console)
        self.page.on("pageerror", lambda error: self.blocked.append(str(error)))

    def note_console(self, message):
        # Browsers ask for the icon by themselves where a page names none.
        source = message.location["url"]
        if message.type == "error" and not source.endswith("/favicon.ico"):
            self.blocked.append(f"{self.page.url}: {source}: {message.text}")

    def open(self, name: str, **kwargs) -> int:
        response = self.page.goto(
            self.live_server_url + reverse(name, **kwargs), wait_until="load"
        )
        return response.status

    def test_no_page_of_the_admin_is_blocked(self):
        self.assertEqual(self.open("admin:index"), 200)
        request = RequestFactory().get(reverse("admin:index"))
        request.user = get_user_model().objects.get()
        for model, model_admin in admin.site._registry.items():
            prefix = f"admin:{model._meta.app_label}_{model._meta.model_name}"
            self.blocked.clear()
            with self.subTest(model=prefix):
                self.assertEqual(self.open(f"{prefix}_changelist"), 200)
                if model_admin.has_add_permission(request):
                    self.assertEqual(self.open(f"{prefix}_add"), 200)
                self.assertEqual(self.blocked, [])

    def test_the_scripts_of_the_admin_run(self):
        """Select all works by script, and is hidden without one."""
        self.open("admin:auth_user_changelist")
        self.page.locator("#action-toggle").check()
        self.assertEqual(self.page.locator("input.action-select:checked").count(), 1)
        self.assertEqual(self.blocked, [])

    def test_what_is_blocked_would_be_seen_here(self):
        self.open("admin:index")
        self.page.evaluate(
            "() => { const script = document.createElement('script');"
            " script.textContent = 'window.inline = true';"
            " document.head.append(script); }"
        )
        self.assertIs(self.page.evaluate("window.inline === undefined"), True)
        self.assertIn("Content Security Policy", "".join(self.blocked))
