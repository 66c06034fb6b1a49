"""A common function changed in several units with the keyboard alone, and undone."""

from functions.models import Function
from tests.admin.browser import AdminBrowserTestCase
from tests.factories import make_function
from tests.web.browser import AXE, RULES, WIDTHS

PLAN = "Integrar el programa anual de trabajo de la unidad y dar seguimiento a este."
NEAR = PLAN.replace("la unidad", "su unidad")
ODD = PLAN.replace("anual", "actual")
NEW = PLAN.replace("anual", "mensual")


class CommonInBrowserTests(AdminBrowserTestCase):
    def setUp(self):
        super().setUp()
        self.functions = [
            make_function(self.units[code], text)
            for code, text in (
                ("8.2", PLAN),
                ("8.1", PLAN),
                ("8.2.1", NEAR),
                ("8.1", ODD),
            )
        ]

    def now(self):
        return [Function.objects.get(pk=one.pk).text for one in self.functions]

    def look(self, page):
        """The page fits every window, and axe finds nothing in either scheme."""
        self.assertEqual(self.problems, [])  # axe itself is not allowed a style
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            taken = page.evaluate("document.documentElement.scrollWidth")
            self.assertLessEqual(taken, width)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.wait_for_timeout(300)  # Django's colours fade
            if not page.evaluate("'axe' in window"):
                page.evaluate(AXE.read_text())
            found = page.evaluate(
                "rules => axe.run('#content-main', {runOnly: rules})", RULES
            )
            problems = [(one["id"], one["nodes"]) for one in found["violations"]]
            self.assertEqual(problems, [])
        self.problems.clear()

    def press(self, page, target, key="Enter"):
        """A key on what has the focus then, as Tab would have put it."""
        target.focus()
        with page.expect_navigation():
            page.keyboard.press(key)

    def test_from_a_saved_unit_to_the_others_and_back(self):
        page = self.browse()
        self.open(page, "units_unit_change", self.units["8.2"].pk)
        box = page.locator("#function-list textarea").nth(4)
        box.focus()
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(NEW)
        page.locator("#id_reason").fill("Reforma")
        box.focus()
        with page.expect_navigation():
            page.keyboard.press("Control+S")
        offer = page.locator(".desk-offer a, .messagelist a.offer").last
        self.press(page, offer)
        self.look(page)
        self.assertEqual(page.locator("#id_text").input_value(), NEW)
        self.assertEqual(page.locator("[name^=m-]:checked").count(), 3)
        odd = page.locator(f"[name=m-{self.functions[3].pk}]").first
        odd.focus()
        page.keyboard.press("ArrowDown")
        page.locator("#id_reason").focus()
        page.keyboard.press("Tab")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.wait_for_selector("text=Se cambiaron 3 funciones de 2 unidades.")
        carried = NEAR.replace("anual", "mensual")
        self.assertEqual(self.now(), [NEW, NEW, carried, NEW])
        self.press(page, page.locator("a.undo"))
        self.press(page, page.locator("#content-main input[type=submit]"))
        self.assertEqual(self.now(), [NEW, PLAN, NEAR, ODD])
