"""Whatever a text says: rules find places in it, and mending comes to an end."""

from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.document import Chapter, Function
from review.checks import check, fixed, shipped
from review.checks.jsonformat import dumps
from review.checks.textformat import dumps as text_dumps
from review.checks.texts import block_text, with_block
from tests.review.checks.support import listed, of_lists, of_texts

PIECES = (
    *("Elaborar", "y revisar", "informes", "de", "de", "la", "el", "del", "Unidad de"),
    *("División de A", "COFEMER", "SIPROB", "(SIPROB)", "las demás", "Realizarlas"),
    *(",", ";", ".", "..", ":", "; y", " ", "  ", "\t", "\u00a0", "(", ")", "«", "»"),
    *("Y", "etc.", "1,000", "a)", "Dirección", "subjefatura", "¿", "?", "H.", "Ñandú"),
)
joined = st.lists(st.sampled_from(PIECES), max_size=14).flatmap(
    lambda pieces: st.sampled_from(["", " "]).map(lambda glue: glue.join(pieces))
)
any_text = st.one_of(joined, st.text(max_size=80))


def of_any(texts: list[str]):
    items = [Function(text) for text in texts]
    return of_lists(A=texts, B=[listed("Ver:", *items[:3]), *texts])


@given(st.lists(any_text, min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_every_finding_is_in_its_text(texts):
    document = of_any(texts)
    found = check(document, shipped())
    for one in found:
        assert 0 <= one.hit.start <= one.hit.end <= len(one.place.text)
        assert one.message and not one.message.isspace()
        assert isinstance(one.excerpt, str)
        if one.has_fix:
            assert one.fix != one.place.text
    assert dumps(found, document) and text_dumps(found, document)


@given(st.lists(any_text, min_size=1, max_size=4), st.sampled_from(["\n", "\n\n- "]))
@settings(max_examples=60, deadline=None)
def test_a_chapter_is_mended_in_one_block_or_not_at_all(texts, between):
    document = of_texts("Elaborar informes.")
    body = between.join(texts)
    document.chapters = [Chapter(1, "Marco", body=body)]
    for one in check(document, shipped()):
        if one.place.field != "block":
            continue
        assert 0 <= one.hit.start <= one.hit.end <= len(one.place.text)
        number = one.place.block_number
        assert block_text(body, number) == one.place.text
        if one.has_fix and (mended := with_block(body, number, one.fix)) is not None:
            assert block_text(mended, number) == one.fix
            others = [at for at in range(1, 20) if at != number]
            for at in others:
                assert block_text(mended, at) == block_text(body, at)


@given(joined)
@settings(max_examples=300, deadline=None)
def test_mending_comes_to_an_end(text):
    for _round in range(25):
        found = [one for one in check(of_texts(text), shipped()) if one.has_fix]
        found = [one for one in found if one.place.field == "text"]
        if not found:
            return
        text = fixed(text, found)
    raise AssertionError(f"never mended: {text!r}")
