"""A whole document in every field of the interchange format, and its schema."""

import json
from datetime import date
from pathlib import Path
from uuid import UUID

from jsonschema import Draft202012Validator

from exchange.document import (
    Chapter,
    Chart,
    Document,
    Edition,
    Function,
    Manual,
    Source,
    Unit,
)
from exchange.jsonformat import dumps

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "manual-org-1.schema.json").read_text("utf-8")
)
VALIDATOR = Draft202012Validator(
    SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER
)


def key(number: int) -> UUID:
    return UUID(int=number)


def document() -> Document:
    return Document(
        manual=Manual(
            slug="prueba",
            title="Manual de prueba",
            acronym="MP",
            institution="Instituto «Ñ»",
            registration_key="R-1",
            notice="Textos ficticios",
        ),
        edition=Edition(
            label="2021",
            status="authorised",
            numbering="bullets",
            functions_chapter=2,
            effective_from=date(2021, 3, 4),
            effective_to=date(2024, 1, 31),
            withdrawn_on=None,
            authorised_by="Ana",
            authorised_position="Titular",
            authorisation_text="Uno.\n\nDos.",
            elaborated_by=None,
            reviewed_by="Luz",
            ratified_on=date(2021, 3, 4),
            document_number="09/1",
            document_date=date(2021, 3, 1),
            sources=[Source("m.txt", "0" * 64)],
        ),
        chapters=[
            Chapter(
                1,
                "Organogramas",
                "charts",
                charts=[
                    Chart("1.1", "Dirección", key(1), date(2020, 1, 1)),
                    Chart("1.2", "Otra"),
                ],
            ),
            Chapter(2, "Funciones", "functions"),
            Chapter(3, "Glosario", body="Uno:\n\n- dos\n- tres"),
        ],
        units=[
            Unit("2.1", "Dirección", "Dirección", key(1)),
            Unit(
                code="2.2",
                name="Unidades A, B",
                kind="Unidad",
                key=key(2),
                printed_code="2.1",
                printed_page=7,
                positions=["A", "B"],
                parent_code="2.1",
                objective="Servir.",
                functions=[
                    Function("Hacer “bien”.", key(10)),
                    Function(
                        "Revisar:",
                        key(11),
                        items=[
                            Function("Altas:", key(12), [Function("firma.", key(13))]),
                            Function("Bajas.", key(14)),
                        ],
                    ),
                ],
            ),
        ],
    )


def tree() -> dict:
    return json.loads(dumps(document()))


def at(whole, *path):
    for step in path:
        whole = whole[step]
    return whole
