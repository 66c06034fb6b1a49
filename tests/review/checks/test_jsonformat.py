"""The JSON and text forms: what DESIGN promises of them, held by the schema."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

import review
from exchange.document import Chapter, Chart
from review.checks import check, shipped
from review.checks.jsonformat import dumps, to_dict
from review.checks.summary import blocking, summary, waived
from review.checks.textformat import dumps as text_dumps
from tests.review.checks.support import listed, of_lists, of_texts
from tests.review.compare.test_demo import document as demo

ROOT = Path(review.__file__).parent.parent
SCHEMA = json.loads(
    (ROOT / "docs" / "manual-org-check-1.schema.json").read_text(encoding="utf-8")
)
validator = Draft202012Validator(SCHEMA, format_checker=FormatChecker())
DEEP = listed("Atender:", listed("Lo siguiente:", "De de todo,", "Nada."), "Otro.")


def example():
    document = of_lists(A=["Elaborar informes", "Hacer ,esto."], B=[DEEP], C=[])
    document.chapters = [
        Chapter(7, "Organogramas", "charts", charts=[Chart("7.1", "D")])
    ]
    return document, check(document, shipped())


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA)


def test_findings_are_valid():
    document, found = example()
    tree = json.loads(dumps(found, document))
    validator.validate(tree)
    assert {one["severity"] for one in tree["findings"]} == {"error", "warning"}
    assert {one["field"] for one in tree["findings"]} >= {"text", "functions", "chart"}


def test_the_findings_of_the_demonstration_manual_are_valid():
    for document in (demo("2021"), demo("2024")):
        found = check(document, shipped())
        validator.validate(json.loads(dumps(found, document)))
        assert blocking(found) == []


@pytest.mark.parametrize("name", ["rule", "severity", "fix", "waived", "item_label"])
def test_the_schema_misses_what_is_missing(name):
    document, found = example()
    tree = to_dict(found, document)
    del tree["findings"][0][name]
    with pytest.raises(ValidationError):
        validator.validate(tree)


def test_a_finding_says_where_and_what():
    document = of_texts("Elaborar los informes de de todos")
    missing, doubled = (
        next(
            one
            for one in to_dict(check(document, shipped()), document)["findings"]
            if one["rule"] == rule
        )
        for rule in ("ending_missing", "doubled_word")
    )
    assert list(missing)[:11] == [
        *("rule", "severity", "unit_code", "function_number", "item_label"),
        *("start", "end", "excerpt", "message", "fix", "waived"),
    ]
    assert (
        missing["start"] == missing["end"] == len("Elaborar los informes de de todos")
    )
    assert missing["fix"] == "Elaborar los informes de de todos."
    assert (doubled["unit_code"], doubled["function_number"]) == ("8.1", 1)
    assert doubled["fix"] == "Elaborar los informes de todos"
    assert doubled["replacement"] == ""


def test_the_third_level_is_labelled_like_its_address():
    document, found = example()
    labels = {one["item_label"] for one in to_dict(found, document)["findings"]}
    assert "a-i" in labels


def test_the_same_findings_give_the_same_bytes():
    document, found = example()
    assert dumps(found, document) == dumps(check(document, shipped()), document)
    assert dumps(found, document).endswith(b"}\n")


def test_waived_findings_are_counted_apart_and_block_nothing():
    _document, found = example()
    errors = blocking(found)
    assert errors
    after = waived(found, [one.fingerprint for one in errors])
    assert blocking(after) == []
    counts = summary(after)
    assert (counts["error"], counts["waived"]) == (0, len(errors))
    assert sum(counts.values()) == len(found)


def test_the_text_report_reads_unit_by_unit():
    document, found = example()
    lines = text_dumps(found, document).decode().splitlines()
    assert lines[0].startswith("Manual de pruebas, edición 1: ")
    assert "8.2 División de A" in lines
    assert "  función 1: advertencia: No termina en punto. [ending_missing]" in lines
    assert "      Se puede corregir: «» por «.»." in lines
    assert any(line.startswith("  función 1, inciso a) i): ") for line in lines)
    assert any(line.startswith("  unit_empty (1): ") for line in lines)


def test_the_text_report_of_an_edition_without_findings_is_one_line():
    document = of_texts("Elaborar los informes.")
    found = check(document, shipped(), ["ending_missing", "item_empty"])
    assert text_dumps(found, document).decode() == (
        "Manual de pruebas, edición 1: 0 errores, 0 advertencias, 0 sugerencias.\n"
    )
