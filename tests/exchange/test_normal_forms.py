"""The normal form of a text is the same by its short way and by its definition."""

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from exchange.importers.wording import normal, plain


def plainly(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


spanish = st.text(alphabet="abcñÑáÉíóúüÜ 12_.,;:-()\n\tº“”")


@given(st.one_of(spanish, st.text()))
def test_plain_takes_accents_and_case_away(text):
    assert plain(text) == plainly(text)


@given(st.one_of(spanish, st.text()))
def test_normal_keeps_words_and_numbers_only(text):
    assert normal(text) == " ".join(re.findall(r"[^\W_]+", plainly(text)))
