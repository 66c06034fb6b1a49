"""The list of functions in a browser: two sessions, no script, its look, and moves."""

from functions.lists import Listed, listed, save_function_list
from tests.admin.browser import FIRST, ITEM, SECOND, THIRD
from tests.admin.desk import DeskTestCase
from tests.factories import make_user
from tests.web.browser import AXE, RULES
from units.models import Unit
from units.services import change_unit


class ClashTests(DeskTestCase):
    def test_chooses_by_keyboard_between_two_sessions(self):
        page = self.start()
        other = make_user("superuser", username="otra")
        rows = listed(self.units["8.2"])
        rows[0].text, rows[3].text = "De ella.", "Evaluar ella."
        save_function_list(
            unit=self.units["8.2"],
            rows=[*rows, Listed(0, "Agregada.")],
            user=other,
            reason="De ella",
        )
        self.row(page, 0).fill("Mía.")
        self.row(page, 3).fill("Evaluar yo.")
        self.save_by_keyboard(page)
        self.assertEqual(self.texts()[0], "De ella.")
        self.assertEqual(page.locator("[data-list] fieldset.clash").count(), 2)
        first = page.locator("[data-list] fieldset.clash input").first
        first.focus()
        self.press(page, "ArrowDown")  # to theirs
        self.assertEqual(self.row(page, 0).input_value(), "De ella.")
        page.locator("[data-list] fieldset.clash").nth(1).locator("input").first.focus()
        self.press(page, "Space")
        self.save_by_keyboard(page)
        self.assertEqual(
            self.texts(), ["De ella.", SECOND, f"  {ITEM}", "Evaluar yo.", "Agregada."]
        )
        self.assertEqual(self.problems, [])

    def test_typing_over_the_other_text_keeps_what_was_typed(self):
        page = self.start()
        rows = listed(self.units["8.2"])
        rows[0].text = "De ella."
        save_function_list(
            unit=self.units["8.2"], rows=rows, user=self.user, reason="De ella"
        )
        self.row(page, 0).fill("Mía.")
        self.save_by_keyboard(page)
        page.get_by_label("Tomar la otra").check()
        self.row(page, 0).press("End")
        page.keyboard.type(" Y mía.")
        self.save_by_keyboard(page)
        self.assertEqual(self.texts()[0], "De ella. Y mía.")


class WithoutScriptTests(DeskTestCase):
    def test_every_operation_has_its_button(self):
        page = self.start(javascript=False)
        page.get_by_role("button", name="Subir 2.").click()
        self.assertEqual(page.locator("#id_functions-1-text").input_value(), ITEM)
        page.get_by_role("button", name="Agregar una fila debajo a)").click()
        added = page.locator("#id_functions-2-text")
        added.fill("Otro inciso.")
        page.get_by_role("button", name="Subir de nivel fila nueva").first.click()
        page.get_by_role("button", name="Bajar de nivel 4.").click()
        page.get_by_role("button", name="Unir con la siguiente 2.").click()
        self.save(page)
        self.assertEqual(
            self.texts(), [SECOND, f"  {ITEM}", f"Otro inciso. {FIRST}", f"  {THIRD}"]
        )


