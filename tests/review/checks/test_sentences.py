"""Long sentences."""

from review.checks.rules.sentences import LONGEST
from tests.review.checks.support import findings, listed, marked, of_texts


def words(count: int) -> str:
    return "Elaborar" + " cosa" * (count - 1)


def test_a_sentence_with_one_word_too_many_is_found():
    assert marked("long_sentence", f"{words(LONGEST)}.") == []
    (finding,) = findings("long_sentence", of_texts(f"{words(LONGEST + 1)}."))
    assert finding.message == f"La oración tiene {LONGEST + 1} palabras."


def test_only_the_long_sentence_is_marked():
    long = f"{words(LONGEST + 5)}."
    assert marked("long_sentence", f"Hacer esto. {long} Y esto.") == [long]


def test_two_sentences_or_clauses_are_not_one_long_one():
    half = words(LONGEST - 10)
    assert marked("long_sentence", f"{half}. {half}.", f"{half}; {half}.") == []


def test_an_abbreviation_ends_no_sentence():
    half = words(LONGEST - 10)
    text = f"{half} ante la H. Comisión y el Lic. Ramos {half}."
    assert marked("long_sentence", text) == [text]


def test_items_are_read_by_themselves():
    half = words(LONGEST - 10)
    assert marked("long_sentence", listed(f"{half}:", f"{half};", f"{half}.")) == []
