"""One stem for the forms of a word, another for words derived from it."""

import pytest

from functions.search.query import parse, parse_code
from functions.search.snippets import snippet
from functions.search.stems import family, fold, normal, stem, stems_asked, words_of


@pytest.mark.parametrize(
    "forms",
    [
        "dictamen dictámenes DICTAMEN dictamenes",
        "régimen regímenes",
        "interés intereses",
        "juez jueces",
        "país países",
        "análisis analisis",
        "trabajador trabajadora trabajadores trabajadoras",
        "notificar notifica notifiquen notificó notificando notificado notificarlas",
        "pagar paga pague paguen pagaron pagará",
        "obtener obtiene obtenga obtuvo obtendrá obtenido",
        "requerir requiera requirió requerida",
        "atribuir atribuyen atribuido",
        "declarar declaran declararán",
        "recabar recaba recaban",
        "cambiar cambia cambió cambiando",
        "validar valida validado",
        "lugar lugares",
        "dar da dan doy darse",
        "ver ve ven visto",
        "usar usa use",
        "rendir rinde rindan",
        "encontrar encuentra encuentren",
        "cerrar cierra cerré",
    ],
)
def test_forms_of_one_word_share_their_stem(forms):
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("notificar", "notificación"),
        ("dictamen", "dictaminar"),
        ("trabajo", "trabajador"),
        ("vehículo", "vehicular"),
        ("título", "titular"),
        ("patrón", "patronal"),
        ("inventario", "inventariados"),
        ("negocios", "negociar"),
    ],
)
def test_derived_words_have_stems_of_their_own(one, other):
    assert stem(one) != stem(other)


def test_families_join_derived_words():
    assert family("fiscalizar") == family("fiscalizacion")


def test_an_accent_not_typed_leaves_both_readings():
    assert stem("someterán") in stems_asked("someteran")


def test_folding_keeps_every_offset():
    text = "El NIÑO, «pingüino» y A\u0301rea ﬁn"
    assert len(fold(text)) == len(normal(text))
    assert [word.folded for word in words_of(text)][:3] == ["el", "nino", "pinguino"]
    for word in words_of(text):
        assert fold(normal(text)[word.start : word.end]) == word.folded


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("8.4.3.2", ("8.4.3.2", ())),
        ("8.4.3.2.", ("8.4.3.2", ())),
        ("8.4.3.2 f12-a", ("8.4.3.2", ("12", "a"))),
        ("8.4.3.2 F 12 a)", ("8.4.3.2", ("12", "a"))),
        ("8.4.3.2 función 12", ("8.4.3.2", ("12",))),
        ("8.4.3.2#f9-k-ii", ("8.4.3.2", ("9", "k", "ii"))),
        ("artículo 8.4", None),
        ("12", None),
        ("2021", None),
    ],
)
def test_codes_are_read_in_many_forms(typed, read):
    assert parse_code(typed) == read


def test_a_query_is_read_in_its_parts():
    query = parse('cobro “datos personales” -multas -"tiempo extra" de')
    assert [word.word for word in query.words] == ["cobro", "de"]
    assert [[word.word for word in one] for one in query.phrases] == [
        ["datos", "personales"]
    ]
    assert [word.word for word in query.excluded] == ["multas"]
    assert [[word.word for word in one] for one in query.excluded_phrases] == [
        ["tiempo", "extra"]
    ]
    assert query.ignored == {"de"}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("¿Quién atiende las quejas?", ["quejas"]),
        ("quiero pagar mi adeudo", ["pagar", "adeudo"]),
        ("me embargaron la cuenta", ["embargaron", "cuenta"]),
        ("responsable de área", ["responsable", "area"]),
    ],
)
def test_who_asks_in_a_sentence_need_not_say_only_what_is_looked_for(text, left):
    query = parse(text)
    assert [one.word for one in query.words if one.word not in query.ignored] == left


def test_a_snippet_of_a_long_text_shows_the_match_between_whole_words():
    text = "palabra " * 100 + "la multa impuesta " + "palabra " * 100
    pieces = snippet(text, frozenset({stem("multas")}))
    assert [piece.text for piece in pieces if piece.is_match] == ["multa"]
    said = "".join(piece.text for piece in pieces)
    assert len(said) < 360
    assert said.startswith("… palabra ") and said.endswith(" …")
    assert set(said.strip("… ").split()) == {"palabra", "la", "multa", "impuesta"}


def test_a_snippet_of_a_short_text_is_the_whole_text():
    pieces = snippet("Cobrar multas, y recargos.", frozenset({stem("recargo")}))
    assert "".join(piece.text for piece in pieces) == "Cobrar multas, y recargos."
