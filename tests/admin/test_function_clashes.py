"""Two people save the same list: nothing of either is lost, and one chooses."""

from functions.lists import Listed, listed, save_function_list
from functions.models import Function
from functions.services import move_function
from tests.admin.support import form_of
from tests.admin.test_function_rows import FunctionRowsTestCase
from units.services import change_unit

# The rows of 8.2: 0 Planear. 1 Coordinar: 2 El presupuesto. 3 El personal. 4 Evaluar.


class ClashTestCase(FunctionRowsTestCase):
    def setUp(self):
        self.keys = {row.text: row.key for row in listed(self.unit("8.2"))}

    def meanwhile(self, change):
        """Somebody else saves the list after ``change`` was done to its rows."""
        rows = listed(self.unit("8.2"))
        rows = change(rows) or rows
        save_function_list(
            unit=self.unit("8.2"), rows=rows, user=self.superuser, reason="De ella"
        )

    def sent(self, page, **values):
        """The page comes back: nothing is saved yet."""
        before = Function.history.count()
        response = self.send(page=page, data={"reason": "De él", **values})
        self.assertEqual(response.status_code, 200)
        self.assertEqual(Function.history.count(), before)
        return response

    def saved(self, page, **values):
        response = self.send(page=page, data=values)
        self.assertEqual(response.status_code, 302)

    def row_of(self, page, text):
        """The number of the row with this text in the page's form."""
        form = form_of(page)
        return next(n for n in range(20) if form[f"functions-{n}-text"] == text)

    def key_of(self, text):
        return next(row.key for row in listed(self.unit("8.2")) if row.text == text)


class TextClashTests(ClashTestCase):
    def clash(self):
        page = self.page()

        def change(rows):
            rows[0].text = "De ella."

        self.meanwhile(change)
        return self.sent(page, **{"functions-0-text": "Mía."})

    def test_shows_both_and_the_difference_and_waits_for_the_choice(self):
        response = self.clash()
        self.assertContains(response, "<q>Mía.</q>")
        self.assertContains(response, "<q>De ella.</q>")
        self.assertContains(response, "[se suprime: ")
        again = self.sent(response)
        self.assertContains(again, "Elija qué queda")
        self.assertContains(again, "<q>De ella.</q>")
        self.assertEqual(self.texts()[0], "De ella.")

    def test_keeps_mine(self):
        self.saved(self.clash(), **{"functions-0-pick": "mine"})
        self.assertEqual(self.texts()[0], "Mía.")
        self.assertEqual(self.key_of("Mía."), self.keys["Planear."])

    def test_takes_theirs(self):
        page = self.clash()
        self.saved(page, **{"functions-0-pick": "theirs", "functions-4-text": "Otra."})
        self.assertEqual(self.texts()[0], "De ella.")
        self.assertEqual(self.texts()[4], "Otra.")

    def test_deletes_the_row_instead_of_choosing(self):
        self.saved(self.clash(), **{"functions-0-delete": "on"})
        self.assertNotIn("De ella.", self.texts())
        self.assertEqual(len(self.texts()), 4)

    def test_a_third_save_after_the_choice_is_a_new_clash(self):
        page = self.clash()

        def change(rows):
            rows[0].text = "De ella, otra vez."

        self.meanwhile(change)
        response = self.sent(page, **{"functions-0-pick": "mine"})
        self.assertContains(response, "<q>De ella, otra vez.</q>")
        self.saved(response, **{"functions-0-pick": "theirs"})
        self.assertEqual(self.texts()[0], "De ella, otra vez.")


class DeletionClashTests(ClashTestCase):
    def test_deleted_by_the_other_and_changed_by_me_comes_back_with_its_key(self):
        for pick, kept in (("mine", True), ("theirs", False)):
            with self.subTest(pick):
                page = self.page()
                self.meanwhile(lambda rows: rows[1:])
                response = self.sent(page, **{"functions-0-text": "Mía."})
                self.assertContains(response, "otra persona la eliminó")
                self.sent(response)
                self.saved(response, **{"functions-0-pick": pick})
                self.assertEqual("Mía." in self.texts(), kept)
                if kept:
                    self.assertEqual(self.key_of("Mía."), self.keys["Planear."])
                    self.assertEqual(
                        Function.history.filter(key=self.keys["Planear."]).count(), 3
                    )
                    self.meanwhile(
                        lambda rows: [
                            Listed(0, "Planear.", self.keys["Planear."]),
                            *rows[1:],
                        ]
                    )

    def test_deleted_by_the_other_and_untouched_by_me_stays_deleted_unless_kept(self):
        page = self.page()
        self.meanwhile(lambda rows: rows[1:])
        response = self.sent(page, **{"functions-4-text": "Mía."})
        self.assertContains(response, "La eliminó otra persona")
        row = self.row_of(response, "Planear.")
        self.assertEqual(form_of(response)[f"functions-{row}-delete"], "on")
        self.saved(response)
        self.assertNotIn("Planear.", self.texts())
        self.assertIn("Mía.", self.texts())

    def test_deleted_by_both_is_no_clash(self):
        page = self.page()
        self.meanwhile(lambda rows: rows[1:])
        response = self.sent(page, **{"functions-0-delete": "on"})
        self.assertNotIn("Planear.", self.texts_in(response))
        self.assertNotContains(response, '<fieldset class="clash"')

    def test_deleted_by_me_and_changed_by_the_other_is_asked(self):
        for pick, texts in (("mine", 4), ("theirs", 5)):
            with self.subTest(pick):
                page = self.page()
                text = f"De ella {pick}."

                def change(rows, text=text):
                    rows[-1].text = text

                self.meanwhile(change)
                response = self.sent(page, **{"functions-4-delete": "on"})
                self.assertContains(
                    response, "Usted la eliminó y otra persona la cambió"
                )
                self.sent(response)
                row = self.row_of(response, "Evaluar.")
                self.saved(response, **{f"functions-{row}-pick": pick})
                self.assertEqual(len(self.texts()), texts)
                if pick == "mine":
                    self.meanwhile(
                        lambda rows: [
                            *rows,
                            Listed(0, "Evaluar.", self.keys["Evaluar."]),
                        ]
                    )
        self.assertEqual(self.texts()[-1], "De ella theirs.")
        self.assertEqual(self.key_of("De ella theirs."), self.keys["Evaluar."])

    def test_an_item_changed_below_a_function_that_i_deleted_is_asked_too(self):
        page = self.page()

        def change(rows):
            rows[3].text = "De ella."

        self.meanwhile(change)
        response = self.sent(page, **{"functions-1-delete": "on"})
        self.assertContains(response, "Usted la eliminó y otra persona la cambió")
        self.sent(response)

    def test_one_that_moved_to_another_unit_is_not_taken_back(self):
        page = self.page()
        function = Function.objects.get(key=self.keys["Planear."])
        move_function(
            function=function,
            unit=self.unit("8.3"),
            user=self.superuser,
            reason="Cambio",
        )
        response = self.sent(page, **{"functions-0-text": "Mía."})
        self.assertContains(response, "la pasó a 8.3")
        self.saved(response, **{"functions-0-pick": "mine"})
        self.assertNotEqual(self.key_of("Mía."), self.keys["Planear."])
        self.assertEqual(self.texts("8.3"), ["Planear."])


