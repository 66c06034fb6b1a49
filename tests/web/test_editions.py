import datetime

from django.test import TestCase

from manuals.models import Chapter, Edition
from manuals.permissions import OPERATOR
from manuals.services import create_chapter, submit_edition
from tests.factories import (
    REASON,
    ManualFactory,
    authorise,
    make_edition,
    make_function,
    make_kind,
    make_tree,
    make_unit,
    make_user,
)
from tests.web.support import FUTURE, LATER, PAST, Reader, filled_edition, published


class EditionHomeTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition(
            manual=ManualFactory(registration_key="0000-001-001"),
            document_date=datetime.date(2021, 3, 8),
            elaborated_by="Luz Mora",
            reviewed_by="Eva Ruiz",
            numbering=Edition.Numbering.BULLETS,
            authorisation_text="Se **autoriza** el manual.",
        )
        # 8.1 Coordinación > 8.2 > 8.2.1 > 8.2.1.1
        #                  > 8.3 División
        units = make_tree("8.1 > 8.2 > 8.2.1 > 8.2.1.1", cls.edition)
        make_unit(units["8.1"], "División de Prueba", kind=make_kind("División"))
        make_function(units["8.2"], "Planear.")
        for number, title, kind in [
            (1, "Introducción", Chapter.Kind.TEXT),
            (8, "Funciones", Chapter.Kind.FUNCTIONS),
        ]:
            create_chapter(
                edition=cls.edition,
                user=OPERATOR,
                reason=REASON,
                number=number,
                title=title,
                kind=kind,
            )
        cls.edition = authorise(cls.edition, PAST)

    def setUp(self):
        self.response = self.client.get("/manuales/dir/2021/")
        self.page = Reader(self.response)

    def test_the_whole_tree_is_there_with_counts(self):
        for code in ["8.1", "8.2", "8.2.1", "8.2.1.1", "8.3"]:
            self.assertIn(f"/manuales/dir/2021/{code}/", self.page.links)
        self.assertIn("5 unidades administrativas y 1 función.", self.page.text)

    def test_the_first_levels_are_open_and_the_deeper_ones_folded(self):
        folds = [attributes for tag, attributes in self.page.tags if tag == "details"]
        # 8.1 and 8.2 show their children; 8.2.1 does not; then the authorisation text.
        self.assertEqual(["open" in fold for fold in folds], [True, True, False, False])

    def test_units_are_counted_by_level(self):
        self.assertIn("Coordinación 4 División 1", self.page.text)

    def test_chapters_are_linked(self):
        self.assertIn("/manuales/dir/2021/capitulos/1/", self.page.links)
        self.assertIn("/manuales/dir/2021/capitulos/8/", self.page.links)

    def test_data_of_the_authorisation_are_shown(self):
        for said in [
            "Vigencia: desde el 4 de marzo de 2021.",
            "Autorizó Ana Pérez",
            "Cargo Titular de la Dirección",
            "Ratificación 4 de marzo de 2021",
            "Oficio 09/001/2021, del 8 de marzo de 2021",
            "Clave de registro 0000-001-001",
            "Elaboró Luz Mora",
            "Revisó Eva Ruiz",
            "El documento impreso lleva viñetas.",
        ]:
            self.assertIn(said, self.page.text)
        self.assertContains(self.response, "<p>Se <strong>autoriza</strong> el manual.")

    def test_other_published_editions_are_linked_newest_first(self):
        published("2024", LATER)
        published("2199", FUTURE)
        make_edition("borrador")
        page = Reader(self.client.get("/manuales/dir/2021/"))
        listed = page.text[page.text.index("Otras ediciones") :]
        self.assertLess(listed.index("Edición 2199"), listed.index("Edición 2024"))
        self.assertNotIn("borrador", listed)
        self.assertIn("Desde el 1 de enero de 2199", listed)

    def test_the_standing_follows_other_editions_at_once(self):
        self.assertIn("Vigente", self.page.text)
        published("2024", LATER)
        page = Reader(self.client.get("/manuales/dir/2021/"))
        self.assertIn("Esta edición ya no está vigente.", page.text)
        self.assertIn(
            "Vigencia: del 4 de marzo de 2021 al 31 de enero de 2024.", page.text
        )
        self.assertIn("/manuales/dir/2024/", page.links)

    def test_the_model_knows_the_address_of_the_page(self):
        self.assertEqual(self.edition.get_absolute_url(), "/manuales/dir/2021/")

    def test_an_unknown_edition_is_not_found(self):
        for label in ["2020", "a", "A"]:
            with self.subTest(label=label):
                response = self.client.get(f"/manuales/dir/{label}/")
                self.assertEqual(response.status_code, 404)


