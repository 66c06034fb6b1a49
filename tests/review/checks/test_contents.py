"""Chapters, charts and pages against the body."""

from exchange.document import Chapter, Chart
from tests.review.checks.support import codes, findings, units
from tests.review.compare.building import edition


def whole():
    document = edition(*units("8.1", "8.2", "8.2.1"))
    first, second, third = document.units
    for line, one in enumerate(document.units):
        one.source_line, one.source_sha256 = 100 + line, "0" * 64
    first.printed_page, second.printed_page, third.printed_page = 10, 12, 12
    charts = [Chart("7.1", "DIVISION 8.1", first.key), Chart("7.2", "", second.key)]
    charts[1].title = second.name
    document.chapters = [
        *(Chapter(number, f"Capítulo {number}") for number in range(1, 7)),
        Chapter(7, "Organogramas", "charts", charts=charts),
        Chapter(8, "Funciones", "functions"),
    ]
    return document


NAMES = ("chapter_number", "chart_number", "chart_unit", "chart_title")
NAMES += ("index_missing", "index_page")


def test_a_right_edition_has_no_findings():
    for name in NAMES:
        assert findings(name, whole()) == [], name


def test_a_chapter_left_out_is_one_finding():
    document = whole()
    del document.chapters[2]
    (finding,) = findings("chapter_number", document)
    assert "lleva el número 4; le toca el 3" in finding.message
    assert (finding.place.unit_code, finding.place.field) == (None, "chapter")


def test_the_functions_chapter_has_the_number_of_the_codes():
    document = whole()
    document.edition.functions_chapter = 9
    (finding,) = findings("chapter_number", document)
    assert "comienzan con 9" in finding.message


def test_charts_are_numbered_in_their_chapter():
    document = whole()
    document.chapters[6].charts[1].number = "7.3"
    (finding,) = findings("chart_number", document)
    assert "le toca el 7.2" in finding.message
    document.chapters[6].charts[0].number = "8.1"
    assert len(findings("chart_number", document)) == 2


def test_a_chart_shows_a_unit_of_the_edition():
    document = whole()
    document.chapters[6].charts[0].unit_key = None
    assert [one.place.field for one in findings("chart_unit", document)] == ["chart"]


def test_a_chart_is_called_like_its_unit():
    document = whole()
    document.units[0].name = "División renovada"
    (finding,) = findings("chart_title", document)
    assert "«División renovada»" in finding.message


def test_a_unit_that_the_index_lacks_is_found_if_it_was_read_from_the_source():
    document = whole()
    document.units[1].printed_page = None
    assert codes("index_missing", document) == ["8.2"]
    document.units[1].source_line = None  # made in the system since
    assert codes("index_missing", document) == []


def test_a_source_without_an_index_lacks_nothing():
    document = whole()
    for one in document.units:
        one.printed_page = None
    assert codes("index_missing", document) == []


def test_a_page_before_that_of_the_unit_above_is_found():
    document = whole()
    document.units[1].printed_page = 9
    (finding,) = findings("index_page", document)
    assert (finding.place.unit_code, finding.place.text) == ("8.2", "9")


def test_one_misprint_is_one_finding_whichever_way_it_errs():
    document = whole()
    document.units[0].printed_page = 100
    (finding,) = findings("index_page", document)
    assert finding.place.unit_code == "8.1"
    assert "página 100, pero la unidad siguiente está en la 12" in finding.message
    document.units[1].printed_page = 120
    document.units[2].printed_page = 110
    (finding,) = findings("index_page", document)
    assert (finding.place.unit_code, finding.place.text) == ("8.2.1", "110")


def test_a_unit_moved_since_keeps_its_page():
    document = whole()
    document.units[1].source_line, document.units[1].printed_page = 50, 3
    assert codes("index_page", document) == []
    document.units[2].printed_page = 9
    assert codes("index_page", document) == ["8.2.1"]


def test_pages_of_two_sources_are_not_compared():
    document = whole()
    document.units[1].source_sha256, document.units[1].printed_page = "1" * 64, 2
    assert codes("index_page", document) == []
