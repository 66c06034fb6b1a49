"""Importing, exporting and duplicating in the admin."""

import re
from datetime import timedelta
from html import unescape

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.utils import timezone

from exchange.models import KEPT, Upload
from exchange.services import export_edition
from manuals.models import Edition, GlossaryTerm
from manuals.permissions import OPERATOR
from manuals.services import discard_edition
from tests.admin.support import AdminTestCase, FormReader, form_of
from tests.factories import make_kind, make_user
from units.models import Unit

FRAGMENT = """8.2 Coordinación 8.2

1. Planear el trabajo.
2. Coordinar:
a) El presupuesto.
b) El personal.
3. Evaluar.
"""


class ImportTests(AdminTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        make_kind("Coordinación", "Coordinaciones")

    def upload(self, content, name="manual.json", user=None, **options):
        self.client.force_login(user or self.editor)
        if isinstance(content, str):
            content = content.encode()
        data = {"source": SimpleUploadedFile(name, content), **options}
        return self.client.post(self.url("edition", "import"), data)

    def confirm(self, preview, user=None, **values):
        reader = FormReader()
        reader.feed(preview.content.decode())
        (form,) = [form for form in reader.forms if "upload" in form]
        self.client.force_login(user or self.editor)
        return self.client.post(self.url("edition", "import"), {**form, **values})

    def exported(self):
        return export_edition(edition=self.draft, format="json", user=OPERATOR)

    def editions(self):
        return sorted(Edition.objects.values_list("label", flat=True))

    def test_shows_what_was_read_before_anything_is_written(self):
        content = self.exported()
        preview = self.upload(content, label="2030")
        self.assertEqual(preview.status_code, 200)
        self.assertContains(preview, "Todavía no se guarda nada")
        self.assertEqual(preview.context["report"].counts["units"], 6)
        self.assertEqual(self.editions(), ["2021", "2024"])
        response = self.confirm(preview, reason="De otro sistema")
        edition = Edition.objects.get(label="2030")
        self.assertRedirects(response, self.url("edition", "change", edition.pk))
        self.assertTrue(edition.is_draft)
        self.assertEqual(edition.units.count(), 6)
        transition = edition.transitions.get()
        self.assertEqual((transition.step, transition.user), ("imported", self.editor))
        record = Unit.objects.get(edition=edition, code="8.2").history.get()
        self.assertEqual(record.history_user, self.editor)
        self.assertEqual(record.history_change_reason, "De otro sistema")
        self.assertFalse(Upload.objects.exists())

    def test_shows_the_acronyms_that_are_proposed_and_leads_to_them(self):
        text = FRAGMENT.replace("el trabajo", "el Sistema de Trabajo Anual (SITRA)")
        options = {"name": "fragmento.txt", "base": self.closed.pk, "label": "2030"}
        preview = self.upload(text, **options)
        self.assertContains(preview, "Propuestas para el glosario (1)")
        self.assertContains(preview, "<td>SITRA</td>", html=True)
        self.assertFalse(GlossaryTerm.objects.exists())
        self.confirm(preview, reason="De otro sistema")
        term = GlossaryTerm.objects.get()
        self.assertEqual(
            (term.meaning, term.status), ("Sistema de Trabajo Anual", "proposed")
        )
        self.assertEqual(term.history.get().history_user, self.editor)
        page = self.client.get(self.url("edition", "changelist"))
        self.assertContains(page, "explica 1 sigla o término")
        found = re.search(
            r'href="([^"]*glossaryterm[^"]*proposed[^"]*)"', page.content.decode()
        )
        listed = self.client.get(unescape(found[1]))
        self.assertContains(listed, "8.2, función 1")

    def test_reads_a_fragment_onto_an_edition(self):
        preview = self.upload(
            FRAGMENT, name="fragmento.txt", base=self.closed.pk, label="2030"
        )
        self.assertContains(preview, "Es un fragmento")
        self.assertEqual(preview.context["report"].counts["items"], 2)
        self.confirm(preview)
        edition = Edition.objects.get(label="2030")
        self.assertEqual(edition.base, self.closed)
        self.assertEqual(edition.units.count(), 6)
        self.assertEqual(edition.functions.count(), 5)

    def test_needs_a_reason_and_shows_the_preview_again_without(self):
        preview = self.upload(self.exported(), label="2030")
        response = self.confirm(preview, reason=" ")
        self.assertContains(response, "Indique el motivo del cambio.")
        self.assertEqual(response.context["report"].counts["units"], 6)
        self.assertEqual(self.editions(), ["2021", "2024"])
        self.confirm(response, reason="Ahora sí")
        self.assertIn("2030", self.editions())

    def test_what_cannot_be_imported_is_refused_in_words_and_writes_nothing(self):
        for content, name, options, message in (
            ("no es un manual", "a.txt", {"label": "2030"}, ""),
            ("%PDF-1.7", "a.txt", {"label": "2030"}, "PDF"),
            ("x", "a.exe", {"label": "2030"}, "No se leen archivos"),
            ("{}", "a.json", {"label": "2030"}, ""),
            (b"\x00\x01\x02", "a.txt", {"label": "2030"}, ""),
            (self.exported(), "a.json", {"label": "2021"}, "ya existe"),
            (self.exported(), "a.json", {"label": "Año"}, "minúsculas"),
            ("", "a.txt", {}, ""),
        ):
            with self.subTest(name=name, options=options, message=message):
                response = self.upload(content, name=name, **options)
                self.assertEqual(response.status_code, 200)
                self.assertContains(response, "Revise lo señalado abajo.")
                self.assertContains(response, message)
        self.assertEqual(self.editions(), ["2021", "2024"])
        self.assertFalse(Upload.objects.exists())

    def test_says_where_in_this_form_the_edition_is_named(self):
        response = self.upload(FRAGMENT, name="fragmento.txt", base=self.closed.pk)
        self.assertContains(response, "indíquela en «Edición»")
        self.assertNotContains(response, "--edition")

    @override_settings(UPLOAD_MAX_BYTES=100)
    def test_bounds_the_size_of_the_file(self):
        response = self.upload("x" * 101, name="a.txt")
        self.assertContains(response, "El archivo pesa")
        self.assertEqual(self.upload("", name="a.txt").status_code, 200)

    def test_the_same_document_again_changes_nothing(self):
        content = self.exported()
        preview = self.upload(content, label="2024")
        response = self.confirm(preview)
        self.assertRedirects(response, self.url("edition", "change", self.draft.pk))
        messages = [str(message) for message in response.wsgi_request._messages]
        self.assertIn("ya contiene este documento", messages[-1])

    def test_what_is_refused_between_preview_and_decision_is_no_success(self):
        preview = self.upload(
            FRAGMENT, name="fragmento.txt", base=self.draft.pk, label="2030"
        )
        discard_edition(edition=self.draft, user=OPERATOR, reason="x")
        response = self.confirm(preview)
        self.assertEqual(response.status_code, 200)
        self.assertContains(response, "No se importó nada.")
        self.assertEqual(self.editions(), ["2021"])

    def test_an_upload_is_its_owners_and_lasts_a_day(self):
        preview = self.upload(self.exported(), label="2030")
        other = make_user("editor")
        response = self.confirm(preview, user=other)
        self.assertRedirects(response, self.url("edition", "import"))
        Upload.objects.update(at=timezone.now() - KEPT - timedelta(minutes=1))
        response = self.confirm(preview)
        self.assertRedirects(response, self.url("edition", "import"))
        self.assertEqual(self.editions(), ["2021", "2024"])
        # Another upload clears away what is outdated, whoever sent it.
        self.upload(self.exported(), label="2031", user=other)
        self.assertEqual(Upload.objects.get().user, other)

    def test_only_who_authorises_records_an_edition_as_authorised(self):
        page = self.open("edition", "import")
        self.assertNotContains(page, 'name="authorised"')
        content = self.exported()
        preview = self.upload(
            content, label="2030", authorised="on", effective_from="2030-01-01"
        )
        self.confirm(preview, authorised="on", effective_from="2030-01-01")
        self.assertTrue(Edition.objects.get(label="2030").is_draft)
        preview = self.upload(
            content,
            user=self.superuser,
            label="2031",
            authorised="on",
            effective_from="2031-01-01",
        )
        self.assertEqual(self.editions(), ["2021", "2024", "2030"])
        self.confirm(preview, user=self.superuser)
        self.assertEqual(Edition.objects.get(label="2031").status, "authorised")

    def test_who_imports(self):
        for person, status in (
            (self.editor, 200),
            (self.superuser, 200),
            (self.branch_editor, 403),
            (self.lector, 403),
            (self.revisor, 403),
            (self.autorizador, 403),
        ):
            with self.subTest(person):
                self.client.force_login(person)
                address = self.url("edition", "import")
                self.assertEqual(self.client.get(address).status_code, status)
                self.assertEqual(self.client.post(address, {}).status_code, status)
        self.client.logout()
        self.assertEqual(self.client.get(address).status_code, 302)

    def test_the_page_of_an_edition_leads_to_an_import_onto_it(self):
        page = self.open("edition", "change", self.closed.pk)
        link = f"{self.url('edition', 'import')}?base={self.closed.pk}"
        self.assertContains(page, link)
        self.assertEqual(
            self.client.get(link).context["form"]["base"].value(), str(self.closed.pk)
        )


class DuplicateTests(AdminTestCase):
    def test_copies_an_edition_into_a_draft_that_starts_from_it(self):
        response = self.send(
            "edition", "duplicar", self.closed.pk, label="2030", reason="Reforma"
        )
        edition = Edition.objects.get(label="2030")
        self.assertRedirects(response, self.url("edition", "change", edition.pk))
        self.assertEqual(edition.base, self.closed)
        self.assertTrue(edition.is_draft)
        self.assertEqual(edition.units.count(), 6)
        self.assertEqual(edition.transitions.get().user, self.editor)

    def test_a_name_that_is_taken_is_refused_at_its_field(self):
        response = self.send(
            "edition", "duplicar", self.closed.pk, label="2024", reason="x"
        )
        self.assertEqual(response.status_code, 200)
        self.assertIn("ya tiene una edición con este nombre", self.errors(response))
        self.assertEqual(form_of(response)["reason"], "x")

    def test_who_duplicates(self):
        self.client.force_login(self.autorizador)
        address = self.url("edition", "duplicar", self.closed.pk)
        self.assertEqual(self.client.get(address).status_code, 403)
        response = self.client.post(address, {"label": "2030", "reason": "x"})
        self.assertEqual(response.status_code, 403)
        self.assertEqual(Edition.objects.count(), 2)


class ExportTests(AdminTestCase):
    def test_every_reader_of_drafts_exports(self):
        self.client.force_login(self.lector)
        response = self.client.get(self.url("edition", "export", self.draft.pk, "json"))
        self.assertEqual(response["Content-Type"], "application/json")
        self.assertEqual(
            response["Content-Disposition"], 'attachment; filename="dir-2024.json"'
        )
        self.assertEqual(
            response.content,
            export_edition(edition=self.draft, format="json", user=OPERATOR),
        )

    def test_the_page_of_an_edition_offers_every_format_by_its_name(self):
        self.client.force_login(self.lector)
        page = self.client.get(self.url("edition", "change", self.draft.pk))
        for name, label in (("json", "JSON"), ("akn", "Akoma Ntoso")):
            address = self.url("edition", "export", self.draft.pk, name)
            self.assertContains(page, f"Descargar la edición completa ({label})")
            self.assertContains(page, f'href="{address}"')
        file = self.client.get(self.url("edition", "export", self.draft.pk, "akn"))
        self.assertEqual(file["Content-Type"], "application/akn+xml")
        self.assertEqual(
            file["Content-Disposition"], 'attachment; filename="dir-2024.xml"'
        )

    def test_what_does_not_exist_is_not_found(self):
        self.client.force_login(self.editor)
        for args in ((self.draft.pk, "exe"), (999_999, "json")):
            response = self.client.get(self.url("edition", "export", *args))
            self.assertEqual(response.status_code, 404)
