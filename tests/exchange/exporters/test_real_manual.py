"""The whole real manual as Akoma Ntoso and as linked data."""

import re
from collections import Counter
from html import unescape

from exchange.exporters.akn import edition_akn
from exchange.exporters.jsonld import edition_jsonld
from exchange.importers import read_source
from manuals.blocks import split_blocks
from tests.exchange.exporters.akn import BASE_URL, find, own_text, text_of, valid
from tests.exchange.exporters.graphs import ask, graph
from tests.exchange.importers.support import KINDS


def test_nothing_of_the_real_manual_is_lost_or_said_twice(real_manual):
    path = real_manual("002")
    document = read_source(path.name, path.read_bytes(), kinds=KINDS).document
    whole = valid(edition_akn(document, base_url=BASE_URL))
    said = {
        one.get("wId").partition("_")[2]: own_text(one)
        for one in find(
            whole, "//akn:mainBody//akn:paragraph|//akn:mainBody//akn:point"
        )
    }
    texts = {str(item.key): item.text for item in items(document)}
    assert said == texts
    units = find(whole, "//akn:hcontainer[@name='unit']")
    assert [find(unit, "akn:num")[0].text for unit in units] == [
        unit.code for unit in document.units
    ]
    for chapter in document.chapters:
        eid = f"chp_{chapter.number}"
        lines = find(whole, f"//*[@eId='{eid}']/akn:content//akn:p")
        assert [text_of(line) for line in lines] == [
            unescape(re.sub("<[^>]*>", "", block.html))
            for block in split_blocks(chapter.body)
        ]

    data = graph(edition_jsonld(document, base_url=BASE_URL))
    below = Counter(
        child for (child,) in ask(data, "SELECT ?a { ?a org:subOrganizationOf ?b }")
    )
    assert len(below) == 96 and set(below.values()) == {1}
    units = ask(data, "SELECT ?unit { ?unit a org:OrganizationalUnit }")
    assert len(units) == 97
    roots = ask(data, "SELECT ?code { ?a org:unitOf ?b ; skos:notation ?code }")
    assert roots == [("8.1",)]
    said = ask(data, "SELECT ?item ?text { ?item skos:definition ?text }")
    assert {item.rpartition("/")[2]: text for item, text in said} == texts
    purposes = ask(data, "SELECT ?function { ?unit org:purpose ?function }")
    assert len(purposes) == 1960


def items(document):
    """Every function and item."""
    pending = [item for unit in document.units for item in unit.functions]
    while pending:
        item = pending.pop()
        pending += item.items
        yield item
