"""Counts and filters of a comparison agree, and HTML says what changed. No database."""

from html.parser import HTMLParser
from pathlib import Path

import pytest

import exchange
from exchange.importers.text import read_bytes
from exchange.matching import match_onto
from manual_org.web.comparing import (
    CHAPTER,
    DATA,
    FUNCTION_KINDS,
    KINDS,
    UNIT,
    UNIT_KINDS,
    Filters,
    branches,
    chosen,
    counted,
    groups_of,
    unchanged_functions,
)
from manual_org.web.marks import marked
from manual_org.web.paging import in_pages
from manual_org.web.redlines import Redliner
from review.compare import compare
from review.compare.spanish import Codes
from review.compare.summary import summary
from tests.review.compare.building import edition, function, unit

SAMPLES = Path(exchange.__file__).parent / "samples"
LEVELS = (
    ("Dirección", "Direcciones"),
    ("Unidad", "Unidades"),
    ("Coordinación", "Coordinaciones"),
    ("División", "Divisiones"),
    ("Subjefatura", "Subjefaturas"),
)


@pytest.fixture(scope="module")
def comparison():
    old, new = (
        read_bytes(
            (SAMPLES / name).read_bytes(), source_name=name, kinds=LEVELS
        ).document
        for name in ("dir-2021.md", "dir-2024.md")
    )
    match_onto(old, new)
    return compare(old, new)


@pytest.fixture(scope="module")
def groups(comparison):
    return groups_of(comparison)


def listed(comparison, groups, **filters):
    return chosen(comparison, groups, Filters(**filters))


def codes(found):
    return [group.change.side.code for group, _parts in found]


@pytest.mark.parametrize("kind", UNIT_KINDS, ids=lambda kind: kind.name)
def test_as_many_units_are_listed_as_the_summary_counts(comparison, groups, kind):
    found = listed(comparison, groups, kind=kind)
    count = summary(comparison)["units"][kind.tag.removeprefix("unit ")]
    assert len(found) == count == counted(groups)[kind.name]
    assert count > 0


@pytest.mark.parametrize("kind", FUNCTION_KINDS, ids=lambda kind: kind.name)
def test_as_many_functions_are_listed_as_the_summary_counts(comparison, groups, kind):
    found = listed(comparison, groups, kind=kind)
    counts = summary(comparison)["functions"]
    count = {**counts, **counts["modified_by_weight"]}[kind.tag]
    assert sum(len(parts) for _group, parts in found) == count
    assert count == counted(groups)[kind.name] > 0


def test_every_function_is_either_listed_or_counted_as_unchanged(comparison, groups):
    parts = [
        part
        for group in groups
        if group.sort == UNIT
        for part in group.parts
        if part.tags
    ]
    everything = sum(len(one.functions) for one in comparison.units)
    assert len(parts) + unchanged_functions(comparison) == everything


def test_without_filters_what_differs_is_listed_in_the_new_order(comparison, groups):
    found = listed(comparison, groups)
    sorts = [group.sort for group, _parts in found]
    assert sorts == sorted(sorts, key=[DATA, CHAPTER, UNIT].index)
    order = [one.key for one in comparison.units]
    keys = [group.change.key for group, _parts in found if group.sort == UNIT]
    assert keys == [key for key in order if key in set(keys)]


def test_a_unit_of_which_only_the_code_differs_is_listed_when_asked_for():
    old = edition(unit("8.1", "Dirección A"), unit("8.2", "Unidad B"))
    new = edition(
        unit("7.1", "Dirección A", of="8.1"),
        unit("7.2", "Unidad B", of="8.2"),
        chapter=7,
    )
    comparison = compare(old, new)
    groups = groups_of(comparison)
    assert UNIT not in [group.sort for group, _parts in listed(comparison, groups)]
    kind = KINDS["unidades-otro-codigo"]
    assert codes(listed(comparison, groups, kind=kind)) == ["7.1", "7.2"]


