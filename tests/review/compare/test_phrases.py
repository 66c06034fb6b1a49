"""The words of a reworded text are those of its two versions, read once or twice."""

from hypothesis import given
from hypothesis import strategies as st

from review.compare.phrases import Reworded, Text
from review.compare.redline import aligned

WORDS = st.lists(
    st.sampled_from(
        ["del", "al", "Área,", "área", "3.5", "el", "cobro", "½", "", "(a)"]
    )
)
TEXTS = WORDS.map(" ".join) | st.text(alphabet="ab l\nd.eé")


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_what_two_versions_share_is_read_as_in_each_of_them(head, was, now, tail):
    old, new = head + was + tail, head + now + tail
    reworded = Reworded(old, new)
    assert reworded.old.words == Text(old).words
    assert reworded.new.words == Text(new).words
    assert reworded.opcodes == aligned(Text(old).words, Text(new).words)


@given(TEXTS)
def test_every_word_knows_where_it_was_printed(text):
    read = Text(text)
    for at, word in enumerate(read.words):
        printed = read.phrase(at, at + 1)
        assert printed in text
        assert word in Text(printed).words
