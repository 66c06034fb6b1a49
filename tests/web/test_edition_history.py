"""The history of a whole edition: to whom, in what order, by which filters."""

import datetime

from django.utils import timezone

from functions.services import change_function, delete_function, move_function
from manual_org.web.views import history
from manuals.services import change_chapter, create_chapter, submit_edition
from tests.factories import make_user
from tests.review.history.support import WHO, by, person
from tests.web.histories import HOSTILE, SECRET, HistoryTestCase
from tests.web.support import Reader
from units.services import change_unit


class EditionHistoryTests(HistoryTestCase):
    def signed_in(self, path):
        self.client.force_login(self.lector)
        return self.get(path)

    def test_only_for_people_with_a_role_whatever_the_edition(self):
        self.assertEqual(self.get("b/historial/").status_code, 404)
        self.assertRedirects(
            self.get("2024/historial/"),
            "/admin/login/?next=/manuales/dir/2024/historial/",
            fetch_redirect_response=False,
        )
        self.client.force_login(make_user())
        self.assertEqual(self.get("b/historial/").status_code, 404)
        self.assertEqual(self.get("2024/historial/").status_code, 403)
        for role in ("lector", "editor", "revisor", "autorizador"):
            self.client.force_login(make_user(role))
            for label in ("b", "2024"):
                response = self.get(f"{label}/historial/")
                self.assertEqual(response.status_code, 200)
                self.assertIn("no-store", response.headers["Cache-Control"])
                self.assertNotIn("ETag", response.headers)

    def test_tells_saves_and_steps_latest_first(self):
        submit_edition(edition=self.draft, user=self.ana, comment="Listo")
        text = Reader(self.signed_in("b/historial/")).text
        places = [
            text.index(words)
            for words in ("Se envió a revisión.", SECRET, "Se creó como copia")
        ]
        self.assertEqual(places, sorted(places))
        self.assertIn("Se agregaron 4 unidades.", text)
        self.assertIn("Se agregaron 4 funciones e incisos.", text)

    def test_saves_lead_staff_to_their_records(self):
        record = self.function("Tres y más.", self.draft).history.latest()
        address = f"/admin/functions/function/{record.id}/history/{record.history_id}/"
        self.assertContains(self.signed_in("b/historial/"), address)
        reader = make_user("lector")
        reader.is_staff = False
        reader.save()
        self.client.force_login(reader)
        response = self.get("b/historial/")
        self.assertContains(response, SECRET)
        self.assertNotContains(response, "/history/")

    def test_a_draft_leads_to_it_and_a_published_edition_does_not(self):
        self.assertIn("/manuales/dir/b/historial/", Reader(self.signed_in("b/")).links)
        self.assertNotContains(self.get("2024/"), "2024/historial/")

    def test_filters_by_branch_person_and_day(self):
        change_unit(
            unit=self.unit("8.2.1", self.draft),
            name="Coordinación X",
            **by(self.ana, "Z1"),
        )
        change_unit(unit=self.unit("8.3", self.draft), name="Coordinación Y", **WHO)
        self.client.force_login(self.lector)
        today = timezone.localdate()
        tomorrow = today + datetime.timedelta(days=1)
        ana = self.ana.pk
        for query, found, lost in (
            ("rama=8.2", [SECRET, "Z1"], ["Coordinación Y"]),
            ("rama=8.2.", [SECRET, "Z1"], []),
            ("rama=8.2&sola=on", [SECRET], ["Z1"]),
            ("rama=8.3", ["Coordinación Y"], [SECRET]),
            (f"persona={ana}", [SECRET, "Z1"], ["Preparación"]),
            ("persona=0", ["Preparación"], [SECRET]),
            (f"desde={today}&hasta={today}", [SECRET], []),
            (f"desde={tomorrow}", ["Ningún cambio corresponde"], [SECRET]),
            ("hasta=2001-01-01", ["Ningún cambio corresponde"], [SECRET]),
            ("hasta=9999-12-31", [SECRET], []),
            (f"rama=8.2&persona={ana}&desde=2001-01-01", [SECRET, "Z1"], []),
        ):
            with self.subTest(query):
                text = self.text(f"b/historial/?{query}")
                for words in found:
                    self.assertIn(words, text)
                for words in lost:
                    self.assertNotIn(words, text)

    def test_days_are_those_of_the_institution(self):
        # 23:30 in Mexico City is the next day in Greenwich.
        zone = timezone.get_default_timezone()
        function = self.function("Tres y más.", self.draft)
        function.history.create(
            history_date=datetime.datetime(2026, 3, 1, 23, 30, tzinfo=zone),
            history_type="~",
            history_change_reason="De noche",
            **{
                field.attname: getattr(function, field.attname)
                for field in function.history.model.tracked_fields
            },
        )
        self.client.force_login(self.lector)
        for day, found in (("2026-03-01", True), ("2026-03-02", False)):
            text = self.text(f"b/historial/?desde={day}&hasta={day}")
            self.assertEqual("De noche" in text, found)

    def test_bad_filters_are_said_and_nothing_is_shown(self):
        self.client.force_login(self.lector)
        for query, error in (
            ("rama=9.9", "Ninguna unidad de esta edición tiene o tuvo el código 9.9."),
            ("rama=" + "9" * 300, "255"),
            ("rama=%00", "nulo"),
            ("persona=x", "opción válida"),
            (f"persona={make_user().pk}", "opción válida"),
            ("desde=ayer", "fecha válida"),
            ("hasta=2026-02-30", "fecha válida"),
            ("desde=2026-02-02&hasta=2026-02-01", "Es anterior al primer día."),
            ("rama=%3Cscript%3E", "el código <script>"),
        ):
            with self.subTest(query):
                response = self.get(f"b/historial/?{query}")
                text = Reader(response).text
                self.assertIn(error, text)
                self.assertIn("Corrija lo señalado.", text)
                self.assertNotIn(SECRET, text)
                self.assertNotContains(response, "<script>")

    def test_unknown_parameters_and_pages_do_no_harm(self):
        self.client.force_login(self.lector)
        for query in (
            "pagina=x",
            "pagina=-1",
            "pagina=99999999999",
            "otra=%FF",
            "sola=x",
        ):
            with self.subTest(query):
                self.assertIn(SECRET, self.text(f"b/historial/?{query}"))

    def test_pages_keep_the_filters(self):
        unit = self.unit("8.3", self.draft)
        for number in range(45):
            change_unit(
                unit=unit, name=f"Coordinación {number}", **by(self.ana, f"n{number}")
            )
        self.client.force_login(self.lector)
        path = f"b/historial/?rama=8.3&persona={self.ana.pk}"
        response = self.get(path)
        self.assertContains(response, '<p class="save-head">', count=history.PER_PAGE)
        (following,) = [link for link in Reader(response).links if "pagina=2" in link]
        self.assertEqual(following, f"?rama=8.3&persona={self.ana.pk}&pagina=2")
        last = self.get(f"{path}&pagina=3")
        self.assertContains(last, '<p class="save-head">', count=5)
        self.assertIn("n0", Reader(last).text)
        self.assertIn("Página 2 de 3", Reader(last).text)

    def test_long_texts_show_what_is_near_a_change(self):
        body = " ".join(f"palabra{number}" for number in range(400))
        chapter = create_chapter(
            edition=self.draft, number=1, title="Uno", body=body, **WHO
        )
        change_chapter(
            chapter=chapter,
            body=body.replace("palabra200 ", "otra "),
            **by(self.ana),
        )
        text = Reader(self.signed_in("b/historial/?persona=" + str(self.ana.pk))).text
        self.assertIn("palabra199", text)
        self.assertIn("[…]", text)
        self.assertNotIn("palabra100", text)


