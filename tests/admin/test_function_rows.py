"""A unit's functions edited on its page, with and without anybody else about."""

from functions.lists import Listed, listed, save_function_list
from functions.models import Function
from manuals.models import Edition
from tests.admin.support import AdminTestCase, form_of
from tests.factories import make_function

# The rows of 8.2: 0 Planear. 1 Coordinar: 2 El presupuesto. 3 El personal. 4 Evaluar.


class FunctionRowsTestCase(AdminTestCase):
    def page(self, user=None, code="8.2"):
        return self.open("unit", "change", self.unit(code).pk, user=user)

    def texts_in(self, response):
        """The rows of the form that came back, indented by their level."""
        form = form_of(response)
        rows = []
        number = 0
        while f"functions-{number}-text" in form:
            text = form[f"functions-{number}-text"]
            if text:
                rows.append("  " * int(form[f"functions-{number}-level"]) + text)
            number += 1
        return rows


class SaveFunctionsTests(FunctionRowsTestCase):
    def test_shows_the_functions_in_reading_order_with_their_labels(self):
        page = self.page()
        labels = [
            label
            for _form, label, *_rest in page.context["adminform"].form.rows.labelled()
        ]
        self.assertEqual(labels, ["1.", "2.", "a)", "b)", "3.", "", ""])
        self.assertEqual(
            self.texts_in(page),
            [
                "Planear.",
                "Coordinar:",
                "  El presupuesto.",
                "  El personal.",
                "Evaluar.",
            ],
        )

    def test_changes_one_text_with_user_and_reason_and_leaves_the_rest(self):
        keys = {function.text: function.key for function in Function.objects.all()}
        before = Function.history.count()
        response = self.send(
            page=self.page(),
            **{"functions-0-text": "Planear todo."},
            reason="Precisión",
        )
        self.assertEqual(response.status_code, 302)
        function = Function.objects.get(text="Planear todo.")
        self.assertEqual(function.key, keys["Planear."])
        record = function.history.first()
        self.assertEqual(record.history_user, self.editor)
        self.assertEqual(record.history_change_reason, "Precisión")
        self.assertEqual(Function.history.count(), before + 1)
        self.assertEqual(self.unit("8.2").history.count(), 1)

    def test_adds_deletes_and_changes_levels_in_one_go(self):
        response = self.send(
            page=self.page(),
            **{
                "functions-0-delete": "on",
                "functions-3-level": "2",
                "functions-5-text": "Informar.",
                "functions-6-text": "A la Dirección.",
                "functions-6-level": "1",
            },
            reason="Reforma",
        )
        self.assertEqual(response.status_code, 302)
        self.assertEqual(
            self.texts(),
            [
                "Coordinar:",
                "  El presupuesto.",
                "    El personal.",
                "Evaluar.",
                "Informar.",
                "  A la Dirección.",
            ],
        )

    def test_deleting_a_function_deletes_its_items(self):
        self.assertContains(self.page(), "Eliminar con sus incisos", count=1)
        self.send(page=self.page(), **{"functions-1-delete": "on"}, reason="x")
        self.assertEqual(self.texts(), ["Planear.", "Evaluar."])

    def test_name_and_functions_are_saved_together_or_not_at_all(self):
        response = self.send(
            page=self.page(),
            name="Coordinación renombrada",
            **{"functions-0-text": ""},
            reason="x",
        )
        self.assertContains(response, "Escriba el texto o marque «Eliminar».")
        self.assertEqual(self.unit("8.2").name, "Coordinación 8.2")
        response = self.send(page=response, **{"functions-0-text": "Planear bien."})
        self.assertEqual(response.status_code, 302)
        self.assertEqual(self.unit("8.2").name, "Coordinación renombrada")
        self.assertEqual(self.texts()[0], "Planear bien.")

    def test_levels_must_follow_each_other(self):
        response = self.send(page=self.page(), **{"functions-0-level": "1"}, reason="x")
        self.assertContains(response, "Empiece con una función.")
        response = self.send(page=self.page(), **{"functions-4-level": "2"}, reason="x")
        self.assertEqual(response.status_code, 302)
        response = self.send(page=self.page(), **{"functions-1-level": "2"}, reason="x")
        self.assertContains(response, "Falta el nivel intermedio")
        for level in ("3", "-1", "x"):
            with self.subTest(level):
                response = self.send(
                    page=self.page(), **{"functions-0-level": level}, reason="x"
                )
                self.assertEqual(response.status_code, 200)

    def test_needs_a_reason(self):
        response = self.send(page=self.page(), **{"functions-0-text": "Otra."})
        self.assertEqual(response.status_code, 200)
        self.assertIn("  El presupuesto.", self.texts_in(response))
        self.assertEqual(self.texts()[0], "Planear.")

    def test_spaces_and_blank_rows_are_no_change(self):
        before = Function.history.count()
        self.send(
            page=self.page(), **{"functions-0-text": "  Planear. \r\n"}, reason="x"
        )
        self.assertEqual(Function.history.count(), before)

    def test_refuses_keys_of_other_units_and_nonsense(self):
        other = make_function(self.unit("8.3"), "De otra unidad.")
        for key in (str(other.key), "nonsense"):
            with self.subTest(key):
                response = self.send(
                    page=self.page(), **{"functions-0-key": key}, reason="x"
                )
                self.assertEqual(response.status_code, 200)
        self.assertEqual(self.texts("8.3"), ["De otra unidad."])
        self.assertEqual(len(self.texts()), 5)

    def test_an_editor_of_the_branch_may_and_one_of_another_may_not(self):
        response = self.send(
            page=self.page(user=self.branch_editor),
            user=self.branch_editor,
            **{"functions-0-text": "Suya."},
            reason="x",
        )
        self.assertEqual(response.status_code, 302)
        make_function(self.unit("8.3"), "Ajena.")
        page = self.page(user=self.branch_editor, code="8.3")
        self.assertNotContains(page, "functions-0-text")
        self.assertContains(page, "Ajena.")


