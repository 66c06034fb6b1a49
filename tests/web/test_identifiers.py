import uuid

from django.test import TestCase

from functions.models import Function
from tests.factories import authorise, make_edition, make_function, make_tree, make_user
from tests.web.support import FUTURE, LATER, PAST
from units.models import Unit


class IdentifierTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        # The unit and function of 2021 and 2024 are the same; so is one of 2199.
        cls.unit_key, cls.item_key, cls.gone_key = (uuid.uuid4() for _ in range(3))
        for label, chapter, day in [
            ("2021", 8, PAST),
            ("2024", 7, LATER),
            ("2199", 6, FUTURE),
        ]:
            edition = make_edition(label, functions_chapter=chapter)
            units = make_tree(f"{chapter}.1 > {chapter}.2", edition)
            unit = units[f"{chapter}.2"]
            make_function(unit, "Otra.")
            function = make_function(unit, "Planear:")
            item = make_function(unit, "obras.", parent=function)
            Unit.objects.filter(pk=unit.pk).update(key=cls.unit_key)
            Function.objects.filter(pk=item.pk).update(key=cls.item_key)
            if label == "2021":
                Unit.objects.filter(pk=units["8.1"].pk).update(key=cls.gone_key)
            authorise(edition, day)

    def test_a_unit_leads_to_the_edition_in_force(self):
        self.assertRedirects(
            self.client.get(f"/id/unidad/{self.unit_key}"),
            "/manuales/dir/2024/7.2/",
            status_code=303,
        )

    def test_a_unit_that_is_no_more_leads_to_the_last_edition_that_had_it(self):
        self.assertRedirects(
            self.client.get(f"/id/unidad/{self.gone_key}"),
            "/manuales/dir/2021/8.1/",
            status_code=303,
        )

    def test_a_function_leads_to_its_place_on_the_page(self):
        self.assertRedirects(
            self.client.get(f"/id/funcion/{self.item_key}"),
            "/manuales/dir/2024/7.2/#f2-a",
            status_code=303,
        )

    def test_unknown_keys_are_not_found(self):
        for kind in ["unidad", "funcion"]:
            for key in [uuid.uuid4(), "8.2", self.item_key.hex[:8]]:
                with self.subTest(kind=kind, key=key):
                    response = self.client.get(f"/id/{kind}/{key}")
                    self.assertEqual(response.status_code, 404)

    def test_what_only_a_draft_has_exists_for_people_with_a_role(self):
        unit = make_tree("5.1", make_edition("2030", functions_chapter=5))["5.1"]
        function = make_function(unit)
        addresses = [f"/id/unidad/{unit.key}", f"/id/funcion/{function.key}"]
        for address in addresses:
            self.assertEqual(self.client.get(address).status_code, 404)
        self.client.force_login(make_user("lector"))
        for address in addresses:
            response = self.client.get(address)
            self.assertEqual(response.status_code, 303)
            self.assertIn("no-store", response.headers["Cache-Control"])

    def test_the_page_of_a_unit_shows_its_permanent_identifier(self):
        self.assertContains(
            self.client.get("/manuales/dir/2024/7.2/"), f"/id/unidad/{self.unit_key}"
        )
