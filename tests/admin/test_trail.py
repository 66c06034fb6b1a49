"""Breadcrumbs say which edition a page is about, by one way for all pages."""

import re
from html import unescape

from django.urls import reverse

from functions.models import Function
from tests.admin.support import AdminTestCase

TRAIL = re.compile(r'<div class="breadcrumbs">(.*?)</div>', re.DOTALL)
LINK = re.compile(r'<a href="([^"]*)">')
TAG = re.compile("<[^>]*>")


class TrailTests(AdminTestCase):
    def trail(self, address, user=None, **query):
        """(the words, the addresses) of the breadcrumbs of a page."""
        self.client.force_login(user or self.editor)
        response = self.client.get(address, query)
        self.assertEqual(response.status_code, 200, address)
        (trail,) = TRAIL.findall(response.content.decode())
        words = " ".join(unescape(TAG.sub("", trail)).split())
        return words, [unescape(one) for one in LINK.findall(trail)]

    def setUp(self):
        self.edition = f"DIR · {self.draft.label} (borrador)"
        self.home = f"Inicio › Ediciones › {self.edition}"

    def test_every_page_of_a_draft_names_it_and_leads_back_to_it(self):
        unit, edition = self.units["8.2"].pk, self.draft.pk
        own = f"{self.home} › 8.2 Coordinación 8.2"
        replaced = {"edition": edition}
        pages = [
            (self.url("unit", "change", unit), {}, own),
            (self.url("unit", "mover", unit), {}, f"{own} › Mover"),
            (self.url("unit", "delete", unit), {}, f"{own} › Eliminar la unidad"),
            (self.url("unit", "history", unit), {}, f"{own} › Historial"),
            (self.url("unit", "structure", edition), {}, f"{self.home} › Estructura"),
            (
                self.url("unit", "changelist"),
                {"edicion": edition},
                f"{self.home} › Unidades administrativas",
            ),
            (
                self.url("unit", "add"),
                replaced,
                f"{self.home} › Agregar unidad administrativa",
            ),
            (
                self.url("function", "replace"),
                replaced,
                f"{self.home} › Buscar y reemplazar",
            ),
            (
                self.url("edition", "saves", edition),
                {},
                f"{self.home} › Cambios guardados",
            ),
            (
                self.url("edition", "enviar", edition),
                {},
                f"{self.home} › Enviar a revisión",
            ),
        ]
        for address, query, expected in pages:
            with self.subTest(address):
                words, links = self.trail(address, **query)
                self.assertEqual(words, expected)
                self.assertEqual(links[2], self.url("edition", "change", edition))

    def test_the_page_of_the_edition_stands_below_the_list_of_editions(self):
        words, links = self.trail(self.url("edition", "change", self.draft.pk))
        self.assertEqual(words, self.home)
        self.assertEqual(
            links, [reverse("admin:index"), self.url("edition", "changelist")]
        )

    def test_a_function_stands_below_its_unit(self):
        function = Function.objects.filter(unit=self.units["8.2"]).first()
        words, links = self.trail(self.url("function", "change", function.pk))
        self.assertEqual(words, f"{self.home} › 8.2 Coordinación 8.2 › {function.text}")
        self.assertEqual(links[-1], self.url("unit", "change", self.units["8.2"].pk))

    def test_a_record_leads_back_to_the_history_it_is_of(self):
        unit = self.units["8.2"]
        record = unit.history.first()
        address = self.url("unit", "simple_history", unit.pk, record.history_id)
        words, links = self.trail(address)
        self.assertIn("8.2 Coordinación 8.2 › Historial › ", words)
        self.assertEqual(links[-1], self.url("unit", "history", unit.pk))

    def test_pages_about_no_edition_keep_the_way_by_their_model(self):
        words, _links = self.trail(self.url("synonym", "changelist"))
        self.assertEqual(words, "Inicio › Funciones › Sinónimos")