class RearrangeWithoutSavingTests(FunctionRowsTestCase):
    """The buttons of the list, as a browser without JavaScript sends them."""

    def operate(self, operation, page=None, **values):
        response = self.send(
            page=page or self.page(), **{"functions-op": operation}, **values
        )
        self.assertEqual(response.status_code, 200)
        self.assertNotContains(response, "errornote")
        self.assertEqual(len(self.texts()), 5)
        return response

    def test_up_takes_the_items_along(self):
        response = self.operate("up-1")
        self.assertEqual(
            self.texts_in(response),
            [
                "Coordinar:",
                "  El presupuesto.",
                "  El personal.",
                "Planear.",
                "Evaluar.",
            ],
        )
        self.assertEqual(response.context["adminform"].form.rows.focused, 0)
        saved = self.send(page=response, reason="Orden")
        self.assertEqual(saved.status_code, 302)
        self.assertEqual(self.texts()[0], "Coordinar:")

    def test_down_goes_over_a_whole_block(self):
        response = self.operate("down-0")
        self.assertEqual(self.texts_in(response)[3], "Planear.")
        self.assertEqual(response.context["adminform"].form.rows.focused, 3)

    def test_insert_puts_a_blank_row_of_the_same_level_below(self):
        response = self.operate("insert-2")
        form = form_of(response)
        self.assertEqual(form["functions-3-text"], "")
        self.assertEqual(form["functions-3-level"], "1")
        saved = self.send(
            page=response, **{"functions-3-text": "Los bienes."}, reason="x"
        )
        self.assertEqual(saved.status_code, 302)
        self.assertEqual(self.texts()[3], "  Los bienes.")

    def test_indent_and_outdent_take_the_items_along(self):
        response = self.operate("indent-4")
        self.assertEqual(self.texts_in(response)[4], "  Evaluar.")
        response = self.operate("outdent-2")
        self.assertEqual(
            self.texts_in(response)[2:4], ["El presupuesto.", "  El personal."]
        )
        self.assertContains(response, "autofocus", count=1)

    def test_join_keeps_the_first_key_and_deletes_the_next_row(self):
        keys = {row.text: row.key for row in listed(self.unit("8.2"))}
        response = self.operate("join-0")
        self.assertEqual(
            self.texts_in(response)[0],
            "Planear. Coordinar:",
        )
        self.assertEqual(self.send(page=response, reason="Unir").status_code, 302)
        self.assertEqual(
            self.texts(),
            ["Planear. Coordinar:", "  El presupuesto.", "  El personal.", "Evaluar."],
        )
        after = {row.text: row.key for row in listed(self.unit("8.2"))}
        self.assertEqual(after["Planear. Coordinar:"], keys["Planear."])
        for text in ("El presupuesto.", "El personal.", "Evaluar."):
            self.assertEqual(after[text], keys[text])

    def test_add_appends_and_unsaved_text_stays(self):
        response = self.operate(
            "add-1", **{"functions-0-text": "Sin guardar."}, reason="Mío"
        )
        form = form_of(response)
        self.assertEqual(form["functions-TOTAL_FORMS"], "8")
        self.assertEqual(form["functions-0-text"], "Sin guardar.")
        self.assertEqual(form["reason"], "Mío")

    def test_what_makes_no_sense_changes_nothing(self):
        for operation in (
            *("up-0", "up-99", "down-4", "insert-99"),
            *("indent-0", "indent-2", "indent-99", "outdent-0", "join-6", "join-99"),
        ):
            with self.subTest(operation):
                response = self.operate(operation)
                self.assertEqual(self.texts_in(response), self.texts())

    def test_an_unknown_operation_is_an_ordinary_save(self):
        response = self.send(page=self.page(), **{"functions-op": "x"}, reason="x")
        self.assertEqual(response.status_code, 302)


