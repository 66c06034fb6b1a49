"""The two editions of the demonstration manual: read whole, and in words of our own."""

import re
from collections import Counter
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from rapidfuzz import fuzz

import exchange
from exchange.document import Document, Function
from exchange.importers.report import Reading
from exchange.importers.text import read_bytes
from tests.support import real_manual_path

SAMPLES = Path(exchange.__file__).parent / "samples"
KINDS = (
    ("Dirección", "Direcciones"),
    ("Unidad", "Unidades"),
    ("Coordinación", "Coordinaciones"),
    ("División", "Divisiones"),
    ("Subjefatura", "Subjefaturas"),
)
EDITIONS = ("2021", "2024")

# What several units do in the same words, on purpose.
_REST = (
    "Desempeñar los demás encargos de su materia que le confiera la persona titular de "
)
COMMON = {
    _REST + "la Dirección de Incorporación y Recaudación.",
    _REST + "la Unidad.",
    _REST + "la Coordinación.",
    "Atender los demás asuntos de su materia que le asigne la persona titular de la "
    "División.",
    "Preparar la respuesta a las quejas y peticiones de información que turne la "
    "División de Atención a la Procuraduría de la Defensa del Contribuyente "
    "(PRODECON), en los asuntos de su materia.",
    "Atender en tiempo los requerimientos que formule la Procuraduría de la Defensa "
    "del Contribuyente (PRODECON) sobre asuntos de su competencia.",
    "Mantener ordenados los expedientes a su cargo y entregarlos al archivo de "
    "concentración cuando venza su plazo de conservación.",
}
ALIKE = 85  # percent; two functions of our own stay below once unit names are masked
RUN = 18  # words in a row that no sample shares with a real manual


@cache
def reading(edition: str) -> Reading:
    path = SAMPLES / f"dir-{edition}.md"
    return read_bytes(path.read_bytes(), source_name=path.name, kinds=KINDS)


def document(edition: str) -> Document:
    return reading(edition).document


def functions(edition: str) -> dict[tuple[str, int], str]:
    """The text of every function by its unit's code and its number."""
    return {
        (unit.code, number): function.text
        for unit in document(edition).units
        for number, function in enumerate(unit.functions, 1)
    }


def all_texts(items: list[Function]) -> list[str]:
    return [text for item in items for text in (item.text, *all_texts(item.items))]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[i : i + RUN]) for i in range(len(found) - RUN + 1)}


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_sample_is_understood_without_doubts_or_corrections(edition):
    report = reading(edition).report
    assert report.accounted["not_understood"] == 0
    assert report.doubts == []
    assert report.corrections == []
    index = report.index_check
    assert index.missing_in_body == index.missing_in_index == []
    assert index.spelling == index.written_otherwise == index.codes == []
    assert index.entries == len(document(edition).units) + 8 + 6


@pytest.mark.parametrize(
    ("edition", "kinds", "counts"),
    [
        ("2021", (1, 3, 10, 32, 51), (650, 100, 6)),
        ("2024", (1, 4, 9, 33, 51), (665, 107, 6)),
    ],
)
def test_a_sample_has_its_units_and_functions(edition, kinds, counts):
    found = Counter(unit.kind for unit in document(edition).units)
    assert found == dict(zip((kind for kind, _ in KINDS), kinds, strict=True))
    report = reading(edition).report.counts
    assert (report["functions"], report["items"], report["third_level"]) == counts


@pytest.mark.parametrize(
    ("edition", "last", "numbering", "ratified", "number", "sent"),
    [
        (
            "2021",
            [(7, "Organogramas Estructurales"), (8, "Funciones Sustantivas")],
            "bullets",
            date(2021, 1, 15),
            "00 11 22 3000/004/2021",
            date(2021, 1, 11),
        ),
        (
            "2024",
            [(7, "Funciones Sustantivas"), (8, "Organogramas Estructurales")],
            "numbers",
            date(2024, 3, 1),
            "00 11 22 3000/017/2024",
            date(2024, 2, 26),
        ),
    ],
)
def test_a_sample_has_its_chapters_and_authorisation(
    edition, last, numbering, ratified, number, sent
):
    found = document(edition)
    assert [(chapter.number, chapter.title) for chapter in found.chapters] == [
        (1, "Introducción"),
        (2, "Objetivos"),
        (3, "Antecedentes Históricos"),
        (4, "Marco Jurídico Administrativo"),
        (5, "Atribuciones"),
        (6, "Políticas"),
        *last,
    ]
    kinds = {
        "Funciones Sustantivas": "functions",
        "Organogramas Estructurales": "charts",
    }
    for chapter in found.chapters:
        assert chapter.kind == kinds.get(chapter.title, "text")
        assert bool(chapter.body) is (chapter.kind == "text")
    assert found.edition.numbering == numbering
    assert found.edition.ratified_on == ratified
    assert found.edition.document_number == number
    assert found.edition.document_date == sent
    assert found.edition.authorised_by
    assert found.edition.authorised_position


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_chart_shows_a_unit_and_is_dated(edition):
    found = document(edition)
    (chapter,) = [chapter for chapter in found.chapters if chapter.kind == "charts"]
    names = {unit.key: unit.name for unit in found.units}
    assert [chart.number for chart in chapter.charts] == [
        f"{chapter.number}.{n}" for n in range(1, 7)
    ]
    for chart in chapter.charts:
        assert names[chart.unit_key] == chart.title
        assert chart.effective_from


