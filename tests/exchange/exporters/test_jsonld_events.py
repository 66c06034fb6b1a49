"""JSON-LD: what became of units, as an integrator asks for it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from exchange.document import Document, Edition, Manual, Unit
from exchange.exporters.jsonld import edition_jsonld
from tests.exchange.exporters.graphs import BASE_URL, ask, graph
from tests.exchange.interchange import key


@dataclass
class Stated:
    kind: str
    from_keys: list[UUID]
    to_keys: list[UUID]


def edition(label: str, units: dict[str, int], **fields) -> Document:
    """Units by code with the number of their key; the first one is the root."""
    root = next(iter(units))
    return Document(
        Manual("m", "Manual"),
        Edition(label, **fields),
        units=[
            Unit(
                code,
                f"Unidad {number}",
                "Unidad",
                key(number),
                parent_code=None
                if code == root
                else code.rpartition(".")[0]
                if code.count(".") > 1
                else root,
            )
            for code, number in units.items()
        ],
    )


# 2021: 8.1 > 8.2 (2) > 8.2.1 (3), 8.2.2 (4), 8.2.3 (5); 8.3 (6)
# 2024: 8.1 > 8.2 (2) > 8.2.1 (7), 8.2.2 (8), 8.2.3 (9); 3 was split into 7 and 8,
#       4 and 5 were merged into 9, 6 was suppressed, 10 created
OLD = edition(
    "2021", {"8.1": 1, "8.2": 2, "8.2.1": 3, "8.2.2": 4, "8.2.3": 5, "8.3": 6}
)
NEW = edition(
    "2024",
    {"8.1": 1, "8.2": 2, "8.2.1": 7, "8.2.2": 8, "8.2.3": 9, "8.3": 10},
    effective_from=date(2024, 2, 1),
)
STATED = [
    Stated("split", [key(3)], [key(7), key(8)]),
    Stated("merged", [key(4), key(5)], [key(9)]),
]
WHAT_BECAME = """
    SELECT ?event ?code {
        ?what org:originalOrganization <%s> ; skos:prefLabel ?event .
        OPTIONAL { ?what org:resultingOrganization/skos:notation ?code }
    } ORDER BY ?code
"""


def unit(number: int) -> str:
    return f"{BASE_URL}/id/unidad/{key(number)}"


def said(base=OLD, successions=STATED, new=NEW):
    return graph(
        edition_jsonld(new, base_url=BASE_URL, base=base, successions=successions)
    )


def test_what_became_of_a_unit_is_asked_by_its_identifier():
    data = said()
    assert ask(data, WHAT_BECAME % unit(3)) == [
        ("División", "8.2.1"),
        ("División", "8.2.2"),
    ]
    assert ask(data, WHAT_BECAME % unit(4)) == [("Fusión", "8.2.3")]
    assert ask(data, WHAT_BECAME % unit(5)) == [("Fusión", "8.2.3")]
    assert ask(data, WHAT_BECAME % unit(6)) == [("Supresión", None)]
    assert ask(data, WHAT_BECAME % unit(2)) == []


def test_what_became_of_a_code_of_the_old_edition_is_asked_too():
    query = """
        SELECT ?name ?page ?moment {
            ?unit skos:notation "8.3" ; skos:prefLabel ?name ; foaf:page ?page .
            ?event org:originalOrganization ?unit ; prov:startedAtTime ?moment .
        }
    """
    assert ask(said(), query) == [
        ("Unidad 6", f"{BASE_URL}/manuales/m/2021/8.3/", datetime(2024, 2, 1))
    ]


def test_a_new_unit_resulted_from_nothing():
    query = """
        SELECT ?code {
            ?event org:resultingOrganization/skos:notation ?code
            FILTER NOT EXISTS { ?event org:originalOrganization ?any }
        }
    """
    assert ask(said(), query) == [("8.3",)]


def test_all_units_below_one_are_asked_along_the_tree():
    query = f"""
        SELECT ?code {{
            ?unit org:subOrganizationOf+ <{unit(2)}> ; skos:notation ?code
        }} ORDER BY ?code
    """
    assert ask(said(), query) == [("8.2.1",), ("8.2.2",), ("8.2.3",)]


def test_former_units_are_no_units_of_the_edition():
    query = "SELECT (COUNT(*) AS ?n) { ?unit a org:OrganizationalUnit }"
    assert ask(said(), query) == [(len(NEW.units),)]


def test_events_have_identifiers_that_do_not_depend_on_their_order():
    query = "SELECT ?event { ?event a org:ChangeEvent } ORDER BY ?event"
    assert ask(said(successions=STATED), query) == ask(
        said(successions=STATED[::-1]), query
    )
    edition_page = f"{BASE_URL}/manuales/m/2024/"
    for successions in (STATED, STATED[::-1]):
        data = said(successions=successions)
        assert [one for (one,) in ask(data, query)] == [
            f"{edition_page}#creacion-{key(10)}",
            f"{edition_page}#division-{key(3)}",
            f"{edition_page}#fusion-{key(9)}",
            f"{edition_page}#supresion-{key(6)}",
        ]


def test_the_edition_names_the_one_it_was_made_from():
    query = "SELECT ?old { ?new dcat:previousVersion ?old }"
    assert ask(said(), query) == [(f"{BASE_URL}/manuales/m/2021/",)]


def test_without_a_day_an_event_has_none():
    new = edition("2024", {"8.1": 1})
    query = "SELECT ?day { ?event prov:startedAtTime ?day }"
    data = said(new=new, successions=[])
    assert ask(data, query) == []
    assert len(ask(data, "SELECT ?event { ?event a org:ChangeEvent }")) == 5


def test_editions_without_a_key_in_common_say_nothing_of_each_other():
    other = edition("2021", {"8.1": 21, "8.2": 22})
    data = said(base=other, successions=[])
    assert ask(data, "SELECT ?event { ?event a org:ChangeEvent }") == []


def test_a_succession_of_units_that_neither_edition_has_is_left_out():
    stray = [Stated("split", [key(30)], [key(7), key(8)])]
    data = said(successions=stray)
    query = "SELECT ?event { ?what a org:ChangeEvent ; skos:prefLabel ?event }"
    assert sorted(ask(data, query)) == [("Creación",)] * 4 + [("Supresión",)] * 4
