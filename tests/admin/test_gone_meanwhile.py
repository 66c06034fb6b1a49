"""What a form is about goes, or the right to write it, while the person writes."""

from unittest.mock import patch

from django.db import transaction

from functions.models import Function
from manuals.models import BranchGrant
from manuals.services import locks
from tests.admin.support import AdminTestCase, form_of
from units.models import Unit
from units.services import delete_unit

MINE = "Lo que yo escribí <b>hoy</b>."
SHOWN = "Lo que yo escribí &lt;b&gt;hoy&lt;/b&gt;."


class GoneMeanwhileTests(AdminTestCase):
    def delete(self):
        delete_unit(unit=self.unit("8.2"), user=self.superuser, reason="x")

    def before_the_lock(self, happens):
        """Let it happen after the page was read, once the write waits for its lock."""
        lock, done = locks.lock_edition, []

        def waited(edition):
            if not done:
                done.append(True)
                happens()
            return lock(edition)

        return patch.object(locks, "lock_edition", waited)

    def filled(self, step="change", user=None, **values):
        page = self.open("unit", step, self.unit("8.2").pk, user=user)
        return page.request["PATH_INFO"], {**form_of(page), "reason": "Mío", **values}

    def test_a_deleted_unit_gives_the_typed_functions_back(self):
        address, data = self.filled(**{"functions-0-text": MINE})
        self.delete()
        response = self.client.post(address, data)
        self.assertContains(response, SHOWN, status_code=409)
        self.assertContains(response, "El registro ya no existe", status_code=409)
        self.assertNotContains(response, data["seen"], status_code=409)

    def test_deleted_between_the_reading_and_the_lock_is_no_error_500(self):
        address, data = self.filled(**{"functions-0-text": MINE})
        with self.before_the_lock(self.delete):
            response = self.client.post(address, data)
        self.assertContains(response, SHOWN, status_code=409)

    def test_each_step_refuses_a_unit_deleted_before_its_lock(self):
        steps = {
            "nombre": {"name": MINE},
            "delete": {},
            "agregar": {"name": MINE},
            "mover": {"target": self.unit("8.3").pk},
        }
        for name, values in steps.items():
            for headers in ({}, {"X-Fragment": "1"}):
                with self.subTest(name=name, **headers), transaction.atomic():
                    self.refused(name, values, headers)
                    transaction.set_rollback(True)

    def refused(self, step, values, headers):
        address, data = self.filled(step, **values)
        if "kind" in data:
            data["kind"] = self.unit("8.3").kind.name
        page = self.client.post(address, {**data, "_preview": "1"})
        data |= {field: form_of(page)[field] for field in ("asked", "seen")}
        with self.before_the_lock(self.delete):
            response = self.client.post(address, data, headers=headers)
        self.assertContains(response, "Mío", status_code=412)

    def test_a_branch_taken_away_gives_the_typed_functions_back(self):
        address, data = self.filled(
            user=self.branch_editor, **{"functions-0-text": MINE}
        )
        other = Unit.objects.get(edition=self.draft, code="8.3")
        BranchGrant.objects.update(unit_key=other.key)
        response = self.client.post(address, data)
        self.assertContains(response, SHOWN, status_code=403)
        self.assertContains(response, "No tiene permiso", status_code=403)
        self.assertIs(Function.objects.filter(text=MINE).exists(), False)