@pytest.mark.parametrize("edition", EDITIONS)
def test_codes_follow_the_numbering_rule(edition):
    found = document(edition)
    chapter = found.edition.functions_chapter
    root, *rest = found.units
    assert (root.code, root.parent_code) == (f"{chapter}.1", None)
    children: Counter[str] = Counter()
    for unit in rest:
        children[unit.parent_code] += 1
        nth = children[unit.parent_code]
        expected = (
            f"{chapter}.{nth + 1}"
            if unit.parent_code == root.code
            else f"{unit.parent_code}.{nth}"
        )
        assert unit.code == expected
        assert unit.printed_code is None
        assert unit.printed_page


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_unit_has_at_least_four_functions_of_its_own_words(edition):
    for unit in document(edition).units:
        assert len(unit.functions) >= 4, unit.code
        own = [f for f in unit.functions if f.text not in COMMON]
        assert len(own) >= 3, unit.code


@pytest.mark.parametrize("edition", EDITIONS)
def test_only_common_functions_repeat(edition):
    repeated = {
        text
        for text, times in Counter(functions(edition).values()).items()
        if times > 1
    }
    assert repeated == COMMON


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_function_is_another_with_the_unit_exchanged(edition):
    names = sorted({u.name for u in document(edition).units}, key=len, reverse=True)
    any_name = re.compile("|".join(map(re.escape, names)))
    masked = [
        any_name.sub("*", text)
        for text in functions(edition).values()
        if text not in COMMON
    ]
    alike = [
        pair
        for pair in combinations(masked, 2)
        if fuzz.ratio(*pair, score_cutoff=ALIKE) >= ALIKE
    ]
    assert alike == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_sample_shares_a_sentence_with_a_real_manual(edition):
    real = set()
    for number in ("000", "002", "003"):
        real |= runs(real_manual_path(number).read_text(encoding="utf-8"))
    found = document(edition)
    texts = [chapter.body for chapter in found.chapters]
    texts.append(found.edition.authorisation_text)
    for unit in found.units:
        texts += all_texts(unit.functions)
    assert [" ".join(run) for text in texts for run in runs(text) & real] == []


def changes(heading: str) -> str:
    """A section of CHANGES.md, or the item of a list that begins with the words."""
    text = (SAMPLES / "CHANGES.md").read_text(encoding="utf-8")
    found = re.search(rf"^- {heading}.*?(?=^- |\Z)", text, re.M | re.S) or re.search(
        rf"^## {heading}\n.*?(?=^## |\Z)", text, re.M | re.S
    )
    assert found, heading
    return found[0]


def cited(heading: str) -> list[tuple[str, int]]:
    """Code and number of the functions of an item: "7.1 (2, 4); 7.2 (1)"."""
    return [
        (code, int(number))
        for code, numbers in re.findall(
            r"(\d+(?:\.\d+)+)\s+\((\d+(?:,\s+\d+)*)\)", changes(heading)
        )
        for number in numbers.split(",")
    ]


def test_the_list_of_changes_names_units_as_they_are():
    names = {e: {u.code: u.name for u in document(e).units} for e in EDITIONS}
    rows = re.findall(
        r"^\| (\w[^|]*) \| (.*) \| (.*) \|$", changes("Unidades adm.*"), re.M
    )
    named = {kind: [] for kind, _, _ in rows}
    for kind, *cells in rows[1:]:
        for edition, cell in zip(EDITIONS, cells, strict=True):
            if cell != "-":
                code, name = cell.split(" ", 1)
                assert names[edition][code] == name
                named[kind].append(name)
    new, old = (set(names[e].values()) for e in reversed(EDITIONS))
    assert set(named["Nueva"]) <= new - old
    assert set(named["Suprimida"]) <= old - new
    assert set(named["Se mueve"]) <= old & new
    changed = {n for kind in named for n in named[kind] if kind != "Se mueve"}
    assert old ^ new <= changed


def test_the_list_of_changes_cites_functions_that_changed_so():
    old, new = functions("2021"), functions("2024")
    was, letters = set(old.values()), {"".join(words(text)) for text in old.values()}
    cosmetic = cited("Solo mayúsculas o puntuación")
    assert len(cosmetic) == 14
    for place in cosmetic:
        assert new[place] not in was
        assert "".join(words(new[place])) in letters
    for heading, number in (("Solo términos", 31), ("Redacción", 77)):
        places = cited(heading)
        assert len(places) == number
        for place in places:
            assert "".join(words(new[place])) not in letters or new[place] in COMMON
    for place in cited("Nuevas, sin contar"):
        assert new[place] not in was or new[place] in COMMON
    gone = set(old.values()) - set(new.values())
    for place in cited("Suprimidas en unidades"):
        assert old[place] in gone
