"""The questions of docs/linked-data.md, asked as they stand there."""

import re
from pathlib import Path

from exchange.exporters.jsonld import edition_jsonld
from tests.exchange.exporters.graphs import BASE_URL, ask, graph
from tests.exchange.interchange import document, key

PAGE = Path(__file__).parents[3] / "docs" / "linked-data.md"
QUERIES = re.findall(r"```sparql\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
PLACEHOLDER = "https://…/id/unidad/…"


def question(text: str, number: int) -> str:
    assert PLACEHOLDER in text
    return text.replace(PLACEHOLDER, f"{BASE_URL}/id/unidad/{key(number)}")


def test_functions_of_all_units_below_one_come_in_order():
    data = graph(edition_jsonld(document(), base_url=BASE_URL))
    assert ask(data, question(QUERIES[0], 1)) == [
        ("2.2", 1, "Hacer “bien”."),
        ("2.2", 2, "Revisar:"),
    ]


def test_what_became_of_a_unit():
    base = document()
    base.units[1].key = key(9)
    data = graph(edition_jsonld(document(), base_url=BASE_URL, base=base))
    assert ask(data, question(QUERIES[1], 9)) == [("Supresión", None, None)]
    assert ask(data, question(QUERIES[1], 1)) == []
