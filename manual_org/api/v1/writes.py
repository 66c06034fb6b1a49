"""What single addresses and batches do alike beyond calling one service."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail, ValidationError

from functions.lists import Listed
from functions.models import Function
from functions.services import create_function
from manuals.history import recording
from units.models import Unit
from units.rearranging import Arrangement, rearrange_units


@transaction.atomic
def create_function_with_items(
    *, items: Sequence[dict], user, reason: str, **fields
) -> Function:
    """A new function, or an item of one, with its nested items: one change.

    Raises what create_function does.
    """
    with recording(user=user, reason=reason):
        function = create_function(user=user, reason=reason, **fields)
        for row in items:
            create_function_with_items(
                unit=function.unit,
                parent=function,
                text=row["text"],
                items=row.get("items", ()),
                user=user,
                reason=reason,
            )
    return function


def listed(rows: Sequence[dict], level: int = 0) -> Iterator[Listed]:
    """The nested rows of a body as the flat list that the service takes."""
    for row in rows:
        yield Listed(level, row["text"], row.get("key"))
        yield from listed(row.get("items", ()), level + 1)


def order_children(*, unit: Unit, children: Sequence[UUID], user, reason: str) -> None:
    """Give the units right below one the order of these keys.

    Raises ValidationError of ``children`` unless they are all of them, each once, and
    what rearrange_units does.
    """
    ids = dict(Unit.objects.filter(parent=unit).values_list("key", "pk"))
    if len(children) != len(ids) or set(children) != set(ids):
        message = _(
            "Indique las %(count)d unidades que dependen directamente de esta, cada "
            "una una sola vez."
        ) % {"count": len(ids)}
        raise ValidationError(
            {"children": ErrorDetail(message, code="not_the_children")}
        )
    rearrange_units(
        edition=unit.edition,
        arrangement=Arrangement(orders={unit.pk: [ids[key] for key in children]}),
        user=user,
        reason=reason,
    )
