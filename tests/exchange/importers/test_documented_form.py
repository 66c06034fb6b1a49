"""The form of docs/import-markdown.md is read as that page says."""

import re
from datetime import date
from pathlib import Path

from tests.exchange.importers.support import not_understood, outline, read, shown

PAGE = Path(__file__).parents[3] / "docs" / "import-markdown.md"


def test_the_example_is_read_whole():
    example = re.search(r"(?s)```markdown\n(.*?)```", PAGE.read_text("utf-8")).group(1)
    reading = read(example)
    document = reading.document
    assert not_understood(reading) == 0
    assert document.manual.title == "Manual de Organización de la Dirección de Archivo"
    assert document.edition.authorised_by == "Dra. Elena Luna Prado"
    assert document.edition.authorised_position == "Titular de la Dirección de Archivo"
    assert document.edition.ratified_on == date(2020, 5, 7)
    assert document.edition.document_number == "09/007/2021"
    assert document.edition.document_date == date(2020, 5, 4)
    assert [(one.number, one.kind) for one in document.chapters] == [
        (1, "text"),
        (4, "text"),
        (7, "charts"),
        (8, "functions"),
    ]
    assert document.chapters[2].charts[0].effective_from == date(2020, 7, 1)
    assert [code for code, *_ in outline(document)] == ["8.1", "8.2"]
    assert shown(document.units[0].functions) == [
        'A function is an item with a bullet or a number ("1.").',
        [
            "One with sub-items ends in a colon:",
            "the first;",
            [
                "the second, which may end in a colon too:",
                "a third level,",
                "without labels.",
            ],
        ],
    ]
