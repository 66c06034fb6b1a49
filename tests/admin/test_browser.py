"""The admin in a browser: under the policy, with the Enter key, with a file."""

from exchange.services import export_edition
from manuals.charts import ListedChart, save_charts
from manuals.permissions import OPERATOR
from manuals.services import create_chapter
from tests.admin.browser import FIRST, AdminBrowserTestCase
from tests.factories import REASON
from units.models import Unit


class BrowserTests(AdminBrowserTestCase):
    def test_enter_in_a_field_saves_and_moves_no_row(self):
        page = self.browse()
        self.open(page, "units_unit_change", self.units["8.2"].pk)
        page.locator("#id_reason").fill("Otro nombre")
        page.get_by_text("Datos de la unidad").click()
        page.locator("#id_name").fill("Coordinación renombrada")
        page.locator("#id_name").press("Enter")
        page.wait_for_selector(".messagelist .success")
        self.assertEqual(
            Unit.objects.get(pk=self.units["8.2"].pk).name, "Coordinación renombrada"
        )
        self.assertEqual(self.texts()[0], FIRST)

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

    def test_rearranges_charts_by_keyboard_and_keeps_the_focus(self):
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
            rows=[ListedChart("7.1", "Uno"), ListedChart("7.2", "Dos")],
            user=OPERATOR,
            reason=REASON,
        )
        page = self.browse()
        self.open(page, "manuals_chapter_change", chapter.pk)
        page.get_by_role("button", name="Subir 7.2").press("Enter")
        self.assertEqual(
            page.evaluate("document.activeElement.textContent.trim()"), "↑Subir 7.2"
        )
        page.get_by_role("button", name="Agregar una fila debajo 7.2").press("Enter")
        page.keyboard.type("7.3")
        page.keyboard.press("Tab")
        page.keyboard.type("Tres")
        page.locator("[data-row]", has=page.locator("[value='7.1']")).get_by_label(
            "Eliminar"
        ).check()
        self.assertEqual(page.locator("li.deleted").count(), 1)
        self.save(page)
        page.locator(".messagelist .success").wait_for()
        charts = chapter.charts.order_by("position")
        self.assertEqual(
            [(chart.number, chart.title) for chart in charts],
            [("7.2", "Dos"), ("7.3", "Tres")],
        )
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
