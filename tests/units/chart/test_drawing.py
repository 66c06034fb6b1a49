"""The SVG: well formed, escaped, without style, with everything in it once."""

from xml.etree import ElementTree

from tests.units.chart.support import fan, outline_from
from units import chart as charts
from units.chart.looks import LOOKS, levels_of, looks_of

SVG = "{http://www.w3.org/2000/svg}"
LINKS = charts.Links(
    lambda node: f"/{node.unit.code}/", lambda node: f"?x={node.unit.code}"
)
EVIL = "<script>alert(\"x\")</script> & 'más'"


def evil_outline():
    outline = outline_from([[[]], []])
    for unit in outline:
        unit.name = unit.kind = EVIL
    return outline


def file_of(outline, **options):
    chart = charts.draw(outline, outline.root, **options)
    svg, width, height = charts.file_svg(chart.layout, chart.looks, EVIL, [EVIL])
    return ElementTree.fromstring(svg), width, height  # noqa: S314 - our own


def page_of(outline, **options):
    chart = charts.draw(outline, outline.root, **options)
    svg = charts.page_svg(chart.layout, chart.looks, LINKS, EVIL)
    return ElementTree.fromstring(svg)  # noqa: S314 - our own


def text_of(element):
    return " ".join("".join(element.itertext()).split())


def test_a_file_holds_texts_as_texts():
    svg, _width, _height = file_of(evil_outline(), levels=9)
    assert svg.tag == f"{SVG}svg"
    assert svg.find(f"{SVG}title").text == EVIL
    assert not svg.findall(f".//{SVG}script")
    assert "alert" in text_of(svg)


def test_a_page_holds_texts_as_texts():
    svg = page_of(evil_outline(), levels=9)
    assert not svg.findall(".//script")
    assert svg.get("aria-label") == EVIL


def test_neither_has_styles_which_the_policy_of_pages_refuses():
    outline = outline_from(fan(3, 2))
    for svg in (file_of(outline)[0], page_of(outline)):
        for element in svg.iter():
            assert "style" not in element.attrib
            assert not element.tag.endswith("style")


def test_a_file_needs_nothing_but_itself():
    svg, width, height = file_of(outline_from(fan(3, 2)))
    assert svg.get("viewBox") == f"0 0 {width:g} {height:g}"
    for element in svg.iter():
        assert "class" not in element.attrib
        assert not any(name.endswith("href") for name in element.attrib)


def test_every_unit_is_a_link_with_its_code_and_name():
    outline = outline_from(fan(3, 2))
    links = [
        (link.get("href"), text_of(link))
        for link in page_of(outline, levels=9).iter("a")
        if "chart-toggle" not in link.get("class", "")
    ]
    assert links == [
        (f"/{unit.code}/", f"{unit.code} · {unit.kind} {unit.name}") for unit in outline
    ]


def test_whoever_leads_units_has_a_fold_that_says_how_it_stands():
    outline = outline_from([[[], []], []])
    folds = {
        link.get("data-code"): (link.get("aria-expanded"), link.get("aria-label"))
        for link in page_of(outline, levels=1).iter("a")
        if "chart-toggle" in link.get("class", "")
    }
    assert folds == {
        "1": ("true", "Plegar 2 unidades que dependen de 1"),
        "1.1": ("false", "Mostrar 2 unidades que dependen de 1.1"),
    }


def test_a_file_says_how_many_units_are_not_shown():
    outline = outline_from([[[], []], []])
    assert "+2" in text_of(file_of(outline, levels=1)[0])
    assert "+" not in text_of(file_of(outline, levels=2)[0])


def test_levels_follow_from_the_depth_of_their_units():
    # A level may stand below another one here and beside it there.
    outline = outline_from(fan(2, 2))
    outline.by_code["1.2"].kind = "División"
    assert levels_of(outline) == ["Dirección", "Coordinación", "División"]


def test_levels_are_told_apart_without_colour():
    forms = {(look.form, look.stroke, look.dash) for look in LOOKS}
    assert len(forms) == len(LOOKS)


def test_more_levels_than_looks_share_the_last():
    levels = [f"Nivel {number}" for number in range(20)]
    looks = looks_of(levels)
    assert looks["Nivel 0"] == 0
    assert looks["Nivel 19"] == len(LOOKS) - 1


def test_the_legend_names_the_levels_that_are_drawn():
    outline = outline_from(fan(2, 2))
    said = text_of(file_of(outline, levels=1)[0])
    assert "Coordinación" in said
    assert "División" not in said
    chart = charts.draw(outline, outline.root, 1)
    assert list(chart.levels_shown()) == ["Dirección", "Coordinación"]
