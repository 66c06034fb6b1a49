"""Terms in the order of a dictionary, and where texts mean them."""

import time

import pytest

from manuals.glossary import Terms, dictionary


def found(text, *terms):
    entries = dictionary((term, f"Significado de {term}", "") for term in terms)
    return [
        (text[start:end], entry.term)
        for start, end, entry in Terms(entries).occurrences(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("el PAE, la UMA y el PAE.", ["PAE", "UMA", "PAE"]),
        ("(PAE) «UMA» PAE/UMA", ["PAE", "UMA", "PAE", "UMA"]),
        ("PAE", ["PAE"]),
        ("Cartera en Mora del PAE;", ["PAE"]),
    ],
)
def test_terms_are_found_as_whole_words(text, expected):
    assert [term for _printed, term in found(text, "PAE", "UMA")] == expected


@pytest.mark.parametrize(
    "text",
    ["pae", "Pae", "PAEX", "XPAE", "PAÉ", "PAE2", "PAE-2021", "IMSS-PAE", "pae.PAE.mx"],
)
def test_what_is_only_part_of_another_word_is_not_the_term(text):
    assert found(text, "PAE") == []


def test_a_plural_is_part_of_the_occurrence():
    assert found("los PTD's y PTDs, PTD", "PTD") == [
        ("PTD's", "PTD"),
        ("PTDs", "PTD"),
        ("PTD", "PTD"),
    ]


def test_the_longest_term_goes_first():
    terms = ["Consejo", "Consejo Técnico", "IMSS", "IMSS Bienestar"]
    assert found("Consejo  Técnico, Consejo e IMSS\nBienestar", *terms) == [
        ("Consejo  Técnico", "Consejo Técnico"),
        ("Consejo", "Consejo"),
        ("IMSS\nBienestar", "IMSS Bienestar"),
    ]


def test_capitals_count_except_at_the_beginning_of_a_sentence():
    assert found("La Ley y otra ley. Crédito fiscal y crédito fiscal", "Ley") == [
        ("Ley", "Ley")
    ]
    text = "Crédito fiscal y crédito fiscal; CRÉDITO FISCAL"
    assert found(text, "crédito fiscal") == [
        ("Crédito fiscal", "crédito fiscal"),
        ("crédito fiscal", "crédito fiscal"),
    ]
    assert found("Ley y ley", "ley", "Ley") == [("Ley", "Ley"), ("ley", "ley")]


def test_terms_with_marks_are_taken_literally():
    assert found("R.F.C. o RxFxC, C++ y (a)", "R.F.C.", "C++", "(a)") == [
        ("R.F.C.", "R.F.C."),
        ("C++", "C++"),
        ("(a)", "(a)"),
    ]


def test_no_terms_find_nothing():
    assert found("PAE") == []


def test_a_dictionary_is_in_spanish_order_with_letters():
    terms = ["ñu", "Zona", "nutria", "Ámbito", "IMSS", "ISSSTE", "área", "2D", "oficio"]
    entries = dictionary((term, "x", "") for term in terms)
    assert [(entry.letter, entry.term) for entry in entries] == [
        ("#", "2D"),
        ("A", "Ámbito"),
        ("A", "área"),
        ("I", "IMSS"),
        ("I", "ISSSTE"),
        ("N", "nutria"),
        ("Ñ", "ñu"),
        ("O", "oficio"),
        ("Z", "Zona"),
    ]


def test_every_entry_has_an_anchor_of_its_own():
    terms = ["PAE", "Pae", "Crédito fiscal", "(…)", "Contenido", "R.F.C."]
    entries = dictionary([(term, "x", "") for term in terms], taken={"contenido"})
    anchors = {entry.term: entry.anchor for entry in entries}
    assert anchors == {
        "(…)": "termino",
        "Contenido": "contenido-2",
        "Crédito fiscal": "credito-fiscal",
        "PAE": "pae",
        "Pae": "pae-2",
        "R.F.C.": "r-f-c",
    }


def test_hundreds_of_terms_do_not_slow_a_long_text():
    entries = dictionary((f"TERM{n}", "x", "") for n in range(500))
    terms = Terms(entries)
    text = "Texto largo sin Terminos, pero con TERM7 al fin. " * 400
    started = time.perf_counter()
    assert len(list(terms.occurrences(text))) == 400
    assert time.perf_counter() - started < 0.5
