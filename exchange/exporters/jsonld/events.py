"""What became of units between an edition and its base, as ``org:ChangeEvent``.

A unit that keeps its key is the same organisation: that its name, code or place changed
is no event. Splits and mergers are what people recorded; whatever else only one of the
editions has was created or suppressed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol
from uuid import UUID

from exchange.document import Document
from exchange.exporters.addresses import Addresses
from exchange.exporters.jsonld.works import Node, node

SPLIT, MERGED, CREATED, SUPPRESSED = "split", "merged", "created", "suppressed"
# kind -> its part of an identifier, its name
_WORDS = {
    SPLIT: ("division", "División"),
    MERGED: ("fusion", "Fusión"),
    CREATED: ("creacion", "Creación"),
    SUPPRESSED: ("supresion", "Supresión"),
}


class Succession(Protocol):
    """A split or merger; keys of the base, and keys of the edition."""

    kind: str  # split or merged
    from_keys: Sequence[UUID]
    to_keys: Sequence[UUID]


def change_events(
    document: Document,
    base: Document,
    successions: Iterable[Succession],
    addresses: Addresses,
) -> list[Node]:
    """The events, then the units that the edition has no longer.

    Editions without a key in common were read apart: that all units of one were
    suppressed and all of the other created would be wrong, so neither is said.
    """
    before = {unit.key: unit for unit in base.units}
    after = {unit.key: unit for unit in document.units}
    names = {key: f"{unit.code} {unit.name}" for key, unit in before.items()}
    names |= {key: f"{unit.code} {unit.name}" for key, unit in after.items()}
    told = [
        (one.kind, list(one.from_keys), list(one.to_keys))
        for one in successions
        if set(one.from_keys) <= set(before) and set(one.to_keys) <= set(after)
    ]
    if set(before) & set(after):
        gone = {key for _kind, old, _new in told for key in old}
        came = {key for _kind, _old, new in told for key in new}
        told += [
            (SUPPRESSED, [key], [])
            for key in before
            if key not in after and key not in gone
        ]
        told += [
            (CREATED, [], [key])
            for key in after
            if key not in before and key not in came
        ]
    day = document.edition.effective_from
    moment = f"{day.isoformat()}T00:00:00" if day else None

    def identifiers(keys: Iterable[UUID]) -> list[str]:
        return [addresses.unit_by_key(key) for key in keys]

    def described(kind: str, old: list[UUID], new: list[UUID]) -> str:
        sides = ("; ".join(names[key] for key in keys) for keys in (old, new))
        return f"{_WORDS[kind][1]}: {' → '.join(side for side in sides if side)}"

    def identifier(kind: str, old: list[UUID], new: list[UUID]) -> str:
        about = new if kind == MERGED else old or new
        return f"{edition}#{_WORDS[kind][0]}-{about[0]}"

    edition = addresses.edition(document.edition.label)
    events = [
        node(
            id=identifier(*one),
            type="org:ChangeEvent",
            prefLabel=_WORDS[one[0]][1],
            description=described(*one),
            startedAtTime=moment,
            originalOrganization=identifiers(one[1]),
            resultingOrganization=identifiers(one[2]),
        )
        for one in told
    ]
    former = dict.fromkeys(
        key for _kind, old, _new in told for key in old if key not in after
    )
    return [
        *events,
        *(
            node(
                id=addresses.unit_by_key(key),
                type="org:Organization",
                notation=before[key].code,
                prefLabel=before[key].name,
                page=addresses.unit(base.edition.label, before[key].code),
            )
            for key in former
        ),
    ]
