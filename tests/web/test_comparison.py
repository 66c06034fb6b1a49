"""The pages that compare two editions: what they say, who sees them, what is kept."""

import io
import zipfile
from unittest import mock

from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext

from exchange.services import duplicate_edition
from functions.services import change_function, delete_function
from manual_org.web import paging
from manual_org.web.views import comparisons
from manuals import cache
from manuals.models import Manual
from manuals.permissions import OPERATOR
from manuals.services import create_chapter
from review.models import ChangeNote
from tests.factories import (
    REASON,
    authorise,
    make_edition,
    make_function,
    make_tree,
    make_unit,
    make_user,
)
from tests.web.support import LATER, PAST, Reader, filled_edition
from units.services import change_unit

ADDRESS = "/manuales/dir/comparar/2021/2024/"


def compared_editions():
    """Edition 2021 and a duplicate of it as 2024, still a draft, with changes.

    8.1: the first function reworded, the second only in its capitals, a third new;
    8.2: another name; 8.2.1: its function gone; 8.3: as it was.
    """
    old = make_edition("2021")
    units = make_tree("8.1 8.2 8.2.1 8.3", old)
    make_function(units["8.1"], "Llevar el registro de personas.")
    make_function(units["8.1"], "Expedir Constancias.")
    make_function(units["8.2.1"], "Guardar los expedientes.")
    create_chapter(
        edition=old, user=OPERATOR, reason=REASON, number=1, title="Uno", body="Antes."
    )
    old = authorise(old, PAST)
    new = duplicate_edition(edition=old, label="2024", user=OPERATOR, reason=REASON)
    units = {unit.code: unit for unit in new.units.all()}
    first, second = units["8.1"].functions.order_by("position")
    said = {"user": OPERATOR, "reason": REASON}
    change_function(function=first, text="Llevar el padrón de personas.", **said)
    change_function(function=second, text="Expedir constancias.", **said)
    make_function(units["8.1"], "Atender a la ciudadanía.")
    change_unit(unit=units["8.2"], name="Coordinación de Padrones", **said)
    delete_function(function=units["8.2.1"].functions.get(), **said)
    ChangeNote.objects.create(
        edition=new, unit_key=units["8.1"].key, text="Nuevo reglamento <interior>."
    )
    return old, new


class ComparisonTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.old, cls.new = compared_editions()
        cls.new = authorise(cls.new, LATER)

    def page(self, query="", address=ADDRESS):
        response = self.client.get(address + query)
        self.assertEqual(response.status_code, 200)
        return Reader(response)

    def codes(self, query):
        """The codes of the units listed."""
        response = self.client.get(ADDRESS + query)
        return [
            code
            for code in ["8.1", "8.2", "8.2.1", "8.3"]
            if f'<span class="code">{code}</span>' in response.content.decode()
        ]

    def test_the_summary_counts_and_every_count_leads_to_its_changes(self):
        page = self.page()
        self.assertIn("4 en 2021, 4 en 2024", page.text)
        self.assertIn("Con otro nombre 1", page.text)
        self.assertIn("Modificadas de fondo 1", page.text)
        self.assertIn(f"{ADDRESS}?cambio=funciones-de-fondo#cambios", page.links)
        for link in page.links:
            if "?cambio=" in link:
                self.assertEqual(self.client.get(link).status_code, 200)

    def test_units_without_changes_are_not_listed(self):
        self.assertEqual(self.codes(""), ["8.1", "8.2", "8.2.1"])

    def test_kinds_of_change_choose_what_is_listed(self):
        for kind, codes in {
            "funciones-de-fondo": ["8.1"],
            "funciones-nuevas": ["8.1"],
            "funciones-suprimidas": ["8.2.1"],
            "unidades-otro-nombre": ["8.2"],
            "unidades-nuevas": [],
            "capitulos": [],
        }.items():
            with self.subTest(kind=kind):
                self.assertEqual(self.codes(f"?cambio={kind}"), codes)
        self.assertContains(
            self.client.get(f"{ADDRESS}?cambio=unidades-nuevas"),
            "Nada cambia en lo que usted eligió.",
        )

    def test_a_branch_chooses_the_unit_and_what_hangs_from_it(self):
        self.assertEqual(self.codes("?rama=8.2"), ["8.2", "8.2.1"])
        self.assertEqual(self.codes("?rama=8.2.1."), ["8.2.1"])

    def test_an_unknown_branch_is_said_and_leads_out(self):
        page = self.page("?rama=9.9%3Cb%3E")
        self.assertIn("Ninguna de las dos ediciones tiene la unidad 9.9<b>.", page.text)
        self.assertIn(ADDRESS, page.links)

    def test_changes_in_form_are_shown_until_hidden(self):
        self.assertContains(self.client.get(ADDRESS), "onstancias")
        self.assertIn(f"{ADDRESS}?ocultar=forma#cambios", self.page().links)
        hidden = self.client.get(f"{ADDRESS}?ocultar=forma")
        self.assertNotContains(hidden, "onstancias")
        self.assertContains(hidden, "padrón")

    def test_links_keep_the_other_filters(self):
        links = self.page("?rama=8.1&vista=columnas&ocultar=forma").links
        self.assertIn(f"{ADDRESS}?rama=8.1&ocultar=forma#cambios", links)
        self.assertIn(f"{ADDRESS}?rama=8.1&vista=columnas#cambios", links)

    def test_both_views_mark_what_changed_in_words_and_in_elements(self):
        for query in ["", "?vista=columnas"]:
            with self.subTest(query=query):
                response = self.client.get(ADDRESS + query)
                tags = [tag for tag, _attributes in Reader(response).tags]
                self.assertIn("del", tags)
                self.assertIn("ins", tags)
                self.assertContains(response, "[se suprime: ")
                self.assertContains(response, "[se agrega: ")
        self.assertContains(response, 'class="beside"')

    def test_every_link_to_an_item_finds_it(self):
        links = {link for link in self.page().links if "/#f" in link}
        self.assertIn("/manuales/dir/2021/8.2.1/#f1", links)
        self.assertIn("/manuales/dir/2024/8.1/#f3", links)
        for link in links:
            address, _hash, anchor = link.partition("#")
            with self.subTest(link=link):
                self.assertIn(anchor, Reader(self.client.get(address)).ids)

    def test_the_reason_of_a_change_is_shown(self):
        for address in [ADDRESS, f"{ADDRESS}cuadro/"]:
            with self.subTest(address=address):
                response = self.client.get(address)
                self.assertContains(response, "Nuevo reglamento &lt;interior&gt;.")

    def test_the_table_says_what_it_said_and_what_it_should_say(self):
        response = self.client.get(f"{ADDRESS}cuadro/")
        page = Reader(response)
        self.assertIn("Dice (2021) Debe decir (2024) Motivo", page.text)
        self.assertIn("8.2 Coordinación de Padrones", page.text)
        self.assertIn("(Sin correlativo)", page.text)
        self.assertIn("(Se suprime)", page.text)
        self.assertIn(f"{ADDRESS}cuadro.docx", page.links)
        self.assertContains(response, "onstancias")
        hidden = self.client.get(f"{ADDRESS}cuadro/?ocultar=forma")
        self.assertNotContains(hidden, "onstancias")

    def test_the_table_comes_as_a_word_document(self):
        response = self.client.get(f"{ADDRESS}cuadro.docx")
        self.assertEqual(
            response.headers["Content-Disposition"],
            'attachment; filename="cuadro-dir-2021-2024.docx"',
        )
        with zipfile.ZipFile(io.BytesIO(response.content)) as file:
            self.assertIn("padrón", file.read("word/document.xml").decode())

    def test_editions_can_be_compared_backwards(self):
        self.assertIn("/manuales/dir/comparar/2024/2021/", self.page().links)
        page = self.page(address="/manuales/dir/comparar/2024/2021/")
        self.assertIn("Cambios de la edición 2024 a la edición 2021", page.text)

    def test_an_edition_and_itself_say_the_same(self):
        page = self.page(address="/manuales/dir/comparar/2024/2024/")
        self.assertIn("Las dos ediciones dicen lo mismo.", page.text)

    def test_unknown_editions_are_not_found(self):
        for labels in ["2021/2025", "2020/2024", "2021/A"]:
            with self.subTest(labels=labels):
                address = f"/manuales/dir/comparar/{labels}/"
                self.assertEqual(self.client.get(address).status_code, 404)

    def test_long_comparisons_come_in_parts(self):
        cache.clear()
        self.addCleanup(cache.clear)
        with mock.patch.object(paging, "PAGE_CHARACTERS", 500):
            first = self.page()
            self.assertIn(f"{ADDRESS}?pagina=2#cambios", first.links)
            self.assertIn("Parte 1 de", first.text)
            texts = [first.text]
            for number in range(2, 9):
                texts.append(self.page(f"?pagina={number}").text)
        self.assertNotIn("Guardar los expedientes", first.text)
        self.assertIn("Guardar los expedientes", " ".join(texts))

    def test_a_part_that_does_not_exist_is_the_nearest(self):
        for page in ["0", "99", "x", "9" * 5000, "²"]:
            with self.subTest(page=page[:9]):
                response = self.client.get(ADDRESS, {"pagina": page})
                self.assertContains(response, "padrón")

    def test_the_home_of_an_edition_leads_to_its_comparison(self):
        newer = Reader(self.client.get("/manuales/dir/2024/"))
        self.assertIn(ADDRESS, newer.links)
        older = Reader(self.client.get("/manuales/dir/2021/"))
        self.assertFalse([link for link in older.links if "/comparar/2" in link])

    def test_anybody_may_keep_the_pages_and_asks_again(self):
        for path in ["", "cuadro/", "cuadro.docx", "?vista=columnas"]:
            with self.subTest(path=path):
                response = self.client.get(ADDRESS + path)
                self.assertEqual(
                    response.headers["Cache-Control"], "public, max-age=60"
                )
                self.assertNotIn("Vary", response.headers)
                etag = response.headers["ETag"]
                again = self.client.get(ADDRESS + path, headers={"if-none-match": etag})
                self.assertEqual(again.status_code, 304)

    def test_a_comparison_of_published_editions_is_made_once(self):
        cache.clear()
        with mock.patch.object(
            comparisons, "compare_editions", wraps=comparisons.compare_editions
        ) as made:
            for path in ["", "?cambio=capitulos", "cuadro/", "cuadro.docx"]:
                self.client.get(ADDRESS + path)
        self.assertEqual(made.call_count, 1)

    @override_settings(PUBLIC_READING=False)
    def test_a_closed_installation_asks_to_sign_in(self):
        for address in [ADDRESS, "/manuales/dir/comparar/"]:
            with self.subTest(address=address):
                response = self.client.get(address)
                self.assertEqual(response.status_code, 302)
                self.assertIn("/admin/login/", response.headers["Location"])

    def test_nothing_can_be_posted(self):
        choice = "/manuales/dir/comparar/"
        for path in ["", "cuadro/", "cuadro.docx"]:
            with self.subTest(path=path):
                self.assertEqual(self.client.post(ADDRESS + path).status_code, 405)
        self.assertEqual(self.client.post(choice).status_code, 405)

    def test_what_is_asked_without_a_body_has_the_same_headers(self):
        got, headed = self.client.get(ADDRESS), self.client.head(ADDRESS)
        self.assertEqual(headed.content, b"")
        self.assertEqual(headed.headers["ETag"], got.headers["ETag"])


