"""What pages of the admin show once somebody does something, in every window.

Forms sent back, previews, menus and dialogs open, what two people wrote at once.
"""

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME

from exchange.services import export_edition
from functions.services import change_function
from manuals.permissions import OPERATOR
from tests.admin.everything import WHO
from tests.admin.matrix import addresses
from tests.admin.test_every_page_browser import EVERY_LOOK, EveryPageTestCase
from tests.web.test_browser import LONG, WORD
from units.services import change_unit

DRAFT, REVIEW, CLOSED = "DRA"


@pytest.mark.appearance
class EveryStateTests(EveryPageTestCase):
    def setUp(self):
        super().setUp()
        self.page = self.page_of("editor")

    def visit(self, name, letter=DRAFT, query="", page=None):
        address = self.manual.url(addresses()[name], letter) + query
        self.assertEqual(self.open(page or self.page, address), 200)

    def press(self, name):
        """A button of the page's form; it answers with another page."""
        with self.page.expect_navigation():
            self.page.locator(f"input[name={name}]").last.click()

    def see(self, *parts):
        """These parts are there, and the page around them is as it should be."""
        for part in parts:
            self.page.locator(part).first.wait_for()
        self.check(self.page, EVERY_LOOK)

    def test_forms_sent_back(self):
        for name in (
            *("units_unit_mover-funcion", "units_unit_delete", "units_unit_nombre"),
            *("manuals_edition_renumerar", "manuals_edition_duplicar"),
            *("manuals_edition_import", "manuals_chapter_add", "review_changenote_add"),
        ):
            with self.subTest(name):
                self.visit(name)
                if self.page.locator("#id_reason").count():
                    self.page.locator("#id_reason").fill("")
                self.page.locator("#content-main form").last.evaluate(
                    "form => { form.noValidate = true; }"
                )
                with self.page.expect_navigation():
                    self.page.locator(
                        "#content-main form [type=submit]:visible:not([name=_preview])"
                    ).last.click()
                self.see(".errorlist, .errornote")

    def test_a_unit_as_it_is_written(self):
        with self.subTest("changes beside the text"):
            self.visit("units_unit_change")
            self.page.locator("[data-changes]").click()
            self.see("[data-changes][aria-pressed=true]", "#function-list ins")
        with self.subTest("a pasted list"):
            self.visit("units_unit_change")
            self.page.locator("[data-do=paste]").click()
            pasted = f"1. {LONG}:\na) {WORD}.\nb) {LONG}.\n2. {LONG}."
            self.page.locator(".paste-dialog textarea").fill(pasted)
            self.see(".paste-dialog [data-preview] *")
        with self.subTest("a row that goes"):
            self.visit("units_unit_change")
            self.page.locator("#function-list textarea").first.focus()
            self.page.locator("[data-do=remove]").click()
            self.see("[data-trash] li")
        with self.subTest("what two wrote"):
            self.visit("units_unit_change")
            function = self.manual.objects["function", DRAFT][0]
            change_function(function=function, text=f"De ella {WORD}.", **WHO)
            self.page.locator("#function-list textarea").first.fill(f"De él {WORD}.")
            self.page.locator("#id_reason").fill("Reforma")
            self.press("_save")
            self.see("[name$=-pick]")

    def test_the_structure_as_it_is_changed(self):
        unit = self.manual.unit(DRAFT, "8.2")
        more = f"#u{unit.pk} .more"
        with self.subTest("the menu"):
            self.visit("units_unit_structure")
            self.page.locator(more).first.click()
            self.see("[role=menu] a")
        with self.subTest("what goes with a unit"):
            self.page.locator("[role=menu] [data-action=delete]").click()
            self.see("#desk-dialog[open] .preview table")
        with self.subTest("where a unit goes"):
            self.page.keyboard.press("Escape")
            self.page.locator("#desk-dialog:not([open])").wait_for(state="attached")
            self.page.locator(f"#u{unit.pk} > [role=treeitem]").press("Alt+ArrowDown")
            self.see("#desk-dialog[open] .preview table")
        with self.subTest("its page, without the dialog"):
            target = self.manual.unit(DRAFT, "8.3")
            query = f"?target={target.pk}&place=1"
            self.visit("units_unit_mover", query=query)
            self.see(".preview table")

    def test_what_an_edition_still_needs(self):
        unit = self.manual.unit(DRAFT, "8.3")
        change_unit(unit=unit, name=f"Coordinación {WORD}", **WHO)
        for name in ("fix", "motivos", "waive"):
            with self.subTest(name):
                self.visit(f"manuals_edition_{name}")
                self.see("#id_reason, textarea")
        with self.subTest("unwaive"):
            self.page.locator("#id_reason").fill("Reforma")
            with self.page.expect_navigation():
                self.page.locator("#content-main form [type=submit]").last.click()
            self.visit("manuals_edition_unwaive")
            self.see("#id_reason")
        with self.subTest("checks"):
            self.visit("manuals_edition_checks")
            self.see("#content-main h2")

    def test_searches_files_and_doors(self):
        edition = self.manual.editions[DRAFT]
        for name, query in (
            ("units_unit_changelist", "?q=nadanada"),
            ("units_unit_changelist", f"?edicion={self.manual.editions[CLOSED].pk}"),
            ("functions_function_changelist", "?q=Planear"),
        ):
            with self.subTest(name, query=query):
                self.visit(name, query=query)
                self.see("#changelist")
        address = "/admin/functions/function/reemplazar/"
        for query, part in (
            ("", "#id_find"),
            ("&find=%28&expression=on&asked=1", ".errornote"),
            ("&find=nadanada&replace=x&asked=1", "#found"),
        ):
            with self.subTest(address, query=query):
                where = f"{address}?edition={edition.pk}{query}"
                self.assertEqual(self.open(self.page, where), 200)
                self.see(part)
        with self.subTest("a file that was read"):
            self.visit("manuals_edition_import")
            content = export_edition(edition=edition, format="json", user=OPERATOR)
            self.page.locator("input[type=file]").set_input_files(
                {"name": f"{WORD}.json", "mimeType": "text/plain", "buffer": content}
            )
            self.page.locator("#id_label").fill("2033")
            with self.page.expect_navigation():
                self.page.get_by_role("button", name="Leer y mostrar").click()
            self.see("#id_reason")
        with self.subTest("terms chosen in a list"):
            self.visit("manuals_glossaryterm_changelist")
            self.page.locator(f"[name={ACTION_CHECKBOX_NAME}]").first.check()
            self.page.locator("select[name=action]").select_option("accept_selected")
            with self.page.expect_navigation():
                self.page.locator("button[name=index]").click()
            self.see("#id_reason")
        with self.subTest("the door"):
            self.page.context.clear_cookies()
            self.assertEqual(self.open(self.page, "/admin/login/"), 200)
            self.see("#id_username")

    def test_the_key_of_a_new_token(self):
        page = self.page = self.page_of("superuser")
        editor = self.manual.people["editor"].pk
        self.visit("api_apitoken_add", query=f"?user={editor}&name={WORD}")
        with self.subTest("the form sent back"):
            self.press("_save")
            self.see(".errornote")
        page.locator("#id_reason").fill(LONG)
        self.press("_save")
        self.see("#secret")
        key = page.locator("#secret").input_value()
        self.assertTrue(key.startswith("mo_"))
        # Loaded again it is the token's page: no second token, and no key.
        page.reload()
        self.see("a.prominent")
        self.assertNotIn(key, page.content())
        self.assertEqual(self.manual.people["editor"].api_tokens.count(), 1)
