"""Pages in a browser: without scripts, by keyboard, and how wide their lines are."""

from functions.services import change_function
from manuals import cache
from manuals.models import Chapter, Chart
from manuals.permissions import OPERATOR
from manuals.services import change_chapter, create_chapter
from tests.factories import (
    REASON,
    ManualFactory,
    authorise,
    make_edition,
    make_function,
    make_unit,
)
from tests.web.browser import BrowserTestCase
from tests.web.support import LATER, PAST
from units.services import change_unit

LONG = "Subjefatura de División de Planeación, Seguimiento y Evaluación de Procesos"
WORD = "Otorrinolaringológicamentedescentralizada"
# How many characters the longest line of a function has.
LONGEST_LINE = """() => {
  const item = document.querySelector(".items > li > p");
  item.textContent = "Establecer la forma en que se planea y se registra. ".repeat(9);
  const text = item.firstChild;
  const range = document.createRange();
  const lines = new Map();
  for (let i = 0; i < text.length; i++) {
    range.setStart(text, i);
    range.setEnd(text, i + 1);
    const top = Math.round(range.getBoundingClientRect().top);
    lines.set(top, (lines.get(top) || 0) + 1);
  }
  return Math.max(...lines.values());
}"""


def fill(edition):
    """Five levels of long names; functions with items on three levels; chapters."""
    unit = make_unit(edition, name=LONG)
    for _level in range(4):
        unit = make_unit(unit, name=f"{LONG} {WORD}")
        make_unit(unit.parent, name=LONG)
    for number in range(12):
        function = make_function(unit, f"{LONG} {WORD}: {number}")
    item = make_function(unit, LONG, parent=function)
    make_function(unit, LONG, parent=item)
    for number, kind, body in [
        (1, Chapter.Kind.TEXT, f"{LONG}.\n\n- {LONG}\n  - {WORD}\n\n## {LONG}"),
        (7, Chapter.Kind.CHARTS, ""),
        (8, Chapter.Kind.FUNCTIONS, ""),
    ]:
        chapter = create_chapter(
            edition=edition,
            user=OPERATOR,
            reason=REASON,
            number=number,
            title=LONG,
            kind=kind,
            body=body,
        )
    chart = edition.chapters.get(kind=Chapter.Kind.CHARTS)
    Chart.objects.create(
        chapter=chart, position=1, number="7.1", title=LONG, unit_key=unit.key
    )
    return chapter.edition


def differ(edition):
    """What a comparison marks: names, texts, items, chapters and a new unit."""
    said = {"user": OPERATOR, "reason": REASON}
    unit = edition.units.get(code="8.2.1.1.1")
    for function in unit.functions.order_by("position")[:4]:
        change_function(function=function, text=f"{function.text} {WORD}", **said)
    item = unit.functions.get(position=12, parent=None).items.get()
    change_function(function=item, text=LONG.upper(), **said)
    change_unit(unit=unit, name=f"{unit.name} y Registro", **said)
    make_function(make_unit(unit, name=LONG), f"{LONG} {WORD}")
    change_chapter(
        chapter=edition.chapters.get(number=1), body=f"{LONG}.\n\n- {WORD}", **said
    )


class PagesInABrowserTests(BrowserTestCase):
    def setUp(self):
        cache.clear()
        manual = ManualFactory(title=LONG, notice="Textos ficticios")
        for label, day in [("2021", PAST), ("2024", LATER)]:
            edition = make_edition(
                label, manual=manual, authorisation_text=f"{LONG}\n\n- {LONG}"
            )
            fill(edition)
            if label == "2024":
                differ(edition)
            authorise(edition, day)

    def test_the_tree_unfolds_without_a_script(self):
        page = self.tab(java_script_enabled=False)
        self.open(page, "/manuales/dir/2024/")
        link = page.locator("a[href$='/8.2.1.1/']")
        self.assertFalse(link.is_visible())
        page.locator("a[href$='/8.2.1/']").locator("xpath=../..").locator(
            "summary"
        ).first.click()
        self.assertTrue(link.is_visible())

    def test_changes_are_chosen_without_a_script(self):
        page = self.tab(java_script_enabled=False)
        self.open(page, "/manuales/dir/comparar/")
        page.get_by_role("button", name="Comparar").click()
        address = f"{self.live_server_url}/manuales/dir/comparar/2021/2024/"
        self.assertEqual(page.url, address)
        self.assertGreater(page.locator("del").count(), 1)
        page.get_by_label("Clase de cambio").select_option("unidades-otro-nombre")
        page.get_by_role("button", name="Mostrar").click()
        self.assertIn("cambio=unidades-otro-nombre", page.url)
        self.assertEqual(page.locator(".change-group").count(), 1)
        self.assertTrue(page.locator("ins").first.is_visible())

    def test_the_first_key_leads_to_the_content(self):
        page = self.tab()
        self.open(page, "/manuales/dir/2024/8.1/")
        page.keyboard.press("Tab")
        self.assertEqual(page.locator(":focus").inner_text(), "Ir al contenido")
        self.assertTrue(page.locator(":focus").is_visible())
        page.keyboard.press("Enter")
        self.assertTrue(page.url.endswith("#contenido"))

    def test_lines_keep_a_measure_for_reading(self):
        page = self.tab(viewport={"width": 1440, "height": 900})
        self.open(page, "/manuales/dir/2024/8.2.1.1.1/")
        longest = page.evaluate(LONGEST_LINE)
        self.assertGreaterEqual(longest, 55)
        self.assertLessEqual(longest, 80)