class OrderClashTests(ClashTestCase):
    def test_an_order_that_only_the_other_changed_is_taken_over(self):
        page = self.page()
        self.meanwhile(lambda rows: [rows[4], *rows[:4]])
        response = self.sent(page, **{"functions-0-text": "Mía."})
        self.assertEqual(self.texts_in(response)[:2], ["Evaluar.", "Mía."])
        self.assertIn("El orden o los niveles", self.errors(response))
        self.saved(response)
        self.assertEqual(self.texts()[:2], ["Evaluar.", "Mía."])

    def test_an_order_that_only_i_changed_stays(self):
        page = self.send(page=self.page(), **{"functions-op": "down-0"})

        def change(rows):
            rows[0].text = "De ella."

        self.meanwhile(change)
        response = self.sent(page)
        self.assertEqual(self.texts_in(response)[3], "De ella.")
        self.saved(response)
        self.assertEqual(self.texts()[3], "De ella.")

    def test_an_order_that_both_changed_is_asked(self):
        for pick, first in (("mine", "Coordinar:"), ("theirs", "Evaluar.")):
            with self.subTest(pick):
                page = self.send(page=self.page(), **{"functions-op": "down-0"})
                self.meanwhile(lambda rows: [rows[4], *rows[:4]])
                response = self.sent(page)
                self.assertContains(response, "cambiaron el orden")
                again = self.sent(response)
                self.assertIn("Elija el orden", self.errors(again))
                self.saved(again, **{"functions-order": pick})
                self.assertEqual(self.texts()[0], first)
                for text, key in self.keys.items():
                    self.assertEqual(self.key_of(text), key)
                order = list(self.keys)
                self.meanwhile(
                    lambda rows, order=order: sorted(
                        rows, key=lambda row: order.index(row.text)
                    )
                )

    def test_what_both_added_is_all_there(self):
        page = self.page()
        self.meanwhile(lambda rows: [Listed(0, "De ella."), *rows])
        response = self.sent(page, **{"functions-5-text": "Mía."})
        self.saved(response)
        self.assertEqual(self.texts()[0], "De ella.")
        self.assertEqual(self.texts()[-1], "Mía.")


class FieldClashTests(ClashTestCase):
    def rename(self, **values):
        change_unit(
            unit=self.unit("8.2"), user=self.superuser, reason="De ella", **values
        )

    def test_a_field_that_only_the_other_changed_is_taken_over(self):
        page = self.page()
        self.rename(name="De ella")
        response = self.sent(page, objective="Mío")
        self.assertEqual(form_of(response)["name"], "De ella")
        self.assertIn("Lo cambió otra persona; usted no.", self.errors(response))
        self.saved(response)
        self.assertEqual(self.unit("8.2").name, "De ella")
        self.assertEqual(self.unit("8.2").objective, "Mío")

    def test_a_field_that_both_changed_is_asked(self):
        for pick, name in (("mine", "Mío mine"), ("theirs", "De ella theirs")):
            with self.subTest(pick):
                page = self.page()
                self.rename(name=f"De ella {pick}")
                response = self.sent(page, name=f"Mío {pick}")
                self.assertContains(response, f"<q>De ella {pick}</q>")
                self.assertContains(response, "<del>")
                self.sent(response)
                self.saved(response, **{"pick-name": pick})
                self.assertEqual(self.unit("8.2").name, name)

    def test_the_name_by_one_and_the_list_by_the_other(self):
        page = self.page()
        self.rename(name="De ella")
        response = self.sent(page, **{"functions-0-text": "Mía."})
        self.saved(response)
        self.assertEqual(self.unit("8.2").name, "De ella")
        self.assertEqual(self.texts()[0], "Mía.")
