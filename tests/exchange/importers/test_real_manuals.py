"""The real documents: the figures counted by hand, and proof that nothing is lost."""

from collections import Counter
from datetime import date
from functools import cache
from itertools import pairwise

import pytest

from exchange.document import Function
from exchange.importers.markers import follows, read_marker
from exchange.importers.text import read_bytes
from manuals.blocks import split_blocks
from tests.exchange.importers.support import KINDS, outline, said
from tests.support import real_manual_path


@cache
def reading_of(number: str):
    path = real_manual_path(number)
    data = path.read_bytes()
    return read_bytes(data, source_name=path.name, kinds=KINDS), data.decode()


def everything(functions: list[Function]):
    for function in functions:
        yield function
        yield from everything(function.items)


@pytest.mark.parametrize(
    ("number", "units", "functions", "items", "third_level"),
    [("002", 97, 1960, 205, 10), ("003", 1, 22, 21, 0), ("000", 1, 37, 4, 0)],
)
def test_the_counts_are_those_made_by_reading_every_line(
    number, units, functions, items, third_level
):
    counts = reading_of(number)[0].report.counts
    assert counts["units"] == units
    assert counts["functions"] == functions
    assert counts["items"] == items
    assert counts["third_level"] == third_level


@pytest.mark.parametrize("number", ["002", "003", "000"])
def test_every_offset_lies_in_one_span_and_all_is_understood(number):
    reading, text = reading_of(number)
    at = 0
    for span in reading.spans:
        assert span.start == at < span.end
        at = span.end
    assert at == len(text) == sum(reading.report.accounted.values())
    assert reading.report.accounted["not_understood"] == 0
    assert reading.report.coverage == 1.0


@pytest.mark.parametrize("number", ["002", "003", "000"])
def test_each_stored_text_is_its_spans_joined(number):
    reading, text = reading_of(number)
    pieces: dict[str, list[str]] = {}
    for span in reading.spans:
        if span.ref:
            pieces.setdefault(span.ref, []).append(text[span.start : span.end])
    for unit in reading.document.units:
        assert " ".join(pieces[f"unit/{unit.key}/name"]) == unit.name
        for function in everything(unit.functions):
            assert " ".join(pieces.pop(f"function/{function.key}")) == function.text
    assert not [ref for ref in pieces if ref.startswith("function/")]
    for chapter in reading.document.chapters:
        blocks = [
            " ".join(pieces[ref])
            for ref in pieces
            if ref.startswith(f"chapter/{chapter.number}/block/")
        ]
        assert blocks == [
            f"{block.marker} {block.text}".strip()
            for block in split_blocks(chapter.body)
        ]


@pytest.mark.parametrize("number", ["002", "003", "000"])
def test_the_labels_of_every_list_are_consecutive(number):
    reading, text = reading_of(number)
    lines = text.split("\n")
    for unit in reading.document.units:
        for function in everything(unit.functions):
            labels = [
                marker.label.token if marker.label else None
                for item in function.items
                if (marker := read_marker(lines[item.source_line - 1].strip()))
            ]
            assert labels[:1] in ([], ["a"], [None])
            for before, after in pairwise(labels):
                assert (before, after) == (None, None) or follows(after, before)
    assert said(reading.report.doubts, "label") == []


def test_the_levels_come_from_the_names():
    document = reading_of("002")[0].document
    assert Counter(unit.kind for unit in document.units) == {
        "Dirección": 1,
        "Unidad": 3,
        "Coordinación": 10,
        "División": 32,
        "Subjefatura": 51,
    }


def test_the_root_and_its_children():
    units = outline(reading_of("002")[0].document)
    assert units[0][:2] == ("8.1", None)
    children = [code for code, parent, _, _ in units if parent == "8.1"]
    assert children == ["8.2", "8.3", "8.4", "8.5", "8.6"]
    for code, parent, _, _ in units[1:]:
        assert parent == ("8.1" if code.count(".") == 1 else code.rpartition(".")[0])


