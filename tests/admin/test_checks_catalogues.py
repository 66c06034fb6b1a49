"""The catalogues of the checks in the admin: rows with a reason, whole files."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from review.models import KnownAcronym, LevelVerb, ObsoleteName
from tests.admin.support import AdminTestCase

HEAD = "name,current,direct,since,institution,note\r\n"


class CatalogueTests(AdminTestCase):
    def url(self, model, name, *args):
        if model in ("obsoletename", "levelverb", "knownacronym"):
            return reverse(f"admin:review_{model}_{name}", args=args)
        return super().url(model, name, *args)

    def read(self, text, user=None, model="obsoletename", **values):
        self.client.force_login(user or self.editor)
        file = SimpleUploadedFile("a.csv", text.encode())
        return self.client.post(
            self.url(model, "import"),
            {"file": file, "scope": "", "reason": "Reforma", **values},
        )

    def test_one_is_added_changed_and_removed_with_a_reason(self):
        manual = self.draft.manual
        self.send(
            *("obsoletename", "add"),
            name="La  Vieja",
            current="La Nueva",
            manual=manual.pk,
            reason="Decreto",
        )
        row = ObsoleteName.objects.get(name="La Vieja")
        self.assertEqual(row.manual, manual)
        self.assertEqual(row.history.get().history_change_reason, "Decreto")
        self.send("obsoletename", "change", row.pk, current="Otra", reason="Fe")
        row.refresh_from_db()
        self.assertEqual((row.current, row.manual), ("Otra", manual))
        self.send("obsoletename", "delete", row.pk, reason="Sobra")
        self.assertFalse(ObsoleteName.objects.filter(name="La Vieja").exists())
        self.assertContains(self.open("obsoletename", "deleted"), "La Vieja")

    def test_what_is_not_valid_comes_back(self):
        response = self.send(
            "obsoletename", "add", name="Una", direct="on", manual="", reason="x"
        )
        self.assertIn("se puede poner en su lugar", self.errors(response))

    def test_an_exported_file_is_read_again_without_a_change(self):
        self.client.force_login(self.lector)
        for model in (ObsoleteName, LevelVerb, KnownAcronym):
            name = model._meta.model_name
            page = self.open(name, "changelist", user=self.lector)
            self.assertContains(page, self.url(name, "export"))
            written = self.client.get(self.url(name, "export"))
            self.assertEqual(written.headers["Content-Type"], "text/csv; charset=utf-8")
            text = written.content.decode("utf-8-sig")
            self.assertEqual(len(text.splitlines()), model.objects.count() + 1)
            done = self.read(text, model=name, replace="on")
            followed = self.client.get(done.url)
            self.assertContains(followed, "Agregadas: 0. Cambiadas: 0. Eliminadas: 0.")

    def test_a_file_is_read_into_the_catalogue_of_a_manual(self):
        manual = self.draft.manual
        self.read(f"{HEAD}Una,Otra,,,,\r\n", scope=manual.pk)
        row = ObsoleteName.objects.get(name="Una")
        self.assertEqual(row.manual, manual)
        self.assertEqual(row.history.get().history_user, self.editor)
        asked = {"de": manual.pk}
        written = self.client.get(self.url("obsoletename", "export"), asked)
        self.assertEqual(len(written.content.decode().splitlines()), 2)
        asked = {"de": "nada"}
        refused = self.client.get(self.url("obsoletename", "export"), asked)
        self.assertEqual(refused.status_code, 404)

    def test_a_wrong_line_is_named_and_nothing_is_saved(self):
        before = ObsoleteName.objects.count()
        response = self.read(f"{HEAD}Una,Otra,,,,\r\nDos,,,ayer,,\r\n")
        self.assertEqual(response.status_code, 400)
        self.assertContains(response, "Línea 3: «ayer»", status_code=400)
        response = self.read(f"{HEAD}Una,Otra,,,,\r\n", reason=" ")
        self.assertContains(response, "Indique el motivo del cambio.")
        self.assertEqual(ObsoleteName.objects.count(), before)

    def test_only_editors_without_a_branch_limit_write(self):
        for user in (self.lector, self.revisor, self.autorizador, self.branch_editor):
            response = self.read(f"{HEAD}Una,Otra,,,,\r\n", user)
            self.assertEqual(response.status_code, 403)
