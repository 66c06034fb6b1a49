"""Charts in a browser: with mouse, fingers, keys, without JavaScript, on paper."""

import datetime
import re

from manuals import cache
from manuals.models import Chapter, Chart
from manuals.permissions import OPERATOR
from manuals.services import create_chapter
from tests.factories import REASON, authorise, make_edition, make_kind, make_unit
from tests.web.browser import BrowserTestCase
from tests.web.support import PAST

ADDRESS = "/manuales/dir/2021/organigrama/"
LONG = "Planeación, Seguimiento y Evaluación de Procesos de Incorporación"
WIDTH_DRAWN = "document.querySelector('svg.chart').getBoundingClientRect().width"
PLACE = "(() => { const v = document.querySelector('.chart-view');" + (
    " return [v.scrollLeft, v.scrollTop]; })()"
)
FOCUSED = "document.activeElement.getAttribute('data-code')"


def fill():
    """A Dirección that leads six Coordinaciones, each with three Divisiones."""
    edition = make_edition()
    for name in ("Dirección", "Coordinación", "División"):
        make_kind(name)
    root = make_unit(edition, name=f"Dirección de {LONG}")
    for number in range(6):
        unit = make_unit(root, name=f"Coordinación {number} de {LONG}")
        for place in range(3):
            make_unit(unit, name=f"División {place} de {LONG}")
    chapter = create_chapter(
        edition=edition,
        user=OPERATOR,
        reason=REASON,
        number=7,
        title="Organogramas",
        kind=Chapter.Kind.CHARTS,
    )
    Chart.objects.create(
        chapter=chapter,
        position=1,
        number="7.1",
        title="Dirección",
        unit_key=root.key,
        effective_from=datetime.date(2017, 12, 16),
    )
    authorise(edition, PAST)


