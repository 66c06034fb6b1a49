"""Every character in exactly one span, and what a missing stage costs."""

import pytest

from exchange.importers.context import Context
from exchange.importers.errors import ImportRejected, Unaccounted
from exchange.importers.items import read_functions
from exchange.importers.prose import read_prose
from exchange.importers.report import CLASSES, Span
from exchange.importers.stages import READING
from exchange.importers.totals import record_blanks
from tests.exchange.importers.support import KINDS, read

SOURCE = """\
MANUAL DE ORGANIZACIÓN DE LA DIRECCIÓN DE PRUEBA

Autorización

Lic. Ana Robles

Índice

1. Objetivo 2
2. Funciones 3
2.1 Dirección de Prueba 3

1. Objetivo.

Uno   con  huecos.

2. Funciones.

2.1. Dirección de Prueba.

- Dirigir las áreas
\tsiguientes:
 - a) Archivo.

MANUAL DE ORGANIZACIÓN DE LA DIRECCIÓN DE PRUEBA
"""


def test_spans_cover_every_offset_once_in_order():
    reading = read(SOURCE)
    at = 0
    for span in reading.spans:
        assert span.start == at < span.end
        assert span.kind in CLASSES
        at = span.end
    assert at == len(SOURCE) == reading.report.characters


def test_the_accounts_are_the_sums_of_the_spans():
    reading = read(SOURCE)
    for kind in CLASSES:
        lengths = [span.end - span.start for span in reading.spans if span.kind == kind]
        assert reading.report.accounted[kind] == sum(lengths)
    assert sum(reading.report.accounted.values()) == len(SOURCE)
    assert reading.report.coverage == 1.0 and reading.report.understood


def test_blanks_are_white_space_and_nothing_else():
    for span in read(SOURCE).spans:
        text = SOURCE[span.start : span.end]
        assert (span.kind == "blank") is text.isspace(), text


def test_each_stored_text_is_its_spans_joined_by_one_space():
    reading = read(SOURCE)
    texts: dict[str, str] = {}
    for span in reading.spans:
        if span.ref:
            piece = SOURCE[span.start : span.end]
            texts[span.ref] = (
                f"{texts[span.ref]} {piece}" if span.ref in texts else piece
            )
    (unit,) = reading.document.units
    (function,) = unit.functions
    assert texts[f"unit/{unit.key}/name"] == unit.name
    assert texts[f"function/{function.key}"] == function.text
    assert function.text == "Dirigir las áreas siguientes:"
    assert texts[f"function/{function.items[0].key}"] == "Archivo."
    assert texts["chapter/1/block/1"] == reading.document.chapters[0].body
    assert texts["chapter/1/block/1"] == "Uno con huecos."


@pytest.mark.parametrize(
    ("missing", "left"),
    [(read_functions, "Dirigir las áreas"), (read_prose, "Uno")],
)
def test_without_a_stage_the_coverage_falls(missing, left):
    whole = read(SOURCE).report
    stages = [stage for stage in READING if stage is not missing]
    if missing is read_prose:
        # The charts and the index need the document's chapters.
        stages = stages[: stages.index(read_functions) + 1] + stages[-4:-3]
    report = read(SOURCE, stages=stages).report
    assert report.coverage < whole.coverage == 1.0
    assert not report.understood
    assert any(left in doubt.text for doubt in report.doubts)
    assert sum(report.accounted.values()) == len(SOURCE)


def context_with(*spans: Span) -> Context:
    return Context(text="uno dos", kinds=KINDS, spans=list(spans))


def test_text_that_no_stage_recorded_is_a_bug_and_not_a_blank():
    with pytest.raises(Unaccounted, match="falta una parte"):
        record_blanks(context_with(Span(0, 3, "imported")))


def test_text_that_two_stages_recorded_is_a_bug():
    with pytest.raises(Unaccounted, match="dos veces"):
        record_blanks(context_with(Span(0, 3, "imported"), Span(2, 7, "marks")))


def test_a_source_without_units_is_refused():
    with pytest.raises(ImportRejected) as caught:
        read("Una carta cualquiera.\n\n- Con viñetas.\n")
    assert caught.value.code == "no_units"


def test_the_report_is_the_stable_json():
    report = read(SOURCE).report.to_dict()
    assert list(report)[:3] == ["format", "source", "accounted"]
    assert report["format"] == "manual-org/import/1"
    assert list(report["source"]) == ["name", "sha256", "characters", "encoding"]
    assert list(report["accounted"]) == list(CLASSES)
    assert list(report["counts"]) == [
        "units",
        "functions",
        "items",
        "third_level",
        "chapters",
        "index_entries",
    ]
    assert report["counts"]["index_entries"] == 3
    (correction,) = report["corrections"][:1]
    assert list(correction) == ["line", "kind", "printed", "read"]