class HostileTextTests(HistoryTestCase):
    def test_nothing_written_by_people_is_taken_for_markup(self):
        ana = person("Eva <b>", "editor")
        unit = self.unit("8.2", self.draft)
        change_unit(unit=unit, name=HOSTILE, objective=HOSTILE, **by(ana, HOSTILE))
        function = self.function("Uno.", self.draft)
        change_function(function=function, text=HOSTILE, **by(ana, HOSTILE))
        move_function(function=function, position=2, **by(ana, HOSTILE))
        chapter = create_chapter(
            edition=self.draft,
            number=1,
            title=HOSTILE,
            body=HOSTILE,
            **by(ana, HOSTILE),
        )
        change_chapter(chapter=chapter, body="Otro.", title="Dos", **by(ana, HOSTILE))
        delete_function(function=self.function("Dos y más.", self.draft), **by(ana))
        submit_edition(edition=self.draft, user=ana, comment=HOSTILE)
        self.client.force_login(self.ana)
        for path in ("b/historial/", "b/8.2/historial/", "b/8.2/historial/f1/"):
            with self.subTest(path):
                response = self.get(path)
                self.assertEqual(response.status_code, 200)
                tags = Reader(response).foreign_tags
                self.assertFalse(tags & {"script", "img", "style"})
                self.assertNotContains(response, "Eva <b>")
        self.assertIn("{{ 7 }}", self.text("b/historial/"))
