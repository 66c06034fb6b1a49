"""The JSON-LD context: static and inline, nothing is fetched to read a document.

Only published vocabularies: W3C ORG, SKOS, DCAT 3, PROV-O, Dublin Core, FOAF and
schema.org. docs/linked-data.md says what each term is used for.
"""

from __future__ import annotations

from typing import Any

MEDIA_TYPE = "application/ld+json"
LANGUAGE = "es-MX"

_SPANISH = {"@language": LANGUAGE}
_LINK = {"@type": "@id"}
_DAY = {"@type": "xsd:date"}
_MOMENT = {"@type": "xsd:dateTime"}

CONTEXT: dict[str, Any] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id",
    "type": "@type",
    # Labels and codes of anything.
    "prefLabel": {"@id": "skos:prefLabel", **_SPANISH},
    "altLabel": {"@id": "skos:altLabel", **_SPANISH},
    "notation": "skos:notation",
    "position": "schema:position",
    "page": {"@id": "foaf:page", **_LINK},
    "seeAlso": {"@id": "rdfs:seeAlso", **_LINK},
    # Organisations.
    "unitOf": {"@id": "org:unitOf", **_LINK},
    "hasUnit": {"@id": "org:hasUnit", **_LINK},
    "subOrganizationOf": {"@id": "org:subOrganizationOf", **_LINK},
    "hasSubOrganization": {"@id": "org:hasSubOrganization", **_LINK},
    "classification": {"@id": "org:classification", **_LINK},
    "purpose": {"@id": "org:purpose", **_LINK},
    "hasPost": {"@id": "org:hasPost", **_LINK},
    "editorialNote": {"@id": "skos:editorialNote", **_SPANISH},
    # Functions, and the levels of units.
    "definition": {"@id": "skos:definition", **_SPANISH},
    "narrower": {"@id": "skos:narrower", **_LINK},
    "inScheme": {"@id": "skos:inScheme", **_LINK},
    # What became of units.
    "originalOrganization": {"@id": "org:originalOrganization", **_LINK},
    "resultingOrganization": {"@id": "org:resultingOrganization", **_LINK},
    "startedAtTime": {"@id": "prov:startedAtTime", **_MOMENT},
    "description": {"@id": "dcterms:description", **_SPANISH},
    # Manuals, editions and chapters.
    "title": {"@id": "dcterms:title", **_SPANISH},
    "alternative": {"@id": "dcterms:alternative", **_SPANISH},
    "identifier": "dcterms:identifier",
    "language": {"@id": "dcterms:language", "@type": "dcterms:RFC5646"},
    "publisher": {"@id": "dcterms:publisher", **_LINK},
    "creator": {"@id": "dcterms:creator", **_LINK},
    "contributor": {"@id": "dcterms:contributor", **_LINK},
    "accountablePerson": {"@id": "schema:accountablePerson", **_LINK},
    "name": "schema:name",
    "jobTitle": {"@id": "schema:jobTitle", **_SPANISH},
    "dateAccepted": {"@id": "dcterms:dateAccepted", **_DAY},
    "issued": {"@id": "dcterms:issued", **_DAY},
    "temporal": {"@id": "dcterms:temporal", **_LINK},
    "startDate": {"@id": "dcat:startDate", **_DAY},
    "endDate": {"@id": "dcat:endDate", **_DAY},
    "status": "schema:creativeWorkStatus",
    "version": "dcat:version",
    "isVersionOf": {"@id": "dcat:isVersionOf", **_LINK},
    "hasVersion": {"@id": "dcat:hasVersion", **_LINK},
    "hasCurrentVersion": {"@id": "dcat:hasCurrentVersion", **_LINK},
    "previousVersion": {"@id": "dcat:previousVersion", **_LINK},
    "source": {"@id": "dcterms:source", **_LINK},
    "sha256": "schema:sha256",
    "hasPart": {"@id": "dcterms:hasPart", **_LINK},
    "about": {"@id": "schema:about", **_LINK},
    "text": {"@id": "schema:text", **_SPANISH},
}
