import datetime

from django.test import TestCase, override_settings

from manuals.permissions import OPERATOR
from manuals.services import withdraw_edition
from tests.factories import (
    REASON,
    ManualFactory,
    make_edition,
    make_tree,
    make_user,
)
from tests.web.support import FUTURE, LATER, PAST, Reader, published


class ManualListTests(TestCase):
    def test_manuals_with_a_published_edition_are_listed(self):
        published()
        make_edition(manual=ManualFactory(slug="borrador", title="Sólo borrador"))
        page = Reader(self.client.get("/"))
        self.assertIn("Dirección de Pruebas", page.text)
        self.assertIn("Edición 2021, vigente desde el 4 de marzo de 2021.", page.text)
        self.assertNotIn("borrador", page.text)

    def test_a_manual_without_an_edition_in_force_says_so(self):
        published(effective_from=FUTURE)
        self.assertContains(self.client.get("/"), "Sin edición vigente hoy.")

    def test_an_empty_installation_says_so(self):
        self.assertContains(self.client.get("/"), "Todavía no hay manuales publicados.")

    def test_drafts_are_not_listed_for_people_with_a_role_either(self):
        make_edition()
        self.client.force_login(make_user("editor"))
        response = self.client.get("/")
        self.assertContains(response, "Todavía no hay manuales publicados.")
        self.assertNotIn("Vary", response.headers)

    def test_the_notice_of_a_manual_is_shown(self):
        published(manual=ManualFactory(slug="demo", notice="Textos ficticios"))
        self.assertContains(self.client.get("/"), "Textos ficticios")


class ManualTests(TestCase):
    def test_leads_to_the_edition_in_force_today(self):
        published("2021", PAST)
        published("2024", LATER, functions_chapter=7)
        response = self.client.get("/manuales/dir/")
        self.assertRedirects(response, "/manuales/dir/2024/", status_code=302)
        self.assertEqual(response.headers["Cache-Control"], "public, max-age=60")

    def test_without_an_edition_in_force_lists_the_published_ones(self):
        published("2199", FUTURE)
        make_edition("borrador-1")
        response = self.client.get("/manuales/dir/")
        self.assertContains(response, "Hoy no hay una edición vigente.")
        self.assertContains(response, "/manuales/dir/2199/")
        self.assertContains(response, "Por entrar en vigor")
        self.assertNotContains(response, "borrador-1")

    def test_a_withdrawn_edition_is_listed_and_stays_readable(self):
        edition = published("2021", PAST)
        withdraw_edition(
            edition=edition,
            user=OPERATOR,
            reason=REASON,
            on=datetime.date(2022, 1, 1),
        )
        self.assertContains(self.client.get("/manuales/dir/"), "Dada de baja")
        page = Reader(self.client.get("/manuales/dir/2021/"))
        self.assertIn("fue dada de baja el 1 de enero de 2022", page.text)
        self.assertIn("del 4 de marzo de 2021 al 31 de diciembre de 2021", page.text)

    def test_a_manual_with_drafts_alone_is_not_found(self):
        make_edition()
        self.assertEqual(self.client.get("/manuales/dir/").status_code, 404)

    def test_an_unknown_manual_is_not_found(self):
        self.assertEqual(self.client.get("/manuales/otro/").status_code, 404)


class OnDayTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        published("2021", PAST)
        published("2024", LATER, functions_chapter=7)

    def test_leads_to_the_edition_in_force_that_day(self):
        for day, label in [
            ("2021-03-04", "2021"),
            ("2024-01-31", "2021"),
            ("2024-02-01", "2024"),
        ]:
            with self.subTest(day=day):
                self.assertRedirects(
                    self.client.get(f"/manuales/dir/a/{day}/"),
                    f"/manuales/dir/{label}/",
                )

    def test_leads_to_the_unit_of_a_code(self):
        self.assertRedirects(
            self.client.get("/manuales/dir/a/2022-05-01/8.2/"),
            "/manuales/dir/2021/8.2/",
        )

    def test_a_day_before_every_edition_is_not_found_and_lists_them(self):
        response = self.client.get("/manuales/dir/a/2000-01-01/8.2/")
        self.assertContains(
            response,
            "Ninguna edición estaba vigente el 1 de enero de 2000.",
            status_code=404,
        )
        self.assertContains(response, "/manuales/dir/2021/", status_code=404)

    def test_what_is_no_day_is_not_found(self):
        for day in ["2022-13-01", "2022-1-1", "ayer"]:
            with self.subTest(day=day):
                response = self.client.get(f"/manuales/dir/a/{day}/")
                self.assertEqual(response.status_code, 404)


@override_settings(PUBLIC_READING=False)
class ClosedReadingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = published()
        make_tree("5.1", make_edition("2030", functions_chapter=5))

    addresses = (
        "/",
        "/manuales/dir/",
        "/manuales/dir/2021/",
        "/manuales/dir/2021/8.2/",
    )

    def test_people_without_an_account_are_asked_to_sign_in(self):
        for address in self.addresses:
            with self.subTest(address=address):
                self.assertRedirects(
                    self.client.get(address),
                    f"/admin/login/?next={address}",
                    fetch_redirect_response=False,
                )

    def test_people_with_an_account_read_what_nobody_may_keep(self):
        self.client.force_login(make_user())
        for address in self.addresses:
            with self.subTest(address=address):
                response = self.client.get(address, follow=True)
                self.assertEqual(response.status_code, 200)
                self.assertIn("private", response.headers["Cache-Control"])

    def test_a_draft_stays_hidden_from_people_without_a_role(self):
        self.client.force_login(make_user())
        self.assertEqual(self.client.get("/manuales/dir/2030/").status_code, 404)
