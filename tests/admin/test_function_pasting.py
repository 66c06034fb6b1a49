"""Lists pasted into a unit's page, with and without JavaScript."""

import json

from django.urls import reverse

from functions.lists import listed
from functions.models import Function
from tests.admin.browser import FIRST, ITEM, SECOND, THIRD
from tests.admin.desk import DeskTestCase
from tests.admin.support import form_of
from tests.admin.test_function_rows import FunctionRowsTestCase

LIST = "1.\tEvaluar.\n2.\tCoordinar:\n\ta)\tEl personal de base.\n3.\tOtorgar.\n"


class PasteWithoutScriptTests(FunctionRowsTestCase):
    def paste(self, text, how="append"):
        before = Function.history.count()
        response = self.send(
            page=self.page(),
            data={
                "functions-op": "paste-0",
                "functions-paste": text,
                "functions-paste_how": how,
            },
        )
        self.assertEqual(response.status_code, 200)
        self.assertEqual(Function.history.count(), before)
        return response

    def test_appends_the_rows_that_it_recognises(self):
        response = self.paste(LIST)
        self.assertEqual(
            self.texts_in(response)[5:],
            ["Evaluar.", "Coordinar:", "  El personal de base.", "Otorgar."],
        )
        self.assertContains(response, "Se reconocieron 4 filas")
        self.assertEqual(self.send(page=response, reason="x").status_code, 302)
        self.assertEqual(len(self.texts()), 9)

    def test_replaces_the_list_and_keeps_the_keys_of_what_it_knows(self):
        keys = {row.text: row.key for row in listed(self.unit("8.2"))}
        response = self.paste(LIST, how="replace")
        self.assertContains(response, "Decía: «El personal.»")
        self.assertContains(response, "No está en la lista pegada.", count=4)
        self.assertEqual(self.send(page=response, reason="x").status_code, 302)
        self.assertEqual(
            self.texts(),
            ["Evaluar.", "Coordinar:", "  El personal de base.", "Otorgar."],
        )
        after = {row.text: row.key for row in listed(self.unit("8.2"))}
        self.assertEqual(after["Evaluar."], keys["Evaluar."])
        self.assertEqual(after["Coordinar:"], keys["Coordinar:"])
        self.assertEqual(after["El personal de base."], keys["El personal."])
        self.assertNotIn(after["Otorgar."], keys.values())

    def test_refuses_what_is_no_list_and_keeps_the_text(self):
        response = self.paste(
            "8.2.1 Coordinación A\n1. X.\n8.2.2 Coordinación B\n1. Y."
        )
        self.assertContains(response, "2 unidades")
        self.assertIn("Coordinación B", form_of(response)["functions-paste"])
        self.assertContains(self.paste("  "), "Pegue primero la lista.")


class PasteAnswerTests(FunctionRowsTestCase):
    """What the page's script asks for."""

    def ask(self, question, user=None, code="8.2"):
        self.client.force_login(user or self.editor)
        address = reverse("admin:units_unit_functions_paste", args=[self.unit(code).pk])
        return self.client.post(
            address,
            question if isinstance(question, str) else json.dumps(question),
            content_type="application/json",
        )

    def test_answers_with_rows_and_marks_escaped(self):
        rows = [{"id": 0, "level": 0, "text": "Evaluar a <b>todos</b> los demás."}]
        answer = self.ask(
            {"text": "1. Evaluar a <b>todas</b> los demás.", "rows": rows}
        )
        (row,) = answer.json()["rows"]
        self.assertEqual((row["id"], row["label"]), ("0", "1."))
        self.assertIn("<del>", row["difference"])
        self.assertNotIn("<b>", row["difference"])

    def test_refuses_nonsense_and_people_who_may_not_edit(self):
        good = {"text": "1. Planear.", "rows": []}
        for bad in ("", "[]", '{"rows": 3}', '{"rows": [{"id": 1}], "text": "x"}'):
            with self.subTest(bad):
                answer = self.ask(bad)
                self.assertEqual(answer.status_code, 400)
                self.assertIn("refused", answer.json())
        self.assertEqual(self.ask(good, user=self.lector).status_code, 403)
        self.assertEqual(
            self.ask(good, user=self.branch_editor, code="8.3").status_code, 403
        )
        self.assertEqual(self.ask(good, user=self.branch_editor).status_code, 200)


class PasteByKeyboardTests(DeskTestCase):
    def paste(self, page, text):
        """As the browser says it when the person presses Ctrl+V."""
        page.evaluate(
            """text => {
                 const data = new DataTransfer();
                 data.setData("text/plain", text);
                 document.activeElement.dispatchEvent(new ClipboardEvent(
                   "paste", {clipboardData: data, bubbles: true, cancelable: true}));
               }""",
            text,
        )

    def test_puts_a_list_in_after_the_row(self):
        page = self.start()
        self.row(page, 1).focus()
        self.paste(page, "1. Otorgar:\na) uno;\nb) dos.")
        page.get_by_text("Se reconocieron 3 filas").wait_for()
        page.get_by_role("button", name="Poner en la lista").press("Enter")
        self.assertEqual(
            self.shown(page),
            [FIRST, SECOND, f"  {ITEM}", "Otorgar:", "  uno;", "  dos.", THIRD],
        )
        self.assertEqual(self.focused(page), "Otorgar:")
        self.press(page, "Alt+z")
        self.assertEqual(self.shown(page), [FIRST, SECOND, f"  {ITEM}", THIRD])
        self.press(page, "Alt+Shift+z")
        self.save_by_keyboard(page)
        self.assertEqual(len(self.texts()), 7)
        self.assertEqual(self.problems, [])

    def test_offers_to_replace_what_it_knows(self):
        page = self.start()
        self.row(page, 0).focus()
        self.paste(page, LIST)
        page.get_by_text("Se reconocieron 4 filas").wait_for()
        self.assertTrue(page.get_by_label("Reemplazar la lista").is_checked())
        page.get_by_role("button", name="Poner en la lista").press("Enter")
        expected = [THIRD, SECOND, "  El personal de base.", "Otorgar."]
        self.assertEqual(self.shown(page), expected)
        self.save_by_keyboard(page)
        self.assertEqual(self.texts(), expected)
        self.assertEqual(self.key_of("El personal de base."), self.keys[ITEM])
        self.assertEqual(self.key_of(THIRD), self.keys[THIRD])

    def test_one_line_is_just_pasted_and_escape_leaves(self):
        page = self.start()
        self.row(page, 0).focus()
        self.paste(page, "1. Una sola línea.")
        self.assertFalse(page.locator("dialog").is_visible())
        self.paste(page, "Dos\nrenglones.")
        self.assertTrue(page.locator("dialog").is_visible())
        self.press(page, "Escape")
        self.assertFalse(page.locator("dialog").is_visible())
        self.assertEqual(self.focused(page), FIRST)
