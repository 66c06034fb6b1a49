"""JSON as its schema says, text for people, CSV that no spreadsheet runs."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

import review
from review.reorganisation import csvformat, effect_of, jsonformat, textformat
from review.reorganisation.summary import sentences, summary
from review.reorganisation.telling import sections
from tests.review.compare.building import edition, function, unit
from tests.review.compare.test_demo import document as demo
from tests.review.reorganisation.building import at, base, changed, fill, without
from tests.review.reorganisation.test_numbering import without_mail

ROOT = Path(review.__file__).parent.parent
SCHEMA = json.loads(
    (ROOT / "docs" / "manual-org-reorganisation-1.schema.json").read_text("utf-8")
)
validator = Draft202012Validator(SCHEMA, format_checker=FormatChecker())


def example():
    """An effect with something of nearly every kind."""
    old = base()
    carried = at(old, "8.2.1.1").functions[0]
    at(old, "8.3").functions = fill("h", "Apoyar a la División de Correo.", "Oír.")
    units = without_mail(old)
    units[3].functions = [*units[3].functions, carried]
    new = unit("8.3.1", "Subjefatura Nueva", *fill("n", "Ver."), parent_code="8.3")
    return changed(*units, new, old=old)


def rows(effect) -> list[dict[str, str]]:
    text = csvformat.dumps(effect).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA)


def test_effects_are_valid_and_the_same_bytes_each_time():
    content = jsonformat.dumps(example())
    validator.validate(json.loads(content))
    assert content == jsonformat.dumps(example())
    tree = json.loads(content)
    assert tree["format"] == "manual-org/reorganisation/1"
    assert tree["new"] == {"manual": "dir", "edition": "2024"}
    assert tree["homes"]["fates"][0]["path"] == "1"
    assert tree["summary"]["removed"] == len(tree["structure"]["removed"]) == 2


def test_the_effect_of_the_demonstration_editions_is_valid():
    effect = effect_of(demo("2021"), demo("2024"))
    validator.validate(json.loads(jsonformat.dumps(effect)))
    assert effect.matched == "texts"


@pytest.mark.parametrize("name", ["summary", "structure", "homes", "spans"])
def test_the_schema_misses_what_is_missing(name):
    tree = jsonformat.to_dict(example())
    del tree[name]
    with pytest.raises(ValidationError):
        validator.validate(tree)


def test_the_summary_counts_and_says_it():
    effect = example()
    counts = summary(effect)
    assert (counts["new"], counts["codes"], counts["citations"]) == (1, 1, 1)
    said = "\n".join(sentences(effect))
    assert "Unidades: de 8 a 7; 2 se suprimen, 1 es nueva." in said
    assert "Sin sucesora registrada: 2 de las 2 que se suprimen." in said
    assert "Ninguna unidad queda sin superior." in said
    assert "1 unidad queda fuera de su nivel acostumbrado." in said
    assert "2 quedan sin lugar, 1 cambia de unidad" in said
    assert "Niveles: 4 (antes 5)." in said
    assert "Cambia 1 código de unidad." in said
    assert "La edición nueva usa 1 vez un nombre o un código anterior." in said


def test_what_there_is_none_of_is_said_plainly():
    old = base()
    text = textformat.dumps(effect_of(old, old)).decode()
    assert "Nada cambia en la estructura" in text
    for sentence in (
        "Ninguna función queda sin lugar.",
        "Ninguna unidad queda sin superior.",
        "Ningún código de unidad cambia.",
        "Ningún texto usa un nombre ni un código anterior.",
    ):
        assert sentence in text
    moved = changed(*without(old, "8.3"), old=old)
    assert "ninguna queda sin lugar" not in "\n".join(sentences(moved))


def test_the_text_holds_every_table_and_says_what_remains_valid():
    text = textformat.dumps(example()).decode()
    assert "Funciones sin lugar (2)" in text
    assert "Lo que se citó de ediciones anteriores sigue siendo válido" in text
    assert "8.2.1.1 División de Correo (se suprime) | 2. | Llevar el registro" in text


def test_a_row_has_a_cell_for_each_column_and_ids_are_unique():
    found = sections(example())
    tables = [table for section in found for table in section.tables]
    for table in tables:
        assert {len(row) for row in table.rows} <= {len(table.columns)}
    ids = [table.id for table in tables] + [section.id for section in found]
    assert len(ids) == len(set(ids))


def test_the_spreadsheet_has_a_row_for_each_thing():
    found = rows(example())
    kinds = [(one["apartado"], one["hallazgo"]) for one in found]
    assert kinds.count(("unidades", "se suprime")) == 2
    assert kinds.count(("funciones", "sin lugar")) == 2
    assert kinds.count(("numeración", "código")) == 1
    (moved,) = [one for one in found if one["hallazgo"] == "cambiaron de unidad"]
    assert (moved["código anterior"], moved["código de la otra unidad"]) == (
        "8.2.1.1",
        "8.2.1.1",
    )
    assert moved["otra unidad"] == "División de Citas"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", " =", "＝"])
def test_no_text_can_be_taken_for_a_formula(sign):
    evil = f"{sign}HYPERLINK(1)"
    old = edition(unit("8.1", "Dirección", function("x", evil), function("y", "Ver.")))
    new = edition(unit("8.1", f"{sign}1+1", function("y", "Ver.")))
    found = rows(effect_of(old, new))
    (lost,) = [one for one in found if one["apartado"] == "funciones"]
    assert lost["texto"] == f"'{evil}"
    assert lost["unidad"].startswith("'")
    assert csvformat.safe("8.2.1") == "8.2.1"


def test_computing_needs_no_django():
    code = (
        "import sys, review.reorganisation, review.reorganisation.csvformat,"
        "review.reorganisation.jsonformat, review.reorganisation.textformat;"
        "assert not any(name.split('.')[0] == 'django' for name in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
