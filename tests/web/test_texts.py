"""Texts with marks: nothing lost, nothing crossed, tags never touched."""

import re
from html import escape, unescape

from hypothesis import given
from hypothesis import strategies as st

from manual_org.web.texts import EditionTexts, Mark


def words(pattern, tag):
    """A finder that wraps what the pattern finds in an element of that name."""

    def find(text, unit_key):
        for found in re.finditer(pattern, text):
            yield Mark(found.start(), found.end(), f"<{tag}>", f"</{tag}>")

    return find


def without_tags(html):
    return unescape(re.sub(r"<[^>]*>", "", html))


def test_a_text_is_escaped_outside_and_inside_of_marks():
    texts = EditionTexts([words("A & B", "a")])
    assert texts.html("<A & B>") == "&lt;<a>A &amp; B</a>&gt;"


def test_what_the_first_finder_takes_later_ones_leave_alone():
    texts = EditionTexts([words("uno dos", "a"), words("dos|tres|cero", "b")])
    assert texts.html("cero uno dos tres") == "<b>cero</b> <a>uno dos</a> <b>tres</b>"


def test_a_named_mark_is_made_where_the_text_is_first_free():
    def find(text, unit_key):
        for found in re.finditer("PAE|UMA", text):
            yield Mark(found.start(), found.end(), "<b>", "</b>", found[0])

    texts = EditionTexts([words("Mora del PAE", "a"), find])
    assert (
        texts.html("Mora del PAE, UMA, PAE, PAE y UMA")
        == "<a>Mora del PAE</a>, <b>UMA</b>, <b>PAE</b>, PAE y UMA"
    )


def test_a_finder_is_told_whose_text_it_is():
    told = []

    def find(text, unit_key):
        told.append((text, unit_key))
        return []

    texts = EditionTexts([find])
    texts.html("uno", "clave")
    texts.inline("d&amp;s")
    assert told == [("uno", "clave"), ("d&s", None)]


def test_tags_are_no_text():
    texts = EditionTexts([words("em|amp", "a")])
    assert texts.inline("<em>&amp;</em> em") == "<em>&amp;</em> <a>em</a>"


def test_a_name_is_found_across_emphasis():
    texts = EditionTexts([words("uno dos tres", "a")])
    assert texts.inline("uno <em>dos</em> tres") == "<a>uno <em>dos</em> tres</a>"
    assert texts.inline("<em>uno dos tres</em>") == "<em><a>uno dos tres</a></em>"


def test_a_mark_that_would_cut_an_element_is_left_out():
    texts = EditionTexts([words("uno dos", "a")])
    for html in ["<em>uno</em> dos", "uno <em>dos tres</em>", "<b>uno</b> <i>dos</i>"]:
        assert texts.inline(html) == html


def test_a_line_break_is_no_element():
    texts = EditionTexts([words(r"uno\s+dos", "a")])
    assert texts.inline("uno<br />\ndos") == "<a>uno<br />\ndos</a>"


pieces = st.sampled_from(["uno", "dos", "<b>", "</b>", "<br />", " ", "&amp;", "&lt;"])


@given(st.lists(pieces).map("".join))
def test_marking_html_only_adds_whole_marks(html):
    marked = EditionTexts([words("uno dos|dos", "a")]).inline(html)
    assert re.sub("</?a>", "", marked) == html
    assert re.fullmatch(r"([^a]|amp|<a>([^a]|amp)*</a>)*", marked)


@given(st.text("abc <>&\"'"))
def test_marking_a_text_only_adds_tags(text):
    marked = EditionTexts([words("ab?|c+", "a"), words("[bc ]", "b")]).html(text)
    assert without_tags(marked) == text
    assert re.sub("</?[ab]>", "", marked) == escape(text)
