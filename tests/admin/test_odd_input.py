"""What no honest browser sends: refused or read as nothing, never an error 500."""

import json

from django.test import Client
from django.urls import reverse

from exchange.pasting import recognise
from functions.lists import listed
from functions.models import Function
from manuals.admin.posted import MAX_ROWS
from manuals.admin.undoing import moment_code
from tests.admin.support import AdminTestCase, form_of
from tests.admin.test_function_rows import FunctionRowsTestCase
from tests.factories import make_unit
from units.models import Unit

LONG = "9" * 5000  # more digits than int() reads


class AddressTests(AdminTestCase):
    def get(self, address):
        self.client.force_login(self.editor)
        return self.client.get(address)

    def test_numbers_that_are_none_choose_nothing(self):
        structure = self.url("unit", "structure", self.draft.pk)
        move = self.url("unit", "mover", self.unit("8.2.1").pk)
        add = self.url("unit", "add") + f"?edition={self.draft.pk}"
        for number in (LONG, "x", "-1", "²", "\0"):
            for address in (
                f"{structure}?unidad={number}",
                f"{move}?target={number}&place={number}",
                f"{add}&target={number}&place={number}",
            ):
                with self.subTest(address[:60]):
                    self.assertEqual(self.get(address).status_code, 200)

    def test_the_last_moment_of_all_has_no_save(self):
        address = reverse(
            "admin:manuals_edition_undo", args=[self.draft.pk, "99991231T235959999999"]
        )
        self.assertEqual(self.get(address).status_code, 404)

    def test_the_way_back_of_an_undo_is_one_of_our_pages_or_the_list(self):
        saves = reverse("admin:manuals_edition_saves", args=[self.draft.pk])
        change = self.url("unit", "change", self.unit("8.2").pk)
        for back, goes_to in (
            (change, change),
            ("/admin/units/unit/x/change/", saves),
            (f"/admin/units/unit/{LONG}/change/", saves),
            ("https://example.org/admin/units/unit/1/change/", saves),
            (f"//example.org{change}", saves),
            (f"/\\example.org{change}", saves),
            ("/admin/logout/", saves),
        ):
            with self.subTest(back[:60]):
                make_unit(self.unit("8.3"))
                at = Unit.history.latest("history_date").history_date
                page = self.get(
                    reverse(
                        "admin:manuals_edition_undo",
                        args=[self.draft.pk, moment_code(at)],
                    )
                )
                data = {**form_of(page), "back": back, "reason": "x"}
                response = self.client.post(page.request["PATH_INFO"], data)
                self.assertRedirects(response, goes_to, fetch_redirect_response=False)


class ScriptQuestionsTests(AdminTestCase):
    def test_json_that_is_no_question_is_refused_in_a_sentence(self):
        self.client.force_login(self.editor)
        row = '{"rows": [{"id": "1", "level": %s, "text": "x"}], "text": "x"}'
        for name in ("functions_paste", "functions_changes"):
            for body in ("", "[]", "[" * 100_000, row % "1e400", row % LONG, '"x"'):
                with self.subTest(name=name, body=body[:40]):
                    response = self.client.post(
                        self.url("unit", name, self.unit("8.2").pk),
                        body,
                        content_type="application/json",
                    )
                    self.assertEqual(response.status_code, 400)
                    self.assertEqual(
                        json.loads(response.content),
                        {"refused": "La petición no se entiende."},
                    )