class DraftComparisonTests(TestCase):
    """Of a draft nothing is kept, and nobody without a role learns that it exists."""

    @classmethod
    def setUpTestData(cls):
        cls.old, cls.new = compared_editions()
        cls.reader = make_user("lector")

    addresses = (
        ADDRESS,
        f"{ADDRESS}cuadro/",
        f"{ADDRESS}cuadro.docx",
        "/manuales/dir/comparar/2024/2021/",
    )

    def test_it_does_not_exist_for_who_has_no_role(self):
        for user in [None, make_user()]:
            if user:
                self.client.force_login(user)
            for address in self.addresses:
                with self.subTest(address=address, user=user):
                    self.assertEqual(self.client.get(address).status_code, 404)

    def test_who_may_read_drafts_sees_it_and_nobody_keeps_it(self):
        self.client.force_login(self.reader)
        for address in self.addresses:
            with self.subTest(address=address):
                response = self.client.get(address)
                self.assertEqual(response.status_code, 200)
                self.assertIn("private", response.headers["Cache-Control"])
                self.assertIn("no-store", response.headers["Cache-Control"])

    def test_a_later_change_shows_at_once(self):
        self.client.force_login(self.reader)
        self.assertNotContains(self.client.get(ADDRESS), "ventanilla")
        make_function(self.new.units.get(code="8.3"), "Abrir la ventanilla.")
        self.assertContains(self.client.get(ADDRESS), "ventanilla")

    def test_the_home_of_the_draft_leads_to_the_comparison_with_its_base(self):
        later = duplicate_edition(
            edition=self.old, label="2023", user=OPERATOR, reason=REASON
        )
        authorise(later, LATER)
        self.client.force_login(self.reader)
        self.assertIn(ADDRESS, Reader(self.client.get("/manuales/dir/2024/")).links)

    def test_other_drafts_are_offered_where_a_draft_is_shown(self):
        authorise(self.new, LATER)
        duplicate_edition(
            edition=self.old, label="ensayo", user=OPERATOR, reason=REASON
        )
        duplicate_edition(edition=self.old, label="otra", user=OPERATOR, reason=REASON)
        self.client.force_login(self.reader)
        self.assertNotContains(self.client.get(ADDRESS), "ensayo")
        response = self.client.get("/manuales/dir/comparar/2024/otra/")
        self.assertContains(response, '<option value="ensayo">')


