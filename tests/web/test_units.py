import datetime

from django.test import TestCase

from functions.labels import anchor
from manuals.permissions import OPERATOR
from manuals.services import change_manual
from tests.factories import (
    REASON,
    authorise,
    make_edition,
    make_function,
    make_tree,
    make_unit,
    make_user,
)
from tests.web.support import LATER, PAST, Reader, published
from units.models import Unit
from units.services import change_unit


class UnitPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        # 8.1 > 8.2 > 8.2.1, 8.2.2
        #     > 8.3
        cls.edition = make_edition()
        cls.units = make_tree("8.1 > 8.2 > 8.2.1 8.2.2 8.3", cls.edition)
        cls.unit = cls.units["8.2"]
        first = make_function(cls.unit, "Planear la afiliación.")
        make_function(cls.unit, "Registrar.")
        item = make_function(cls.unit, "Patrones;", parent=first)
        make_function(cls.unit, "y obras.", parent=item)
        make_function(cls.units["8.2.1"], "Atender.")
        cls.edition = authorise(cls.edition)

    def get(self, code):
        response = self.client.get(f"/manuales/dir/2021/{code}/")
        self.assertEqual(response.status_code, 200)
        return Reader(response)

    def test_functions_carry_labels_and_anchors_of_their_place(self):
        page = self.get("8.2")
        for place in [(1,), (2,), (1, 1), (1, 1, 1)]:
            self.assertIn(anchor(*place), page.ids)
            self.assertIn(f"#{anchor(*place)}", page.links)
        self.assertIn(
            "1. Planear la afiliación. a) Patrones; i) y obras. 2. Registrar.",
            page.text,
        )

    def test_the_model_knows_the_address_of_its_page(self):
        unit = Unit.objects.get(code="8.2", edition=self.edition)
        self.assertEqual(unit.get_absolute_url(), "/manuales/dir/2021/8.2/")

    def test_the_chain_of_command_leads_from_the_root_to_the_parent(self):
        response = self.client.get("/manuales/dir/2021/8.2.1/")
        chain = response.content.decode().split('class="chain"')[1].split("</nav>")[0]
        self.assertLess(chain.index("/2021/8.1/"), chain.index("/2021/8.2/"))
        self.assertNotIn("8.2.1", chain)

    def test_the_root_has_no_chain_of_command(self):
        self.assertNotContains(
            self.client.get("/manuales/dir/2021/8.1/"), 'class="chain"'
        )

    def test_children_are_listed_with_their_counts(self):
        page = self.get("8.2")
        self.assertIn("Unidades que dependen de esta", page.text)
        self.assertIn("8.2.1 Coordinación 8.2.1 1 función", page.text)
        self.assertIn("8.2.2 Coordinación 8.2.2 0 funciones", page.text)

    def test_units_at_the_same_level_are_listed_and_the_current_one_marked(self):
        page = self.get("8.2")
        self.assertIn("/manuales/dir/2021/8.3/", page.links)
        self.assertEqual(
            [
                attributes
                for tag, attributes in page.tags
                if "aria-current" in attributes
            ],
            [{"href": "/manuales/dir/2021/8.2/", "aria-current": "page"}],
        )

    def test_previous_and_next_follow_reading_order(self):
        page = self.get("8.3")
        rels = {
            attributes["rel"]: attributes["href"]
            for tag, attributes in page.tags
            if tag == "a" and "rel" in attributes
        }
        self.assertEqual(rels, {"prev": "/manuales/dir/2021/8.2.2/"})

    def test_a_unit_without_functions_says_so(self):
        self.assertIn("no registra funciones", self.get("8.2.2").text)

    def test_changes_of_the_manuals_title_show_at_once(self):
        self.get("8.2")
        change_manual(
            manual=self.edition.manual,
            user=OPERATOR,
            reason=REASON,
            title="Otro título",
            institution="Otra institución",
        )
        self.assertIn("Otra institución, Otro título", self.get("8.2").text)