class StandingTests(TestCase):
    def test_an_edition_to_come_says_from_when(self):
        published("2199", FUTURE)
        page = Reader(self.client.get("/manuales/dir/2199/"))
        self.assertIn("todavía no está vigente", page.text)
        self.assertIn("Entra en vigor el 1 de enero de 2199.", page.text)

    def test_a_manuals_notice_stands_on_every_page_of_it(self):
        manual = ManualFactory(slug="demo", notice="Textos ficticios")
        edition = filled_edition(manual=manual)
        create_chapter(
            edition=edition, user=OPERATOR, reason=REASON, number=1, title="Uno"
        )
        authorise(edition, FUTURE)
        for address, status in [
            ("", 200),
            ("2021/", 200),
            ("2021/8.2/", 200),
            ("2021/capitulos/1/", 200),
            ("2021/9.9/", 404),
            ("a/2000-01-01/", 404),
        ]:
            with self.subTest(address=address):
                self.assertContains(
                    self.client.get(f"/manuales/demo/{address}"),
                    "Textos ficticios",
                    status_code=status,
                )


class DraftTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.in_force = published("2021", PAST)
        cls.draft = filled_edition("2030")
        create_chapter(
            edition=cls.draft, user=OPERATOR, reason=REASON, number=1, title="Uno"
        )

    addresses = (
        "/manuales/dir/2030/",
        "/manuales/dir/2030/8.2/",
        "/manuales/dir/2030/capitulos/1/",
    )

    def test_a_draft_does_not_exist_for_people_without_a_role(self):
        for user in [None, make_user()]:
            if user:
                self.client.force_login(user)
            for address in self.addresses:
                with self.subTest(address=address, user=user):
                    self.assertEqual(self.client.get(address).status_code, 404)

    def test_people_with_any_role_read_it_with_a_banner(self):
        for role in ["lector", "editor", "revisor", "autorizador"]:
            self.client.force_login(make_user(role))
            for address in self.addresses:
                with self.subTest(address=address, role=role):
                    response = self.client.get(address)
                    self.assertContains(response, "Borrador: texto en preparación.")
                    self.assertIn("no-store", response.headers["Cache-Control"])
                    self.assertNotIn("ETag", response.headers)

    def test_its_banner_leads_to_the_edition_in_force(self):
        self.client.force_login(make_user("lector"))
        page = Reader(self.client.get("/manuales/dir/2030/"))
        self.assertIn("/manuales/dir/2021/", page.links)

    def test_an_edition_in_review_says_so(self):
        editor = make_user("editor")
        submit_edition(edition=self.draft, user=editor)
        self.client.force_login(editor)
        self.assertContains(
            self.client.get("/manuales/dir/2030/"), "En revisión: texto propuesto."
        )

    def test_a_change_of_a_draft_shows_at_once(self):
        self.client.force_login(make_user("lector"))
        self.client.get("/manuales/dir/2030/8.2/")
        make_function(self.draft.units.get(code="8.2"), "Atender lo nuevo.")
        response = self.client.get("/manuales/dir/2030/8.2/")
        self.assertContains(response, "Atender lo nuevo.")
        self.assertContains(response, "3 funciones")

    def test_an_empty_draft_has_a_page(self):
        make_edition("vacia")
        self.client.force_login(make_user("lector"))
        page = Reader(self.client.get("/manuales/dir/vacia/"))
        self.assertIn("todavía no tiene unidades", page.text)
        self.assertIn("todavía no tiene capítulos", page.text)
        self.assertIn("Vigencia: sin fecha de inicio.", page.text)
