"""Reading small sources in tests, and showing a document without its random keys."""

from exchange.document import Document, Function
from exchange.importers.report import Reading
from exchange.importers.text import read_text

KINDS = [
    ("Dirección", "Direcciones"),
    ("Unidad", "Unidades"),
    ("Coordinación", "Coordinaciones"),
    ("División", "Divisiones"),
    ("Subjefatura", "Subjefaturas"),
    ("Jefatura de Servicios", "Jefaturas de Servicios"),
    ("Departamento", "Departamentos"),
    ("Oficina", "Oficinas"),
]
UNIT = "8.1 Dirección de Prueba.\n\n"


def read(text: str, **options) -> Reading:
    return read_text(text, source_name="prueba.txt", kinds=KINDS, **options)


def read_list(lines: str) -> list:
    """The functions of a unit with these lines, as nested lists of texts."""
    return shown(read(UNIT + lines).document.units[0].functions)


def shown(functions: list[Function]) -> list:
    """A function is its text, or the list of its text and what its items show."""
    return [
        [function.text, *shown(function.items)] if function.items else function.text
        for function in functions
    ]


def outline(document: Document) -> list[tuple[str, str | None, str, str]]:
    return [
        (unit.code, unit.parent_code, unit.kind, unit.name) for unit in document.units
    ]


def content(document: Document) -> list:
    """Everything that reading decides about units, for comparing two readings."""
    return [
        (unit.code, unit.parent_code, unit.kind, unit.name, shown(unit.functions))
        for unit in document.units
    ]


def said(entries: list, kind: str) -> list:
    """The corrections or doubts of a kind."""
    return [entry for entry in entries if entry.kind == kind]


def not_understood(reading: Reading) -> int:
    return reading.report.accounted["not_understood"]
