"""Small editions for the tests; a short word stands for each key."""

from uuid import NAMESPACE_OID, UUID, uuid5

from exchange.document import Chapter, Document, Edition, Function, Manual, Unit
from review.compare import Comparison, FunctionChange, UnitChange, compare


def key(name: str) -> UUID:
    return uuid5(NAMESPACE_OID, name)


def function(name: str, text: str, *items: Function) -> Function:
    return Function(text, key(name), list(items))


def unit(code: str, name: str, *functions: Function, of: str = "", **fields) -> Unit:
    """A unit with the key of ``of``, else of its code."""
    parent = code.rpartition(".")[0] if code.count(".") > 1 else None
    if parent is None and not code.endswith(".1"):
        parent = code.partition(".")[0] + ".1"
    fields.setdefault("parent_code", parent)
    return Unit(
        code=code,
        name=name,
        kind=fields.pop("kind", name.split()[0]),
        key=key(of or code),
        functions=list(functions),
        **fields,
    )


def edition(*units: Unit, label: str = "1", chapter: int = 8, **fields) -> Document:
    return Document(
        manual=Manual("dir", "Manual de pruebas"),
        edition=Edition(label, functions_chapter=chapter, **fields),
        units=list(units),
    )


def chapters(*bodies: str) -> list[Chapter]:
    return [
        Chapter(number, f"Capítulo de prueba {number}", body=body)
        for number, body in enumerate(bodies, 1)
    ]


def of_texts(
    old: list[str], new: list[str], *, same_keys: bool = True
) -> tuple[Document, Document]:
    """Two editions of one unit whose functions have these texts, one for one."""
    documents = []
    for which, texts in enumerate((old, new)):
        documents.append(
            edition(
                unit(
                    "8.1",
                    "Dirección de Pruebas",
                    *(
                        function(f"f{at}" if same_keys else f"{which}-{at}", text)
                        for at, text in enumerate(texts)
                    ),
                )
            )
        )
    return documents[0], documents[1]


def compared(old: list[str], new: list[str]) -> Comparison:
    return compare(*of_texts(old, new))


def weights(old: list[str], new: list[str]) -> list[str | None]:
    """The weight of each function's change, in order."""
    (changed,) = compared(old, new).units
    return [change.weight for change in changed.functions]


def units_by_code(comparison: Comparison) -> dict[str, UnitChange]:
    return {change.side.code: change for change in comparison.units}


def story(changes: list[FunctionChange]) -> list[tuple[str, str]]:
    """What became of each function, in order: its text and its change."""
    return [(change.side.text, change.change) for change in changes]
