"""Bytes to text: what is read, and one clear sentence for what is refused."""

import time

import pytest

from exchange.importers.encoding import LARGEST_TEXT, LONGEST_LINE, MOST_LINES, decode
from exchange.importers.errors import ImportRejected

TEXT = "Función y atención.\nOtra línea: “así”.\n"


def refusal(data: bytes) -> ImportRejected:
    with pytest.raises(ImportRejected) as caught:
        decode(data)
    assert caught.value.message.endswith(".")
    return caught.value


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode("utf-8"), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16"),
        (TEXT.encode("cp1252"), "windows-1252"),
    ],
)
def test_each_encoding_gives_the_same_text(data, encoding):
    assert decode(data) == (TEXT, encoding)


def test_line_ends_stay_as_they_are():
    assert decode(b"uno\r\ndos\rtres\n")[0] == "uno\r\ndos\rtres\n"


def test_form_feeds_of_pdf_extractors_are_text():
    assert decode(b"uno\n\x0cdos\n")[0] == "uno\n\x0cdos\n"


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", b"\xef\xbb\xbf\n"])
def test_a_source_without_text_is_empty(data):
    assert refusal(data).code == "empty"


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n...",
        b"PK\x03\x04docx",
        b"\x89PNG\r\n\x1a\n",
        b"{\\rtf1 hola}",
        b"\x00\x01\x02\x03\x04",
        bytes(range(256)) * 4,
    ],
)
def test_binary_files_are_refused(data):
    assert refusal(data).code == "binary"


def test_a_stray_byte_in_utf8_text_is_a_mixture_and_names_its_line():
    error = refusal(TEXT.encode() + "línea en otra codificación".encode("cp1252"))
    assert (error.code, error.line) == ("mixed_encodings", 3)


def test_utf8_inside_windows_1252_text_is_a_mixture():
    windows = ("función " * 50).encode("cp1252")
    assert refusal(windows + "\natención".encode()).code == "mixed_encodings"


def test_two_high_bytes_in_a_row_are_no_mixture():
    # D3 94 is valid UTF-8 for a Cyrillic letter, which no manual has.
    text = "“LA FUNCIÓ” y la atención"
    assert decode(text.encode("cp1252")) == (text, "windows-1252")


def test_letters_saved_twice_are_refused_with_their_line():
    error = refusal(TEXT.encode() + "funci\u00c3\u00b3n".encode())
    assert (error.code, error.line) == ("mixed_encodings", 3)


def test_bytes_of_no_encoding_are_refused():
    assert refusal(b"texto \x81\x8d").code == "undecodable"


def test_a_truncated_utf16_file_is_refused():
    assert refusal(b"\xff\xfea\x00b").code == "undecodable"


@pytest.mark.parametrize("character", ["\x07", "\x1b", "\x7f", "\x0b"])
def test_control_characters_are_refused_with_their_line(character):
    error = refusal(f"uno\ndos{character}\n".encode())
    assert (error.code, error.line) == ("control_characters", 2)


def test_a_c1_control_in_utf8_is_refused():
    assert refusal("uno \x85 dos".encode()).code == "control_characters"


def test_fifty_megabytes_of_one_line_are_refused_at_once():
    data = b"a" * 50_000_000
    start = time.perf_counter()
    assert refusal(data).code == "too_large"
    assert time.perf_counter() - start < 1


def test_a_line_longer_than_any_of_a_manual_is_refused_with_its_number():
    error = refusal(b"uno\n" + b"a" * (LONGEST_LINE + 1) + b"\ntres")
    assert (error.code, error.line) == ("line_too_long", 2)


def test_the_last_line_may_be_too_long_as_well():
    assert refusal(b"uno\n" + b"a" * (LONGEST_LINE + 1)).line == 2


def test_more_lines_than_any_manual_are_refused():
    assert refusal(b"a\r\n" * (MOST_LINES + 1)).code == "too_many_lines"


def test_the_limit_of_size_itself_is_read():
    line = b"palabras de un manual\n"
    data = line * (LARGEST_TEXT // len(line) // 8)
    assert len(decode(data)[0]) == len(data)
