"""The main journeys of a reader: by keyboard alone, and again without JavaScript."""

from exchange.services import duplicate_edition
from functions.services import change_function
from manuals import cache
from manuals.permissions import OPERATOR
from tests.factories import (
    REASON,
    authorise,
    make_edition,
    make_function,
    make_unit,
)
from tests.web.browser import BrowserTestCase
from tests.web.support import LATER, PAST

DESK = {"width": 1440, "height": 900}
SAID = {"user": OPERATOR, "reason": REASON}
DIR = "/manuales/dir/"
COBRANZA = "Coordinación de Cobranza"
ADEUDOS = "División de Adeudos"
TEXT = "Planear y dirigir lo que corresponda a la materia de los adeudos. " * 4
MOST_STOPS = 80
FOCUSED = """() => {
  const one = document.activeElement;
  const label = one.labels?.[0]?.textContent ?? "";
  const words = one.getAttribute("aria-label") ?? one.textContent;
  return `${label} ${words}`.replace(/\\s+/g, " ").trim();
}"""


def write():
    # 8.1 Dirección > 8.2 Unidad > 8.2.1 Coordinación de Cobranza > 8.2.1.1 Adeudos
    #               > 8.3 Unidad > 8.3.1 Jefatura, which names 8.2.1 in 2. a)
    # In 2024 a Coordinación de Asistencia comes first, and Cobranza is 8.2.2.
    first = make_edition()
    root = make_unit(first, name="Dirección General")
    unit = make_unit(root, name="Unidad de Fiscalización y Cobranza")
    cobranza = make_unit(unit, name=COBRANZA)
    adeudos = make_unit(cobranza, name=ADEUDOS)
    for number in range(1, 41):
        function = make_function(adeudos, f"{number} {TEXT}")
        if number == 12:
            for text in ("Patrones;", "Obras."):
                make_function(adeudos, text, parent=function)
    other = make_unit(make_unit(root, name="Unidad de Registro"), name="Jefatura Dos")
    make_function(other, "Registrar.")
    naming = make_function(other, "Acordar con:")
    make_function(other, f"La {COBRANZA};", parent=naming)
    second = duplicate_edition(edition=authorise(first, PAST), label="2024", **SAID)
    make_unit(
        second.units.get(code="8.2"), name="Coordinación de Asistencia", position=1
    )
    function = second.units.get(code="8.2.2.1").functions.get(position=3, parent=None)
    change_function(function=function, text="3 Planear los adeudos.", **SAID)
    authorise(second, LATER)


class JourneyCase(BrowserTestCase):
    def setUp(self):
        cache.clear()
        write()

    def start(self, address="/", **options):
        page = self.tab(viewport=DESK, **options)
        self.open(page, address)
        return page

    def assert_at(self, page, address):
        page.wait_for_url(f"**{DIR}{address}")
        self.assertEqual(page.url, f"{self.live_server_url}{DIR}{address}")

    def heading(self, page):
        return page.locator("h1").inner_text()

    def printed(self, page):
        """The number of sheets."""
        return page.pdf(format="Letter").count(b"/Type /Page\n")


