"""The admin in a browser: by keyboard alone, without JavaScript, under the policy."""

import os
from unittest import mock

from django.contrib.staticfiles.testing import StaticLiveServerTestCase
from django.urls import reverse
from playwright.sync_api import sync_playwright

from exchange.services import export_edition
from functions.lists import listed
from manuals.charts import ListedChart, save_charts
from manuals.permissions import OPERATOR
from manuals.services import create_chapter
from tests.factories import REASON, make_edition, make_function, make_tree, make_user
from tests.support import chromium_options
from units.models import Unit

FIRST, SECOND, ITEM, THIRD = "Planear.", "Coordinar:", "El personal.", "Evaluar."


class BrowserTests(StaticLiveServerTestCase):
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

    def test_rearranges_by_keyboard_and_keeps_the_focus(self):
        page = self.browse()
        self.open(page, "units_unit_change", self.units["8.2"].pk)
        up = page.get_by_role("button", name="Subir 2.")
        up.focus()
        page.keyboard.press("Enter")
        self.assertEqual(page.url.rsplit("/", 2)[1], "change")
        self.assertEqual(
            page.evaluate("document.activeElement.textContent.trim()"), "↑Subir 2."
        )
        labels = page.locator("[data-label]").all_inner_texts()
        self.assertEqual(labels, ["1.", "a)", "2.", "3.", "", ""])
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # down again, over the function that it passed
        page.get_by_role("button", name="Agregar una fila debajo 1.").press("Enter")
        page.keyboard.type("Escrita con el teclado.")
        self.save(page)
        self.assertEqual(
            self.texts(),
            [FIRST, "Escrita con el teclado.", SECOND, f"  {ITEM}", THIRD],
        )
        self.assertEqual(self.problems, [])

    def test_enter_in_a_field_saves_and_moves_no_row(self):
        page = self.browse()
        self.open(page, "units_unit_change", self.units["8.2"].pk)
        page.locator("#id_reason").fill("Otro nombre")
        page.locator("#id_name").fill("Coordinación renombrada")
        page.locator("#id_name").press("Enter")
        page.wait_for_selector(".messagelist .success")
        self.assertEqual(
            Unit.objects.get(pk=self.units["8.2"].pk).name, "Coordinación renombrada"
        )
        self.assertEqual(self.texts()[0], FIRST)

    def test_asks_before_leaving_unsaved_changes(self):
        page = self.browse()
        asked = []

        def answer(dialog):
            asked.append(dialog.type)
            dialog.accept()

        page.on("dialog", answer)
        self.open(page, "units_unit_change", self.units["8.2"].pk)
        page.goto(f"{self.live_server_url}/admin/")
        self.assertEqual(asked, [])
        self.open(page, "units_unit_change", self.units["8.2"].pk)
        page.locator("#id_functions-0-text").press_sequentially("x")
        page.goto(f"{self.live_server_url}/admin/")
        self.assertEqual(asked, ["beforeunload"])

    def test_works_without_javascript(self):
        page = self.browse(javascript=False)
        self.open(page, "units_unit_change", self.units["8.2"].pk)
        page.get_by_role("button", name="Subir 2.").click()
        self.assertEqual(page.locator("textarea").nth(1).input_value(), SECOND)
        page.get_by_role("button", name="Agregar una fila debajo a)").click()
        added = page.locator("#id_functions-2-text")
        added.fill("Otro inciso.")
        self.save(page)
        self.assertEqual(
            self.texts(), [SECOND, f"  {ITEM}", "  Otro inciso.", FIRST, THIRD]
        )

    def test_deleting_a_function_strikes_its_items_too(self):
        page = self.browse()
        self.open(page, "units_unit_change", self.units["8.2"].pk)
        page.get_by_label("Eliminar con sus incisos").check()
        self.assertEqual(page.locator("li.deleted").count(), 2)
        self.save(page)
        self.assertEqual(self.texts(), [FIRST, THIRD])

    def test_no_page_of_ours_is_blocked(self):
        chapter = create_chapter(
            edition=self.edition,
            number=7,
            title="Organogramas",
            kind="charts",
            user=OPERATOR,
            reason=REASON,
        )
        save_charts(
            chapter=chapter,
            rows=[ListedChart("7.1", "Uno")],
            user=OPERATOR,
            reason=REASON,
        )
        unit = self.units["8.2"]
        record = unit.history.first().history_id
        pages = [
            ("index", (), ""),
            ("manuals_edition_change", (self.edition.pk,), ""),
            ("manuals_edition_enviar", (self.edition.pk,), ""),
            ("manuals_edition_registrar", (self.edition.pk,), ""),
            ("manuals_edition_duplicar", (self.edition.pk,), ""),
            ("manuals_edition_delete", (self.edition.pk,), ""),
            ("manuals_edition_import", (), ""),
            ("manuals_chapter_change", (chapter.pk,), ""),
            ("units_unit_add", (), f"?edition={self.edition.pk}"),
            ("units_unit_change", (unit.pk,), ""),
            ("units_unit_mover", (unit.pk,), ""),
            ("units_unit_delete", (unit.pk,), ""),
            ("units_unit_history", (unit.pk,), ""),
            ("units_unit_simple_history", (unit.pk, record), ""),
            ("units_unit_functions_history", (unit.pk,), ""),
            ("units_unit_deleted", (), ""),
            ("auth_user_change", (self.user.pk,), ""),
        ]
        browser = self.browse()
        for name, args, query in pages:
            with self.subTest(name):
                self.problems.clear()
                self.open(browser, name, *args, query=query)
                self.assertEqual(self.problems, [])

    def test_imports_a_file_after_looking_at_it(self):
        page = self.browse()
        content = export_edition(edition=self.edition, format="json", user=OPERATOR)
        self.open(page, "manuals_edition_import")
        page.get_by_label("Archivo").set_input_files(
            {"name": "manual.json", "mimeType": "application/json", "buffer": content}
        )
        page.locator("#id_label").fill("2030")
        page.get_by_role("button", name="Leer y mostrar").click()
        page.get_by_text("Todavía no se guarda nada").wait_for()
        page.get_by_role("button", name="Importar").click()
        page.locator(".messagelist .success").wait_for()
        self.assertEqual(Unit.objects.filter(edition__label="2030").count(), 3)
        self.assertEqual(self.problems, [])
