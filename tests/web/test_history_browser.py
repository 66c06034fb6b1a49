"""Histories in a browser, by keyboard and without scripts."""

from django.conf import settings
from django.test import Client

from exchange.services import duplicate_edition
from functions.models import Function
from functions.services import change_function, delete_function, move_function
from manuals import cache
from manuals.permissions import OPERATOR
from manuals.services import submit_edition
from tests.factories import REASON, ManualFactory, authorise, make_edition, make_user
from tests.web.browser import BrowserTestCase
from tests.web.support import PAST
from tests.web.test_browser import LONG, WORD, fill
from units.models import Unit
from units.services import change_unit, move_unit

SAID = {"user": OPERATOR, "reason": f"{REASON} {WORD}"}


class HistoriesInABrowserTests(BrowserTestCase):
    def setUp(self):
        cache.clear()
        manual = ManualFactory(title=LONG, notice="Textos ficticios")
        first = make_edition("2021", manual=manual)
        fill(first)
        draft = duplicate_edition(edition=authorise(first, PAST), label="b", **SAID)
        unit = Unit.objects.get(edition=draft, code="8.2.1.1.1")
        functions = list(
            Function.objects.filter(unit=unit, parent=None).order_by("position")
        )
        change_function(function=functions[0], text=f"{LONG} {WORD} {WORD}", **SAID)
        move_function(function=functions[1], position=5, **SAID)
        delete_function(function=functions[3], **SAID)
        change_unit(unit=unit, name=f"{LONG} {WORD} {WORD}", **SAID)
        other = Unit.objects.get(edition=draft, code="8.3")
        move_unit(unit=other, target=unit.parent, **SAID)
        submit_edition(edition=draft, user=make_user("editor"), comment=LONG)
        self.reader = Client()
        self.reader.force_login(make_user("lector"))

    def tab(self, **options):
        """Signed in as a reader of drafts."""
        page = super().tab(**options)
        name = settings.SESSION_COOKIE_NAME
        value = self.reader.cookies[name].value
        page.context.add_cookies(
            [{"name": name, "value": value, "url": self.live_server_url}]
        )
        return page

    def test_changes_are_filtered_by_keyboard_without_a_script(self):
        page = self.tab(java_script_enabled=False)
        self.open(page, "/manuales/dir/b/historial/")
        saves = page.locator(".saves > li")
        everything = saves.count()
        page.get_by_label("Unidad y las que dependen de ella").focus()
        page.keyboard.type("8.3")
        page.keyboard.press("Enter")
        page.wait_for_url("**rama=8.3**")
        self.assertEqual(page.get_by_label("Unidad y las").input_value(), "8.3")
        self.assertLess(0, saves.count())
        self.assertLess(saves.count(), everything)
        page.get_by_role("link", name="Quitar los filtros").click()
        self.assertEqual(saves.count(), everything)

    def test_what_was_only_renumbered_unfolds_by_keyboard(self):
        page = self.tab(java_script_enabled=False)
        self.open(page, "/manuales/dir/b/historial/")
        fold = page.locator("details", has_text="11. → 10.")
        self.assertFalse(fold.get_by_text("11. → 10.").is_visible())
        fold.locator("summary").focus()
        page.keyboard.press("Enter")
        self.assertTrue(fold.get_by_text("11. → 10.").is_visible())
