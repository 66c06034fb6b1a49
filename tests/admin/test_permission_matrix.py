"""Who may open and who may do what in the administration: matrix_tables.py says."""

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.views.generic import RedirectView

from tests.admin.matrix import MatrixTestCase, addresses, unnamed
from tests.admin.matrix_forms import FORMS, form_for
from tests.admin.matrix_tables import OPENS, SENDS
from tests.alike import PEOPLE

READ_BY_POST = ("units_unit_functions_paste", "units_unit_functions_changes")


def names_in(table: str) -> set[str]:
    return {line.split()[0] for line in table.strip().splitlines() if line.split()}


@pytest.mark.any_engine
class PermissionMatrixTests(MatrixTestCase):
    def assertTable(self, table, drawn):
        self.assertEqual("\n".join(sorted(drawn)), table.strip())

    def test_every_page_is_in_the_table(self):
        self.assertEqual(names_in(OPENS), set(addresses()))
        self.assertEqual(names_in(SENDS), set(FORMS))
        for view in unnamed():
            if getattr(view, "view_class", None) is not RedirectView:
                self.assertEqual(view.__name__, "catch_all_view")

    def test_every_action_of_a_list_is_in_the_table(self):
        request = RequestFactory().get("/")
        request.user = self.people["superuser"]
        found = {
            f"{model._meta.app_label}_{model._meta.model_name}_changelist:{action}"
            for model, model_admin in admin.site._registry.items()
            for action in model_admin.get_actions(request)
        }
        self.assertEqual({name for name in FORMS if ":" in name}, found)

    def test_who_opens_what(self):
        self.assertTable(
            OPENS,
            [
                row
                for name in addresses()
                for row in self.rows(
                    name,
                    lambda address, letter: tuple(
                        self.sees(person, address, letter) for person in PEOPLE
                    ),
                )
            ],
        )

    def test_who_does_what(self):
        def answer(address, letter, name):
            data = self.filled_in(address, letter, form_for(self, name))
            return tuple(
                self.writes(person, address, letter, data) for person in PEOPLE
            )

        self.assertTable(
            SENDS,
            [
                row
                for name in FORMS
                for row in self.rows(
                    name,
                    lambda address, letter, name=name: answer(address, letter, name),
                )
            ],
        )

    def test_a_form_sent_to_any_other_page_writes_nothing(self):
        for name, address in addresses().items():
            if name in names_in(SENDS) or name == "logout":
                continue
            for letter in "DA" if address.of_edition else "D":
                data = self.filled_in(address, letter, {})
                for person in ("superuser", "editor", "no role", "anonymous"):
                    with self.subTest(page=name, person=person, state=letter):
                        done = self.writes(person, address, letter, data)
                        self.assertNotEqual(done, "yes")
                        # These answer with what they were asked about.
                        if person == "no role" and name.startswith(READ_BY_POST):
                            self.assertEqual(done, "no")
