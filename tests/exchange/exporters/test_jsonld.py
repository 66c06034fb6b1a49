"""JSON-LD with the W3C ORG ontology: exactly the triples wanted."""

from datetime import date

import pytest
from rdflib.compare import isomorphic
from rdflib.namespace import ORG, RDF

from exchange.document import Document, Edition, Manual
from exchange.exporters.jsonld import (
    edition_jsonld,
    manual_jsonld,
    unit_jsonld,
)
from tests.exchange.exporters.graphs import BASE_URL, ask, graph, turtle
from tests.exchange.interchange import document, key

ID = f"{BASE_URL}/id"
EDITION = f"{BASE_URL}/manuales/prueba/2021/"
DATA = f"{BASE_URL}/api/v1/manuals/prueba/editions/2021/"
MANUAL = f"{BASE_URL}/manuales/prueba/"

UNIT = f"""
<{ID}/unidad/{key(2)}> a org:OrganizationalUnit ;
    skos:notation "2.2" ;
    skos:prefLabel "Unidades A, B"@es-MX ;
    skos:editorialNote "El documento imprime el código 2.1."@es-MX ;
    org:classification <{MANUAL}#nivel-unidad> ;
    org:subOrganizationOf <{ID}/unidad/{key(1)}> ;
    org:hasPost <{ID}/unidad/{key(2)}#puesto-a>, <{ID}/unidad/{key(2)}#puesto-b> ;
    org:purpose <{ID}/unidad/{key(2)}#objetivo>,
        <{ID}/funcion/{key(10)}>, <{ID}/funcion/{key(11)}> ;
    foaf:page <{EDITION}2.2/> ;
    rdfs:seeAlso <{DATA}units/2.2/> .
<{ID}/unidad/{key(2)}#puesto-a> a org:Post ; skos:notation "A" .
<{ID}/unidad/{key(2)}#puesto-b> a org:Post ; skos:notation "B" .
<{ID}/unidad/{key(2)}#objetivo> a skos:Concept ;
    skos:prefLabel "2.2, objetivo"@es-MX ;
    skos:definition "Servir."@es-MX .
<{ID}/funcion/{key(10)}> a skos:Concept ;
    skos:notation "1" ; schema:position 1 ;
    skos:prefLabel "2.2, función 1"@es-MX ;
    skos:definition "Hacer “bien”."@es-MX ;
    foaf:page <{EDITION}2.2/#f1> .
<{ID}/funcion/{key(11)}> a skos:Concept ;
    skos:notation "2" ; schema:position 2 ;
    skos:prefLabel "2.2, función 2"@es-MX ;
    skos:definition "Revisar:"@es-MX ;
    skos:narrower <{ID}/funcion/{key(12)}>, <{ID}/funcion/{key(14)}> ;
    foaf:page <{EDITION}2.2/#f2> .
<{ID}/funcion/{key(12)}> a skos:Concept ;
    skos:notation "a" ; schema:position 1 ;
    skos:prefLabel "2.2, función 2, inciso a)"@es-MX ;
    skos:definition "Altas:"@es-MX ;
    skos:narrower <{ID}/funcion/{key(13)}> ;
    foaf:page <{EDITION}2.2/#f2-a> .
<{ID}/funcion/{key(13)}> a skos:Concept ;
    skos:notation "i" ; schema:position 1 ;
    skos:prefLabel "2.2, función 2, inciso a), subinciso i)"@es-MX ;
    skos:definition "firma."@es-MX ;
    foaf:page <{EDITION}2.2/#f2-a-i> .
<{ID}/funcion/{key(14)}> a skos:Concept ;
    skos:notation "b" ; schema:position 2 ;
    skos:prefLabel "2.2, función 2, inciso b)"@es-MX ;
    skos:definition "Bajas."@es-MX ;
    foaf:page <{EDITION}2.2/#f2-b> .
<{MANUAL}#nivel-unidad> a skos:Concept ;
    skos:prefLabel "Unidad"@es-MX ; skos:inScheme <{MANUAL}#niveles> .
<{MANUAL}#niveles> a skos:ConceptScheme ;
    skos:prefLabel "Niveles de las unidades: Manual de prueba"@es-MX .
"""
EDITION_ITSELF = f"""
<{EDITION}> a dcat:Resource ;
    dcterms:title "Manual de prueba"@es-MX ;
    dcat:version "2021" ;
    schema:creativeWorkStatus "authorised" ;
    dcat:isVersionOf <{MANUAL}> ;
    dcterms:language "es-MX"^^dcterms:RFC5646 ;
    dcterms:publisher <{MANUAL}#institucion> ;
    dcterms:identifier "09/1" ;
    dcterms:issued "2021-03-01"^^xsd:date ;
    dcterms:dateAccepted "2021-03-04"^^xsd:date ;
    dcterms:temporal [ a dcterms:PeriodOfTime ;
        dcat:startDate "2021-03-04"^^xsd:date ; dcat:endDate "2024-01-31"^^xsd:date ] ;
    schema:accountablePerson [ a schema:Person ;
        schema:name "Ana" ; schema:jobTitle "Titular"@es-MX ] ;
    dcterms:contributor [ a schema:Person ; schema:name "Luz" ] ;
    dcterms:source [ a schema:MediaObject ;
        schema:name "m.txt" ; schema:sha256 "{"0" * 64}" ] ;
    rdfs:seeAlso <{DATA}> .
"""
INSTITUTION = f"""
<{MANUAL}#institucion> a org:FormalOrganization ;
    skos:prefLabel "Instituto «Ñ»"@es-MX .
"""
WORK = f"""
<{MANUAL}> a dcat:Resource ;
    dcterms:title "Manual de prueba"@es-MX ;
    dcterms:alternative "MP"@es-MX ;
    dcterms:identifier "R-1" ;
    dcterms:description "Textos ficticios"@es-MX ;
    dcterms:language "es-MX"^^dcterms:RFC5646 ;
    dcterms:publisher <{MANUAL}#institucion> ;
    rdfs:seeAlso <{BASE_URL}/api/v1/manuals/prueba/> .
"""