class ChartBrowserTests(BrowserTestCase):
    def setUp(self):
        cache.clear()
        fill()

    def chart(self, query="", **options):
        options.setdefault("viewport", {"width": 1000, "height": 800})
        page = self.tab(**options)
        self.assertEqual(self.open(page, ADDRESS + query), 200)
        self.assertEqual(self.said, [])
        return page

    def until(self, page, script):
        """Wait for a script to be true; playwright's own way needs eval in the page."""
        for _turn in range(400):
            if page.evaluate(script):
                return
            page.wait_for_timeout(50)
        self.fail(f"never true: {script}")

    def codes(self, page):
        return page.locator("svg.chart > a:not(.chart-toggle)").evaluate_all(
            "links => links.map(one => one.getAttribute('href').split('/').at(-2))"
        )

    def test_fits_every_width_and_is_accessible(self):
        addresses = [
            ADDRESS,
            f"{ADDRESS}?niveles=1",
            "/manuales/dir/2021/8.2/organigrama/",
        ]
        self.assert_fits(self.tab(), dict.fromkeys(addresses, 200))
        self.assert_accessible([ADDRESS, "/manuales/dir/2021/capitulos/7/"])

    def test_names_stay_inside_their_boxes(self):
        page = self.chart()
        beyond = page.evaluate(
            """() => [...document.querySelectorAll("svg.chart > a:not(.chart-toggle)")]
            .filter(link => {
              const box = link.querySelector(".chart-box").getBBox();
              return [...link.querySelectorAll("text")].some(text => {
                const drawn = text.getBBox();
                return drawn.x < box.x || drawn.x + drawn.width > box.x + box.width
                  || drawn.y < box.y || drawn.y + drawn.height > box.y + box.height;
              });
            }).length"""
        )
        self.assertEqual(beyond, 0)

    def test_begins_readable_and_fits_on_demand(self):
        page = self.chart()
        natural = page.evaluate(
            "document.querySelector('svg.chart').viewBox.baseVal.width"
        )
        self.assertAlmostEqual(page.evaluate(WIDTH_DRAWN), natural * 0.8, delta=2)
        page.get_by_role("button", name="Ajustar").click()
        frame = page.evaluate("document.querySelector('.chart-view').clientWidth")
        self.assertLessEqual(page.evaluate(WIDTH_DRAWN), frame)
        page.get_by_role("button", name="100 %").click()
        self.assertAlmostEqual(page.evaluate(WIDTH_DRAWN), natural, delta=1)

    def test_zooms_with_keys_buttons_and_wheel(self):
        page = self.chart()
        before = page.evaluate(WIDTH_DRAWN)
        page.locator(".chart-view").focus()
        page.keyboard.press("+")
        self.assertGreater(page.evaluate(WIDTH_DRAWN), before)
        page.keyboard.press("-")
        self.assertAlmostEqual(page.evaluate(WIDTH_DRAWN), before, delta=1)
        page.get_by_role("button", name="Alejar").click()
        self.assertLess(page.evaluate(WIDTH_DRAWN), before)
        page.keyboard.down("Control")
        page.locator(".chart-view").hover()
        smaller = page.evaluate(WIDTH_DRAWN)
        page.mouse.wheel(0, -200)
        self.until(page, f"{WIDTH_DRAWN} > {smaller + 5}")
        page.keyboard.up("Control")

    def test_moves_with_keys_and_mouse_and_a_drag_opens_nothing(self):
        page = self.chart("?niveles=2")
        page.get_by_role("button", name="Acercar").click()
        view = page.locator(".chart-view")
        view.focus()
        left, top = page.evaluate(PLACE)
        page.keyboard.press("ArrowRight")
        self.until(page, f"{PLACE}[0] > {left}")
        page.wait_for_timeout(500)  # keys scroll smoothly
        box = page.locator("svg.chart > a").first.bounding_box()
        left, top = page.evaluate(PLACE)
        page.mouse.move(box["x"] + 40, box["y"] + 20)
        page.mouse.down()
        page.mouse.move(box["x"] - 60, box["y"] + 20, steps=5)
        page.mouse.up()
        self.assertEqual(page.evaluate(PLACE), [left + 100, top])
        self.assertIn("/organigrama/", page.url)
        box = page.locator("svg.chart > a").first.bounding_box()
        page.mouse.click(box["x"] + 40, box["y"] + 20)
        page.wait_for_url("**/2021/8.1/")

    def test_two_fingers_zoom(self):
        page = self.chart(has_touch=True)
        before = page.evaluate(WIDTH_DRAWN)
        session = page.context.new_cdp_session(page)
        frame = page.locator(".chart-view").bounding_box()
        x, y = frame["x"] + 200, frame["y"] + 100

        def touch(kind, apart):
            points = [{"x": x - apart, "y": y}, {"x": x + apart, "y": y}]
            session.send(
                "Input.dispatchTouchEvent",
                {"type": kind, "touchPoints": points if apart else []},
            )

        touch("touchStart", 40)
        for apart in (50, 60, 80):
            touch("touchMove", apart)
        touch("touchEnd", 0)
        self.until(page, f"{WIDTH_DRAWN} > {before * 1.8}")
        self.assertEqual(page.evaluate("visualViewport.scale"), 1)

    def test_folds_in_place_by_keyboard_with_an_address(self):
        page = self.chart("?niveles=1")
        self.assertEqual(len(self.codes(page)), 7)
        toggle = page.locator(".chart-toggle[data-code='8.3']")
        toggle.focus()
        before = toggle.bounding_box()
        page.keyboard.press("Enter")
        page.wait_for_url("**?niveles=1&abrir=8.3")
        self.assertEqual(len(self.codes(page)), 10)
        self.assertEqual(page.evaluate(FOCUSED), "8.3")
        self.assertEqual(toggle.get_attribute("aria-expanded"), "true")
        after = toggle.bounding_box()
        self.assertAlmostEqual(after["y"], before["y"], delta=2)
        self.assertIn("10 de 25", page.locator("[data-chart-status]").inner_text())
        files = page.get_by_role("link", name="Descargar PNG").get_attribute("href")
        self.assertTrue(files.endswith("?niveles=1&abrir=8.3"))
        page.go_back()
        self.until(page, "document.querySelectorAll('svg.chart > a').length === 14")
        self.assertTrue(page.url.endswith("?niveles=1"))
        self.assertEqual(self.said, [])

    def test_levels_change_in_place(self):
        page = self.chart("?niveles=1")
        page.evaluate("window.kept = true")
        page.get_by_role("link", name="Todos los niveles").click()
        drawn = "svg.chart > a:not(.chart-toggle)"
        self.until(page, f"document.querySelectorAll('{drawn}').length === 25")
        self.assertIs(page.evaluate("window.kept"), True)

    def test_units_are_reached_in_reading_order_by_keyboard(self):
        page = self.chart("?niveles=1")
        page.locator(".chart-view").focus()
        reached = []
        for _press in range(4):
            page.keyboard.press("Tab")
            reached.append(
                page.evaluate(
                    "document.activeElement.getAttribute('aria-label')"
                    " || document.activeElement.textContent"
                )
            )
        self.assertEqual([label.split()[0] for label in reached[::2]], ["8.1", "8.2"])
        self.assertTrue(reached[1].startswith("Plegar 6 unidades"))
        self.assertTrue(reached[3].startswith("Mostrar 3 unidades"))
        name = f"8.2 · Coordinación Coordinación 0 de {LONG}"
        self.assertEqual(page.get_by_role("link", name=name, exact=True).count(), 1)

    def test_the_drawing_can_be_skipped(self):
        page = self.chart()
        page.get_by_role("link", name="Saltar el dibujo").focus()
        page.keyboard.press("Enter")
        self.until(page, "document.activeElement.tagName === 'SUMMARY'")

    def test_works_without_javascript(self):
        page = self.chart("?niveles=1", java_script_enabled=False)
        self.assertEqual(page.get_by_role("button", name="Acercar").count(), 0)
        page.locator(".chart-toggle[data-code='8.3']").click()
        page.wait_for_url("**?niveles=1&abrir=8.3")
        self.assertEqual(page.locator("svg.chart > a:not(.chart-toggle)").count(), 10)
        page.get_by_text("El mismo organigrama como lista").click()
        self.assertTrue(page.locator(".chart-list ul").first.is_visible())
        page.get_by_role("link", name="Todos los niveles").click()
        page.wait_for_url("**/organigrama/")

    def test_on_paper_the_drawing_takes_one_lying_sheet(self):
        page = self.chart("?niveles=2")
        page.get_by_role("button", name="Acercar").click()
        pdf = page.pdf(prefer_css_page_size=True)
        self.assertEqual(pdf.count(b"/Type /Page\n"), 1)
        sheet = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
        self.assertGreater(float(sheet[1]), float(sheet[2]))
        page.emulate_media(media="print")
        self.assertFalse(page.locator(".chart-tools").is_visible())
        self.assertFalse(
            page.locator(".chart-toggle[aria-expanded=true]").first.is_visible()
        )

    def test_the_chapter_shows_its_charts(self):
        page = self.tab()
        self.open(page, "/manuales/dir/2021/capitulos/7/")
        image = page.locator(".chart-of img")
        image.scroll_into_view_if_needed()
        self.until(page, "document.querySelector('.chart-of img').complete")
        self.assertGreater(image.evaluate("one => one.naturalWidth"), 500)
        self.assertIn("Organigrama: Dirección", image.get_attribute("alt"))
        self.assertEqual(self.said, [])