@pytest.mark.parametrize("code", ["7.4.1", "8.4.1"])
def test_a_branch_is_named_by_its_code_in_either_edition(comparison, groups, code):
    found = listed(comparison, groups, branch=code)
    shown = codes(found)
    assert {"7.4.1", "7.4.1.1.1", "8.4.1.3.3"} <= set(shown)
    assert all(one.startswith(("7.4.1", "8.4.1")) for one in shown)


def test_a_branch_that_neither_edition_has_is_an_error(comparison, groups):
    with pytest.raises(LookupError):
        listed(comparison, groups, branch="9.9")


def test_what_changes_only_in_form_can_be_hidden(comparison, groups):
    shown = listed(comparison, groups, hide_cosmetic=True)
    parts = [part for _group, parts in shown for part in parts]
    assert parts
    assert not any(part.cosmetic for part in parts)
    everything = [part for _g, parts in listed(comparison, groups) for part in parts]
    kept = [part for part in everything if not part.cosmetic]
    assert len(kept) < len(everything)
    assert parts == kept
    form = KINDS["funciones-de-forma"]
    assert listed(comparison, groups, kind=form, hide_cosmetic=True) == []


def test_a_name_that_differs_only_in_capitals_is_hidden_with_them():
    old = edition(unit("8.1", "Dirección de pruebas"))
    new = edition(unit("8.1", "Dirección de Pruebas"))
    comparison = compare(old, new)
    groups = groups_of(comparison)
    assert codes(listed(comparison, groups)) == ["8.1"]
    assert listed(comparison, groups, hide_cosmetic=True) == []


def test_as_many_levels_are_offered_as_branches_as_fit(comparison):
    upper = branches(comparison, 10)
    assert [code for code, _name in upper] == ["7.2", "7.3", "7.4", "7.5", "7.6"]
    more = branches(comparison, 60)
    assert 5 < len(more) <= 60
    assert {code.count(".") for code, _name in more} == {1, 2}
    assert branches(comparison, 4) == []


# HTML


def redliner(comparison, **options):
    options.setdefault("beside", False)
    return Redliner(Codes(comparison), ["/a/", "/b/"], ["2021", "2024"], {}, **options)


def html(comparison, **options):
    writer = redliner(comparison, **options)
    return "".join(
        writer.group(group, parts)
        for group, parts in listed(comparison, groups_of(comparison))
    )


class Sides(HTMLParser):
    """The text without what is inserted (old), without what is deleted (new)."""

    def __init__(self, text):
        super().__init__()
        self.open, self.old, self.new, self.said = [], "", "", ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        hidden = dict(attrs).get("class") == "visually-hidden"
        self.open.append("hidden" if hidden else tag)

    def handle_endtag(self, tag):
        self.open.pop()

    def handle_data(self, data):
        self.said += data
        if "hidden" in self.open:
            return
        if "ins" not in self.open:
            self.old += data
        if "del" not in self.open:
            self.new += data


def test_marks_rebuild_both_texts_and_are_said_in_words(comparison):
    checked = 0
    for one in comparison.units:
        for change in one.walk():
            if change.old and change.new and change.old.text != change.new.text:
                old, new = change.old.text, change.new.text
                sides = Sides(marked(change.redline))
                assert (sides.old, sides.new) == (old, new)
                assert "[se suprime: " in sides.said or "[se agrega: " in sides.said
                assert Sides(marked(change.redline, "old")).old == old
                assert Sides(marked(change.redline, "new")).new == new
                checked += 1
    assert checked > 100


