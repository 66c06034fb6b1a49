"""Whole sample files, each with the reading expected of it beside it.

After a deliberate change: ``REFRESH_SAMPLES=1 pytest tests/exchange/importers/
test_samples.py``, then look at the difference before committing it.
"""

import json
import os
from pathlib import Path

import pytest

from exchange import jsonformat
from exchange.importers import read_source
from tests.exchange.importers.support import KINDS

FOLDER = Path(__file__).parent / "samples"
SAMPLES = sorted(path for path in FOLDER.iterdir() if path.suffix in (".txt", ".md"))


def without_keys(tree):
    """The tree without keys, which are new at each reading; charts say if they have."""
    if isinstance(tree, list):
        return [without_keys(one) for one in tree]
    if not isinstance(tree, dict):
        return tree
    return {
        name: bool(value) if name == "unit_key" else without_keys(value)
        for name, value in tree.items()
        if name not in ("key", "sha256")
    }


def shown(path: Path) -> str:
    reading = read_source(path.name, path.read_bytes(), kinds=KINDS)
    tree = {
        "fragment": reading.fragment,
        "report": reading.report.to_dict(),
        "document": json.loads(jsonformat.dumps(reading.document)),
    }
    return json.dumps(without_keys(tree), ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_read_as_expected(path):
    expected = path.with_suffix(".expected.json")
    found = shown(path)
    if os.environ.get("REFRESH_SAMPLES"):
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")