class LookTests(DeskTestCase):
    def start_checked(self):
        context = self.browser.new_context(bypass_csp=True)
        self.addCleanup(context.close)
        session = self.client.cookies["sessionid"]
        context.add_cookies(
            [{"name": session.key, "value": session.value, "url": self.live_server_url}]
        )
        page = context.new_page()
        self.open(page, "units_unit_change", self.units["8.2"].pk)
        return page

    def assert_good(self, page, what):
        """axe finds nothing in the content, and nothing sticks out at any width."""
        page.evaluate(AXE.read_text())
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.wait_for_timeout(400)  # links fade from one colour to the other
            result = page.evaluate(
                "rules => axe.run('#content', {runOnly: rules})", RULES
            )
            self.assertGreater(len(result["passes"]), 10)
            for found in result["violations"]:
                node = found["nodes"][0]
                self.fail(f"{what}, {scheme}: {node['html']} {node['failureSummary']}")
        for width in (320, 360, 768, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            taken = page.evaluate("document.documentElement.scrollWidth")
            self.assertLessEqual(taken, width, what)

    def test_the_list_with_its_help_and_what_is_deleted(self):
        page = self.start_checked()
        self.row(page, 1).focus()
        self.press(page, "Alt+Delete")
        page.locator("[data-help] summary").click()
        self.assert_good(page, "list")

    def test_the_dialog_of_a_pasted_list(self):
        page = self.start_checked()
        page.get_by_role("button", name="Pegar lista").click()
        page.get_by_label("Lista copiada").fill("1. Planear.\n2. Otra.")
        page.get_by_text("Se reconocieron 2 filas").wait_for()
        self.assert_good(page, "dialog")

    def test_choices_between_two_saves(self):
        page = self.start_checked()
        rows = listed(self.units["8.2"])
        rows[0].text = "De ella."
        save_function_list(
            unit=self.units["8.2"], rows=rows, user=self.user, reason="De ella"
        )
        change_unit(
            unit=self.units["8.2"], name="De ella", user=self.user, reason="De ella"
        )
        self.row(page, 0).fill("Mía.")
        page.get_by_text("Datos de la unidad").click()
        page.locator("#id_name").fill("Mío")
        self.save_by_keyboard(page)
        self.assertEqual(page.locator("fieldset.clash").count(), 2)
        self.assertEqual(page.evaluate("document.activeElement.name"), "pick-name")
        self.assert_good(page, "choices")

    def test_a_long_list_stays_quick(self):
        unit = Unit.objects.get(pk=self.units["8.2"].pk)
        rows = []
        for number in range(47):
            rows.append(Listed(0, f"Función {number} de la lista larga:"))
            rows += [Listed(1, f"Inciso {item} de {number}.") for item in range(4)]
        save_function_list(unit=unit, rows=rows, user=self.user, reason="Larga")
        page = self.start()
        self.assertEqual(page.locator("[data-list] [data-row]").count(), 47 * 5)
        self.row(page, 100).click()
        for keys, limit in (("x", 50), ("Alt+ArrowDown", 150), ("Control+Enter", 150)):
            page.evaluate(
                """() => { window.took = []; document.addEventListener("keydown",
                   () => { const from = performance.now(); requestAnimationFrame(() =>
                     setTimeout(() => took.push(performance.now() - from))); },
                   {capture: true, once: true}); }"""
            )
            page.keyboard.press(keys)
            page.wait_for_function("took.length > 0")
            took = page.evaluate("took[0]")
            # Room for a slow machine: an idle one takes a tenth of it.
            self.assertLess(took, limit * 4, keys)


class ElsewhereTests(DeskTestCase):
    def move(self, page):
        self.press(page, "Alt+F10", *["ArrowRight"] * 8, "Enter")

    def test_takes_a_function_to_another_unit_by_keyboard(self):
        page = self.start()
        self.row(page, 1).focus()
        with page.expect_navigation():
            self.move(page)
        page.locator("#id_target").focus()
        page.keyboard.type("8.2.1")
        page.locator("#id_reason").fill("Reforma")
        self.press(page, "Tab")
        with page.expect_navigation():
            self.press(page, "Enter")
        self.assertEqual(self.texts(), [FIRST, THIRD])
        other = [row.text for row in listed(self.units["8.2.1"])]
        self.assertEqual(other, [SECOND, ITEM])
        self.assertEqual(self.problems, [])

    def test_asks_to_save_first(self):
        page = self.start()
        self.row(page, 1).press("End")
        page.keyboard.type(" Más.")
        self.move(page)
        self.assertIn("Guarde primero", self.said(page))
        self.assertIn("/change/", page.url)
