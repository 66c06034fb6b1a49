"""A unit's list beside that of the base edition, saved or not."""

import json
from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exchange.services import duplicate_edition
from functions.lists import Listed, listed, save_function_list
from functions.models import Function
from functions.services import move_function
from tests.admin.desk import DeskTestCase
from tests.admin.support import form_of
from tests.admin.test_function_rows import FunctionRowsTestCase
from tests.factories import REASON, authorise, make_edition, make_function, make_tree
from units.models import Unit


class ChangesTestCase(FunctionRowsTestCase):
    """A draft "2026" of the edition "2024", which was authorised."""

    def setUp(self):
        make_function(self.units["8.3"], "De la 8.3.")
        authorise(self.draft, effective_from=date(2024, 1, 1))
        self.draft.refresh_from_db()
        self.base = self.draft
        self.draft = duplicate_edition(
            edition=self.base, label="2026", user=self.superuser, reason=REASON
        )

    def switch(self, on=True):
        return self.send(page=self.page(), data={"functions-op": f"changes-{int(on)}"})

    def ask(self, rows, show=True, user=None):
        self.client.force_login(user or self.editor)
        return self.client.post(
            reverse("admin:units_unit_functions_changes", args=[self.unit("8.2").pk]),
            json.dumps({"rows": rows, "show": show}),
            content_type="application/json",
        )


class ChangesTests(ChangesTestCase):
    def change(self):
        rows = listed(self.unit("8.2"))
        rows[0].text = "Planear bien."
        rows[3], rows[4] = Listed(0, rows[4].text, rows[4].key), Listed(0, "Agregada.")
        function = Function.objects.get(unit=self.unit("8.3"))
        save_function_list(
            unit=self.unit("8.2"), rows=rows, user=self.superuser, reason=REASON
        )
        move_function(
            function=function,
            unit=self.unit("8.2"),
            user=self.superuser,
            reason=REASON,
        )

    def test_is_remembered_and_says_what_happened_to_each_row(self):
        self.change()
        self.assertNotContains(self.page(), "Redacción</span>")
        self.switch()
        page = self.page()
        self.assertContains(page, 'aria-pressed="true"')
        self.assertContains(page, "Redacción</span>", count=1)
        self.assertContains(page, "[se agrega: ")
        self.assertContains(page, "Nueva</span>", count=1)
        self.assertContains(page, "Viene de 8.3 Coordinación 8.3")
        self.assertContains(page, "<del>El personal.</del>")
        self.assertContains(page, "Suprimida</span>", count=1)
        self.switch(on=False)
        self.assertNotContains(self.page(), "Redacción</span>")

    def test_the_switch_keeps_what_was_not_saved_and_shows_it(self):
        response = self.send(
            page=self.page(),
            data={"functions-op": "changes-1", "functions-0-text": "Sin guardar."},
        )
        self.assertEqual(form_of(response)["functions-0-text"], "Sin guardar.")
        self.assertContains(response, "Redacción</span>", count=1)

    def test_a_function_that_went_to_another_unit_is_said_to_be_there(self):
        function = Function.objects.get(edition=self.draft, text="Planear.")
        move_function(
            function=function, unit=self.unit("8.3"), user=self.superuser, reason=REASON
        )
        self.assertContains(self.switch(), "Pasó a 8.3 Coordinación 8.3")

    def test_an_edition_without_a_base_has_no_switch(self):
        unit = make_tree("8.1", edition=make_edition("2030"))["8.1"]
        page = self.open("unit", "change", unit.pk)
        self.assertContains(page, "data-functions")
        self.assertNotContains(page, "Ver cambios frente")
        self.assertContains(self.page(), "Ver cambios frente a la edición 2024")

    def test_answers_the_script_with_what_is_on_the_screen(self):
        keys = {row.text: str(row.key) for row in listed(self.unit("8.2"))}
        rows = [
            {"id": keys["Planear."], "level": 0, "text": "Planear <i>todo</i>."},
            {"id": "", "level": 0, "text": "Nueva."},
        ]
        answer = self.ask(rows).json()
        self.assertIn("<ins>", answer["rows"][0])
        self.assertNotIn("<i>", answer["rows"][0])
        self.assertIn("Nueva</span>", answer["rows"][1])
        self.assertIn("Evaluar.", answer["suppressed"])
        self.assertEqual(self.ask(rows, user=self.lector).status_code, 403)
        self.assertEqual(self.ask([{"id": 1}]).status_code, 400)

    def test_asks_the_database_as_often_for_many_rows_as_for_few(self):
        def queries():
            with CaptureQueriesContext(connection) as captured:
                self.page()
            return len(captured)

        self.switch()
        few = queries()
        rows = [Listed(0, f"Función {number}.") for number in range(60)]
        rows += [Listed(1, f"Inciso {number}.") for number in range(60)]
        save_function_list(
            unit=self.unit("8.2"),
            rows=[*listed(self.unit("8.2")), *rows],
            user=self.superuser,
            reason=REASON,
        )
        self.assertEqual(queries(), few)


class LiveChangesTests(DeskTestCase):
    def test_shows_changes_while_writing(self):
        authorise(self.edition)
        draft = duplicate_edition(
            edition=self.edition, label="2026", user=self.user, reason=REASON
        )
        self.units["8.2"] = Unit.objects.get(edition=draft, code="8.2")
        page = self.start()
        page.get_by_role("button", name="Ver cambios").press("Enter")
        self.row(page, 0).press("End")
        page.keyboard.type(" Y más.")
        page.locator("[data-list] [data-row]").first.locator("ins").wait_for()
        self.press(page, "Alt+ArrowDown")
        page.get_by_text("Cambió de lugar; era").wait_for()
        self.row(page, 3).focus()
        self.press(page, "Alt+Delete")
        page.get_by_text("ya no están aquí").wait_for()
        self.open(page, "units_unit_change", self.units["8.2"].pk)
        pressed = page.get_by_role("button", name="Ver cambios")
        self.assertEqual(pressed.get_attribute("aria-pressed"), "true")
        self.assertEqual(self.problems, [])
