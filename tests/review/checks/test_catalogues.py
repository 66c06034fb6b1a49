"""The catalogues: what is shipped, and reading others from CSV."""

from datetime import date

import pytest

from review.checks import shipped
from review.checks.catalogues import (
    BadCatalogue,
    KnownAcronym,
    LevelVerb,
    ObsoleteName,
    read_entries,
)
from review.checks.words import is_infinitive

KINDS = {"Dirección", "Unidad", "Coordinación", "División", "Subjefatura"}
KINDS |= {"Jefatura de Servicios", "Departamento", "Oficina"}


def test_what_is_shipped_has_each_entry_once():
    known = shipped()
    for entries in (
        [one.name for one in known.obsolete_names],
        [(one.kind, one.verb) for one in known.level_verbs],
        [one.acronym for one in known.acronyms],
    ):
        assert len(entries) > 20
        assert len(entries) == len(set(entries))


def test_obsolete_names_say_what_became_of_them():
    entries = shipped().obsolete_names
    assert all(one.current or one.note for one in entries)
    assert all(one.current for one in entries if one.direct)
    assert all(one.current != one.name for one in entries)
    assert all(one.since or one.institution for one in entries)
    assert all(one.since is None or one.since > date(2000, 1, 1) for one in entries)


def test_verbs_are_infinitives_of_known_levels():
    for one in shipped().level_verbs:
        assert is_infinitive(one.verb), one.verb
        assert one.kind in KINDS
        assert one.instead


def test_entries_are_read_by_their_heading():
    lines = ["current,name,since,direct\n", "Nueva,Vieja,2018-12-01,1\n", ",Otra,,\n"]
    assert read_entries(ObsoleteName, lines) == [
        ObsoleteName("Vieja", "Nueva", True, date(2018, 12, 1)),
        ObsoleteName("Otra"),
    ]
    assert read_entries(LevelVerb, ["kind,verb\n", ' División ,"dictar"\n']) == [
        LevelVerb("División", "dictar")
    ]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([], "Faltan columnas: acronym, meaning."),
        (["acronym,color\n", "RFC,azul\n"], "Columnas que no se esperan: color."),
        (["acronym,meaning\n", ",Registro\n"], "Línea 2"),
        (["acronym,meaning\n", "RFC,Registro,1\n"], "Línea 2: sobra un dato."),
        (["acronym,meaning,common\n", "RFC,Registro,sí\n"], "«sí» no es 0 ni 1"),
        (["acronym,meaning\n", "RFC\n"], "Línea 2: falta meaning."),
        (["meaning\n", "Registro\n"], "Faltan columnas: acronym"),
        (["acronym,meaning\n", '"RFC,Registro\n'], "Línea"),
    ],
)
def test_a_bad_line_is_refused_with_its_number(lines, message):
    with pytest.raises(BadCatalogue, match=message):
        read_entries(KnownAcronym, lines)


def test_a_bad_date_is_refused():
    with pytest.raises(BadCatalogue, match="Línea 2: «ayer» no es una fecha"):
        read_entries(ObsoleteName, ["name,since\n", "Vieja,ayer\n"])