class RowsTests(FunctionRowsTestCase):
    def test_what_a_stale_row_says_of_itself_may_be_anything(self):
        for name in ("key", "at", "was", "level", "clash", "pick", "note"):
            for value in ("x", "\0", LONG, f"{LONG}.{LONG}", "-1.-1"):
                with self.subTest(name=name, value=value[:9]):
                    response = self.send(
                        page=self.page(),
                        data={f"functions-0-{name}": value, "rows_seen": "x"},
                        reason="x",
                    )
                    self.assertEqual(response.status_code, 200)
                    self.assertIn("Planear.", self.texts_in(response))

    def rows(self, number):
        return {
            "functions-TOTAL_FORMS": str(number),
            **{f"functions-{n}-text": f"Función {n}." for n in range(5, number)},
            **{f"functions-{n}-level": "0" for n in range(5, number)},
        }

    def test_a_row_too_many_is_shown_and_told_not_dropped(self):
        last = f"Función {MAX_ROWS - 1}."
        before = Function.history.count()
        page = self.send(
            page=self.page(), data={**self.rows(MAX_ROWS), "functions-op": "insert-3"}
        )
        self.assertIn(last, self.texts_in(page))
        page = self.send(page=page, data={"functions-4-text": "Más."}, reason="x")
        self.assertContains(page, "La lista tiene más de 1000 filas: quite algunas")
        self.assertIn(last, self.texts_in(page))
        self.assertEqual(Function.history.count(), before)

    def test_a_list_without_its_numbers_is_told_so_in_spanish(self):
        data = dict.fromkeys(("functions-TOTAL_FORMS", "functions-INITIAL_FORMS"), "")
        response = self.send(page=self.page(), data=data, reason="x")
        self.assertContains(response, "La lista llegó incompleta y no se guardó")
        self.assertEqual(len(self.texts()), 5)

    def test_letters_of_positions_hold_no_null(self):
        response = self.send(page=self.page(), positions="B, \0", reason="x")
        self.assertContains(response, "nulos no están permitidos")


class PasteTests(FunctionRowsTestCase):
    def test_a_text_without_any_break_is_read_at_once(self):
        """In time that grows with its length, not with the square of it."""
        text = "a" * 150_000
        self.assertEqual([row.text for row in recognise(text, []).rows], [text])

    def test_words_divided_at_the_end_of_a_line_are_joined(self):
        text = "• Coordi-\nnar la admi-\nnistración."
        self.assertEqual(
            [row.text for row in recognise(text, []).rows],
            ["Coordinar la administración."],
        )


class CsrfTests(FunctionRowsTestCase):
    def test_no_page_of_the_desk_writes_without_the_token(self):
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(self.editor)
        unit = self.unit("8.2")
        before = Function.history.count(), Unit.history.count()
        for address in (
            self.url("unit", "change", unit.pk),
            *(
                self.url("unit", name, unit.pk)
                for name in ("mover", "agregar", "nombre", "delete", "mover-funcion")
            ),
            self.url("unit", "functions_paste", unit.pk),
            self.url("unit", "functions_changes", unit.pk),
            reverse("admin:functions_function_replace"),
        ):
            with self.subTest(address):
                self.assertEqual(browser.post(address, {}).status_code, 403)
        self.assertEqual((Function.history.count(), Unit.history.count()), before)
        self.assertEqual(len(listed(unit)), 5)


class ReplaceTests(FunctionRowsTestCase):
    def test_an_expression_whose_flags_contradict_each_other_is_not_understood(self):
        self.client.force_login(self.editor)
        address = reverse("admin:functions_function_replace")
        query = {"edition": self.draft.pk, "find": "(?a)(?u)x", "expression": "on"}
        response = self.client.get(address, query)
        self.assertContains(response, "La expresión regular no se entiende")

    def test_a_replacement_that_writes_a_null_is_refused_with_its_choices(self):
        self.client.force_login(self.editor)
        address = reverse(
            "admin:functions_function_replace",
            query={
                "edition": self.draft.pk,
                "asked": "1",
                "find": "Planear",
                "replace": r"a\0b",
                "expression": "on",
            },
        )
        page = self.client.get(address)
        response = self.client.post(address, {**form_of(page), "reason": "Mío"})
        self.assertContains(response, "8.2, 1.: Hay un carácter de control (U+0000)")
        self.assertContains(response, "Mío")
        self.assertEqual(self.texts()[0], "Planear.")
