"""Find and replace in a browser: by keyboard alone, without JavaScript, on phones."""

from urllib.parse import urlencode

from django.urls import reverse

from functions.models import Function
from tests.factories import make_edition, make_function, make_tree, make_user
from tests.web.browser import AXE, RULES, BrowserTestCase


class ReplacingInBrowserTests(BrowserTestCase):
    def setUp(self):
        self.edition = make_edition("2024")
        units = make_tree("8.1 8.2 8.3", edition=self.edition)
        make_function(units["8.2"], "Apoyar a las Oficinas y Oficinas.")
        make_function(units["8.2"], "Visitar la Unidad de Evaluación de Oficinas.")
        make_function(units["8.3"], "Ver Oficinas.")
        self.client.force_login(make_user("superuser"))
        self.path = reverse("admin:functions_function_replace")

    def page(self, **options):
        page = self.tab(**options)
        session = self.client.cookies["sessionid"]
        page.context.add_cookies(
            [{"name": session.key, "value": session.value, "url": self.live_server_url}]
        )
        return page

    def address(self, **query):
        return f"{self.path}?{urlencode({'edition': self.edition.pk, **query})}"

    def texts(self):
        return list(Function.objects.order_by("pk").values_list("text", flat=True))

    def totals(self, page):
        return [
            int(page.locator(f"[data-total={name}]").inner_text())
            for name in ("hits", "functions", "units")
        ]

    def tab_to(self, page, selector):
        """Press the tab key until the focus is there, as a person would."""
        for _press in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                return
        self.fail(f"the focus never comes to {selector}")

    def focused(self, page):
        """(id, words) of what has the focus."""
        return page.evaluate(
            "[document.activeElement.id, document.activeElement.innerText]"
        )

    def test_finds_chooses_and_replaces_by_keyboard_alone(self):
        page = self.page()
        self.open(page, self.address())
        self.assertEqual(self.focused(page)[0], "id_find")
        page.keyboard.type("Oficinas")
        page.keyboard.press("Tab")
        page.keyboard.type("Sedes")
        page.keyboard.press("Enter")
        page.wait_for_url("**#found")
        name, words = self.focused(page)
        self.assertEqual(name, "found")
        self.assertIn("4 coincidencias en 3 funciones e incisos de 2 unidades", words)
        self.assertEqual(self.totals(page), [3, 2, 2])
        self.tab_to(page, "[data-unit] button[data-set='']")
        page.keyboard.press("Enter")
        self.assertEqual(self.totals(page), [1, 1, 1])
        self.tab_to(page, "input[name=hit]")
        page.keyboard.press("Space")
        self.assertEqual(self.totals(page), [2, 2, 2])
        self.tab_to(page, "#id_reason")
        page.keyboard.type("Por decreto")
        self.tab_to(page, "[data-hits] .default")
        page.keyboard.press("Enter")
        page.wait_for_selector(".messagelist .success")
        self.assertEqual(
            self.texts(),
            [
                "Apoyar a las Sedes y Oficinas.",
                "Visitar la Unidad de Evaluación de Oficinas.",
                "Ver Sedes.",
            ],
        )
        self.assertIn(
            "2 coincidencias en 2 funciones e incisos de 2 unidades",
            self.focused(page)[1],
        )
        self.assertEqual(self.said, [])

    def test_all_and_none(self):
        page = self.page()
        self.open(page, self.address(find="Oficinas", replace="Sedes"))
        page.get_by_role("button", name="Elegir todas", exact=True).click()
        self.assertEqual(self.totals(page), [4, 3, 2])
        page.get_by_role("button", name="Ninguna", exact=True).first.click()
        self.assertEqual(self.totals(page), [0, 0, 0])
        page.get_by_role("button", name="Elegir todas: 8.2").click()
        self.assertEqual(self.totals(page), [3, 2, 1])

    def test_a_refusal_is_where_the_person_looks(self):
        page = self.page()
        self.open(page, self.address(find="Oficinas", replace="Sedes"))
        page.get_by_role("button", name="Ninguna", exact=True).first.click()
        page.locator("#id_reason").fill("Por decreto")
        page.locator("[data-hits] .default").click()
        refusal = page.get_by_text("No eligió ninguna coincidencia.")
        refusal.wait_for()
        box = refusal.bounding_box()
        self.assertLess(0, box["y"])
        self.assertLess(box["y"], page.viewport_size["height"])
        self.assertEqual(self.focused(page)[0], "refused")

    def test_works_without_javascript(self):
        page = self.page(java_script_enabled=False)
        self.open(page, self.address(find="Oficinas", replace="Sedes"))
        self.assertEqual(page.get_by_role("button", name="Elegir todas").count(), 0)
        page.locator("input[name=hit]").nth(1).uncheck()
        page.locator("#id_reason").fill("Por decreto")
        page.locator("[data-hits] .default").click()
        page.wait_for_selector(".messagelist .success")
        self.assertEqual(self.texts()[0], "Apoyar a las Sedes y Oficinas.")

    def test_fits_every_width_and_is_accessible(self):
        search = self.address(find="Oficinas", replace="Sedes")
        addresses = [self.address(), search, self.address(find="(", expression="on")]
        self.assert_fits(self.page(), dict.fromkeys(addresses, 200))
        page = self.page(bypass_csp=True)
        for address in addresses:
            for scheme in ("light", "dark"):
                with self.subTest(address=address, scheme=scheme):
                    # Before the page is there: colours change slowly on it.
                    page.emulate_media(color_scheme=scheme)
                    self.open(page, address)
                    page.evaluate(AXE.read_text())
                    result = page.evaluate(
                        "rules => axe.run('#content', {runOnly: rules})", RULES
                    )
                    self.assertGreater(len(result["passes"]), 5)
                    self.assertEqual(
                        [
                            (one["id"], one["nodes"][0]["html"])
                            for one in result["violations"]
                        ],
                        [],
                    )

    def test_boxes_are_large_enough_to_touch(self):
        page = self.page(viewport={"width": 360, "height": 800})
        self.open(page, self.address(find="Oficinas", replace="Sedes"))
        for selector in ("input[name=hit]", ".choose-tools button", ".check input"):
            for target in page.locator(selector).all():
                if target.is_visible():
                    box = target.bounding_box()
                    self.assertGreaterEqual(min(box["width"], box["height"]), 24)