class StaleFunctionsTests(FunctionRowsTestCase):
    """Somebody saved the list between the opening and the sending of the form."""

    def meanwhile(self, change):
        rows = listed(self.unit("8.2"))
        change(rows)
        save_function_list(
            unit=self.unit("8.2"), rows=rows, user=self.superuser, reason="De ella"
        )

    def test_joins_both_and_saves_on_the_second_try(self):
        page = self.page()

        def change(rows):
            rows[4].text = "Evaluar de otro modo."
            rows.insert(1, Listed(0, "Agregada por ella."))

        self.meanwhile(change)
        response = self.send(page=page, **{"functions-0-text": "Mía."}, reason="x")
        self.assertEqual(response.status_code, 200)
        self.assertEqual(
            self.texts_in(response),
            [
                "Mía.",
                "Agregada por ella.",
                "Coordinar:",
                "  El presupuesto.",
                "  El personal.",
                "Evaluar de otro modo.",
            ],
        )
        self.assertContains(response, "La cambió otra persona; usted no.")
        self.assertContains(response, "La agregó otra persona.")
        self.assertIn("motivo: De ella", self.errors(response))
        self.assertEqual(self.texts()[0], "Planear.")
        self.assertEqual(self.send(page=response).status_code, 302)
        self.assertEqual(self.texts(), self.texts_in(response))

    def test_where_both_changed_a_row_the_own_text_stays_and_the_other_is_shown(self):
        page = self.page()

        def change(rows):
            rows[0].text = "De ella."

        self.meanwhile(change)
        response = self.send(page=page, **{"functions-0-text": "Mía."}, reason="x")
        self.assertEqual(self.texts_in(response)[0], "Mía.")
        self.assertContains(response, "Otra persona también cambió este texto")
        self.assertContains(response, "<q>De ella.</q>")
        self.assertContains(response, "<del>")
        self.assertEqual(self.texts()[0], "De ella.")

    def test_the_same_text_by_both_is_no_conflict(self):
        page = self.page()

        def change(rows):
            rows[0].text = "Igual."

        self.meanwhile(change)
        response = self.send(page=page, **{"functions-0-text": "Igual."}, reason="x")
        self.assertNotContains(response, "row-note")

    def test_rearranging_while_stale_joins_too(self):
        page = self.page()
        self.meanwhile(lambda rows: rows.insert(0, Listed(0, "Agregada.")))
        response = self.send(page=page, **{"functions-op": "down-0"})
        self.assertIn("Agregada.", self.texts_in(response))

    def test_nothing_is_lost_when_the_edition_was_closed_meanwhile(self):
        page = self.page()
        Edition.objects.filter(pk=self.draft.pk).update(status="review")
        response = self.send(page=page, **{"functions-0-text": "Mía."}, reason="x")
        self.assertEqual(response.status_code, 409)
        self.assertContains(response, "Mía.", status_code=409)
        self.assertContains(
            response, "La edición 2024 está en revisión", status_code=409
        )
        self.assertEqual(self.texts()[0], "Planear.")

    def test_without_the_branch_any_more_the_form_is_refused(self):
        page = self.page(user=self.branch_editor)
        grant = self.branch_editor.branch_grants.get()
        grant.unit_key = self.unit("8.3").key
        grant.save()
        response = self.send(
            page=page,
            user=self.branch_editor,
            **{"functions-0-text": "Mía."},
            reason="x",
        )
        self.assertEqual(response.status_code, 403)
        self.assertEqual(self.texts()[0], "Planear.")


class FunctionListTests(FunctionRowsTestCase):
    """The list of all functions of an edition: for finding, not for writing."""

    def test_lists_in_reading_order_with_labels(self):
        make_function(self.unit("8.3"), "De la 8.3.")
        response = self.open("function", "changelist")
        rows = response.context["cl"].result_list
        admin = response.context["cl"].model_admin
        self.assertEqual(
            [(row.unit.code, admin.label(row), row.text) for row in rows],
            [
                ("8.2", "1.", "Planear."),
                ("8.2", "2.", "Coordinar:"),
                ("8.2", "2. a)", "El presupuesto."),
                ("8.2", "2. b)", "El personal."),
                ("8.2", "3.", "Evaluar."),
                ("8.3", "1.", "De la 8.3."),
            ],
        )

    def test_finds_by_words_of_the_text(self):
        response = self.open("function", "changelist", q="personal")
        self.assertEqual(
            [row.text for row in response.context["cl"].result_list], ["El personal."]
        )

    def test_nobody_writes_here(self):
        function = Function.objects.filter(unit=self.unit("8.2")).first()
        self.client.force_login(self.superuser)
        for name, args in (
            ("add", ()),
            ("change", (function.pk,)),
            ("delete", (function.pk,)),
        ):
            with self.subTest(name):
                response = self.client.post(
                    self.url("function", name, *args), {"text": "x"}
                )
                self.assertEqual(response.status_code, 403)
        function.refresh_from_db()
        self.assertEqual(function.text, "Planear.")
