"""Doubtful matches of an import: kept with the draft, settled by a person.

An import gives a unit or function the key of the one of the base that it seems to
continue. Where it was not sure, a person confirms that, or says that the item is new or
continues another one: then the item takes another key. Its items follow, since those
were recognised through it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from exchange import document
from exchange.matching import Matches, Pair
from exchange.matching_text import Texts, pair_in_order
from exchange.models import MatchDoubt
from functions.models import Function
from functions.querysets import Node, nest
from functions.services import rekey_function
from manuals import permissions as manual_permissions
from manuals.exceptions import DomainError
from manuals.history import moment, recording, write_in_bulk
from manuals.models import Edition
from manuals.services import demand_reason, lock_draft
from units import permissions
from units.models import Unit
from units.services import rekey_unit

logger = logging.getLogger(__name__)

What, State = MatchDoubt.What, MatchDoubt.State


class ItemGone(DomainError):
    """The unit or function that a doubt is about was deleted from the draft."""

    code = "item_gone"


@dataclass(frozen=True)
class Choice:
    """A unit or function of the base that nothing in the draft continues."""

    key: UUID
    place: str  # a unit's code; of a function, the unit's code and its label
    text: str


# Keeping


def store_doubts(
    *, edition: Edition, matches: Matches, sha256: str, user, reason: str
) -> int:
    """Keep the doubtful pairs of a matching with the draft; returns how many.

    The caller, an import, holds the edition's lock. A doubt about an item that has one
    replaces it: the document at hand says something else of the item.
    """
    pairs = [
        (what, pair)
        for what, found in (
            (What.UNIT, matches.units),
            (What.FUNCTION, matches.functions),
        )
        for pair in found
        if pair.doubtful
    ]
    if not pairs:
        return 0
    source = edition.sources.filter(sha256=sha256).first()
    before = _base_texts(edition, pairs)
    doubts = [
        MatchDoubt(
            edition=edition,
            what=what,
            key=pair.new.key,
            base_key=pair.base.key,
            confidence=round(pair.confidence, 4),
            text=_text(pair.new),
            base_text=before.get((what, pair.base.key)) or _text(pair.base),
            source=source,
            source_line=pair.new.source_line,
        )
        for what, pair in pairs
    ]
    with recording(user=user, reason=demand_reason(reason)):
        for what in What:
            keys = [doubt.key for doubt in doubts if doubt.what == what]
            _forget(edition, what, keys)
        MatchDoubt.objects.bulk_create(doubts, batch_size=500)
        write_in_bulk(doubts, created=True)
    return len(doubts)


def _base_texts(
    edition: Edition, pairs: Iterable[tuple[str, Pair]]
) -> dict[tuple[str, UUID], str]:
    """What the base edition says: a fragment is matched with the draft, which may
    already say something else.
    """
    units = [pair.base.key for what, pair in pairs if what == What.UNIT]
    functions = [pair.base.key for what, pair in pairs if what == What.FUNCTION]
    base = edition.base_id
    found: dict[tuple[str, UUID], str] = {
        (What.UNIT, unit.key): str(unit)
        for unit in Unit.objects.filter(edition=base, key__in=units)
    }
    for key, text in Function.objects.filter(
        edition=base, key__in=functions
    ).values_list("key", "text"):
        found[What.FUNCTION, key] = text
    return found


def _text(item: document.Unit | document.Function) -> str:
    if isinstance(item, document.Unit):
        return f"{item.code} {item.name}"
    return item.text


def _forget(edition: Edition, what: str, keys: Iterable[UUID]) -> None:
    for doubt in MatchDoubt.objects.filter(edition=edition, what=what, key__in=keys):
        doubt.delete()


# Asking


def item_of(doubt: MatchDoubt) -> Unit | Function | None:
    """The unit or function of the draft that the doubt is about, if it is there."""
    if doubt.what == What.UNIT:
        found = Unit.objects.select_related("edition__manual", "parent")
    else:
        found = Function.objects.select_related("unit__edition__manual", "parent")
    return found.filter(edition=doubt.edition_id, key=doubt.key).first()


def may_decide(user, doubt: MatchDoubt) -> bool:
    """Whether the person may settle it: who edits the function, or places the unit."""
    item = item_of(doubt)
    if item is None:
        return manual_permissions.may_edit_everything(user, doubt.edition.manual)
    return _may_decide(user, item)


def _may_decide(user, item: Unit | Function) -> bool:
    if isinstance(item, Unit):
        return permissions.may_place(user, item)
    return permissions.may_edit_unit(user, item.unit)


def is_new(doubt: MatchDoubt) -> bool:
    """Whether it was corrected to be new: the base does not have its key."""
    model = Unit if doubt.what == What.UNIT else Function
    base = model.objects.filter(edition=doubt.edition.base_id, key=doubt.key)
    return doubt.key != doubt.base_key and not base.exists()


def choices_of(doubt: MatchDoubt) -> list[Choice]:
    """What the item may continue instead, in reading order.

    Units of the base; of functions and items, those of the unit that the base has for
    the item's own unit, and of the unit of what the import took it for.
    """
    item = item_of(doubt)
    if item is None or doubt.edition.base_id is None:
        return []
    units = Unit.objects.filter(edition=doubt.edition.base_id).in_reading_order()
    if isinstance(item, Unit):
        here = Unit.objects.filter(edition=doubt.edition_id).values("key")
        return [
            Choice(unit.key, unit.code, unit.name)
            for unit in units.exclude(key__in=here)
        ]
    base = Function.objects.filter(edition=doubt.edition.base_id)
    proposed = base.filter(key=doubt.base_key).values("unit__key")
    found = list(units.filter(key=item.unit.key) | units.filter(key__in=proposed))
    trees = nest(base.filter(unit__in=found).rows())
    used = set(
        Function.objects.filter(
            edition=doubt.edition_id,
            key__in=base.filter(unit__in=found).values("key"),
        ).values_list("key", flat=True)
    )
    return [
        Choice(node.key, f"{unit.code}, {label}", node.text)
        for unit in found
        for label, node in _labelled(trees.get(unit.pk, []))
        if node.key not in used
    ]


def _labelled(nodes: Iterable[Node], above: str = "") -> Iterator[tuple[str, Node]]:
    for node in nodes:
        label = f"{above} {node.printed_label}".strip()
        yield label, node
        yield from _labelled(node.items, label)


# Deciding


@transaction.atomic
def confirm_doubt(*, doubt: MatchDoubt, user, reason: str) -> MatchDoubt:
    """Say that the item does continue what the import took it for.

    If it was corrected before, the item takes that key back. Raises NotAllowed,
    EditionClosed, ItemGone, ValidationError (another item has the key by now).
    """
    return _settle(doubt, State.CONFIRMED, lambda doubt: doubt.base_key, user, reason)


@transaction.atomic
def correct_doubt(
    *, doubt: MatchDoubt, user, reason: str, base_key: UUID | None = None
) -> MatchDoubt:
    """Say that the item is new, or which one of the base it continues instead.

    Raises NotAllowed, EditionClosed, ItemGone, ValidationError (the base does not have
    that one; another item of the draft, which it names, continues it).
    """

    def key(doubt: MatchDoubt) -> UUID:
        if base_key is None:
            # Already corrected to be new: it stays the item that it is.
            return doubt.key if is_new(doubt) else uuid4()
        if base_key == doubt.base_key:
            raise ValidationError(
                {"base_key": _("Es la que se propuso: confirme la duda.")}
            )
        model = Unit if doubt.what == What.UNIT else Function
        if not model.objects.filter(
            edition=doubt.edition.base_id, key=base_key
        ).exists():
            raise ValidationError(
                {"base_key": _("La edición de la que parte no tiene este elemento.")}
            )
        return base_key

    return _settle(doubt, State.CORRECTED, key, user, reason)


@transaction.atomic
def restore_decision(
    *, doubt: MatchDoubt, values: Mapping[str, Any], user, reason: str
) -> MatchDoubt:
    """Put back what was decided of a doubt before, for an undo: values by attribute.

    Keys of units and functions are put back by their own services. Raises NotAllowed,
    EditionClosed, ValidationError.
    """
    edition = lock_draft(doubt.edition)
    manual_permissions.demand(manual_permissions.may_edit(user, edition.manual))
    doubt.edition = edition
    for name, value in values.items():
        setattr(doubt, name, value)
    doubt.full_clean(exclude=["edition"])
    with recording(user=user, reason=demand_reason(reason)):
        doubt.save()
    return doubt


def _settle(doubt: MatchDoubt, state: str, key_for, user, reason: str) -> MatchDoubt:
    edition = lock_draft(doubt.edition)
    doubt = MatchDoubt.objects.filter(pk=doubt.pk, edition=edition).first()
    item = item_of(doubt) if doubt is not None else None
    if item is None:
        raise ItemGone(_("Lo que se importó ya no está en el borrador."))
    doubt.edition = edition
    manual_permissions.demand(
        _may_decide(user, item), _("No tiene permiso para resolver esta duda.")
    )
    key = key_for(doubt)
    with recording(user=user, reason=demand_reason(reason)):
        if key != item.key:
            if isinstance(item, Unit):
                rekey_unit(unit=item, key=key, user=user, reason=reason)
            else:
                _rekey_with_items(item, key, user=user, reason=reason)
            _forget(edition, doubt.what, [key])
            doubt.key = key
        _decide(doubt, state, user)
    logger.info("doubt %s of %s %s", doubt.pk, edition, state)
    return doubt


def _decide(doubt: MatchDoubt, state: str, user) -> None:
    doubt.state, doubt.decided_at = state, moment()
    # Nobody in particular, where it was done at the server.
    doubt.decided_by = user if user.pk else None
    doubt.full_clean(exclude=["edition"])
    doubt.save()


def _rekey_with_items(function: Function, key: UUID, *, user, reason: str) -> None:
    """Give a function another key; its items those of the base's items likewise.

    Items that the import recognised below the former one are new, or the alike ones of
    the other. Doubts about them are settled with it.
    """
    edition = function.edition
    items = _as_document(function.edition_id, function.key)
    former = _as_document(edition.base_id, function.key)
    continued = _as_document(edition.base_id, key)
    rekey_function(function=function, key=key, user=user, reason=reason)
    own = {one.key for one in _walk(items)}
    wanted = {one.key for one in _walk(continued)} - own
    taken = set(
        Function.objects.filter(edition=edition, key__in=wanted).values_list(
            "key", flat=True
        )
    )
    changes: dict[UUID, UUID] = {}
    inherited = {one.key for one in _walk(former)}
    _pair_items(items, continued, inherited, taken, changes)
    for before, after in changes.items():
        item = Function.objects.select_related("edition").get(
            edition=edition, key=before
        )
        rekey_function(function=item, key=after, user=user, reason=reason)
        _forget(edition, What.FUNCTION, [after])
        for doubt in MatchDoubt.objects.filter(
            edition=edition, what=What.FUNCTION, key=before
        ):
            doubt.key = after
            _decide(doubt, State.CORRECTED, user)


def _pair_items(
    items: list[document.Function],
    base: list[document.Function],
    inherited: set[UUID],
    taken: set[UUID],
    changes: dict[UUID, UUID],
) -> None:
    """Collect in ``changes`` the keys that items take: former key -> key."""
    free = [other for other in base if other.key not in taken]
    pairs = {id(one): other for one, other, _ in pair_in_order(items, free, Texts())}
    for one in items:
        other = pairs.get(id(one))
        if other is not None and other.key != one.key:
            changes[one.key] = other.key
        elif other is None and one.key in inherited:
            changes[one.key] = uuid4()
        _pair_items(one.items, other.items if other else [], inherited, taken, changes)


def _as_document(edition_id: int | None, key: UUID) -> list[document.Function]:
    """The items of an edition's function in neutral form; none where it is not."""
    unit = Function.objects.filter(edition=edition_id, key=key).values("unit")
    trees = nest(Function.objects.filter(unit__in=unit).rows())
    for nodes in trees.values():
        for _label, node in _labelled(nodes):
            if node.key == key:
                return _neutral(node.items)
    return []


def _neutral(nodes: Iterable[Node]) -> list[document.Function]:
    return [
        document.Function(text=node.text, key=node.key, items=_neutral(node.items))
        for node in nodes
    ]


def _walk(functions: Iterable[document.Function]) -> Iterator[document.Function]:
    for function in functions:
        yield function
        yield from _walk(function.items)