class ChoiceTests(TestCase):
    address = "/manuales/dir/comparar/"

    def test_it_offers_the_published_editions_the_last_two_chosen(self):
        compared_editions()
        make_unit(make_edition("2022", manual=self.manual()), name="Dirección A")
        authorise(self.manual().editions.get(label="2022"), LATER)
        response = self.client.get(self.address)
        self.assertContains(response, '<option value="2021" selected>', 1)
        self.assertContains(response, '<option value="2022" selected>', 1)
        self.assertNotContains(response, "2024")
        self.assertEqual(response.headers["Cache-Control"], "public, max-age=60")

    def manual(self):
        return Manual.objects.get(slug="dir")

    def test_the_choice_leads_to_the_comparison(self):
        response = self.client.get(self.address, {"antes": "2021", "despues": "2024"})
        self.assertRedirects(response, ADDRESS, fetch_redirect_response=False)

    def test_two_different_editions_are_asked_for(self):
        _old, new = compared_editions()
        authorise(new, LATER)
        response = self.client.get(self.address, {"antes": "2021", "despues": "2021"})
        self.assertContains(response, "Elija dos ediciones distintas.")

    def test_what_is_no_label_is_not_found(self):
        response = self.client.get(self.address, {"antes": "//x", "despues": "2024"})
        self.assertEqual(response.status_code, 404)

    def test_a_manual_with_one_published_edition_has_nothing_to_compare(self):
        compared_editions()
        response = self.client.get(self.address)
        self.assertContains(response, "una sola edición publicada")

    def test_a_manual_without_published_editions_is_not_found(self):
        make_edition("2021")
        self.assertEqual(self.client.get(self.address).status_code, 404)


class ComparisonQueryCountTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        for slug, units in [("small", 3), ("large", 120)]:
            old = filled_edition("2021", units=units, manual__slug=slug)
            old = authorise(old, PAST)
            new = duplicate_edition(
                edition=old, label="2024", user=OPERATOR, reason=REASON
            )
            for unit in new.units.all()[:40]:
                make_function(unit, "Una función nueva.")
            authorise(new, LATER)

    def queries(self, address):
        with CaptureQueriesContext(connection) as captured:
            self.assertEqual(self.client.get(address).status_code, 200)
        return len(captured)

    def test_they_do_not_grow_with_the_editions(self):
        for path in ["", "?cambio=funciones-nuevas", "cuadro/"]:
            with self.subTest(path=path):
                counts = []
                for slug in ["small", "large"]:
                    cache.clear()
                    address = f"/manuales/{slug}/comparar/2021/2024/{path}"
                    counts.append((self.queries(address), self.queries(address)))
                self.assertEqual(*counts)
                self.assertLessEqual(counts[0][0], 16)
                self.assertEqual(counts[0][1], 1)
