"""Small editions of a manual, and what a new structure does to them, for the tests.

The levels are those of the real manual; a word of the test stands for each key.
"""

from exchange.document import Document
from review.reorganisation import Effect, effect_of
from tests.review.compare.building import edition, function, unit

RANKS = {
    "Dirección": 40,
    "Unidad": 50,
    "Coordinación": 70,
    "División": 100,
    "Subjefatura": 110,
}


def fill(name: str, *texts: str):
    """Functions with these texts; their keys are ``name`` and a number."""
    return [function(f"{name}{at}", text) for at, text in enumerate(texts, 1)]


def base(**more) -> Document:
    """What most tests begin with.

    8.1 Dirección
    |- 8.2 Unidad de Cobro
    |  |- 8.2.1 Coordinación de Avisos
    |  |  |- 8.2.1.1 División de Correo
    |  |  |  `- 8.2.1.1.1 Subjefatura de Envíos
    |  |  `- 8.2.1.2 División de Citas
    |  `- 8.2.2 Coordinación de Pagos
    `- 8.3 Unidad de Apoyo
    """
    return edition(
        unit("8.1", "Dirección de Pruebas", *fill("a", "Dirigir las unidades.")),
        unit("8.2", "Unidad de Cobro", *fill("b", "Ordenar el cobro de cuotas.")),
        unit("8.2.1", "Coordinación de Avisos", *fill("c", "Ordenar los avisos.")),
        unit(
            "8.2.1.1",
            "División de Correo",
            *fill(
                "d",
                "Revisar las cartas que salen por correo certificado.",
                "Llevar el registro de los acuses que devuelve el correo.",
                "Las demás que le encomiende la persona titular.",
            ),
        ),
        unit("8.2.1.1.1", "Subjefatura de Envíos", *fill("e", "Sellar los envíos.")),
        unit("8.2.1.2", "División de Citas", *fill("f", "Dar citas por escrito.")),
        unit("8.2.2", "Coordinación de Pagos", *fill("g", "Recibir los pagos.")),
        unit("8.3", "Unidad de Apoyo", *fill("h", "Apoyar a las demás unidades.")),
        label="2021",
        **more,
    )


def changed(*units, old: Document | None = None, recorded=(), **more) -> Effect:
    """The effect of an edition with these units on the base, or on another one."""
    new = edition(*units, label="2024", **more)
    return effect_of(old or base(), new, recorded, RANKS)


def at(document: Document, code: str):
    """The unit that has this code."""
    return next(one for one in document.units if one.code == code)


def without(document: Document, *codes: str) -> list:
    """Its units but these."""
    return [one for one in document.units if one.code not in codes]
