"""Editions in the admin: their data and their life, each step with its reason."""

import datetime

from django.test import SimpleTestCase

from manuals.admin.filters import edition_name
from manuals.dates import today
from manuals.models import Edition, Manual, Transition
from manuals.services import submit_edition
from tests.admin.support import AdminTestCase, form_of
from tests.factories import fill_empty_units, make_unit
from units.models import Unit

DAY = datetime.date(2030, 1, 1)


class EditionDataTests(AdminTestCase):
    def test_changes_the_data_of_a_draft_with_user_and_reason(self):
        response = self.send(
            "edition",
            "change",
            self.draft.pk,
            elaborated_by="Luz Gómez",
            effective_from="2030-01-01",
            reason="Falta quién elaboró",
        )
        self.assertRedirects(response, self.url("edition", "changelist"))
        self.draft.refresh_from_db()
        self.assertEqual(self.draft.elaborated_by, "Luz Gómez")
        self.assertEqual(self.draft.effective_from, DAY)
        record = self.draft.history.first()
        self.assertEqual(record.history_user, self.editor)
        self.assertEqual(record.history_change_reason, "Falta quién elaboró")

    def test_creates_a_draft(self):
        self.send(
            "edition",
            "add",
            manual=self.draft.manual_id,
            label="2030",
            functions_chapter=7,
            reason="Nueva",
        )
        edition = Edition.objects.get(label="2030")
        self.assertTrue(edition.is_draft)
        transition = edition.transitions.get()
        self.assertEqual((transition.step, transition.user), ("created", self.editor))

    def test_what_the_model_refuses_stands_at_its_field(self):
        for label, message in (
            ("comparar", "dirección reservada"),
            ("2021", "ya tiene una edición"),
            ("Año", "minúsculas"),
        ):
            with self.subTest(label):
                response = self.send(
                    "edition", "change", self.draft.pk, label=label, reason="x"
                )
                self.assertEqual(response.status_code, 200)
                self.assertIn(message, self.errors(response))
        response = self.send(
            "edition",
            "change",
            self.draft.pk,
            effective_from="2030-01-02",
            effective_to="2030-01-01",
            reason="x",
        )
        self.assertIn("no puede ser anterior", self.errors(response))

    def test_a_stale_form_keeps_the_text(self):
        page = self.open("edition", "change", self.draft.pk)
        self.send(
            "edition",
            "change",
            self.draft.pk,
            user=self.superuser,
            reviewed_by="Ella",
            reason="Uno",
        )
        response = self.send(
            page=page, reviewed_by="Él", elaborated_by="Yo", reason="x"
        )
        self.assertContains(response, 'value="Él"')
        self.assertIn("Está guardado: «Ella».", self.errors(response))
        self.draft.refresh_from_db()
        self.assertEqual(self.draft.reviewed_by, "Ella")

    def test_shows_its_state_its_contents_and_its_steps(self):
        page = self.open("edition", "change", self.draft.pk)
        self.assertContains(page, "Estado: borrador")
        self.assertContains(page, "Unidades: 6")
        self.assertContains(page, "Enviar a revisión")
        self.assertNotContains(page, "Dar de baja")
        page = self.open("edition", "change", self.closed.pk, user=self.autorizador)
        self.assertContains(page, "Estado: autorizada")
        self.assertContains(page, "Dar de baja")
        self.assertContains(page, "registrada como autorizada")
        page = self.open("edition", "change", self.draft.pk, user=self.lector)
        self.assertContains(page, "No hay ningún paso que usted pueda dar")

    def test_drafts_in_work_stand_first_on_the_index(self):
        self.client.force_login(self.lector)
        page = self.client.get("/admin/")
        self.assertContains(page, self.url("edition", "change", self.draft.pk))
        self.assertNotContains(page, self.url("edition", "change", self.closed.pk))


class EditionNameTests(SimpleTestCase):
    def test_tells_manuals_apart_that_share_their_acronym(self):
        for slug, name in [("dir", "DIR · 2024"), ("demo", "DIR [demo] · 2024")]:
            edition = Edition(manual=Manual(slug=slug, acronym="DIR"), label="2024")
            self.assertEqual(edition_name(edition), f"{name} (borrador)")


