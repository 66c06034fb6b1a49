"""A function taken to another unit: a step with its reason."""

from functions.lists import Listed, listed, save_function_list
from functions.models import Function
from tests.admin.support import AdminTestCase
from tests.factories import make_function


class MoveFunctionTests(AdminTestCase):
    def setUp(self):
        make_function(self.units["8.3"], "De la 8.3.")
        self.keys = {row.text: row.key for row in listed(self.unit("8.2"))}

    def step(self, code="8.2", user=None, **query):
        return self.open(
            "unit", "mover-funcion", self.unit(code).pk, user=user, **query
        )

    def test_keeps_key_history_and_items(self):
        page = self.step(key=str(self.keys["Coordinar:"]))
        self.assertContains(page, f'value="{self.keys["Coordinar:"]}" selected')
        response = self.send(page=page, target="8.3", place="1", reason="Reforma")
        self.assertEqual(response.status_code, 302)
        self.assertEqual(self.texts(), ["Planear.", "Evaluar."])
        self.assertEqual(
            self.texts("8.3"),
            ["Coordinar:", "  El presupuesto.", "  El personal.", "De la 8.3."],
        )
        after = {row.text: row.key for row in listed(self.unit("8.3"))}
        for text in ("Coordinar:", "El presupuesto.", "El personal."):
            self.assertEqual(after[text], self.keys[text])
        function = Function.objects.get(key=self.keys["Coordinar:"], edition=self.draft)
        record = function.history.first()
        self.assertEqual(record.history_change_reason, "Reforma")
        self.assertEqual(record.history_user, self.editor)
        self.assertEqual(function.history.count(), 2)
        page = self.client.get(response.url)
        self.assertContains(page, "está ahora en 8.3")

    def test_an_item_becomes_a_function_last_unless_said(self):
        self.send(
            page=self.step(),
            function=str(self.keys["El personal."]),
            target="8.3.",
            reason="x",
        )
        self.assertEqual(self.texts("8.3"), ["De la 8.3.", "El personal."])

    def test_says_what_is_missing_or_not_allowed(self):
        page = self.step(key=str(self.keys["Planear."]))
        for target, said in (
            ("", "Indique la unidad de destino."),
            ("9.9", "No hay ninguna unidad con el código 9.9."),
            ("8.2", "No puede llevarla a 8.2"),
        ):
            with self.subTest(target):
                response = self.send(page=page, target=target, reason="x")
                self.assertContains(response, said)
        other = make_function(self.unit("8.1"), "Ajena.")
        response = self.send(
            page=page, function=str(other.key), target="8.3", reason="x"
        )
        self.assertEqual(response.status_code, 200)
        self.assertEqual(self.texts("8.1"), ["Ajena."])

    def test_an_editor_of_a_branch_stays_in_it(self):
        page = self.step(user=self.branch_editor)
        self.assertNotContains(page, '<option value="8.3">')
        response = self.send(
            page=page,
            user=self.branch_editor,
            function=str(self.keys["Planear."]),
            target="8.3",
            reason="x",
        )
        self.assertContains(response, "No puede llevarla a 8.3")
        response = self.send(page=response, user=self.branch_editor, target="8.2.1")
        self.assertEqual(response.status_code, 302)
        self.client.force_login(self.branch_editor)
        address = self.url("unit", "mover-funcion", self.unit("8.3").pk)
        self.assertEqual(self.client.get(address).status_code, 403)

    def test_a_list_that_changed_meanwhile_is_shown_again(self):
        page = self.step(key=str(self.keys["Planear."]))
        save_function_list(
            unit=self.unit("8.2"),
            rows=[*listed(self.unit("8.2")), Listed(0, "Nueva.")],
            user=self.superuser,
            reason="x",
        )
        response = self.send(page=page, target="8.3", reason="x")
        self.assertEqual(response.status_code, 412)
        self.assertEqual(self.send(page=response).status_code, 302)

    def test_is_offered_on_the_unit_while_it_is_a_draft(self):
        address = self.url("unit", "mover-funcion", self.unit("8.2").pk)
        self.assertContains(self.open("unit", "change", self.unit("8.2").pk), address)
        closed = self.closed_units["8.2"].pk
        page = self.open("unit", "change", closed)
        self.assertNotContains(page, self.url("unit", "mover-funcion", closed))
