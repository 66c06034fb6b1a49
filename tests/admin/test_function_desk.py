"""The list of functions in a browser: by keyboard alone, and unsaved changes."""

import random

from functions.labels import printed_label
from functions.lists import listed, save_function_list
from functions.models import Function
from tests.admin.browser import FIRST, ITEM, SECOND, THIRD
from tests.admin.desk import DeskTestCase


class KeyboardTests(DeskTestCase):
    def test_writes_a_list_from_nothing_to_saved(self):
        page = self.start()
        self.row(page, 3).focus()
        self.press(page, "End", "Enter")
        page.keyboard.type("Escrita con el teclado:")
        self.press(page, "Enter")
        page.keyboard.type("su inciso.")
        self.press(page, "Alt+ArrowRight", "Enter")
        page.keyboard.type("su otro inciso.")
        self.assertEqual(self.labels(page), ["1.", "2.", "a)", "3.", "4.", "a)", "b)"])
        self.save_by_keyboard(page)
        self.assertEqual(
            self.texts(),
            [
                *[FIRST, SECOND, f"  {ITEM}", THIRD, "Escrita con el teclado:"],
                *["  su inciso.", "  su otro inciso."],
            ],
        )
        self.assertEqual(self.problems, [])

    def test_splits_at_the_cursor_and_the_first_part_stays_the_same_function(self):
        page = self.start()
        self.row(page, 0).focus()
        self.press(page, "Home", *["ArrowRight"] * 4, "Control+Enter")
        self.assertEqual(self.shown(page)[:2], ["Plan", "ear."])
        self.assertEqual(self.focused(page), "ear.")
        page.keyboard.type("Otr")
        self.save_by_keyboard(page)
        self.assertEqual(self.texts()[:2], ["Plan", "Otrear."])
        self.assertEqual(self.key_of("Plan"), self.keys[FIRST])
        self.assertNotIn(self.key_of("Otrear."), self.keys.values())
        self.assertEqual(self.histories()[FIRST], 2)

    def test_joins_with_the_next_and_what_hung_from_it_stays(self):
        page = self.start()
        self.row(page, 0).focus()
        self.press(page, "Control+Shift+Enter")
        self.assertEqual(self.shown(page), [f"{FIRST} {SECOND}", f"  {ITEM}", THIRD])
        self.assertEqual(self.labels(page), ["1.", "a)", "2."])
        self.assertEqual(page.locator("[data-trash] [data-row]").count(), 1)
        self.save_by_keyboard(page)
        self.assertEqual(self.texts(), [f"{FIRST} {SECOND}", f"  {ITEM}", THIRD])
        self.assertEqual(self.key_of(f"{FIRST} {SECOND}"), self.keys[FIRST])
        self.assertEqual(self.key_of(ITEM), self.keys[ITEM])
        self.assertEqual(self.key_of(THIRD), self.keys[THIRD])

    def test_moves_a_group_and_says_so(self):
        page = self.start()
        self.row(page, 1).focus()
        self.press(page, "Alt+ArrowUp")
        self.assertEqual(self.shown(page), [SECOND, f"  {ITEM}", FIRST, THIRD])
        self.assertEqual(self.said(page), "1.: subió.")
        self.assertEqual(self.focused(page), SECOND)
        self.press(page, "Alt+ArrowDown", "Alt+ArrowDown")
        self.assertEqual(self.shown(page), [FIRST, THIRD, SECOND, f"  {ITEM}"])
        self.press(page, "Alt+ArrowDown")
        self.assertEqual(self.said(page), "3.: aquí no se puede.")
        self.save_by_keyboard(page)
        self.assertEqual(self.texts(), [FIRST, THIRD, SECOND, f"  {ITEM}"])
        for text in self.keys:
            self.assertEqual(self.key_of(text), self.keys[text])
        self.assertEqual(self.histories()[FIRST], 1)

    def test_indents_and_outdents(self):
        page = self.start()
        self.row(page, 3).focus()
        self.press(page, "Alt+ArrowRight")
        self.assertEqual(self.labels(page), ["1.", "2.", "a)", "b)"])
        self.press(page, "Alt+ArrowRight")
        self.assertEqual(self.labels(page), ["1.", "2.", "a)", "i)"])
        self.press(page, "Alt+ArrowRight")
        self.assertIn("aquí no se puede", self.said(page))
        self.press(page, "Alt+ArrowLeft", "Home", "Backspace")
        self.assertEqual(self.labels(page), ["1.", "2.", "a)", "3."])

    def test_deletes_with_its_items_restores_and_undoes(self):
        page = self.start()
        self.row(page, 1).focus()
        self.press(page, "Alt+Delete")
        self.assertEqual(self.shown(page), [FIRST, THIRD])
        restore = page.locator("[data-trash] [data-restore]").first
        restore.focus()
        self.press(page, "Enter")
        self.assertEqual(self.shown(page), [FIRST, SECOND, f"  {ITEM}", THIRD])
        self.press(page, "Alt+z")
        self.assertEqual(self.shown(page), [FIRST, THIRD])
        self.press(page, "Alt+z")
        self.assertEqual(self.shown(page), [FIRST, SECOND, f"  {ITEM}", THIRD])
        self.press(page, "Alt+Shift+z")
        self.save_by_keyboard(page)
        self.assertEqual(self.texts(), [FIRST, THIRD])

    def test_undo_takes_back_typing_and_operations_in_their_order(self):
        page = self.start()
        self.row(page, 0).focus()
        self.press(page, "End")
        page.keyboard.type(" Más.")
        self.press(page, "Home", *["ArrowRight"] * 3, "Control+Enter")
        page.keyboard.type("Y ")
        self.press(page, "Alt+z")
        self.assertEqual(self.shown(page)[:2], ["Pla", "near. Más."])
        self.press(page, "Control+z")
        self.assertEqual(self.shown(page)[0], "Planear. Más.")
        self.press(page, "Alt+z")
        self.assertEqual(self.shown(page)[0], FIRST)
        self.assertEqual(len(self.shown(page)), 4)

    def test_ctrl_s_asks_for_the_reason_then_saves_and_goes_on_in_the_same_row(self):
        page = self.start()
        page.set_viewport_size({"width": 1000, "height": 500})
        self.row(page, 3).focus()
        self.press(page, "End")
        page.keyboard.type(" Siempre.")
        self.press(page, "Control+s")
        self.assertEqual(page.evaluate("document.activeElement.id"), "id_reason")
        self.assertEqual(
            self.said(page), "Escriba el motivo del cambio y guarde de nuevo."
        )
        page.keyboard.type("Precisar")
        self.row(page, 3).focus()
        before = self.row(page, 3).bounding_box()["y"]
        with page.expect_navigation():
            self.press(page, "Control+s")
        page.wait_for_function("document.activeElement.matches('[data-row] textarea')")
        self.assertEqual(self.texts()[3], f"{THIRD} Siempre.")
        self.assertEqual(self.focused(page), f"{THIRD} Siempre.")
        self.assertEqual(self.said(page), "Se guardó.")
        self.assertLess(abs(self.row(page, 3).bounding_box()["y"] - before), 60)
        self.assertEqual(self.problems, [])

    def test_any_sequence_keeps_the_keys_of_what_is_kept(self):
        page = self.start()
        self.row(page, 3).focus()
        self.press(page, "Alt+ArrowUp", "Alt+ArrowUp", "Alt+Enter")
        page.keyboard.type("Nueva.")
        self.press(page, "Alt+ArrowRight", "Alt+ArrowDown", "Alt+ArrowLeft")
        self.press(page, "Home", "Backspace", "Alt+z")
        self.row(page, 0).focus()
        self.press(page, "Alt+Delete", "Alt+z", "Alt+ArrowDown")
        texts = self.shown(page)
        self.save_by_keyboard(page)
        self.assertEqual(self.texts(), texts)
        for text, key in self.keys.items():
            self.assertEqual(self.key_of(text), key)
            self.assertGreaterEqual(Function.history.filter(key=key).count(), 1)
            self.assertEqual(Function.objects.filter(key=key).count(), 1)

    def test_no_sequence_of_keys_loses_a_key(self):
        """Random operations, always the same ones: every row is still itself."""
        operations = (
            *("Alt+ArrowUp", "Alt+ArrowDown", "Alt+ArrowLeft", "Alt+ArrowRight"),
            *("Control+Enter", "Control+Shift+Enter", "Alt+Enter", "Alt+Delete"),
            *("Enter", "Backspace", "Delete", "Home", "End", "ArrowRight", "x"),
            *("Alt+z", "Alt+Shift+z", "Control+z", "ArrowDown", "ArrowUp"),
        )
        page, saved = self.start(), 0
        for seed in (1, 2, 3, 4):
            with self.subTest(seed):
                stored = {str(row.key) for row in listed(self.units["8.2"])}
                self.open(page, "units_unit_change", self.units["8.2"].pk)
                choose = random.Random(seed)  # noqa: S311
                self.row(page, 0).focus()
                for _number in range(60):
                    page.keyboard.press(choose.choice(operations))
                self.assertEqual(
                    self.keys_on(page, "list") & self.keys_on(page, "trash"), set()
                )
                everywhere = self.keys_on(page, "list") | self.keys_on(page, "trash")
                self.assertEqual(everywhere, stored)
                expected = [
                    [text, key]
                    for text, key in self.rows_on(page)
                    if text.strip() or key
                ]
                if any(not text.strip() for text, _key in expected):
                    continue  # a stored row without text is not saved, but refused
                self.save_by_keyboard(page, reason=f"Semilla {seed}")
                saved += 1
                after = {str(row.key): row.text for row in listed(self.units["8.2"])}
                self.assertEqual(len(after), len(expected))
                for text, key in expected:
                    if key:
                        self.assertEqual(after[key], " ".join(text.split()))
        self.assertGreaterEqual(saved, 2)
        self.assertEqual(self.problems, [])

    def keys_on(self, page, where):
        keys = page.locator(f"[data-{where}] > [data-row] input[name$=-key]")
        found = [
            key for key in keys.evaluate_all("all => all.map(one => one.value)") if key
        ]
        self.assertEqual(len(found), len(set(found)))
        return set(found)

    def rows_on(self, page):
        return page.locator("[data-list] > [data-row]").evaluate_all(
            """rows => rows.map(row => [row.querySelector("textarea").value,
                 row.querySelector("input[name$=-key]").value])"""
        )

    def test_labels_are_those_of_the_server(self):
        page = self.start()
        shown = page.evaluate(
            """async () => {
                 const { printedLabel } = await import(
                   "/static/admin_site/functions_labels.js");
                 return [0, 1, 2].map(level => Array.from(
                   {length: 800}, (_, at) => printedLabel(level, at + 1)));
               }"""
        )
        for level, labels in enumerate(shown):
            self.assertEqual(
                labels, [printed_label(level, position) for position in range(1, 801)]
            )

    def test_the_tools_are_one_stop_of_the_keyboard(self):
        page = self.start()
        self.row(page, 1).focus()
        self.press(page, "Alt+F10", "Enter")  # the first tool moves the row up
        self.assertEqual(self.shown(page)[0], SECOND)
        self.press(page, "ArrowRight", "Enter", "Escape")
        self.assertEqual(self.shown(page)[0], FIRST)
        self.assertEqual(self.focused(page), SECOND)

    def test_arrows_go_from_text_to_text(self):
        page = self.start()
        self.row(page, 0).focus()
        self.press(page, "End", "ArrowDown")
        self.assertEqual(self.focused(page), SECOND)
        self.press(page, "Home", "ArrowUp")
        self.assertEqual(self.focused(page), FIRST)

    def test_drags_a_group_by_its_handle(self):
        page = self.start()
        handle = page.locator("[data-list] [data-handle]").nth(1)
        handle.hover()
        first = page.locator("[data-list] [data-row]").first.bounding_box()
        page.mouse.down()
        page.mouse.move(first["x"] + 30, first["y"] + 2, steps=5)
        page.mouse.up()
        self.assertEqual(self.shown(page), [SECOND, f"  {ITEM}", FIRST, THIRD])
        self.assertEqual(self.problems, [])


