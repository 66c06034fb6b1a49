"""Who may do what in the admin, as a table: people down, actions across.

Every cell is tried over HTTP: a page that may be opened answers 200, a form that may be
sent is answered with 302 and changes the row, and one that may not changes nothing.
"""

from contextlib import contextmanager

from django.db import transaction

from functions.models import Function
from manuals.models import BranchGrant, Chapter, Edition, Manual
from manuals.permissions import OPERATOR
from manuals.services import create_chapter, submit_edition
from review.checks.editions import check_edition
from review.checks.summary import blocking
from review.waivers import waive
from tests.admin.support import AdminTestCase, form_of
from tests.factories import REASON, fill_empty_units, make_user
from units.models import Unit, UnitKind

EVERYBODY = (
    "anonymous",
    "without a role",
    "lector",
    "branch editor",
    "editor",
    "revisor",
    "autorizador",
    "superuser",
)
EDITORS = {"editor", "superuser"}
WITH_ROLE = set(EVERYBODY) - {"anonymous", "without a role"}


@contextmanager
def undone():
    """What happens inside is rolled back: the next person finds it unchanged."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class PermissionTests(AdminTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.people = {
            "anonymous": None,
            "without a role": make_user(username="nadie", is_staff=True),
            "lector": cls.lector,
            "branch editor": cls.branch_editor,
            "editor": cls.editor,
            "revisor": cls.revisor,
            "autorizador": cls.autorizador,
            "superuser": cls.superuser,
        }
        cls.chapter = create_chapter(
            edition=cls.draft,
            number=1,
            title="Introducción",
            user=OPERATOR,
            reason=REASON,
        )

    def enter(self, person):
        self.client.logout()
        if self.people[person] is not None:
            self.client.force_login(self.people[person])

    def test_who_sees_what(self):
        unit = self.unit("8.2")
        pages = [
            self.url("manual", "changelist"),
            self.url("edition", "changelist"),
            self.url("edition", "change", self.draft.pk),
            self.url("edition", "history", self.draft.pk),
            self.url("chapter", "changelist"),
            self.url("chapter", "change", self.chapter.pk),
            self.url("unit", "changelist"),
            self.url("unit", "change", unit.pk),
            self.url("unit", "history", unit.pk),
            self.url("unit", "functions_history", unit.pk),
            self.url("unit", "deleted"),
            self.url("unitkind", "changelist"),
            self.url("function", "changelist"),
            self.url("transition", "changelist"),
            self.url("source", "changelist"),
        ]
        for person in EVERYBODY:
            self.enter(person)
            for page in pages:
                with self.subTest(person=person, page=page):
                    response = self.client.get(page)
                    if person == "anonymous":
                        self.assertRedirects(response, f"/admin/login/?next={page}")
                    else:
                        expected = 200 if person in WITH_ROLE else 403
                        self.assertEqual(response.status_code, expected)

    def attempt(self, person, address, values, happened):
        """Try a form as this person; tell whether it took effect."""
        self.enter(person)
        page = self.client.get(address)
        writes = page.status_code == 200 and b'name="reason"' in page.content
        data = {**(form_of(page) if writes else {}), "reason": "Prueba", **values}
        self.client.post(address, data)
        return happened()

    def assertOnly(self, allowed, address, values, happened):
        for person in EVERYBODY:
            with self.subTest(person=person, address=address), undone():
                done = self.attempt(person, address, values, happened)
                self.assertIs(bool(done), person in allowed)

    def test_who_changes_a_unit_within_and_outside_of_the_branch(self):
        for code, allowed in (
            ("8.2.1", EDITORS | {"branch editor"}),
            ("8.2", EDITORS | {"branch editor"}),
            ("8.3", EDITORS),
        ):
            unit = self.unit(code)
            self.assertOnly(
                allowed,
                self.url("unit", "change", unit.pk),
                {"name": "Otra", "kind": unit.kind_id},
                lambda pk=unit.pk: Unit.objects.filter(pk=pk, name="Otra").exists(),
            )

    def test_who_adds_a_unit(self):
        for code, allowed in (("8.2", EDITORS | {"branch editor"}), ("8.3", EDITORS)):
            self.assertOnly(
                allowed,
                f"{self.url('unit', 'add')}?edition={self.draft.pk}",
                {
                    "name": "Nueva",
                    "kind": UnitKind.objects.first().pk,
                    "target": self.unit(code).pk,
                },
                lambda: Unit.objects.filter(name="Nueva").exists(),
            )

    def test_who_moves_a_unit(self):
        for code, allowed in (
            ("8.2.2", EDITORS | {"branch editor"}),
            ("8.2", EDITORS),
            ("8.3.1", EDITORS),
        ):
            unit = self.unit(code)
            place = (unit.parent_id, unit.position)

            def moved(pk=unit.pk, place=place):
                now = Unit.objects.get(pk=pk)
                return (now.parent_id, now.position) != place

            target = {"8.2.2": "8.2.1", "8.2": "8.3", "8.3.1": "8.1"}[code]
            for person in EVERYBODY:
                with self.subTest(person=person, unit=code), undone():
                    done = self.attempt(
                        person,
                        self.url("unit", "mover", unit.pk)
                        + f"?target={self.unit(target).pk}",
                        {},
                        moved,
                    )
                    self.assertIs(done, person in allowed)

    def test_who_deletes_a_unit(self):
        for code, allowed in (
            ("8.2.1", EDITORS | {"branch editor"}),
            ("8.2", EDITORS),
            ("8.3", EDITORS),
        ):
            unit = self.unit(code)
            for person in EVERYBODY:
                with self.subTest(person=person, unit=code), undone():
                    done = self.attempt(
                        person,
                        self.url("unit", "delete", unit.pk),
                        {},
                        lambda pk=unit.pk: not Unit.objects.filter(pk=pk).exists(),
                    )
                    self.assertIs(done, person in allowed)

    def test_who_changes_functions(self):
        unit = self.unit("8.2")
        for person in EVERYBODY:
            with self.subTest(person=person), undone():
                done = self.attempt(
                    person,
                    self.url("unit", "change", unit.pk),
                    {"functions-0-text": "Cambiada."},
                    lambda: Function.objects.filter(text="Cambiada.").exists(),
                )
                self.assertIs(done, person in EDITORS | {"branch editor"})

    def waive_errors(self):
        """Codes that do not follow the chapter are no obstacle."""
        draft = Edition.objects.with_manual().get(pk=self.draft.pk)
        findings = check_edition(edition=draft, user=OPERATOR).findings
        errors = blocking(findings)
        self.assertTrue(errors)
        waive(edition=draft, findings=errors, user=OPERATOR, reason=REASON)

    def test_who_changes_what_belongs_to_the_whole_manual(self):
        fill_empty_units(self.draft)
        actions = [
            (
                self.url("edition", "change", self.draft.pk),
                {"elaborated_by": "Luz"},
                lambda: Edition.objects.filter(elaborated_by="Luz").exists(),
            ),
            (
                self.url("edition", "add"),
                {
                    "manual": self.draft.manual_id,
                    "label": "2040",
                    "numbering": "numbers",
                },
                lambda: Edition.objects.filter(label="2040").exists(),
            ),
            (
                self.url("edition", "delete", self.draft.pk),
                {},
                lambda: not Edition.objects.filter(pk=self.draft.pk).exists(),
            ),
            (
                self.url("edition", "enviar", self.draft.pk),
                {},
                lambda: Edition.objects.filter(status="review").exists(),
            ),
            (
                self.url("edition", "renumerar", self.draft.pk),
                {},
                lambda: Unit.objects.filter(edition=self.draft, code="9.1").exists(),
            ),
            (
                self.url("chapter", "change", self.chapter.pk),
                {"title": "Otro"},
                lambda: Chapter.objects.filter(title="Otro").exists(),
            ),
            (
                f"{self.url('chapter', 'add')}?edition={self.draft.pk}",
                {"number": 2, "title": "Dos", "kind": "text"},
                lambda: Chapter.objects.filter(title="Dos").exists(),
            ),
            (
                self.url("chapter", "delete", self.chapter.pk),
                {},
                lambda: not Chapter.objects.filter(pk=self.chapter.pk).exists(),
            ),
            (
                self.url("manual", "change", self.draft.manual_id),
                {"acronym": "XYZ"},
                lambda: Manual.objects.filter(acronym="XYZ").exists(),
            ),
            (
                self.url("unitkind", "add"),
                {"name": "Gerencia", "plural": "Gerencias", "rank": 5},
                lambda: UnitKind.objects.filter(name="Gerencia").exists(),
            ),
        ]
        Edition.objects.filter(pk=self.draft.pk).update(functions_chapter=9)
        self.waive_errors()
        for address, values, happened in actions:
            for person in EVERYBODY:
                with self.subTest(person=person, address=address), undone():
                    done = self.attempt(person, address, values, happened)
                    self.assertIs(bool(done), person in EDITORS)

    def test_who_registers_a_manual(self):
        for person in EVERYBODY:
            with self.subTest(person=person), undone():
                done = self.attempt(
                    person,
                    self.url("manual", "add"),
                    {"title": "Otro manual", "slug": "otro"},
                    lambda: Manual.objects.filter(slug="otro").exists(),
                )
                self.assertIs(done, person in EDITORS)

    def test_who_decides_about_an_edition_in_review(self):
        submit_edition(edition=self.draft, user=self.editor)
        day = {"effective_from": "2030-01-01", "confirmed": "2030-01-01"}
        for step, allowed, status in (
            ("devolver", {"revisor", "autorizador", "superuser"}, "draft"),
            ("autorizar", {"autorizador", "superuser"}, "authorised"),
        ):
            for person in EVERYBODY:
                with self.subTest(person=person, step=step), undone():
                    done = self.attempt(
                        person,
                        self.url("edition", step, self.draft.pk),
                        day,
                        lambda status=status: Edition.objects.filter(
                            pk=self.draft.pk, status=status
                        ).exists(),
                    )
                    self.assertIs(done, person in allowed)

    def test_who_records_and_withdraws(self):
        day = {"effective_from": "2030-01-01", "confirmed": "2030-01-01"}
        for edition, step, values, status in (
            (self.draft, "registrar", day, "authorised"),
            (self.closed, "baja", {"on": "2030-01-01"}, "withdrawn"),
        ):
            for person in EVERYBODY:
                with self.subTest(person=person, step=step), undone():
                    done = self.attempt(
                        person,
                        self.url("edition", step, edition.pk),
                        values,
                        lambda pk=edition.pk, status=status: Edition.objects.filter(
                            pk=pk, status=status
                        ).exists(),
                    )
                    self.assertIs(done, person in {"autorizador", "superuser"})

    def test_who_submitted_does_not_authorise_even_as_superuser(self):
        submit_edition(edition=self.draft, user=self.superuser)
        self.client.force_login(self.superuser)
        response = self.client.get(self.url("edition", "autorizar", self.draft.pk))
        self.assertEqual(response.status_code, 403)

    def test_who_assigns_branches(self):
        values = {
            "user": self.editor.pk,
            "manual": self.draft.manual_id,
            "unit_code": "8.3",
        }
        for person in EVERYBODY:
            with self.subTest(person=person), undone():
                done = self.attempt(
                    person,
                    self.url("branchgrant", "add"),
                    values,
                    lambda: BranchGrant.objects.filter(user=self.editor).exists(),
                )
                self.assertIs(done, person == "superuser")