def assert_same(found, expected):
    """Both have the same triples; names of blank nodes aside."""
    if not isomorphic(found, expected):
        found, expected = (
            set(one.serialize(format="turtle").splitlines())
            for one in (found, expected)
        )
        assert found == expected


def test_a_unit_has_its_functions_and_names_its_neighbours():
    expected = f"""{UNIT}{EDITION_ITSELF}{INSTITUTION}{WORK}
    <{EDITION}> schema:about <{ID}/unidad/{key(2)}> .
    <{ID}/unidad/{key(1)}> a org:OrganizationalUnit ;
        skos:notation "2.1" ; skos:prefLabel "Dirección"@es-MX .
    """
    found = graph(unit_jsonld(document(), "2.2", base_url=BASE_URL))
    assert_same(found, turtle(expected))


def test_an_edition_has_chapters_charts_and_all_units():
    expected = f"""{UNIT}{EDITION_ITSELF}{INSTITUTION}{WORK}
    <{MANUAL}#institucion> org:hasUnit <{ID}/unidad/{key(1)}> .
    <{EDITION}> schema:about <{ID}/unidad/{key(1)}>, <{ID}/unidad/{key(2)}> ;
        dcterms:hasPart <{EDITION}capitulos/1/>, <{EDITION}capitulos/2/>,
            <{EDITION}capitulos/3/> .
    <{EDITION}capitulos/1/> a schema:Chapter ;
        schema:position 1 ; dcterms:title "Organogramas"@es-MX ;
        dcterms:hasPart <{EDITION}capitulos/1/#organograma-1>,
            <{EDITION}capitulos/1/#organograma-2> .
    <{EDITION}capitulos/1/#organograma-1> a schema:CreativeWork ;
        skos:notation "1.1" ; dcterms:title "Dirección"@es-MX ;
        schema:about <{ID}/unidad/{key(1)}> ;
        dcterms:temporal [ a dcterms:PeriodOfTime ;
            dcat:startDate "2020-01-01"^^xsd:date ] .
    <{EDITION}capitulos/1/#organograma-2> a schema:CreativeWork ;
        skos:notation "1.2" ; dcterms:title "Otra"@es-MX .
    <{EDITION}capitulos/2/> a schema:Chapter ;
        schema:position 2 ; dcterms:title "Funciones"@es-MX .
    <{EDITION}capitulos/3/> a schema:Chapter ;
        schema:position 3 ; dcterms:title "Glosario"@es-MX ;
        schema:text "Uno:\\n\\n- dos\\n- tres"@es-MX .
    <{ID}/unidad/{key(1)}> a org:OrganizationalUnit ;
        skos:notation "2.1" ; skos:prefLabel "Dirección"@es-MX ;
        org:classification <{MANUAL}#nivel-direccion> ;
        org:unitOf <{MANUAL}#institucion> ;
        org:hasSubOrganization <{ID}/unidad/{key(2)}> ;
        foaf:page <{EDITION}2.1/> ; rdfs:seeAlso <{DATA}units/2.1/> .
    <{MANUAL}#nivel-direccion> a skos:Concept ;
        skos:prefLabel "Dirección"@es-MX ; skos:inScheme <{MANUAL}#niveles> .
    """
    found = graph(edition_jsonld(document(), base_url=BASE_URL))
    assert_same(found, turtle(expected))


