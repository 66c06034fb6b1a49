"""Names of units found in texts: whole, the longest, and none that only look alike."""

import re
from dataclasses import dataclass
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.references import UnitNames, like_pattern


@dataclass(frozen=True)
class Unit:
    name: str
    kind: str
    key: UUID


def unit(name, number=0):
    return Unit(name, name.split()[0].rstrip("s"), uuid5(UUID(int=number), name))


UNITS = [
    unit("Dirección de Pruebas y Ensayos"),
    unit("Coordinación de Cobranza"),
    unit("Coordinación de Cobranza y Registro"),
    unit("Coordinación de Señales"),
    unit("División de Dictamen"),
    unit("División de Detección, Registro y Control"),
    unit("Subjefatura de División de Dictamen Fiscal"),
    unit("Subjefatura de División de Normas", 1),
    unit("Subjefatura de División de Normas", 2),
    unit("Subjefaturas de División de Análisis (A,C)"),
    unit("Dirección"),
]
NAMES = UnitNames(UNITS)
BY_KEY = {one.key: one for one in UNITS}


def found(text, names=NAMES):
    """What the text says and which units it means, for each mention."""
    return [
        (text[one.start : one.end], [BY_KEY[key].name for key in one.keys])
        for one in names.find(text)
    ]


COBRANZA = "Coordinación de Cobranza"
GROUP = "Subjefaturas de División de Análisis (A,C)"


@pytest.mark.parametrize(
    ("before", "said", "after", "name"),
    [
        ("Proponer a la ", COBRANZA, " los asuntos.", COBRANZA),
        ("", COBRANZA, "", COBRANZA),
        ("(", COBRANZA, ")", COBRANZA),
        ("la ", COBRANZA, ", Jefaturas y otras", COBRANZA),
        ("la ", COBRANZA, " y Subdelegaciones", COBRANZA),
        ("la ", COBRANZA, " y la Unidad de Otras Cosas", COBRANZA),
        ("la ", COBRANZA, " y el Director de Finanzas", COBRANZA),
        ("la ", COBRANZA, " y/o Registro", COBRANZA),
        ("la ", COBRANZA, " (CC), las normas", COBRANZA),
        ("la ", COBRANZA, " del Instituto", COBRANZA),
        ("la ", COBRANZA, " de la DIR", COBRANZA),
        ("la ", COBRANZA, " UISS", COBRANZA),
        ("la ", "Coordinación  de\nCobranza", ".", COBRANZA),
        ("la ", "Coordinación de cobranza", ".", COBRANZA),
        ("la ", "Coordinacion De Cobranza", ".", COBRANZA),
        ("la ", "COORDINACIÓN DE COBRANZA", ".", COBRANZA),
        ("LA ", "COORDINACION DE COBRANZA", " Y LA UNIDAD", COBRANZA),
        ("la ", "Coordinacio\u0301n de Cobranza", ".", COBRANZA),
        ("la ", "Coordinación de Sen\u0303ales", ".", "Coordinación de Señales"),
        ("la ", UNITS[2].name, ".", UNITS[2].name),
        ("la ", UNITS[5].name, ".", UNITS[5].name),
        ("la ", "División de Detección , Registro y Control", ".", UNITS[5].name),
        ("la Jefatura de ", "División de Dictamen", ".", "División de Dictamen"),
        ("la Subjefatura de la ", "División de Dictamen", ".", "División de Dictamen"),
        ("Titular de ", "División de Dictamen", ".", "División de Dictamen"),
        ("las ", GROUP, ".", GROUP),
        ("las ", "Subjefaturas de División de Análisis (A, C)", ".", GROUP),
        ("las ", "Subjefaturas de División de Análisis", ".", GROUP),
        ("la ", "Subjefatura de División de Análisis", ", que", GROUP),
        ("la ", "Subjefatura de División de Análisis C", " y otras", GROUP),
    ],
)
def test_a_unit_is_named(before, said, after, name):
    assert found(before + said + after) == [(said, [name])]


