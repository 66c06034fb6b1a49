"""JSON-LD as the graph that a reader makes of it, and questions to it."""

import json
import warnings

from rdflib import Graph

BASE_URL = "https://manuales.example.mx"
PREFIXES = """
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


def graph(data: dict) -> Graph:
    """The triples of a JSON-LD document, read from its text."""
    with warnings.catch_warnings():
        # rdflib's reader of JSON-LD uses a class that rdflib deprecates.
        warnings.filterwarnings("ignore", "ConjunctiveGraph", DeprecationWarning)
        return Graph().parse(data=json.dumps(data), format="json-ld")


def ask(data: Graph, query: str) -> list[tuple]:
    """The rows of a SPARQL query, as plain values."""
    return [
        tuple(None if value is None else value.toPython() for value in row)
        for row in data.query(PREFIXES + query)
    ]


def turtle(text: str) -> Graph:
    return Graph().parse(data=PREFIXES + text, format="turtle")