def test_a_manual_names_its_editions_and_the_one_in_force():
    whole = document()
    expected = f"""{WORK}{INSTITUTION}{EDITION_ITSELF}
    <{MANUAL}> dcat:hasVersion <{EDITION}> ; dcat:hasCurrentVersion <{EDITION}> .
    """
    said = manual_jsonld(
        whole.manual, [whole.edition], base_url=BASE_URL, current="2021"
    )
    assert_same(graph(said), turtle(expected))


def test_nothing_is_said_of_what_an_empty_edition_lacks():
    whole = Document(Manual("m", "Manual"), Edition("2024"))
    found = graph(edition_jsonld(whole, base_url=BASE_URL))
    assert_same(
        found,
        turtle(f"""
        <{BASE_URL}/manuales/m/> a dcat:Resource ;
            dcterms:title "Manual"@es-MX ;
            dcterms:language "es-MX"^^dcterms:RFC5646 ;
            rdfs:seeAlso <{BASE_URL}/api/v1/manuals/m/> .
        <{BASE_URL}/manuales/m/2024/> a dcat:Resource ;
            dcterms:title "Manual"@es-MX ;
            dcat:version "2024" ; schema:creativeWorkStatus "draft" ;
            dcat:isVersionOf <{BASE_URL}/manuales/m/> ;
            dcterms:language "es-MX"^^dcterms:RFC5646 ;
            rdfs:seeAlso <{BASE_URL}/api/v1/manuals/m/editions/2024/> .
        """),
    )


def test_a_code_that_the_edition_lacks_is_refused():
    with pytest.raises(KeyError):
        unit_jsonld(document(), "9.9", base_url=BASE_URL)


def test_the_last_day_is_before_an_earlier_withdrawal():
    edition = Edition("2021", effective_from=date(2021, 3, 4))
    edition.effective_to, edition.withdrawn_on = date(2024, 1, 31), date(2023, 5, 1)
    found = graph(manual_jsonld(Manual("m", "M"), [edition], base_url=BASE_URL))
    assert ask(found, "SELECT ?day { ?period dcat:endDate ?day }") == [
        (date(2023, 4, 30),)
    ]


def test_odd_texts_survive():
    whole = document()
    text = 'a\x00b "c" \\ <d> & ñ\u2028é\t\r\n{"@id": "x"}'
    whole.units[0].name = text
    found = graph(edition_jsonld(whole, base_url=BASE_URL))
    query = f"SELECT ?name {{ <{ID}/unidad/{key(1)}> skos:prefLabel ?name }}"
    assert ask(found, query) == [(text,)]


# Domain and range in the ontology (version 0.7), for the terms used; None is open.
TERMS = {
    "classification": ("Organization", "Concept"),
    "hasPost": ("Organization", "Post"),
    "hasSubOrganization": ("Organization", "Organization"),
    "hasUnit": ("FormalOrganization", "OrganizationalUnit"),
    "originalOrganization": ("ChangeEvent", "Organization"),
    "purpose": ("Organization", None),
    "resultingOrganization": ("ChangeEvent", "Organization"),
    "subOrganizationOf": ("Organization", "Organization"),
    "unitOf": ("OrganizationalUnit", "FormalOrganization"),
}
ABOVE = {"OrganizationalUnit": "Organization", "FormalOrganization": "Organization"}


def test_domains_and_ranges_of_the_ontology_are_respected():
    base = document()
    base.units[1].key = key(9)  # created and suppressed
    data = graph(edition_jsonld(document(), base_url=BASE_URL, base=base))
    kinds = {}
    for thing, kind in data.subject_objects(RDF.type):
        name = kind.rpartition("#")[2]
        kinds.setdefault(thing, set()).update({name, ABOVE.get(name, name)})
    used = set()
    for subject, predicate, value in data:
        if predicate in ORG:
            name = predicate.removeprefix(str(ORG))
            domain, range_ = TERMS[name]
            used.add(name)
            assert domain in kinds[subject], (subject, name)
            assert range_ is None or range_ in kinds[value], (name, value)
    assert used == set(TERMS)
