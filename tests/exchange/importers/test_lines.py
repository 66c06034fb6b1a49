"""Lines and the pieces of text in them."""

from exchange.importers.lines import pieces, split_lines


def test_blank_lines_are_counted_before_the_line_that_follows():
    lines = split_lines("uno\n\n \t\n  dos\r\n\rtres")
    assert [(line.number, line.text, line.indent, line.gap) for line in lines] == [
        (1, "uno", 0, 0),
        (4, "dos", 2, 2),
        (6, "tres", 0, 1),
    ]


def test_offsets_frame_the_visible_text():
    text = "\n\t uno dos \n"
    (line,) = split_lines(text)
    assert text[line.start : line.end] == line.text == "uno dos"


def test_invisible_characters_alone_are_a_blank_line():
    assert split_lines("\ufeff\n\u200b \xa0\n") == []


def test_wide_gaps_separate_pieces_and_single_spaces_do_not():
    text = "  uno dos   tres\tcuatro "
    found = [text[start:end] for start, end in pieces(text, 0, len(text))]
    assert found == ["uno dos", "tres", "cuatro"]