@pytest.mark.parametrize(
    "text",
    [
        "la coordinación de cobranza con otras autoridades",
        "la Coordinación de Cobranzas",
        "la XCoordinación de Cobranza",
        "la Coordinación Cobranza",
        "la Coordinación, de Cobranza",
        "la Coordinación de Senales",
        "la Coordinación de Cobranza y Fiscalización",
        "la Coordinación de Cobranza del Seguro Social",
        "la Coordinación de Cobranza al Régimen Obligatorio",
        "la Coordinación de Cobranza de la Familia",
        "la Coordinación de Cobranza Internacional",
        "la Coordinación de Cobranza, Adeudos y Créditos",
        "LA COORDINACIÓN DE COBRANZA AL RÉGIMEN OBLIGATORIO",
        "la División de Dictamen Fiscal",
        "la Subjefatura de División de Dictamen",
        "las Subjefaturas de División de Dictamen",
        "la Subdirección de División de Dictamen",
        "la Subjefatura de División de Análisis B",
        "la Dirección de otra cosa, y esta Dirección",
    ],
)
def test_what_only_looks_alike_is_no_unit(text):
    assert found(text) == []


def test_the_longest_name_is_meant():
    assert found("la Subjefatura de División de Dictamen Fiscal y la División de") == [
        ("Subjefatura de División de Dictamen Fiscal", [UNITS[6].name])
    ]


def test_a_name_that_two_units_bear_means_both():
    name = "Subjefatura de División de Normas"
    assert found(f"de la {name}.") == [(name, [name, name])]
    assert NAMES.sharing(UNITS[7].key) == (UNITS[7].key, UNITS[8].key)
    assert NAMES.sharing(UNITS[8].key) == (UNITS[7].key, UNITS[8].key)
    assert NAMES.sharing(UNITS[1].key) == ()


def test_groups_of_one_name_are_told_apart_by_their_letters():
    groups = [
        unit("Subjefaturas de División de Análisis (A,C)"),
        unit("Subjefaturas de División de Análisis (B)"),
    ]
    names = UnitNames(groups)
    said = "Subjefatura de División de Análisis"
    keys = [one.key for one in groups]
    assert [one.keys for one in names.find(f"la {said} B.")] == [(keys[1],)]
    assert [one.keys for one in names.find(f"la {said}.")] == [tuple(keys)]


def test_mentions_come_in_order():
    assert [said for said, _names in found(f"{COBRANZA}, {COBRANZA} y {COBRANZA}")] == [
        COBRANZA
    ] * 3


words = st.sampled_from(
    [
        *(one.name for one in UNITS),
        "Coordinación",
        "de",
        "y",
        "Dictamen",
        "DE",
        ",",
        "A",
    ]
)


@given(st.lists(words).map(" ".join))
def test_mentions_are_whole_words_and_never_overlap(text):
    mentions = NAMES.find(text)
    for one, following in zip(mentions, mentions[1:], strict=False):
        assert one.end <= following.start
    for one in mentions:
        said = text[one.start : one.end]
        assert said == said.strip()
        assert re.search(r"\w$", text[: one.start]) is None
        assert re.match(r"\w", text[one.end :]) is None


def like(pattern, text):
    """What a database answers, whatever the case."""
    parts = pattern.lower().replace("%", ".*").replace("_", ".")
    return re.fullmatch(parts, text.lower(), re.DOTALL) is not None


@pytest.mark.parametrize("named", [one for one in UNITS if one.name != "Dirección"])
def test_a_text_with_a_mention_is_like_the_pattern(named):
    pattern = like_pattern(named)
    for said in (named.name, named.name.replace("ó", "o").replace("á", "a")):
        for text in (said, said.upper(), f"Ante  la\n{said}, que"):
            assert NAMES.find(text)
            assert like(pattern, text)
    assert not like(pattern, "Planear, organizar y dirigir la materia.")


def test_a_pattern_leaves_level_positions_vowels_and_accents_open():
    assert like_pattern(unit("Coordinación de Cobranza")) == "%d_%c_br__z_%"
    assert like_pattern(unit(GROUP)) == "%d_%d_v_s___%d_%___l_s_s%"
    assert like_pattern(unit("Unidad")) == "%"
