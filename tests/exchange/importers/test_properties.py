"""Properties that hold for any text, and for the real manual however it is paged."""

import re
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.importers.encoding import decode
from exchange.importers.errors import ImportRejected
from exchange.importers.report import CLASSES
from exchange.importers.wording import begins_like_a_function
from tests.exchange.importers.support import content, not_understood, read
from tests.support import real_manual_path

# What manuals are made of, so that random text reaches every stage.
_BEGINNINGS = st.sampled_from(
    ["", "", "- ", " - ", "\t", "• ", "# ", "### ", "**", "a) ", "- b) ", "c. ", "i) "]
    + ["1. ", "2. ", "3.- ", "II. ", "- XIV. ", "8.1 ", "8.2. ", "8.1.1 ", "8.1.1.1 "]
    + ["7.2 ", "VIII.3 ", "9,9 ", "-", "| "]
)
_MIDDLES = st.sampled_from(
    ["", "Dirección de X", "Unidades de Y (A,B)", "División", "Subjefatura de Z"]
    + ["Índice", "Introducción", "Marco Jurídico", "Organigramas", "Funciones"]
    + ["Autorización", "Objetivo:", "Vigencia: 1 de enero de 2020", "Elaborar actas de"]
    + ["trámites, altas", "Trámite", "Las demás", "MANUAL DE ORGANIZACIÓN DE LA X"]
    + ["oficio núm. 1/2020, de fecha 2 de mayo de 2020", "Página 3 de 9", "7", "8"]
)
_ENDS = st.sampled_from(["", ".", ":", ";", ",", " y", ", y", "\t12", " ... 4", "**"])
_BREAKS = st.sampled_from(["\n", "\n", "\n\n", "\r\n", "\r", "\n\f", "\n \n\n"])
_LINES = st.tuples(_BEGINNINGS, _MIDDLES, _ENDS, _BREAKS).map("".join)
_MANUALS = st.lists(_LINES, max_size=60).map("".join)


def check_account(text: str) -> None:
    try:
        reading = read(text)
    except ImportRejected as rejected:
        assert rejected.code == "no_units"
        return
    at = 0
    pieces: dict[str, list[str]] = {}
    for span in reading.spans:
        assert span.start == at < span.end
        assert span.kind in CLASSES
        at = span.end
        if span.ref:
            pieces.setdefault(span.ref, []).append(text[span.start : span.end])
    assert at == len(text) == sum(reading.report.accounted.values())
    codes = [unit.code for unit in reading.document.units]
    assert len(set(codes)) == len(codes)
    for number, unit in enumerate(reading.document.units):
        assert (unit.parent_code is None) is (number == 0)
        assert number == 0 or unit.parent_code in codes[:number]
        functions = list(unit.functions)
        while functions:
            function = functions.pop()
            functions += function.items
            assert " ".join(pieces[f"function/{function.key}"]) == function.text


@given(st.text())
@settings(max_examples=150)
def test_any_text_is_accounted_for_or_refused(text):
    check_account(text)


@given(_MANUALS)
@settings(max_examples=400, deadline=None)
def test_anything_like_a_manual_is_accounted_for_or_refused(text):
    check_account(text)


@given(_MANUALS, st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_a_unit_makes_any_text_readable(manual, text):
    check_account(f"8.1 Dirección de X\n\n- Hacer.\n{manual}{text}")


@given(st.binary(max_size=400))
def test_any_bytes_are_decoded_or_refused(data):
    try:
        text, encoding = decode(data)
    except ImportRejected:
        return
    assert text.strip()
    assert encoding in ("utf-8", "utf-16", "windows-1252")


TITLE = "MANUAL DE ORGANIZACIÓN DE LA DIRECCIÓN DE INCORPORACIÓN Y RECAUDACIÓN"
PAGE_BREAKS = (
    f"\n\n\n\n{TITLE}\n\n",
    f"\n\n\n\n## {TITLE}\n\n",
    f"\n{TITLE}\n",
    "\n\n",
)


@cache
def real_lines() -> tuple[list[str], int, list]:
    """The lines of 002 without its page breaks, where the functions begin, and how it
    is read as it stands."""
    text = real_manual_path("002").read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line.strip() and line != TITLE]
    first = next(n for n, line in enumerate(lines) if line.startswith("8. Funciones"))
    return lines, first, content(read(text).document)


def is_item(line: str) -> bool:
    return line.lstrip().startswith("- ")


def cut(line: str, share: float, page_break: str, bullet: bool) -> str:
    """The item with a page break at a word, its rest perhaps printed as a bullet.

    A bullet left alone before what has no verb reads as a stray mark, rightly: the
    item above may go on.
    """
    begin = line.index("-") + 1
    if not begins_like_a_function(line[begin:].lstrip()):
        begin += 1
    words = [
        found.start() for found in re.finditer(" ", line) if found.start() >= begin
    ]
    if not words:
        return line
    at = words[int(share * (len(words) - 1))]
    rest = line[at + 1 :]
    # Upper case after a bullet would be a function; README of the manuals.
    whole = line[at - 1] not in ".:;,"
    sign = "- " if bullet and rest[0].islower() and whole else ""
    return line[:at] + page_break + sign + rest


@given(st.integers(0, 2**32), st.sampled_from([0.02, 0.2, 1.0]), st.booleans())
@settings(max_examples=12, deadline=None)
def test_page_breaks_elsewhere_leave_the_real_manual_as_it_is(seed, density, bullets):
    lines, first, expected = real_lines()
    random = Random(seed)  # noqa: S311
    paged = []
    for number, line in enumerate(lines):
        if number > first and random.random() < density:
            if is_item(line) and random.random() < 0.5:
                share = random.random()
                line = cut(line, share, random.choice(PAGE_BREAKS), bullets)
            else:
                line += random.choice(PAGE_BREAKS)
        paged.append(line)
    reading = read("\n".join(paged))
    assert content(reading.document) == expected
    assert not_understood(reading) == 0


@given(st.integers(0, 2**32))
@settings(max_examples=6, deadline=None)
def test_columns_mean_nothing_in_the_real_manual(seed):
    lines, first, expected = real_lines()
    random = Random(seed)  # noqa: S311
    moved = [
        " " * random.randrange(4) + line.lstrip() if number > first else line
        for number, line in enumerate(lines)
    ]
    reading = read("\n".join(moved))
    assert content(reading.document) == expected
    assert not_understood(reading) == 0


def test_a_page_break_after_every_line_changes_nothing():
    lines, first, expected = real_lines()
    paged = [
        line + PAGE_BREAKS[0] if number > first else line
        for number, line in enumerate(lines)
    ]
    assert content(read("\n".join(paged)).document) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (r"(?m)^8\.(\d)", r"### 8.\1"),
        (r"(?m)^(8\.\d\S* .*)$", r"**\1**"),
        (r"(?m)^(\s*- [a-z])\)", r"\1."),
        (r"(?m)^(\s*)- ", r"\1• "),
        (r"\n", "\r\n"),
        (r"\n", "\r"),
        (r"(?m)^([1-8])\. ([A-Z])", r"# \1. \2"),
    ],
    ids=["headings", "bold", "labels", "bullets", "crlf", "cr", "chapters"],
)
def test_other_signs_change_nothing_in_the_real_manual(before, after):
    lines, _, expected = real_lines()
    body = lines.index("1. Introducción.")
    index, text = "\n".join(lines[:body]) + "\n", "\n".join(lines[body:])
    reading = read(index + re.sub(before, after, text))
    assert content(reading.document) == expected
    assert not_understood(reading) == 0
