"""Units as organisations of the W3C ORG ontology, their functions as purposes.

``org:purpose`` is what ORG has for the responsibilities of a government's units, and
recommends concepts of SKOS for them: a function is one, its items are narrower ones.
"""

from __future__ import annotations

from collections.abc import Iterable

from exchange.document import Document, Function, Manual, Unit
from exchange.exporters.addresses import Addresses, plain
from exchange.exporters.jsonld.works import Node, institution_id, node
from functions.labels import anchor, label

_FORMS = ("función {}", "inciso {})", "subinciso {})")


class UnitNodes:
    """The units of one edition as nodes; ``by_code`` has them as the document does."""

    def __init__(self, document: Document, addresses: Addresses):
        self._document = document
        self._addresses = addresses
        self.by_code = {unit.code: unit for unit in document.units}
        self._children: dict[str, list[Unit]] = {}
        for unit in document.units:
            if unit.parent_code is not None:
                self._children.setdefault(unit.parent_code, []).append(unit)

    def identifier(self, unit: Unit) -> str:
        return self._addresses.unit_by_key(unit.key)

    def root(self) -> str | None:
        """The identifier of the topmost unit, if there are units."""
        return next(map(self.identifier, self._document.units), None)

    def neighbours(self, unit: Unit) -> list[Unit]:
        """The unit above, if any, and those that hang from it."""
        above = self.by_code.get(unit.parent_code or "")
        return [*([above] if above else []), *self._children.get(unit.code, ())]

    def brief(self, unit: Unit) -> Node:
        """Enough of a unit to name it."""
        return node(
            id=self.identifier(unit),
            type="org:OrganizationalUnit",
            notation=unit.code,
            prefLabel=unit.name,
        )

    def whole(self, unit: Unit) -> Node:
        """All that the edition says of a unit itself."""
        document, addresses = self._document, self._addresses
        above = self.by_code.get(unit.parent_code or "")
        below = self._children.get(unit.code, ())
        page = addresses.unit(document.edition.label, unit.code)
        printed = unit.printed_code
        functions = (
            self._function(function, unit, (position,), page)
            for position, function in enumerate(unit.functions, 1)
        )
        return {
            **self.brief(unit),
            **node(
                classification=kind_id(unit.kind, addresses),
                subOrganizationOf=self.identifier(above) if above else None,
                unitOf=None if above else institution_id(document.manual, addresses),
                hasSubOrganization=[self.identifier(child) for child in below],
                hasPost=self._posts(unit),
                editorialNote=f"El documento imprime el código {printed}."
                if printed
                else None,
                purpose=[*self._objective(unit), *functions],
                page=page,
                seeAlso=addresses.unit_data(document.edition.label, unit.code),
            ),
        }

    def _posts(self, unit: Unit) -> list[Node]:
        return [
            node(
                id=f"{self.identifier(unit)}#puesto-{plain(position)}",
                type="org:Post",
                notation=position,
            )
            for position in unit.positions
        ]

    def _objective(self, unit: Unit) -> list[Node]:
        if not unit.objective:
            return []
        return [
            node(
                id=f"{self.identifier(unit)}#objetivo",
                type="skos:Concept",
                prefLabel=f"{unit.code}, objetivo",
                definition=unit.objective,
            )
        ]

    def _function(
        self, function: Function, unit: Unit, positions: tuple[int, ...], page: str
    ) -> Node:
        labels = [label(level, place) for level, place in enumerate(positions)]
        said = (form.format(one) for form, one in zip(_FORMS, labels, strict=False))
        return node(
            id=self._addresses.function_by_key(function.key),
            type="skos:Concept",
            notation=labels[-1],
            position=positions[-1],
            prefLabel=", ".join((unit.code, *said)),
            definition=function.text,
            page=f"{page}#{anchor(*positions)}",
            narrower=[
                self._function(item, unit, (*positions, place), page)
                for place, item in enumerate(function.items, 1)
            ],
        )


def kind_id(kind: str, addresses: Addresses) -> str:
    """A level of units, in the catalogue of the manual."""
    return f"{addresses.manual}#nivel-{plain(kind)}"


def kinds(units: Iterable[Unit], manual: Manual, addresses: Addresses) -> list[Node]:
    """The levels of the units, each once, and the scheme they are of."""
    names = dict.fromkeys(unit.kind for unit in units)
    if not names:
        return []
    scheme = f"{addresses.manual}#niveles"
    return [
        node(
            id=scheme,
            type="skos:ConceptScheme",
            prefLabel=f"Niveles de las unidades: {manual.title}",
        ),
        *(
            node(
                id=kind_id(name, addresses),
                type="skos:Concept",
                prefLabel=name,
                inScheme=scheme,
            )
            for name in names
        ),
    ]
