"""The histories of units and functions: what they tell, and to whom."""

import datetime

from django.test import override_settings

from functions.services import move_function
from manual_org.web.views import history
from tests.factories import authorise, make_edition, make_tree, make_user
from tests.review.history.support import by
from tests.web.histories import SECRET, HistoryTestCase
from tests.web.support import Reader
from units.models import Unit
from units.services import change_unit, delete_unit, move_unit


class UnitHistoryTests(HistoryTestCase):
    def test_tells_every_edition_in_order_with_what_changed(self):
        response = self.get("2024/8.2/historial/")
        text = Reader(response).text
        for words in (
            "Historial · 8.2 Coordinación de Archivo",
            "Es la primera edición que tiene la unidad.",
            "Respecto de la edición 2021:",
            "Cambia de nombre.",
            "3 funciones. Cambios en funciones e incisos: 1 con otro texto.",
        ):
            self.assertIn(words, text)
        self.assertLess(text.index("Edición 2021 Sin"), text.rindex("Edición 2024 Vig"))
        self.assertContains(response, "y más")
        self.assertContains(response, "<ins>", count=2)  # a name and a text

    def test_the_unit_page_leads_to_it(self):
        for label in ("2021", "2024"):
            links = Reader(self.get(f"{label}/8.2/")).links
            self.assertIn(f"/manuales/dir/{label}/8.2/historial/", links)

    def test_leads_to_each_edition_s_unit_and_to_the_functions_histories(self):
        links = Reader(self.get("2024/8.2/historial/")).links
        for link in ("2021/8.2/", "2024/8.2/", "2024/8.2/historial/f1-a/"):
            self.assertIn(f"/manuales/dir/{link}", links)

    def test_public_pages_know_nothing_of_drafts_and_people(self):
        for path in ("2024/8.2/historial/", "2024/8.2/historial/f3/"):
            with self.subTest(path):
                before = self.get(path)
                self.assertEqual(before.headers["Cache-Control"], "public, max-age=60")
                self.assertNotIn("Vary", before.headers)
                text = before.content.decode()
                for secret in (SECRET, "Ana", "/b/", "Tres y más", "Borrador"):
                    self.assertNotIn(secret, text)
                # For who may see more it is the same page.
                self.client.force_login(self.ana)
                after = self.get(path)
                self.assertEqual(after.content, before.content)
                self.client.logout()

    def test_answers_not_modified(self):
        etag = self.get("2024/8.2/historial/").headers["ETag"]
        again = self.get("2024/8.2/historial/", headers={"if-none-match": etag})
        self.assertEqual(again.status_code, 304)

    def test_another_edition_changes_the_page(self):
        etag = self.get("2024/8.2/historial/").headers["ETag"]
        authorise(self.draft, datetime.date(2199, 1, 1))
        again = self.get("2024/8.2/historial/", headers={"if-none-match": etag})
        self.assertContains(again, "Por entrar en vigor")

    def test_a_draft_tells_its_saves_to_who_has_a_role(self):
        path = "b/8.2/historial/"
        self.assertEqual(self.get(path).status_code, 404)
        self.client.force_login(make_user())
        self.assertEqual(self.get(path).status_code, 404)
        self.client.force_login(self.lector)
        response = self.get(path)
        self.assertIn("no-store", response.headers["Cache-Control"])
        text = Reader(response).text
        for words in (SECRET, "Ana Pérez", "Función 3.", "Se creó como copia"):
            self.assertIn(words, text)
        self.assertContains(response, "historial/?rama=8.2&amp;sola=on")

    def test_a_draft_tells_the_latest_few_saves(self):
        unit = self.unit("8.2", self.draft)
        for number in range(history.LATEST + 2):
            change_unit(unit=unit, name=f"Coordinación {number}", **by(self.ana))
        self.client.force_login(self.lector)
        response = self.get("b/8.2/historial/")
        self.assertContains(response, '<p class="save-head">', count=history.LATEST)
        self.assertContains(response, "Ver todos los cambios de la unidad")

    def test_a_suppressed_unit_says_what_became_of_it(self):
        draft = self.draft
        unit = self.unit("8.3", draft)
        move_function(function=self.function("Uno.", draft), unit=unit, **by(self.ana))
        delete_unit(unit=self.unit("8.2", draft), **by(self.ana))
        authorise(draft, datetime.date(2025, 1, 1))
        text = self.text("2021/8.2/historial/")
        self.assertIn("Esta edición ya no tiene la unidad: se suprimió.", text)
        self.assertIn(
            "Funciones que pasaron a otra unidad: 8.2 Coordinación 8.3 (1). "
            "Se suprimieron 2 funciones e incisos.",
            text,
        )

    def test_a_moved_unit_says_so(self):
        move_unit(
            unit=self.unit("8.3", self.draft),
            target=self.unit("8.2", self.draft),
            **by(self.ana),
        )
        self.client.force_login(self.lector)
        text = self.text("b/8.2.2/historial/")
        self.assertIn(
            "Cambia de dependencia: de 8.1 Coordinación 8.1 a 8.2 Coordinación de "
            "Archivo.",
            text,
        )
        self.assertIn("Cambia de código: de 8.3 a 8.2.2.", text)

    def test_codes_lead_as_on_the_unit_s_page(self):
        delete_unit(unit=self.unit("8.2.1", self.draft), **by(self.ana))
        authorise(self.draft, datetime.date(2025, 1, 1))
        self.assertRedirects(
            self.get("2021/8.2.1./historial/"), "/manuales/dir/2021/8.2.1/historial/"
        )
        gone = self.get("b/8.2.1/historial/")
        self.assertContains(gone, "no tiene la unidad 8.2.1", status_code=404)
        self.assertContains(self.get("2021/9.9/historial/"), "9.9", status_code=404)
        self.assertEqual(self.get("no/8.2/historial/").status_code, 404)
        other = make_tree("7.1 7.2", edition=make_edition("2000", functions_chapter=7))
        root = other["7.2"]
        Unit.objects.filter(pk=root.pk).update(key=self.unit("8.2", self.second).key)
        authorise(root.edition, datetime.date(2000, 1, 1))
        self.assertRedirects(
            self.get("2024/7.2/historial/"),
            "/manuales/dir/2024/8.2/historial/",
            status_code=303,
        )

    @override_settings(PUBLIC_READING=False)
    def test_a_closed_installation_asks_to_sign_in(self):
        response = self.get("2024/8.2/historial/")
        self.assertRedirects(
            response,
            "/admin/login/?next=/manuales/dir/2024/8.2/historial/",
            fetch_redirect_response=False,
        )
        self.client.force_login(make_user())
        response = self.get("2024/8.2/historial/")
        self.assertIn("no-store", response.headers["Cache-Control"])