class LeavingTests(DeskTestCase):
    def test_asks_before_leaving_only_when_something_changed(self):
        page = self.browse()
        asked = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        unit = self.units["8.2"].pk
        changes = {
            "nothing": (lambda: None, False),
            "typing": (lambda: page.keyboard.type("x"), True),
            "moving": (lambda: self.press(page, "Alt+ArrowDown"), True),
            "moving back": (
                lambda: self.press(page, "Alt+ArrowDown", "Alt+ArrowUp"),
                False,
            ),
            "a blank row": (lambda: self.press(page, "Alt+Enter"), False),
            "the name": (
                lambda: (
                    page.get_by_text("Datos de la unidad").click(),
                    page.locator("#id_name").press("x"),
                ),
                True,
            ),
        }
        for what, (change, asks) in changes.items():
            with self.subTest(what):
                self.open(page, "units_unit_change", unit)
                asked.clear()
                self.row(page, 0).click()
                change()
                page.goto(f"{self.live_server_url}/admin/")
                self.assertEqual(asked, ["beforeunload"] if asks else [])

    def test_asks_too_while_a_choice_is_open(self):
        page = self.start()
        rows = listed(self.units["8.2"])
        rows[0].text = "De ella."
        save_function_list(
            unit=self.units["8.2"], rows=rows, user=self.user, reason="De ella"
        )
        self.row(page, 0).fill("Mía.")
        self.save_by_keyboard(page)
        asked = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        self.row(page, 0).click()
        page.goto(f"{self.live_server_url}/admin/")
        self.assertEqual(asked, ["beforeunload"])