def test_the_wrong_code_is_corrected_and_kept():
    reading, _ = reading_of("002")
    units = {unit.code: unit for unit in reading.document.units}
    assert units["8.4.2.2"].kind == "División"
    assert units["8.4.2.2.2"].printed_code == "8.4.2.2"
    assert units["8.4.2.2.2"].printed_page == 234
    assert [unit.code for unit in units.values() if unit.printed_code] == ["8.4.2.2.2"]
    (correction,) = said(reading.report.corrections, "code")
    assert (correction.line, correction.read) == (3068, "8.4.2.2.2")
    assert said(reading.report.doubts, "code") == []


def test_grouped_units_list_their_positions():
    units = reading_of("002")[0].document.units
    assert {unit.code: unit.positions for unit in units if unit.positions} == {
        "8.3.3.2.1": ["B", "C", "E"],
        "8.3.3.3.1": ["A", "B", "C"],
    }


def test_the_index_is_checked_against_the_body():
    report = reading_of("002")[0].report
    check = report.index_check
    assert report.counts["index_entries"] == check.entries == 111
    assert [one["code"] for one in check.spelling] == ["8.2.2.1.1"]
    assert [one["code"] for one in check.written_otherwise] == [
        "8.3.3.2.1",
        "8.3.3.3.1",
    ]
    assert [one["code"] for one in check.codes] == ["8.4.2.2.2"]
    assert (check.missing_in_body, check.missing_in_index) == ([], [])
    assert check.final_dots == 15
    assert all(unit.printed_page for unit in reading_of("002")[0].document.units)


def test_the_chapters_and_their_blocks():
    chapters = reading_of("002")[0].document.chapters
    assert [chapter.number for chapter in chapters] == list(range(1, 9))
    kinds = [chapter.kind for chapter in chapters]
    assert kinds == ["text"] * 6 + ["charts", "functions"]
    items = {
        chapter.number: sum(
            block.kind == "item" and not block.marker
            for block in split_blocks(chapter.body)
        )
        for chapter in chapters
    }
    assert (items[4], items[5], items[6]) == (46, 21, 12)
    assert len(split_blocks(chapters[3].body)) == 47
    assert chapters[7].body == ""


def test_the_charts_have_units_and_dates():
    document = reading_of("002")[0].document
    keys = {unit.key: unit.code for unit in document.units}
    assert [
        (chart.number, keys[chart.unit_key], chart.effective_from)
        for chart in document.chapters[6].charts
    ] == [(f"7.{n}", f"8.{n}", date(2017, 12, 16)) for n in range(1, 7)]


def test_the_data_of_the_edition():
    document = reading_of("002")[0].document
    edition = document.edition
    assert document.manual.acronym == "DIR"
    assert document.manual.title == (
        "Manual de Organización de la Dirección de Incorporación y Recaudación"
    )
    assert edition.ratified_on == date(2021, 3, 4)
    assert edition.document_number == "09 52 17 9000/007/2021"
    assert edition.document_date == date(2021, 3, 1)
    assert edition.authorised_by.endswith("Norma Gabriela López Castañeda")
    assert edition.authorised_position.startswith("Titular de la Dirección")
    assert (edition.numbering, edition.functions_chapter) == ("bullets", 8)
    assert not reading_of("002")[0].fragment


@pytest.mark.parametrize(("number", "code"), [("003", "7.4"), ("000", "7.4.3.2")])
def test_the_fragments_keep_their_code_and_their_numbers(number, code):
    reading, _ = reading_of(number)
    (unit,) = reading.document.units
    assert (unit.code, unit.parent_code) == (code, None)
    assert reading.document.edition.numbering == "numbers"
    assert reading.document.edition.functions_chapter == 7
    assert reading.fragment
    assert reading.document.chapters == []


def test_the_longest_function_and_the_longest_list():
    units = reading_of("002")[0].document.units
    assert max(len(unit.functions) for unit in units) == 47
    assert (
        max(
            sum(len(one.text) for one in everything([function]))
            for unit in units
            for function in unit.functions
        )
        == 4209
    )
