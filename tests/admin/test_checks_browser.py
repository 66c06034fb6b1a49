"""«Revisión del texto» in a browser: with many findings, on a telephone, no scripts."""

from django.urls import reverse

from functions.models import Function
from manuals.permissions import OPERATOR
from review.models import Waiver
from tests.admin.browser import AdminBrowserTestCase
from tests.factories import make_function
from tests.web.browser import AXE, RULES, WIDTHS

WHO = {"user": OPERATOR, "reason": "Antes"}


class ChecksInBrowserTests(AdminBrowserTestCase):
    def setUp(self):
        super().setUp()
        for number in range(60):
            make_function(self.units["8.2"], f"Revisar la cuenta número {number}")

    def test_waiving_and_mending_take_neither_scripts_nor_a_mouse(self):
        page = self.browse(javascript=False)
        self.open(page, "manuals_edition_checks", self.edition.pk)
        page.locator("input[name=f]").first.press("Space")
        page.locator("input[value^=Dispensar]").press("Enter")
        page.locator("#id_reason").fill("Se queda.")
        page.locator("#content-main input[type=submit]").press("Enter")
        page.wait_for_selector("text=Se dispensó 1 hallazgo.")
        self.assertEqual(Waiver.objects.get().reason, "Se queda.")
        page.locator("a", has_text="Corregir varios de").first.press("Enter")
        page.locator("#id_reason").fill("Espacios.")
        page.locator("#content-main input[type=submit]").press("Enter")
        page.wait_for_selector("text=Se corrigieron")
        self.assertTrue(Function.objects.filter(text__endswith="0.").exists())

    def test_pages_fit_every_width_and_axe_finds_nothing(self):
        Waiver.objects.create(
            manual=self.edition.manual,
            fingerprint="0" * 64,
            rule="unit_empty",
            place="8.2",
            said="La unidad no tiene funciones.",
            reason="Se llenará.",
        )
        page = self.browse()
        for name, query in (
            ("manuals_edition_checks", "?tendencia=1"),
            ("manuals_edition_checks", "?vista=unidad"),
            ("manuals_edition_waivers", ""),
            ("manuals_edition_waive", "?regla=ending_missing"),
            ("manuals_edition_fix", "?regla=ending_missing"),
        ):
            path = reverse(f"admin:{name}", args=[self.edition.pk])
            page.goto(f"{self.live_server_url}{path}{query}")
            self.assertEqual(self.problems, [])  # axe itself is not allowed a style
            for width in WIDTHS:
                with self.subTest(page=name, query=query, width=width):
                    page.set_viewport_size({"width": width, "height": 800})
                    taken = page.evaluate("document.documentElement.scrollWidth")
                    self.assertLessEqual(taken, width)
            for scheme in ("light", "dark"):
                with self.subTest(page=name, query=query, scheme=scheme):
                    page.emulate_media(color_scheme=scheme)
                    page.wait_for_timeout(300)  # Django's colours fade
                    if not page.evaluate("'axe' in window"):
                        page.evaluate(AXE.read_text())
                    found = page.evaluate(
                        "rules => axe.run('#content-main', {runOnly: rules})", RULES
                    )
                    problems = [
                        (one["id"], one["nodes"]) for one in found["violations"]
                    ]
                    self.assertEqual(problems, [])
            self.problems.clear()
