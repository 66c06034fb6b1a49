"""The desk: forms beside it, what others do meanwhile, what its script asks for."""

from manuals.models import Edition
from tests.admin.support import form_of
from tests.admin.test_structure import DeskTestCase
from tests.factories import make_function, make_kind, make_unit
from units.models import Unit
from units.services import change_unit


class FormTests(DeskTestCase):
    """The forms that were there before the desk show what changes too."""

    def add(self, **place):
        return self.open("unit", "add", edition=self.draft.pk, **place)

    def test_a_new_unit_between_others_is_saved_once_its_codes_were_seen(self):
        words = {"name": "Coordinación nueva", "reason": "Se crea"}
        words["kind"] = make_kind().pk
        parent = self.unit("8.2").pk
        first = self.send(page=self.add(), target=parent, place=1, **words)
        self.assertContains(first, "Todavía no se guarda nada.")
        self.assertContains(
            first, '<a href="#preview">Ver lo que cambia</a>', html=True
        )
        self.assertContains(first, "Cambian 2 códigos")
        self.assertFalse(Unit.objects.filter(name="Coordinación nueva").exists())
        self.assertEqual(self.send(page=first).status_code, 302)
        self.assertEqual(self.unit("8.2.1").name, "Coordinación nueva")

    def test_the_address_of_a_place_shows_its_codes_at_once(self):
        page = self.add(target=self.unit("8.2").pk, place=1)
        self.assertContains(page, "Cambian 2 códigos")

    def test_a_last_unit_changes_no_other_code_and_is_saved_at_once(self):
        words = {"name": "Coordinación nueva", "kind": make_kind().pk}
        response = self.send(
            page=self.add(), target=self.unit("8.2").pk, reason="Se crea", **words
        )
        self.assertEqual(response.status_code, 302)

    def test_a_place_that_others_changed_meanwhile_is_shown_anew(self):
        page = self.add(target=self.unit("8.2").pk, place=2)
        make_unit(self.unit("8.2"), "Coordinación intercalada", position=1)
        words = {"name": "Coordinación nueva", "kind": make_kind().pk, "reason": "x"}
        again = self.send(page=page, **words)
        self.assertContains(again, "Todavía no se guarda nada.")
        self.assertContains(again, "Cambian 2 códigos")
        self.assertEqual(self.send(page=again).status_code, 302)
        self.assertEqual(self.unit("8.2.2").name, "Coordinación nueva")

    def test_a_new_name_is_saved_once_its_uses_were_seen(self):
        make_function(self.unit("8.3"), "Avisar a la Coordinación 8.2.1.")
        unit = self.unit("8.2.1")
        words = {"name": "Coordinación otra", "reason": "Decreto"}
        first = self.send("unit", "change", unit.pk, **words)
        self.assertContains(first, "Todavía no se guarda nada.")
        self.assertContains(first, "1 función nombra la unidad")
        unit.refresh_from_db()
        self.assertEqual(unit.name, "Coordinación 8.2.1")
        self.assertEqual(self.send(page=first).status_code, 302)
        unit.refresh_from_db()
        self.assertEqual(unit.name, "Coordinación otra")


class RenumberingTests(DeskTestCase):
    def test_shows_the_codes_that_change(self):
        Unit.objects.filter(pk=self.unit("8.3").pk).update(code="8.9")
        page = self.open("edition", "renumerar", self.draft.pk)
        self.assertEqual(self.codes_shown(page), [("8.9", "8.3")])
        self.assertContains(page, '<td class="code">8.9</td>')
        self.send(page=page, reason="Al día")
        page = self.open("edition", "renumerar", self.draft.pk)
        self.assertContains(page, "Todos los códigos están al día.")


class MeanwhileTests(DeskTestCase):
    """What other people do between looking and confirming."""

    def test_a_change_of_what_was_shown_brings_the_preview_anew(self):
        pages = {
            "mover": self.step("mover", "8.2.1", target=self.unit("8.3").pk, place=1),
            "delete": self.step("delete", "8.2.1"),
            "nombre": self.step("nombre", "8.2.1"),
            "agregar": self.step("agregar", "8.2.1", lugar="despues"),
        }
        # 8.2.1 is 8.2.2 now, and the last sibling 8.2.3.
        make_unit(self.unit("8.2"), "Coordinación intercalada", position=1)
        said = {"user": self.editor, "reason": "x"}
        change_unit(unit=self.unit("8.2.2"), name="Coordinación otra", **said)
        before = self.codes()
        words = {"name": "Coordinación nueva", "kind": "Coordinación"}
        for name, page in pages.items():
            with self.subTest(name):
                values = words if name in ("nombre", "agregar") else {}
                again = self.send(page=page, reason="Quiero esto", **values)
                self.assertEqual(again.status_code, 412)
                self.assertContains(again, "Otra persona guardó", status_code=412)
                self.assertContains(again, "Quiero esto", status_code=412)
                self.assertEqual(self.codes(), before)
        self.assertEqual(self.send(page=again).status_code, 302)

    def test_what_happens_elsewhere_does_not_stand_in_the_way(self):
        page = self.step("delete", "8.2.1")
        make_unit(self.unit("8.3.1"), "Coordinación lejana")
        self.assertEqual(self.send(page=page, reason="Se suprime").status_code, 302)

    def test_a_unit_that_is_gone_and_an_edition_that_was_closed_say_so(self):
        data = form_of(self.step("mover", "8.2.1", target=self.unit("8.3").pk))
        Edition.objects.filter(pk=self.draft.pk).update(status="review")
        response = self.fragment("mover", "8.2.1", {**data, "reason": "Tarde"})
        self.assertContains(response, "está en revisión", status_code=409)
        Edition.objects.filter(pk=self.draft.pk).update(status="draft")
        self.client.force_login(self.editor)
        response = self.client.get(
            self.url("unit", "mover", 999999), headers={"X-Fragment": "1"}
        )
        self.assertContains(response, "ya no existe", status_code=409)


class FragmentTests(DeskTestCase):
    """What the script of the page asks for."""

    def test_a_step_comes_without_its_frame(self):
        response = self.fragment("mover", "8.2.1", target=self.unit("8.3").pk)
        self.assertEqual(response.headers["X-Fragment"], "1")
        self.assertNotContains(response, "<html")
        self.assertContains(response, "_confirm")

    def test_what_was_done_says_where_to_go_on(self):
        place = {"target": self.unit("8.3").pk}
        unit = self.unit("8.2.1")
        page = self.fragment("mover", "8.2.1", **place)
        data = {**form_of(page), "reason": "Fusión"}
        response = self.fragment("mover", "8.2.1", data, **place)
        self.assertEqual(response.json(), {"unit": unit.pk})
        tree = self.client.get(
            self.url("unit", "structure", self.draft.pk), headers={"X-Fragment": "1"}
        )
        self.assertContains(tree, "ocupa su nuevo lugar")
        self.assertContains(tree, '<span class="code">8.3.2</span> Coordinación 8.2.1')
        self.assertNotContains(tree, "<html")

    def test_who_may_not_is_told_so(self):
        response = self.fragment("mover", "8.3.1", user=self.branch_editor)
        self.assertContains(response, "No tiene permiso", status_code=403)
        self.assertEqual(response.headers["X-Fragment"], "1")
