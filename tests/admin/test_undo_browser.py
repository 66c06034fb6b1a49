"""Undoing in a browser: with the keyboard, without scripts, on a telephone."""

from django.urls import reverse

from manuals.admin.undoing import moment_code
from manuals.permissions import OPERATOR
from tests.admin.browser import AdminBrowserTestCase
from tests.web.browser import AXE, RULES, WIDTHS
from units.models import Unit
from units.services import change_unit, delete_unit

WHO = {"user": OPERATOR, "reason": "Antes"}


class UndoInBrowserTests(AdminBrowserTestCase):
    def name(self):
        return Unit.objects.get(pk=self.units["8.2"].pk).name

    def undo_of_last(self):
        latest = Unit.history.filter(edition=self.edition).latest("history_id")
        return moment_code(latest.history_date)

    def change_and_undo(self, page):
        before = self.name()
        self.open(page, "units_unit_change", self.units["8.2"].pk)
        page.get_by_text("Datos de la unidad").click()
        page.locator("#id_name").fill("Coordinación renombrada")
        page.locator("#id_reason").fill("Acuerdo 12")
        page.locator("input[name=_continue]").last.press("Enter")
        page.wait_for_selector(".messagelist .success")
        self.assertEqual(self.name(), "Coordinación renombrada")
        page.locator(".messagelist a", has_text="Deshacer").press("Enter")
        page.wait_for_selector("text=Cambió de nombre")
        self.assertEqual(
            page.locator("#id_reason").input_value(), "Deshacer: Acuerdo 12"
        )
        page.locator("#content-main input[type=submit]").press("Enter")
        page.wait_for_selector("text=Se deshizo el cambio")
        self.assertEqual(self.name(), before)
        back = reverse("admin:units_unit_change", args=[self.units["8.2"].pk])
        self.assertEqual(page.url, self.live_server_url + back)

    def test_a_change_is_undone_with_the_keyboard_alone(self):
        page = self.browse()
        self.change_and_undo(page)
        self.assertEqual(self.problems, [])

    def test_a_change_is_undone_without_scripts(self):
        self.change_and_undo(self.browse(javascript=False))

    def test_the_list_leads_to_an_undo_and_shows_that_it_was(self):
        change_unit(unit=self.units["8.2"], name="Otra", **WHO)
        page = self.browse()
        self.open(page, "manuals_edition_saves", self.edition.pk)
        page.locator(".save a.button", has_text="Deshacer").first.press("Enter")
        page.locator("#content-main input[type=submit]").press("Enter")
        page.wait_for_selector("text=Deshizo el cambio del")
        self.assertEqual(page.locator("text=Rehacer").count(), 1)
        self.assertEqual(self.problems, [])

    def test_pages_fit_every_width_and_axe_finds_nothing(self):
        change_unit(unit=self.units["8.2"], name="Otra", **WHO)
        standing = self.undo_of_last()
        long_name = "Coordinación de " + "administración y " * 12
        change_unit(unit=self.units["8.2"], name=long_name, **WHO)
        delete_unit(unit=self.units["8.2.1"], **WHO)
        deleted = self.undo_of_last()
        page = self.browse()
        for name, *args in (
            ("manuals_edition_saves",),
            ("manuals_edition_undo", standing),
            ("manuals_edition_undo", deleted),
        ):
            self.open(page, name, self.edition.pk, *args)
            self.assertEqual(self.problems, [])  # axe itself is not allowed a style
            for width in WIDTHS:
                with self.subTest(page=name, args=args, width=width):
                    page.set_viewport_size({"width": width, "height": 800})
                    taken = page.evaluate("document.documentElement.scrollWidth")
                    self.assertLessEqual(taken, width)
            for scheme in ("light", "dark"):
                with self.subTest(page=name, args=args, scheme=scheme):
                    page.emulate_media(color_scheme=scheme)
                    page.wait_for_timeout(300)  # Django's colours fade
                    if not page.evaluate("'axe' in window"):
                        page.evaluate(AXE.read_text())
                    found = page.evaluate(
                        "rules => axe.run('#content-main', {runOnly: rules})", RULES
                    )
                    problems = [
                        (one["id"], one["nodes"]) for one in found["violations"]
                    ]
                    self.assertEqual(problems, [])
            self.problems.clear()