class UnitDetailsTests(TestCase):
    def test_positions_printed_code_page_and_objective_are_shown(self):
        edition = make_edition()
        unit = make_unit(edition, name="Subjefaturas de División (B, C, E)")
        change_unit(
            unit=unit,
            user=OPERATOR,
            reason=REASON,
            positions=["B", "C", "E"],
            printed_code="8.9",
            printed_page=185,
            objective="Conducir *bien*.\n\n- Uno\n- Dos",
        )
        authorise(edition)
        response = self.client.get("/manuales/dir/2021/8.1/")
        page = Reader(response)
        self.assertIn("Plazas que agrupa B, C y E", page.text)
        self.assertIn("Código en el documento impreso 8.9", page.text)
        self.assertIn("Página del documento impreso 185", page.text)
        self.assertContains(response, "<p>Conducir <em>bien</em>.</p>")
        self.assertContains(response, "<ul><li>Uno</li><li>Dos</li></ul>")

    def test_how_to_cite_is_said_of_authorised_text_only(self):
        edition = make_edition()
        make_unit(edition, name="Dirección General")
        self.client.force_login(make_user("lector"))
        address = "/manuales/dir/2021/8.1/"
        draft = self.client.get(address)
        self.assertContains(draft, "no debe citarse")
        self.assertNotContains(draft, "Cómo citar")
        authorise(edition)
        self.assertContains(self.client.get(address), "Cómo citar")


class UnknownCodeTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        published("2021", functions_chapter=8, units=4)
        published("2024", LATER, functions_chapter=7, units=2)

    def test_a_code_that_no_edition_has_is_not_found(self):
        response = self.client.get("/manuales/dir/2024/9.9/")
        self.assertContains(response, "no tiene la unidad 9.9", status_code=404)
        self.assertContains(response, "/manuales/dir/2024/", status_code=404)

    def test_a_code_of_another_edition_says_where_it_existed(self):
        response = self.client.get("/manuales/dir/2024/8.2/")
        self.assertContains(response, "/manuales/dir/2021/8.2/", status_code=404)

    def test_a_final_dot_as_printed_is_left_out(self):
        self.assertRedirects(
            self.client.get("/manuales/dir/2021/8.2./"), "/manuales/dir/2021/8.2/"
        )

    def test_a_code_that_only_a_draft_has_does_not_reveal_the_draft(self):
        draft = make_edition("2030", functions_chapter=5)
        make_tree("5.1 > 5.2", draft)
        response = self.client.get("/manuales/dir/2024/5.2/")
        self.assertNotContains(response, "2030", status_code=404)


class SameUnitInAnotherEditionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        # The unit 8.2 of 2021 is 7.3 in 2024; 7.2 of 2024 is new.
        cls.old = make_edition("2021", functions_chapter=8)
        units = make_tree("8.1 > 8.2 > 8.2.1", cls.old)
        cls.old = authorise(cls.old, PAST)
        cls.new = make_edition("2024", functions_chapter=7)
        root = make_unit(cls.new, name="Coordinación raíz")
        make_unit(root, name="Coordinación nueva")
        moved = make_unit(root, name="Coordinación renombrada")
        Unit.objects.filter(pk=moved.pk).update(key=units["8.2"].key)
        cls.new = authorise(cls.new, LATER)

    def test_a_code_of_the_old_edition_leads_to_the_unit_by_key(self):
        self.assertRedirects(
            self.client.get("/manuales/dir/2024/8.2/"),
            "/manuales/dir/2024/7.3/",
            status_code=303,
        )

    def test_a_code_that_the_edition_has_wins(self):
        # In 2019 the unit that is 7.3 today had the code 7.2.
        older = make_edition("2019", functions_chapter=7)
        units = make_tree("7.1 > 7.2", older)
        key = Unit.objects.get(edition=self.new, code="7.3").key
        Unit.objects.filter(pk=units["7.2"].pk).update(key=key)
        authorise(older, datetime.date(2019, 1, 1))
        self.assertContains(
            self.client.get("/manuales/dir/2024/7.2/"), "Coordinación nueva"
        )

    def test_the_banner_of_the_old_edition_leads_to_the_same_unit(self):
        page = Reader(self.client.get("/manuales/dir/2021/8.2/"))
        self.assertIn("ya no está vigente", page.text)
        self.assertIn("/manuales/dir/2024/7.3/", page.links)

    def test_the_banner_says_when_the_edition_in_force_lacks_the_unit(self):
        page = Reader(self.client.get("/manuales/dir/2021/8.2.1/"))
        self.assertIn("no tiene esta unidad", page.text)
        self.assertIn("/manuales/dir/2024/", page.links)

    def test_the_edition_in_force_has_no_banner(self):
        self.assertNotContains(
            self.client.get("/manuales/dir/2024/7.3/"), 'class="notice'
        )
