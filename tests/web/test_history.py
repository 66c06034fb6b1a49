"""The pages of histories: what they tell, to whom, and how many queries they take."""

import datetime

from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exchange.services import duplicate_edition
from functions.models import Function
from functions.services import change_function, delete_function, move_function
from manual_org.web import history_words
from manual_org.web.views import history
from manuals import cache
from manuals.services import change_chapter, create_chapter, submit_edition
from tests.factories import authorise, make_edition, make_function, make_tree, make_user
from tests.review.history.support import WHO, by, person
from tests.web.support import LATER, PAST, Reader, filled_edition
from units.models import Unit
from units.services import change_unit, delete_unit, move_unit

SECRET = "Motivo interno"  # a reason, of people with a role only
HOSTILE = "<script>alert(1)</script>\"'><img src=x> {{ 7 }}"


class HistoryTestCase(TestCase):
    """Editions 2021 and 2024, and the draft "b"; Ana changed the draft.

    8.2   1. Uno.  a) Uno a.    2. Dos.    3. Tres.
    8.2.1, 8.3
    """

    @classmethod
    def setUpTestData(cls):
        units = make_tree("8.1 8.2 8.2.1 8.3", edition=make_edition("2021"))
        one = make_function(units["8.2"], "Uno.")
        make_function(units["8.2"], "Uno a.", parent=one)
        make_function(units["8.2"], "Dos.")
        make_function(units["8.2"], "Tres.")
        cls.first = authorise(units["8.1"].edition, PAST)
        cls.second = duplicate_edition(edition=cls.first, label="2024", **WHO)
        change_function(
            function=cls.function("Dos.", cls.second), text="Dos y más.", **WHO
        )
        change_unit(
            unit=cls.unit("8.2", cls.second), name="Coordinación de Archivo", **WHO
        )
        cls.second = authorise(cls.second, LATER)
        cls.draft = duplicate_edition(edition=cls.second, label="b", **WHO)
        cls.ana = person("Ana Pérez")
        change_function(
            function=cls.function("Tres.", cls.draft),
            text="Tres y más.",
            **by(cls.ana, SECRET),
        )
        cls.lector = make_user("lector")

    @staticmethod
    def function(text, edition):
        return Function.objects.get(edition=edition, text=text)

    @staticmethod
    def unit(code, edition):
        return Unit.objects.get(edition=edition, code=code)

    def get(self, path, **options):
        return self.client.get(f"/manuales/dir/{path}", **options)

    def text(self, path, **options):
        response = self.get(path, **options)
        self.assertEqual(response.status_code, 200, path)
        return Reader(response).text


class UnitHistoryTests(HistoryTestCase):
    def test_tells_every_edition_in_order_with_what_changed(self):
        response = self.get("2024/8.2/historial/")
        text = Reader(response).text
        for words in (
            "Historial de Coordinación de Archivo",
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
            "Historial de la función 2.",
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


class QueryCountTests(TestCase):
    """The same for 3 units and for 300."""

    @classmethod
    def setUpTestData(cls):
        cls.ana = person()
        cls.labels = {}
        for label, units, chapter in (("small", 3, 8), ("large", 300, 7)):
            first = filled_edition(f"{label}1", units=units, functions_chapter=chapter)
            day = datetime.date(2001 if label == "small" else 2011, 1, 1)
            first = authorise(first, day)
            draft = duplicate_edition(edition=first, label=f"{label}2", **WHO)
            function = Function.objects.filter(edition=draft, parent=None).first()
            change_function(function=function, text="Otra.", **by(cls.ana))
            change_unit(unit=function.unit, name="Otra", **by(cls.ana))
            cls.labels[label] = (f"{label}2", f"{chapter}.2", f"{chapter}.1")

    def queries(self, path):
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            response = self.client.get(f"/manuales/dir/{path}")
        self.assertEqual(response.status_code, 200, path)
        return len(captured)

    def test_pages_of_drafts(self):
        self.client.force_login(self.ana)
        for path, most in (
            ("{0}/historial/", 24),
            ("{0}/historial/?rama={1}", 24),
            ("{0}/historial/?rama={2}", 24),
            ("{0}/{2}/historial/", 24),
            ("{0}/{2}/historial/f1/", 24),
        ):
            with self.subTest(path):
                few = self.queries(path.format(*self.labels["small"]))
                self.assertEqual(self.queries(path.format(*self.labels["large"])), few)
                self.assertLessEqual(few, most)

    def test_public_pages(self):
        for path, most in (("{0}/{2}/historial/", 8), ("{0}/{2}/historial/f1/", 8)):
            with self.subTest(path):
                small = ("small1", *self.labels["small"][1:])
                large = ("large1", *self.labels["large"][1:])
                few, many = (self.queries(path.format(*one)) for one in (small, large))
                # Of the edition that is not in force one more: the way to today's.
                self.assertLessEqual(abs(few - many), 1)
                self.assertLessEqual(max(few, many), most)


class WordsTests(TestCase):
    def test_excerpts_end_at_a_word(self):
        self.assertEqual(history_words.excerpt("uno dos tres", 9), "uno dos …")
        self.assertEqual(history_words.excerpt("uno dos tres", 12), "uno dos tres")

    def test_a_folded_text_keeps_every_change(self):
        kept = "a" * 1000
        html = history_words.redline(
            (("=", kept), ("-", "viejo"), ("=", kept), ("+", "nuevo"), ("=", kept)),
            folded=True,
        )
        self.assertLess(len(html), 1000)
        for words in ("viejo", "nuevo", "[…]"):
            self.assertIn(words, html)
        whole = history_words.redline((("=", kept),))
        self.assertEqual(whole, kept)

    def test_items_are_named_by_their_depth(self):
        self.assertEqual(history_words.item_name("3."), "Función 3.")
        self.assertEqual(history_words.item_name("3. b)"), "Inciso 3. b)")
        self.assertEqual(history_words.item_name("3. b) i)"), "Subinciso 3. b) i)")
        self.assertEqual(history_words.item_name(""), "Función")
