"""The reason is asked once: the next form of the same edition proposes it."""

from manuals.admin.undoing import moment_code, read_moment
from tests.admin.support import AdminTestCase, form_of
from tests.factories import make_edition, make_tree


class LastReasonTests(AdminTestCase):
    def proposed(self, *address, **query) -> str:
        return form_of(self.open(*address, **query))["reason"]

    def test_the_last_reason_is_proposed_in_forms_and_steps_of_the_edition(self):
        unit = self.unit("8.2")
        self.assertEqual(self.proposed("unit", "change", unit.pk), "")
        self.send("unit", "change", unit.pk, name="Otra", reason="Acuerdo 12")
        other = self.unit("8.3")
        self.assertEqual(self.proposed("unit", "change", other.pk), "Acuerdo 12")
        self.assertEqual(self.proposed("unit", "mover", other.pk), "Acuerdo 12")
        self.assertEqual(self.proposed("unit", "delete", other.pk), "Acuerdo 12")
        added = self.proposed("unit", "add", edition=self.draft.pk)
        self.assertEqual(added, "Acuerdo 12")
        self.assertEqual(
            self.proposed("edition", "renumerar", self.draft.pk), "Acuerdo 12"
        )

    def test_a_step_leaves_its_reason_too(self):
        self.send("unit", "delete", self.unit("8.2.2").pk, reason="Se suprime")
        page = self.proposed("unit", "change", self.unit("8.2").pk)
        self.assertEqual(page, "Se suprime")

    def test_another_edition_another_person_and_other_steps_begin_with_none(self):
        another = make_edition("2025")
        units = make_tree("8.1 8.2", edition=another)
        unit = self.unit("8.2")
        self.send("unit", "change", unit.pk, name="Otra", reason="Acuerdo 12")
        self.assertEqual(self.proposed("unit", "change", units["8.2"].pk), "")
        self.assertEqual(self.proposed("edition", "enviar", self.draft.pk), "")
        self.assertEqual(self.proposed("edition", "delete", self.draft.pk), "")
        page = self.open("unit", "change", unit.pk, user=self.superuser)
        self.assertEqual(form_of(page)["reason"], "")

    def test_what_was_refused_is_not_proposed(self):
        unit = self.unit("8.2")
        self.send("unit", "change", unit.pk, name="", reason="Acuerdo 12")
        self.assertEqual(self.proposed("unit", "change", unit.pk), "")

    def test_a_proposed_reason_alone_is_no_change(self):
        unit = self.unit("8.2")
        self.send("unit", "change", unit.pk, name="Otra", reason="Acuerdo 12")
        before = unit.history.count()
        self.send("unit", "change", unit.pk)
        self.assertEqual(unit.history.count(), before)


class MomentTests(AdminTestCase):
    def test_an_address_names_the_moment_to_the_microsecond(self):
        at = self.unit("8.2").history.latest().history_date
        self.assertEqual(read_moment(moment_code(at)), at)