class KeyboardJourneyTests(JourneyCase):
    def go_to(self, page, name, key="Tab"):
        """Press the key until what is focused says the name."""
        said = []
        for _stop in range(MOST_STOPS):
            page.keyboard.press(key)
            said.append(page.evaluate(FOCUSED))
            if name in said[-1]:
                return
        self.fail(f"{name} is not among {said}")

    def follow(self, page, name, key="Tab"):
        self.go_to(page, name, key)
        page.keyboard.press("Enter")

    def copied(self, page):
        return page.evaluate("navigator.clipboard.readText()")

    def test_from_the_list_of_manuals_to_a_citation_and_what_changed(self):
        page = self.start(permissions=["clipboard-read", "clipboard-write"])
        self.follow(page, "Manual de Organización de la Dirección de Pruebas")
        self.assert_at(page, "2024/")

        self.go_to(page, "Filtrar por nombre o código")
        page.keyboard.type("adeudos")
        page.get_by_text("1 unidad coincide.").wait_for()
        page.keyboard.press("Enter")
        self.assert_at(page, "2024/8.2.2.1/")
        self.assertEqual(self.heading(page), ADEUDOS)

        page.locator(".n[aria-expanded]").first.wait_for()
        self.go_to(page, "12.")
        self.follow(page, "b)")
        self.follow(page, "Copiar cita")
        page.get_by_role("status").filter(has_text="Cita copiada").wait_for()
        self.assertIn("edición 2024, 8.2.2.1, función 12, inciso b)", self.copied(page))
        self.follow(page, "Copiar enlace")
        page.get_by_role("status").filter(has_text="Enlace copiado").wait_for()
        address = f"{self.live_server_url}{DIR}2024/8.2.2.1/#f12-b"
        self.assertEqual(self.copied(page), address)

        self.follow(page, COBRANZA, key="Shift+Tab")
        self.assert_at(page, "2024/8.2.2/")
        self.follow(page, "Cambiar de edición")
        self.follow(page, "Edición 2021")
        self.assert_at(page, "2021/8.2.1/")
        self.assertEqual(self.heading(page), COBRANZA)
        self.assertTrue(
            page.get_by_text("Esta edición ya no está vigente").is_visible()
        )

        self.follow(page, "Cambiar de edición")
        self.follow(page, "Comparar ediciones")
        self.assert_at(page, "comparar/")
        self.go_to(page, "A la edición")
        self.go_to(page, "Comparar")
        page.keyboard.press("Enter")
        self.assert_at(page, "comparar/2021/2024/")
        self.assertTrue(page.locator("del").first.is_visible())
        new = page.get_by_role("heading", name="Coordinación de Asistencia")
        self.assertTrue(new.is_visible())
        self.assertEqual(self.said, [])

    def test_from_a_unit_to_who_names_it_and_to_the_very_place(self):
        page = self.start(f"{DIR}2024/8.2.2/")
        self.follow(page, "Mencionada en 1 función")
        self.follow(page, "1 función de 1 unidad")
        self.assert_at(page, "2024/8.2.2/menciones/")
        self.follow(page, "Función 2, inciso a)")
        self.assert_at(page, "2024/8.3.1/#f2-a")
        self.assertTrue(page.locator("#f2-a").is_visible())
        self.assertEqual(self.said, [])

    def test_from_a_unit_through_its_chart_to_one_below(self):
        page = self.start(f"{DIR}2024/8.2/")
        self.follow(page, "Organigrama")
        self.assert_at(page, "2024/8.2/organigrama/")
        self.go_to(page, "Coordinación de Asistencia")
        self.follow(page, ADEUDOS)
        self.assert_at(page, "2024/8.2.2.1/")
        self.assertEqual(self.said, [])

    def test_from_a_unit_to_its_branch_on_paper(self):
        page = self.start(f"{DIR}2024/8.2/")
        self.follow(page, "imprimir toda la rama")
        self.assert_at(page, "2024/8.2/rama/")
        self.go_to(page, "Imprimir o guardar como PDF")
        # Forty functions of five lines or so; four units.
        self.assertTrue(4 <= self.printed(page) <= 12, self.printed(page))
        self.assertEqual(self.said, [])


class JourneysWithoutScriptTests(JourneyCase):
    def start(self, address="/", **options):
        return super().start(address, java_script_enabled=False, **options)

    def follow(self, page, name, within="main"):
        page.locator(within).get_by_role("link", name=name).first.click()

    def test_from_the_list_of_manuals_to_an_item_and_what_changed(self):
        page = self.start()
        self.follow(page, "Manual de Organización de la Dirección de Pruebas")
        self.assert_at(page, "2024/")
        above = page.get_by_role("main").locator("a[href$='/8.2.2/']")
        above.locator("xpath=../..").locator("summary").first.click()
        self.follow(page, ADEUDOS)
        self.assert_at(page, "2024/8.2.2.1/")

        page.locator("#f12-b").get_by_role("link", name="b)").click()
        self.assert_at(page, "2024/8.2.2.1/#f12-b")
        self.assertTrue(page.locator("#f12-b").is_visible())
        page.get_by_text("Cómo citar").click()
        self.assertTrue(page.get_by_text("Una función se cita").is_visible())

        self.follow(page, COBRANZA, within=".chain")
        self.assert_at(page, "2024/8.2.2/")
        page.get_by_text("Edición 2024").first.click()
        self.follow(page, "Edición 2021", within="header")
        self.assert_at(page, "2021/8.2.1/")
        page.get_by_text("Edición 2021").first.click()
        self.follow(page, "Comparar ediciones", within="header")
        page.get_by_role("button", name="Comparar").click()
        self.assert_at(page, "comparar/2021/2024/")
        self.assertTrue(page.locator("del").first.is_visible())

    def test_from_a_unit_to_who_names_it(self):
        page = self.start(f"{DIR}2024/8.2.2/")
        self.follow(page, "1 función de 1 unidad")
        self.follow(page, "Función 2, inciso a)")
        self.assert_at(page, "2024/8.3.1/#f2-a")

    def test_from_a_unit_through_its_chart_to_one_below(self):
        page = self.start(f"{DIR}2024/8.2/")
        self.follow(page, "Organigrama")
        page.locator(f"svg a[href$='{DIR}2024/8.2.2.1/']").click()
        self.assert_at(page, "2024/8.2.2.1/")

    def test_from_a_unit_to_its_branch_on_paper(self):
        page = self.start(f"{DIR}2024/8.2/")
        self.follow(page, "imprimir toda la rama")
        self.assert_at(page, "2024/8.2/rama/")
        self.assertTrue(page.locator("noscript").is_visible())
        self.assertTrue(4 <= self.printed(page) <= 12, self.printed(page))
