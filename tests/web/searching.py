"""A small manual to search in, in two editions and a draft, for tests of the search.

8.1 Dirección de Pruebas
├── 8.2 Unidad de Quejas        1. Atender las quejas de las personas usuarias.
│   │                           2. Resolver, entre otras:  a) Las quejas por teléfono;
│   └── 8.2.1 División de Recepción   1. Recibir las quejas por escrito.
└── 8.3 Coordinación de Pagos   1. Autorizar los pagos.

Chapter 1 says one thing more. In 2024, 8.3 also has «2. Conciliar nóminas.»; the draft
"b" has, in 8.3, «3. Zurcir uniformes.», which nothing published says.
"""

from exchange.services import duplicate_edition
from manuals.models import Chapter
from manuals.permissions import OPERATOR
from manuals.services import create_chapter
from tests.factories import (
    REASON,
    authorise,
    make_edition,
    make_function,
    make_unit,
)
from tests.web.support import LATER, PAST

SAID = {"user": OPERATOR, "reason": REASON}
SECRET = "zurcir"


def write_first():
    """The edition of 2021, still a draft."""
    edition = make_edition()
    root = make_unit(edition, name="Dirección de Pruebas")
    complaints = make_unit(root, name="Unidad de Quejas")
    reception = make_unit(complaints, name="División de Recepción")
    payments = make_unit(root, name="Coordinación de Pagos")
    make_function(complaints, "Atender las quejas de las personas usuarias.")
    among = make_function(complaints, "Resolver, entre otras:")
    make_function(complaints, "Las quejas por teléfono;", parent=among)
    make_function(reception, "Recibir las quejas por escrito.")
    make_function(payments, "Autorizar los pagos.")
    create_chapter(
        edition=edition,
        number=1,
        title="Introducción",
        kind=Chapter.Kind.TEXT,
        body="Este manual dice quién recibe una queja.\n\nTambién habla de pagos.",
        **SAID,
    )
    return edition


def write_all():
    """2021, 2024 and the draft; returns the draft."""
    first = authorise(write_first(), PAST)
    second = duplicate_edition(edition=first, label="2024", **SAID)
    make_function(second.units.get(code="8.3"), "Conciliar nóminas.")
    draft = duplicate_edition(edition=authorise(second, LATER), label="b", **SAID)
    make_function(draft.units.get(code="8.3"), "Zurcir uniformes.")
    return draft
