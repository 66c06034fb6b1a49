"""Choosing the importer by extension and by content."""

import json

import pytest

from exchange import jsonformat
from exchange.importers import ImportRejected, read_source
from tests.exchange.importers.support import KINDS, read

TEXT = "8.1 Dirección de Prueba\n\n- Dirigir.\n"


def as_json() -> bytes:
    document = read(TEXT).document
    document.manual.slug = document.manual.title = document.edition.label = "prueba"
    return jsonformat.dumps(document)


def refusal(name: str, data: bytes) -> ImportRejected:
    with pytest.raises(ImportRejected) as caught:
        read_source(name, data, kinds=KINDS)
    return caught.value


@pytest.mark.parametrize("name", ["m.txt", "m.TXT", "m.md", "carpeta/m.markdown"])
def test_text_is_read_from_its_extensions(name):
    reading = read_source(name, TEXT.encode(), kinds=KINDS)
    assert reading.report.counts["functions"] == 1
    assert reading.report.source_name == name.rpartition("/")[2]
    assert len(reading.report.sha256) == 64
    (source,) = reading.document.edition.sources
    assert source.sha256 == reading.report.sha256


def test_the_encoding_is_reported():
    reading = read_source("m.txt", TEXT.encode("cp1252"), kinds=KINDS)
    assert reading.report.encoding == "windows-1252"


def test_json_is_read_whole():
    data = as_json()
    reading = read_source("m.json", data, kinds=KINDS)
    assert reading.document.units[0].name == "Dirección de Prueba"
    assert not reading.fragment
    assert sum(reading.report.accounted.values()) == len(data.decode())


@pytest.mark.parametrize("name", ["m.docx", "m.pdf", "m", "m.exe", ".txt"])
def test_unknown_extensions_are_refused(name):
    assert refusal(name, TEXT.encode()).code == "unknown_format"


def test_json_under_the_name_of_a_text_is_refused():
    assert refusal("m.txt", as_json()).code == "wrong_content"


def test_text_under_the_name_of_json_is_refused():
    assert refusal("m.json", TEXT.encode()).code == "wrong_content"


def test_a_pdf_under_the_name_of_a_text_is_refused():
    assert refusal("m.txt", b"%PDF-1.7 ...").code == "binary"


def test_json_without_units_is_refused():
    tree = json.loads(as_json())
    tree["units"] = []
    assert refusal("m.json", json.dumps(tree).encode()).code == "no_units"


def test_a_json_source_too_large_is_refused():
    assert refusal("m.json", b"{" + b" " * 25_000_000).code == "too_large"