def test_texts_are_escaped_wherever_they_stand():
    evil = '<script>"&</script>'
    old = edition(
        unit("8.1", f"Dirección {evil}", function("f", f"Planear {evil} uno.")),
        elaborated_by=evil,
    )
    new = edition(
        unit("8.1", f"Dirección {evil} dos", function("f", f"Planear {evil} dos.")),
        elaborated_by=f"{evil} dos",
    )
    comparison = compare(old, new)
    key = comparison.units[0].key
    for beside in (False, True):
        writer = Redliner(
            Codes(comparison), ["/a/", "/b/"], [evil, evil], {key: evil}, beside=beside
        )
        written = "".join(
            writer.group(group, group.parts) for group in groups_of(comparison)
        )
        assert "<script" not in written
        assert written.count("&lt;script&gt;") > 8


def test_every_change_leads_to_its_item_in_both_editions():
    old = edition(
        unit("8.1", "Dirección", function("f", "Planear:", function("i", "uno;"))),
        unit("8.2", "Unidad A", function("g", "Llevar el registro general.")),
        unit("8.3", "Unidad B"),
    )
    new = edition(
        unit("8.1", "Dirección", function("f", "Planear:", function("i", "dos;"))),
        unit("8.2", "Unidad A"),
        unit("8.3", "Unidad B", function("g", "Llevar el registro general.")),
    )
    written = html(compare(old, new))
    for address in [
        "/a/8.1/#f1",
        "/b/8.1/#f1",
        "/a/8.1/#f1-a",
        "/b/8.1/#f1-a",
        "/a/8.2/#f1",
        "/b/8.3/#f1",
    ]:
        assert f'href="{address}"' in written


def test_a_function_that_left_is_named_where_it_stood():
    general, other = (function(name, f"Llevar el registro {name}.") for name in "gh")
    old = edition(
        unit("8.1", "Dirección"),
        unit("8.2", "Unidad A", other, general),
        unit("8.3", "Unidad B"),
    )
    new = edition(
        unit("8.1", "Dirección"),
        unit("8.2", "Unidad A", other),
        unit("8.3", "Unidad B", general),
    )
    comparison = compare(old, new)
    (left, _arrived) = listed(comparison, groups_of(comparison))
    written = redliner(comparison).group(*left)
    assert 'href="/a/8.2/#f2"' in written
    assert 'href="/b/8.3/#f1"' in written


def test_an_item_that_left_is_named_where_it_stood():
    one, other = function("i", "el registro uno;"), function("j", "el padrón dos;")
    old = edition(
        unit("8.1", "Dirección", function("f", "Llevar:", one, other)),
        unit("8.2", "Unidad A", function("g", "Tener:")),
    )
    new = edition(
        unit("8.1", "Dirección", function("f", "Llevar:", one)),
        unit("8.2", "Unidad A", function("g", "Tener:", other)),
    )
    comparison = compare(old, new)
    for beside in (False, True):
        left = listed(comparison, groups_of(comparison))[0]
        written = redliner(comparison, beside=beside).group(*left)
        assert "Pasa a otro lugar:" in written
        assert 'href="/b/8.2/#f1-a"' in written


def test_anchors_are_unique_in_both_views(comparison):
    for beside in (False, True):
        found = []
        parser = HTMLParser()
        parser.handle_starttag = lambda _tag, attrs, into=found: into.extend(
            value for name, value in attrs if name == "id"
        )
        parser.feed(html(comparison, beside=beside))
        assert len(found) > 250
        assert len(found) == len(set(found))


def test_items_that_stay_are_left_out():
    def one(second):
        items = [function(f"i{at}", f"el {at};") for at in range(4)]
        items[1].text = second
        return edition(unit("8.1", "Dirección", function("f", "Planear:", *items)))

    written = html(compare(one("uno;"), one("otro;")))
    assert "el 0;" not in written
    assert written.count("[…]") == 2


# Pages


def test_pages_are_cut_between_pieces():
    assert in_pages([], 10) == [""]
    assert in_pages(["aaaa", "bbbb", "cccc"], 8) == ["aaaabbbb", "cccc"]
    assert in_pages(["a" * 20, "b"], 8) == ["a" * 20, "b"]
    assert in_pages(["a", "b" * 20], 8) == ["a", "b" * 20]
