"""The findings on the real manual of 2021 that were judged by reading.

For each rule a sample of 50 findings (all when fewer) is drawn with a fixed seed. What
a person said of each is kept by code and number in judged/<rule>.json, without words
of the manual. A finding is a false alarm when what it says is not so, or when the
editor in charge would not want to be told.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from exchange.document import Document
from exchange.importers.text import read_bytes
from review.checks import Finding, check, shipped
from tests.exchange.importers.support import KINDS

FOLDER = Path(__file__).parent / "judged"
SEED = 2021
SIZE = 50

Key = tuple[str | None, int | None, str | None, int]


def read(path: Path) -> Document:
    return read_bytes(path.read_bytes(), source_name=path.name, kinds=KINDS).document


@cache
def findings_in(path: Path) -> dict[str, list[Finding]]:
    """The findings on a source by rule, in reading order."""
    found: dict[str, list[Finding]] = {}
    for finding in check(read(path), shipped()):
        found.setdefault(finding.rule, []).append(finding)
    return found


def sample(findings: list[Finding]) -> list[Finding]:
    """The findings to be judged, in reading order."""
    size = min(SIZE, len(findings))
    dice = random.Random(SEED)  # noqa: S311 - the same sample every time
    return [findings[at] for at in sorted(dice.sample(range(len(findings)), size))]


def key(finding: Finding) -> Key:
    place = finding.place
    if place.block_number is not None:
        chapter = f"capítulo {place.chapter_number}"
        return chapter, place.block_number, None, finding.hit.start
    return (
        place.unit_code,
        place.function_number,
        place.item_label,
        finding.hit.start,
    )


def write(rule: str, findings: list[Finding], false_alarms: Iterable[Key]) -> None:
    """Keep what was judged; ``false_alarms`` are the keys of those."""
    wrong = set(false_alarms)
    lines = [
        json.dumps([*key(one), key(one) in wrong], ensure_ascii=False)
        for one in sample(findings)
    ]
    body = ",\n  ".join(lines)
    listed = f"[\n  {body}\n ]" if lines else "[]"
    FOLDER.joinpath(f"{rule}.json").write_text(
        f'{{\n "rule": "{rule}",\n "found": {len(findings)},\n'
        f' "judged": {listed}\n}}\n',
        encoding="utf-8",
    )


def judged(rule: str) -> dict:
    """``judged``: [unit code, function number, item label, start, false alarm]."""
    return json.loads((FOLDER / f"{rule}.json").read_text(encoding="utf-8"))