class LifeCycleTests(AdminTestCase):
    def status(self, edition=None):
        return Edition.objects.get(pk=(edition or self.draft).pk).status

    def test_from_draft_to_authorised_by_two_people(self):
        fill_empty_units(self.draft)
        self.send("edition", "enviar", self.draft.pk, reason="Lista para revisión")
        self.assertEqual(self.status(), "review")
        page = self.open("edition", "autorizar", self.draft.pk, user=self.autorizador)
        response = self.send(
            page=page,
            user=self.autorizador,
            effective_from="2030-01-01",
            reason="Conforme",
        )
        # First it says what that ends; nothing is done yet.
        self.assertEqual(response.status_code, 200)
        self.assertContains(
            response, "La edición 2021, vigente desde el 4 de marzo de 2021"
        )
        self.assertContains(response, "1 de enero de 2030")
        self.assertEqual(self.status(), "review")
        confirmed = self.send(page=response, user=self.autorizador)
        self.assertRedirects(confirmed, self.url("edition", "change", self.draft.pk))
        self.assertEqual(self.status(), "authorised")
        self.closed.refresh_from_db()
        self.assertEqual(self.closed.effective_to, DAY - datetime.timedelta(days=1))
        steps = self.draft.transitions.order_by("at", "pk").values_list(
            "step", "user__username", "comment"
        )
        self.assertEqual(
            list(steps),
            [
                ("submitted", "editora", "Lista para revisión"),
                ("authorised", "autorizadora", "Conforme"),
            ],
        )

    def test_the_day_offered_is_the_ratification_unless_it_is_that_of_the_base(self):
        Edition.objects.filter(pk=self.draft.pk).update(
            base=self.closed, ratified_on=self.closed.ratified_on
        )
        submit_edition(edition=self.draft, user=self.editor)
        for ratified_on, offered in [(self.closed.ratified_on, today()), (DAY, DAY)]:
            Edition.objects.filter(pk=self.draft.pk).update(ratified_on=ratified_on)
            page = self.open(
                "edition", "autorizar", self.draft.pk, user=self.autorizador
            )
            self.assertContains(
                page, f'name="effective_from" value="{offered.isoformat()}"'
            )

    def test_another_day_is_shown_again_before_it_is_done(self):
        submit_edition(edition=self.draft, user=self.editor)
        page = self.open("edition", "autorizar", self.draft.pk, user=self.autorizador)
        response = self.send(
            page=page, user=self.autorizador, effective_from="2030-01-01", reason="x"
        )
        response = self.send(
            page=response, user=self.autorizador, effective_from="2031-01-01"
        )
        self.assertEqual(self.status(), "review")
        self.assertContains(response, "1 de enero de 2031")

    def test_an_impossible_day_is_refused_in_words(self):
        submit_edition(edition=self.draft, user=self.editor)
        page = self.open("edition", "autorizar", self.draft.pk, user=self.autorizador)
        response = self.send(
            page=page, user=self.autorizador, effective_from="2021-03-04", reason="x"
        )
        response = self.send(page=response, user=self.autorizador)
        self.assertEqual(response.status_code, 409)
        self.assertContains(response, "ya está vigente", status_code=409)
        self.assertEqual(self.status(), "review")

    def test_every_step_needs_its_reason(self):
        submit_edition(edition=self.draft, user=self.editor)
        for name, edition in (("devolver", self.draft), ("baja", self.closed)):
            with self.subTest(name):
                response = self.send(
                    "edition", name, edition.pk, user=self.autorizador, reason=" "
                )
                self.assertEqual(response.status_code, 200)
                self.assertContains(response, "Indique el motivo del cambio.")
        self.assertEqual(self.status(), "review")
        self.assertEqual(self.status(self.closed), "authorised")

    def test_sends_back_saying_why(self):
        submit_edition(edition=self.draft, user=self.editor)
        self.send(
            "edition", "devolver", self.draft.pk, user=self.revisor, reason="Falta 8.3"
        )
        self.assertEqual(self.status(), "draft")
        last = self.draft.transitions.order_by("-pk").first()
        self.assertEqual((last.step, last.comment), ("sent_back", "Falta 8.3"))

    def test_a_step_that_the_state_does_not_allow_says_so(self):
        self.client.force_login(self.superuser)
        for name in ("autorizar", "devolver", "baja"):
            with self.subTest(name):
                response = self.client.get(
                    self.url("edition", name, self.draft.pk), follow=True
                )
                self.assertContains(response, "está borrador: este paso no es posible.")

    def test_a_step_taken_meanwhile_by_somebody_else_is_no_success(self):
        page = self.open("edition", "enviar", self.draft.pk)
        submit_edition(edition=self.draft, user=self.superuser)
        response = self.send(page=page, reason="x")
        self.assertRedirects(
            response,
            self.url("edition", "change", self.draft.pk),
            target_status_code=200,
        )
        self.assertEqual(Transition.objects.filter(step="submitted").count(), 1)

    def test_records_an_edition_that_was_authorised_elsewhere(self):
        page = self.open("edition", "registrar", self.draft.pk, user=self.autorizador)
        response = self.send(
            page=page,
            user=self.autorizador,
            effective_from="2030-01-01",
            reason="Oficio 7",
        )
        self.send(page=response, user=self.autorizador)
        self.assertEqual(self.status(), "authorised")
        last = self.draft.transitions.order_by("-pk").first()
        self.assertEqual((last.step, last.user), ("recorded", self.autorizador))

    def test_what_is_missing_to_record_it_is_named(self):
        Edition.objects.filter(pk=self.draft.pk).update(authorised_by="")
        page = self.open("edition", "registrar", self.draft.pk, user=self.autorizador)
        response = self.send(
            page=page, user=self.autorizador, effective_from="2030-01-01", reason="x"
        )
        response = self.send(page=response, user=self.autorizador)
        self.assertContains(response, "falta: quién autorizó")
        self.assertEqual(self.status(), "draft")

    def test_withdraws_from_a_day_on(self):
        page = self.open("edition", "baja", self.closed.pk, user=self.autorizador)
        self.assertEqual(form_of(page)["on"], today().isoformat())
        self.send(
            page=page, user=self.autorizador, on="2030-05-01", reason="Sin efecto"
        )
        self.closed.refresh_from_db()
        self.assertEqual(self.status(self.closed), "withdrawn")
        self.assertEqual(self.closed.withdrawn_on, datetime.date(2030, 5, 1))

    def test_discards_a_draft_after_showing_what_goes(self):
        page = self.open("edition", "delete", self.draft.pk)
        facts = {str(label): count for label, count in page.context["facts"]}
        self.assertEqual(facts["unidades administrativas"], 6)
        self.assertEqual(facts["funciones"], 5)
        response = self.send(page=page, reason="Ya no hace falta")
        self.assertRedirects(response, self.url("edition", "changelist"))
        self.assertFalse(Edition.objects.filter(pk=self.draft.pk).exists())

    def test_asks_again_before_discarding_what_grew_meanwhile(self):
        page = self.open("edition", "delete", self.draft.pk)
        make_unit(self.unit("8.3"))
        response = self.send(page=page, reason="x")
        self.assertEqual(response.status_code, 412)
        self.assertTrue(Edition.objects.filter(pk=self.draft.pk).exists())

    def test_renumbers_the_functions_chapter_with_all_codes(self):
        page = self.open("edition", "change", self.draft.pk)
        self.assertNotContains(page, 'name="functions_chapter"')
        step = ("edition", "capitulo-de-funciones", self.draft.pk)
        shown = self.send(*step, number=7, reason="x")
        self.assertContains(shown, "Esto es lo que cambia con lo que usted eligió")
        for code in ("8.2.1", "7.2.1"):
            self.assertContains(shown, f'<td class="code">{code}</td>')
        self.draft.refresh_from_db()
        self.assertEqual(self.draft.functions_chapter, 8)
        self.assertEqual(self.send(*step, page=shown, number=7).status_code, 302)
        self.draft.refresh_from_db()
        self.assertEqual(self.draft.functions_chapter, 7)
        self.assertEqual(self.codes()[0], "7.1=8.1")
        self.assertEqual(self.codes()[2], "7.2.1=8.2.1")

    def test_shows_the_codes_of_another_number_before_a_reason_is_asked(self):
        step = ("edition", "capitulo-de-funciones", self.draft.pk)
        shown = self.send(*step, number=9, data={"_preview": "1"})
        self.assertContains(shown, '<td class="code">9.2.1</td>')
        self.assertNotContains(shown, "Indique el motivo")
        again = self.send(*step, page=shown, number=8, reason="x")
        self.assertContains(again, "El capítulo de funciones ya es el 8.")
        self.draft.refresh_from_db()
        self.assertEqual(self.draft.functions_chapter, 8)

    def test_gives_codes_back_to_the_rule(self):
        Unit.objects.filter(pk=self.unit("8.3").pk).update(code="8.9")
        self.send("edition", "renumerar", self.draft.pk, reason="x")
        self.assertEqual(self.codes()[4], "8.3=8.3")
