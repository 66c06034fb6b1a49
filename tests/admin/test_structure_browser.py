"""The editor's desk in Chromium: drag, keyboard, menu, two people, no script."""

import re

from django.urls import reverse

from manuals.models import BranchGrant
from tests.factories import make_edition, make_function, make_tree, make_user
from tests.web.browser import AXE, RULES, WIDTHS, BrowserTestCase
from units.models import Unit
from units.services import move_unit
from units.trees import problems_of

# 8.1
# ├── 8.2
# │   ├── 8.2.1
# │   └── 8.2.2
# └── 8.3
#     └── 8.3.1
FOCUSED = "document.activeElement.parentElement.dataset.unit"
CODES = "8.1 8.2 8.2.1 8.2.2 8.3 8.3.1"


class DeskTests(BrowserTestCase):
    def setUp(self):
        self.edition = make_edition("2024")
        self.units = make_tree(CODES, edition=self.edition)
        make_function(self.units["8.3"], "Avisar a la Coordinación 8.2.1.")
        self.user = make_user("editor")
        self.address = reverse("admin:units_unit_structure", args=[self.edition.pk])

    def desk(self, user=None, **options):
        page = self.tab(viewport={"width": 1280, "height": 900}, **options)
        page.set_default_timeout(10_000)
        self.client.force_login(user or self.user)
        session = self.client.cookies["sessionid"]
        page.context.add_cookies(
            [{"name": session.key, "value": session.value, "url": self.live_server_url}]
        )
        self.assertEqual(self.open(page, self.address), 200)
        if options.get("java_script_enabled", True):
            page.get_by_role("tree").wait_for()
        return page

    def item(self, page, name):
        """The unit that was made with this code, whatever its code is now."""
        return page.locator(f"#u{self.units[name].pk} > [role=treeitem]")

    def focused(self, page):
        """The code that the focused unit was made with."""
        unit = page.evaluate(FOCUSED)
        return next((n for n, one in self.units.items() if str(one.pk) == unit), None)

    def codes(self):
        return [
            f"{unit.code}={unit.name.removeprefix('Coordinación ')}"
            for unit in Unit.objects.for_edition(self.edition).in_reading_order()
        ]

    def confirm(self, page, reason="Reforma"):
        page.locator("[name=_confirm]").wait_for()
        if reason:
            page.locator("[name=reason]").fill(reason)
        page.locator("[name=_confirm]").click()

    def wait_until_done(self, page, words):
        page.locator("#desk-dialog:not([open])").wait_for(state="attached")
        page.locator("#desk-place:not([inert]) .line:focus").wait_for()
        page.locator("#desk-done .success", has_text=words).wait_for()

    def drag(self, page, name, over, part, *, drop=True):
        """Take a unit by its name to a part of another's line (0 top, 1 bottom)."""
        start = self.item(page, name).locator(".name").bounding_box()
        end = self.item(page, over).bounding_box()
        page.mouse.move(start["x"] + 20, start["y"] + start["height"] / 2)
        page.mouse.down()
        page.mouse.move(end["x"] + 90, end["y"] + end["height"] * part, steps=6)
        if drop:
            page.mouse.up()

    def assertQuiet(self):
        self.assertEqual(self.said, [])

    def test_moves_by_drag_before_after_and_inside(self):
        page = self.desk()
        self.drag(page, "8.2.2", "8.2.1", 0.1)
        page.get_by_text(
            "Quedará debajo de «8.2 Coordinación 8.2», la primera"
        ).wait_for()
        rows = page.locator("#desk-dialog tbody tr").all_inner_texts()
        self.assertEqual(
            [re.split(r"\s+", row.strip())[:2] for row in rows],
            [["8.2.2", "8.2.1"], ["8.2.1", "8.2.2"]],
        )
        self.assertEqual(self.codes()[2], "8.2.1=8.2.1")
        self.confirm(page)
        self.wait_until_done(page, "ocupa su nuevo lugar")
        self.assertEqual(self.codes()[2:4], ["8.2.1=8.2.2", "8.2.2=8.2.1"])
        self.assertEqual(self.focused(page), "8.2.2")
        self.drag(page, "8.2.2", "8.3.1", 0.9)
        page.get_by_text("después de «8.3.1 Coordinación 8.3.1»").wait_for()
        self.confirm(page, reason=None)  # it is still there
        self.wait_until_done(page, "8.3.2")
        self.drag(page, "8.3.1", "8.2.1", 0.5)
        page.get_by_text("Será la única unidad debajo de «8.2.1").wait_for()
        self.confirm(page, reason=None)
        self.wait_until_done(page, "8.2.1.1")
        self.assertEqual(
            self.codes(),
            ["8.1=8.1", "8.2=8.2", "8.2.1=8.2.1", "8.2.1.1=8.3.1", "8.3=8.3"]
            + ["8.3.1=8.2.2"],
        )
        self.assertEqual(problems_of(self.edition), [])
        self.assertQuiet()

    def test_shows_where_a_dragged_unit_would_stand_and_escape_gives_it_up(self):
        page = self.desk()
        self.drag(page, "8.2.1", "8.3.1", 0.1, drop=False)
        self.assertEqual(page.locator(".drop-before").count(), 1)
        box = self.item(page, "8.3").bounding_box()
        page.mouse.move(box["x"] + 90, box["y"] + box["height"] / 2)
        self.assertEqual(page.locator(".drop-inside").count(), 1)
        self.assertEqual(page.locator(".drop-before").count(), 0)
        page.keyboard.press("Escape")
        self.assertEqual(page.locator(".drop-inside, .desk-ghost").count(), 0)
        page.mouse.up()
        self.assertEqual(page.locator("#desk-dialog[open]").count(), 0)
        self.assertEqual(self.focused(page), "8.2.1")
        # Nor below itself, nor beside the root.
        self.drag(page, "8.2", "8.2.1", 0.5)
        self.assertEqual(page.locator("#desk-dialog[open]").count(), 0)
        self.assertEqual(page.url, self.live_server_url + self.address)
        self.assertQuiet()

    def test_a_finger_drags_by_the_handle_and_scrolls_elsewhere(self):
        page = self.desk(has_touch=True, is_mobile=True)
        cdp = page.context.new_cdp_session(page)

        def swipe(locator, over):
            start, end = locator.bounding_box(), self.item(page, over).bounding_box()
            x, y = (
                start[s] + start[n] / 2 for s, n in (("x", "width"), ("y", "height"))
            )
            to = end["y"] + end["height"] * 0.5
            for kind, at in (
                ("touchStart", [(x, y)]),
                *(("touchMove", [(x, y + (to - y) * n / 6)]) for n in range(1, 7)),
                ("touchEnd", []),
            ):
                points = [{"x": one, "y": other} for one, other in at]
                cdp.send(
                    "Input.dispatchTouchEvent", {"type": kind, "touchPoints": points}
                )

        swipe(self.item(page, "8.2.1").locator(".name"), "8.3.1")
        self.assertEqual(page.locator("#desk-dialog[open]").count(), 0)
        swipe(self.item(page, "8.2.1").locator(".grip"), "8.3.1")
        page.get_by_text("Será la única unidad debajo de").wait_for()
        self.assertQuiet()

    def test_moves_by_keyboard_in_four_directions(self):
        page = self.desk()
        self.item(page, "8.2.2").focus()
        for key, expected in (
            ("ArrowUp", "8.2.1=8.2.2"),
            ("ArrowDown", "8.2.2=8.2.2"),
            ("ArrowRight", "8.2.1.1=8.2.2"),
            ("ArrowLeft", "8.2.2=8.2.2"),
            ("ArrowLeft", "8.3=8.2.2"),
        ):
            with self.subTest(key=key, expected=expected):
                page.keyboard.press(f"Alt+{key}")
                page.locator("[name=_confirm]").wait_for()
                if not page.locator("[name=reason]").input_value():
                    page.keyboard.type("Con el teclado")
                    page.keyboard.press("Tab")
                page.keyboard.press("Enter")
                self.wait_until_done(page, expected.split("=")[0])
                self.assertIn(expected, self.codes())
                self.assertEqual(self.focused(page), "8.2.2")
        record = self.units["8.2.2"].history.first()
        self.assertEqual(record.history_change_reason, "Con el teclado")
        self.assertEqual(problems_of(self.edition), [])
        self.assertQuiet()

    def test_says_why_a_key_moves_nothing(self):
        page = self.desk()
        for name, key, words in (
            ("8.1", "ArrowDown", "La unidad raíz no se puede mover."),
            ("8.2", "ArrowUp", "No hay a dónde moverla en esa dirección."),
            ("8.2", "ArrowLeft", "No hay a dónde moverla en esa dirección."),
        ):
            self.item(page, name).focus()
            page.keyboard.press(f"Alt+{key}")
            page.locator("#desk-says", has_text=words).wait_for()
        self.assertEqual(page.locator("#desk-dialog[open]").count(), 0)

    def test_escape_cancels_and_the_focus_returns(self):
        page = self.desk()
        self.item(page, "8.2.1").focus()
        before = self.codes()
        for key in ("Alt+ArrowDown", "F2", "Insert", "Delete"):
            with self.subTest(key):
                page.keyboard.press(key)
                page.locator("#desk-dialog .preview").wait_for()
                page.keyboard.press("Escape")
                page.locator("#desk-says", has_text="Se canceló").wait_for()
                self.assertEqual(self.focused(page), "8.2.1")
        self.assertEqual(self.codes(), before)
        self.assertQuiet()

    def test_the_menu_adds_renames_and_deletes(self):
        page = self.desk()
        self.item(page, "8.2.1").focus()
        page.keyboard.press("Enter")
        menu = page.get_by_role("menu")
        self.assertEqual(
            menu.get_by_role("menuitem").all_inner_texts(),
            ["Abrir la unidad", "Mover…", "Agregar debajo…", "Agregar después…"]
            + ["Cambiar nombre o nivel…", "Eliminar…"],
        )
        page.keyboard.press("c")
        page.keyboard.press("Enter")
        page.locator("[name=name]").fill("Coordinación nueva")
        self.assertIn(
            "1 función nombra la unidad", page.locator("#desk-dialog").inner_text()
        )
        self.confirm(page)
        self.wait_until_done(page, "Coordinación nueva")
        self.assertEqual(self.codes()[2], "8.2.1=nueva")
        self.item(page, "8.2.1").get_by_role("button").click()
        menu.get_by_text("Agregar después").click()
        page.locator("[name=name]").fill("Coordinación intercalada")
        self.confirm(page, reason=None)
        self.wait_until_done(page, "Coordinación intercalada")
        self.assertEqual(self.codes()[3], "8.2.2=intercalada")
        added = str(Unit.objects.get(name="Coordinación intercalada").pk)
        self.assertEqual(page.evaluate(FOCUSED), added)
        self.item(page, "8.2").get_by_role("button").first.click()
        menu.get_by_text("Eliminar").click()
        page.get_by_text("Se eliminan 4 unidades").wait_for()
        self.confirm(page, reason="Se suprime")
        self.wait_until_done(page, "Se eliminó")
        self.assertEqual(self.codes(), ["8.1=8.1", "8.2=8.3", "8.2.1=8.3.1"])
        self.assertEqual(self.focused(page), "8.3")
        self.assertQuiet()

    def test_another_place_is_chosen_in_the_dialog(self):
        page = self.desk()
        self.item(page, "8.2.1").get_by_role("button").click()
        page.get_by_role("menuitem", name="Mover").click()
        self.assertEqual(page.locator("[name=_confirm]").count(), 0)
        page.locator("[name=target]").select_option(str(self.units["8.3"].pk))
        page.get_by_text("después de «8.3.1 Coordinación 8.3.1»").wait_for()
        page.locator("[name=place]").fill("1")
        page.get_by_text("la primera, antes de «8.3.2 Coordinación 8.3.1»").wait_for()
        self.confirm(page)
        self.wait_until_done(page, "8.3.1")
        self.assertEqual(self.codes()[4:], ["8.3.1=8.2.1", "8.3.2=8.3.1"])

    def test_two_people_at_once_the_second_sees_the_preview_anew(self):
        page = self.desk()
        self.item(page, "8.2.2").focus()
        page.keyboard.press("Alt+ArrowUp")
        page.locator("[name=reason]").fill("Lo mío")
        move_unit(
            unit=self.units["8.2.1"],
            target=self.units["8.3"],
            user=make_user("editor"),
            reason="Lo suyo",
        )
        page.locator("[name=_confirm]").click()
        page.get_by_text("La unidad ya está en ese lugar.").wait_for()
        self.assertIn("8.2.1=8.2.2", self.codes())
        page.keyboard.press("Escape")
        self.open(page, self.address)
        self.item(page, "8.2.2").focus()
        page.keyboard.press("Alt+ArrowLeft")
        page.locator("[name=reason]").fill("Lo mío")
        move_unit(
            unit=self.units["8.3"],
            target=self.units["8.1"],
            position=1,
            user=make_user("editor"),
            reason="Lo suyo",
        )
        before = self.codes()
        page.locator("[name=_confirm]").click()
        page.get_by_text("Otra persona guardó cambios mientras tanto").wait_for()
        self.assertEqual(self.codes(), before)
        self.assertEqual(page.locator("[name=reason]").input_value(), "Lo mío")
        self.confirm(page, reason=None)
        self.wait_until_done(page, "ocupa su nuevo lugar")
        self.assertNotEqual(self.codes(), before)
        self.assertEqual(problems_of(self.edition), [])

    def test_a_refusal_of_the_server_is_a_sentence_in_the_dialog(self):
        page = self.desk()
        self.item(page, "8.2.1").focus()
        type(self.edition).objects.filter(pk=self.edition.pk).update(status="review")
        page.keyboard.press("Alt+ArrowDown")
        page.locator("#desk-dialog", has_text="está en revisión").wait_for()
        page.get_by_role("button", name="Cerrar", exact=True).click()
        self.assertEqual(self.focused(page), "8.2.1")
        type(self.edition).objects.filter(pk=self.edition.pk).update(status="draft")
        page.context.clear_cookies()
        page.keyboard.press("Alt+ArrowDown")
        page.locator("#desk-dialog", has_text="Su sesión terminó").wait_for()

    def test_an_editor_of_a_branch_acts_only_there(self):
        editor = make_user("editor")
        BranchGrant.objects.create(
            user=editor, manual=self.edition.manual, unit_key=self.units["8.2"].key
        )
        page = self.desk(editor)
        self.assertEqual(page.get_by_role("treeitem").count(), 6)
        self.assertEqual(self.item(page, "8.3").get_by_role("button").count(), 0)
        self.item(page, "8.3.1").focus()
        page.keyboard.press("Alt+ArrowLeft")
        page.locator("#desk-says", has_text="No tiene permiso").wait_for()
        self.drag(page, "8.2.1", "8.3", 0.5)
        page.locator("#desk-says", has_text="ponerla ahí").wait_for()
        self.assertEqual(page.locator("#desk-dialog[open]").count(), 0)
        self.drag(page, "8.2.2", "8.2.1", 0.5)
        self.confirm(page)
        self.wait_until_done(page, "8.2.1.1")

    def test_folds_filters_and_remembers(self):
        page = self.desk()
        self.item(page, "8.2").focus()
        page.keyboard.press("ArrowLeft")
        self.assertTrue(self.item(page, "8.2.1").is_hidden())
        page.keyboard.press("ArrowDown")
        self.assertEqual(self.focused(page), "8.3")
        self.open(page, self.address)
        self.assertTrue(self.item(page, "8.2.1").is_hidden())
        page.locator("#desk-filter").fill("COORDINACION 8.2.1")
        self.item(page, "8.2.1").wait_for()
        page.locator("#desk-found", has_text="1 unidad coincide.").wait_for()
        self.assertTrue(self.item(page, "8.3").is_hidden())
        page.keyboard.press("ArrowDown")
        self.assertEqual(self.focused(page), "8.2.1")
        page.locator("#desk-filter").fill("")
        self.item(page, "8.3.1").wait_for()
        self.assertTrue(self.item(page, "8.2.1").is_hidden())
        page.get_by_role("button", name="Abrir todo").click()
        self.item(page, "8.2.1").wait_for()
        self.assertQuiet()

    def test_works_without_a_script(self):
        page = self.desk(java_script_enabled=False)
        page.get_by_role("link", name="Acciones de 8.2.1").click()
        page.get_by_role("link", name="Mover…").click()
        page.locator("[name=target]").select_option(str(self.units["8.3"].pk))
        page.get_by_role("button", name="Ver los cambios").click()
        self.assertIn("Quedará debajo de", page.locator(".where").inner_text())
        self.assertEqual(self.codes()[2], "8.2.1=8.2.1")
        page.locator("[name=reason]").fill("Sin programas")
        page.get_by_role("button", name="Confirmar").click()
        page.locator(".messagelist .success").wait_for()
        self.assertIn(self.address, page.url)
        self.assertIn("8.3.2=8.2.1", self.codes())

    def test_fits_every_width_and_has_no_barriers(self):
        page = self.desk(bypass_csp=True)
        states = {
            "tree": lambda: None,
            "menu": lambda: page.keyboard.press("Enter"),
            "dialog": lambda: (
                page.keyboard.press("Escape"),
                page.keyboard.press("Delete"),
                page.locator("#desk-dialog .preview").wait_for(),
            ),
        }
        self.item(page, "8.2.1").focus()
        for state, begin in states.items():
            begin()
            for width in WIDTHS:
                with self.subTest(state=state, width=width):
                    page.set_viewport_size({"width": width, "height": 800})
                    taken = page.evaluate("document.documentElement.scrollWidth")
                    self.assertLessEqual(taken, width)
            page.set_viewport_size({"width": 1280, "height": 900})
            if not page.evaluate("'axe' in window"):
                page.evaluate(AXE.read_text())
            for scheme in ("light", "dark"):
                with self.subTest(state=state, scheme=scheme):
                    page.emulate_media(color_scheme=scheme)
                    page.wait_for_timeout(300)  # Django's colours fade
                    # The frame around is Django's.
                    found = page.evaluate(
                        "rules => axe.run('#content-main', {runOnly: rules})", RULES
                    )
                    self.assertEqual(
                        [
                            (one["id"], one["nodes"][0]["html"])
                            for one in found["violations"]
                        ],
                        [],
                    )
