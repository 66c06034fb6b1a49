"""Manuals, levels, branches and accounts in the admin."""

from django.contrib.auth import get_user_model

from manuals.models import BranchGrant, Manual
from tests.admin.support import AdminTestCase, form_of
from tests.factories import make_kind, make_user
from units.models import UnitKind


class ManualTests(AdminTestCase):
    def test_registers_and_changes_a_manual(self):
        self.send(
            "manual", "add", title="Manual nuevo", slug="nuevo", reason="Se registra"
        )
        manual = Manual.objects.get(slug="nuevo")
        record = manual.history.get()
        self.assertEqual(record.history_user, self.editor)
        self.assertEqual(record.history_change_reason, "Se registra")
        self.send("manual", "change", manual.pk, notice="Aviso", reason="x")
        manual.refresh_from_db()
        self.assertEqual(manual.notice, "Aviso")

    def test_a_manual_with_editions_is_not_deleted(self):
        manual = self.draft.manual
        response = self.send("manual", "delete", manual.pk, reason="x")
        self.assertEqual(response.status_code, 409)
        self.assertContains(response, "dependen de él 2 registros", status_code=409)
        self.assertTrue(Manual.objects.filter(pk=manual.pk).exists())


class KindTests(AdminTestCase):
    def test_adds_a_level_with_user_and_reason(self):
        self.send(
            "unitkind",
            "add",
            name="Gerencia",
            plural="Gerencias",
            rank=5,
            reason="Hace falta",
        )
        record = UnitKind.objects.get(name="Gerencia").history.get()
        self.assertEqual(record.history_user, self.editor)
        self.assertEqual(record.history_change_reason, "Hace falta")

    def test_a_level_in_use_is_neither_deleted_nor_renamed_under_a_closed_edition(self):
        kind = make_kind("Coordinación")
        response = self.send("unitkind", "delete", kind.pk, reason="x")
        self.assertEqual(response.status_code, 409)
        response = self.send("unitkind", "change", kind.pk, name="Otro", reason="x")
        self.assertIn("Hay ediciones autorizadas con este nivel", self.errors(response))
        self.assertTrue(UnitKind.objects.filter(name="Coordinación").exists())

    def test_deletes_a_level_that_nothing_uses(self):
        kind = make_kind("Gerencia")
        self.send("unitkind", "delete", kind.pk, reason="Sobra")
        self.assertFalse(UnitKind.objects.filter(pk=kind.pk).exists())


class GrantTests(AdminTestCase):
    def assign(self, **values):
        values = {
            "user": self.editor.pk,
            "manual": self.draft.manual_id,
            "unit_code": "8.3",
            "reason": "Le toca",
            **values,
        }
        return self.send("branchgrant", "add", user=self.superuser, data=values)

    def test_assigns_a_branch_by_the_code_of_its_unit(self):
        response = self.assign()
        self.assertRedirects(response, self.url("branchgrant", "changelist"))
        grant = self.editor.branch_grants.get()
        # The edition in force says which unit has this code.
        self.assertEqual(grant.unit_key, self.closed_units["8.3"].key)
        self.assertEqual(grant.history.get().history_user, self.superuser)
        self.assertEqual(grant.history.get().history_change_reason, "Le toca")

    def test_says_what_is_wrong(self):
        self.assertIn("código 8.9", self.errors(self.assign(unit_code="8.9")))
        self.assertIn("requerido", self.errors(self.assign(manual="")))
        self.assign()
        self.assertIn("ya tiene asignada esta rama", self.errors(self.assign()))
        self.assertEqual(self.editor.branch_grants.count(), 1)

    def test_lists_the_unit_by_code_and_name(self):
        page = self.open("branchgrant", "changelist", user=self.superuser)
        self.assertContains(page, "8.2 Coordinación 8.2")

    def test_takes_a_branch_away(self):
        grant = self.branch_editor.branch_grants.get()
        self.send(
            "branchgrant", "delete", grant.pk, user=self.superuser, reason="Ya no"
        )
        self.assertFalse(BranchGrant.objects.exists())
        page = self.open("branchgrant", "deleted", user=self.superuser)
        self.assertContains(page, "Ya no")


class AccountTests(AdminTestCase):
    def test_says_what_each_role_needs(self):
        page = self.open("user", "change", self.editor.pk, user=self.superuser)
        self.assertContains(page, "la persona necesita además la casilla")

    def test_leads_to_the_branches_of_an_editor(self):
        page = self.open("user", "change", self.branch_editor.pk, user=self.superuser)
        self.assertContains(
            page, f"{self.url('branchgrant', 'changelist')}?q=editora-de-rama"
        )
        listed = self.open(
            "branchgrant", "changelist", user=self.superuser, q="editora-de-rama"
        )
        self.assertEqual(listed.context["cl"].result_count, 1)
        link = f"{self.url('branchgrant', 'add')}?user={self.branch_editor.pk}"
        self.assertContains(page, link)
        form = form_of(self.client.get(link))
        self.assertEqual(form["user"], str(self.branch_editor.pk))

    def test_deactivates_chosen_accounts_but_never_the_own_one(self):
        self.client.force_login(self.superuser)
        data = {
            "action": "deactivate",
            "_selected_action": [self.editor.pk, self.superuser.pk],
        }
        self.client.post(self.url("user", "changelist"), data)
        active = dict(get_user_model().objects.values_list("username", "is_active"))
        self.assertFalse(active["editora"])
        self.assertTrue(active[self.superuser.username])

    def test_accounts_are_never_deleted_here(self):
        self.client.force_login(self.superuser)
        response = self.client.post(
            self.url("user", "delete", self.editor.pk), {"post": "yes"}
        )
        self.assertEqual(response.status_code, 403)

    def test_changes_roles(self):
        person = make_user(username="nueva")
        editors = self.editor.groups.get()
        page = self.open("user", "change", person.pk, user=self.superuser)
        self.assertContains(page, "lector lee borradores")
        self.client.post(
            self.url("user", "change", person.pk),
            {
                "username": "nueva",
                "groups": [editors.pk],
                "is_staff": "on",
                "is_active": "on",
            },
        )
        person.refresh_from_db()
        self.assertTrue(person.is_staff)
        self.assertEqual(list(person.groups.all()), [editors])
