"""Small editions for the tests of rules, and what a rule finds in them."""

from exchange.document import Document, Function, Unit
from review.checks import Catalogues, Finding, check
from tests.review.compare.building import edition, unit

NOTHING = Catalogues()


def of_texts(*texts: str | Function, **fields) -> Document:
    """An edition of one unit with these functions; ``fields`` are the unit's."""
    fields.setdefault("kind", "Dirección")
    fields.setdefault("name", "Dirección de Pruebas")
    return edition(unit("8.1", fields.pop("name"), *map(_function, texts), **fields))


def of_lists(**units: list) -> Document:
    """Several units, ``A=[...]``, all below a Dirección without rules to break."""
    root = unit("8.1", "Dirección de Pruebas", Function("Dirigir las pruebas."))
    below = [
        unit(f"8.{at}", f"División de {name}", *map(_function, texts))
        for at, (name, texts) in enumerate(units.items(), 2)
    ]
    return edition(root, *below)


def listed(text: str, *items: str | Function) -> Function:
    """A function with items."""
    return Function(text, items=[_function(item) for item in items])


def _function(text: str | Function) -> Function:
    return text if isinstance(text, Function) else Function(text)


def findings(
    name: str, document: Document, catalogues: Catalogues = NOTHING
) -> list[Finding]:
    return check(document, catalogues, [name])


def marked(name: str, *texts, catalogues: Catalogues = NOTHING) -> list[str]:
    """What the rule marks in the functions of one unit: ``text[start:end]``."""
    return [
        finding.place.text[finding.hit.start : finding.hit.end]
        for finding in findings(name, of_texts(*texts), catalogues)
    ]


def fixes(name: str, *texts, catalogues: Catalogues = NOTHING) -> list[str | None]:
    """The whole new text that each finding offers."""
    return [one.fix for one in findings(name, of_texts(*texts), catalogues)]


def codes(name: str, document: Document) -> list[str | None]:
    """The codes of the units that the findings are about."""
    return [one.place.unit_code for one in findings(name, document)]


def units(*codes_and_parents: str | tuple[str, str]) -> list[Unit]:
    """Units by code, with a parent stated where the code does not tell."""
    made = []
    for one in codes_and_parents:
        code, parent = one if isinstance(one, tuple) else (one, None)
        fields = {"parent_code": parent} if parent else {}
        made.append(
            unit(
                code,
                f"División {code}",
                Function("Hacer."),
                of=str(len(made)),
                **fields,
            )
        )
    return made