class FunctionHistoryTests(HistoryTestCase):
    def test_tells_every_edition_of_it(self):
        response = self.get("2024/8.2/historial/f2/")
        text = Reader(response).text
        for words in (
            "Historial de la función 2 Volver al texto",
            "Es la primera edición que la tiene.",
            "Cambia el texto.",
            "8.2 Coordinación de Archivo, 2.",
        ):
            self.assertIn(words, text)
        self.assertContains(response, "<ins>", count=1)
        self.assertIn(
            f"/id/funcion/{self.function('Dos.', self.first).key}",
            Reader(response).links,
        )

    def test_an_item_has_its_own(self):
        text = self.text("2024/8.2/historial/f1-a/")
        self.assertIn("Historial del inciso 1. a)", text)
        self.assertIn("Sin cambios.", text)

    def test_a_draft_tells_its_saves(self):
        self.client.force_login(self.lector)
        text = self.text("b/8.2/historial/f3/")
        self.assertIn(SECRET, text)
        self.assertNotIn(SECRET, self.text("b/8.2/historial/f1/"))

    def test_what_is_not_there_is_not_found(self):
        for anchor in ("f9", "f1-b", "f0", "x", "f1-a-i", "f" + "9" * 30):
            with self.subTest(anchor):
                self.assertEqual(
                    self.get(f"2024/8.2/historial/{anchor}/").status_code, 404
                )
