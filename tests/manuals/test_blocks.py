"""Chapters as numbered blocks."""

from manuals.blocks import split_blocks


def shape(body):
    return [(block.number, block.depth, block.text) for block in split_blocks(body)]


def test_paragraphs_and_items_are_numbered_through_the_chapter():
    body = "Uno.\n\n- I. Dos.\n- II. Tres\n  que sigue.\n\nCuatro."
    assert shape(body) == [
        (1, 0, "Uno."),
        (2, 1, "I. Dos."),
        (3, 1, "II. Tres\nque sigue."),
        (4, 0, "Cuatro."),
    ]


def test_nested_items_are_blocks_one_level_deeper():
    assert shape("- Uno:\n  - Dos.\n  - Tres.\n- Cuatro.") == [
        (1, 1, "Uno:"),
        (2, 2, "Dos."),
        (3, 2, "Tres."),
        (4, 1, "Cuatro."),
    ]


def test_an_ordered_list_keeps_its_printed_markers():
    blocks = split_blocks("3. Tres.\n4. Cuatro.")
    assert [(block.marker, block.text) for block in blocks] == [
        ("3.", "Tres."),
        ("4.", "Cuatro."),
    ]


def test_html_is_text_and_emphasis_is_obeyed():
    (block,) = split_blocks("<script>x</script> *verbi gratia* [a](http://x)")
    assert "<script>" not in block.html
    assert "<em>verbi gratia</em>" in block.html
    assert "<a" not in block.html


def test_indented_text_is_a_paragraph_not_code():
    (block,) = split_blocks("    Con sangría.")
    assert (block.kind, block.text) == ("paragraph", "Con sangría.")


def test_an_empty_body_has_no_blocks():
    assert split_blocks("") == []
