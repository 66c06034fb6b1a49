"""Many texts of an edition changed at once: one save, which one undo takes back."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from functions.labels import path_label
from functions.models import Function
from manuals.exceptions import Stale
from manuals.history import recording, write_in_bulk
from manuals.models import Edition
from manuals.permissions import demand
from manuals.services import demand_reason, lock_draft
from units.permissions import editable_units

logger = logging.getLogger(__name__)

_BATCH = 500
_NAMED = 5  # places that a sentence names


class TextsChanged(Stale):
    """Somebody changed or deleted some of the texts meanwhile; ``ids`` says which."""

    def __init__(self, ids: Collection[int], message: str):
        self.ids = frozenset(ids)
        super().__init__(message)


@transaction.atomic
def change_texts(
    *,
    edition: Edition,
    texts: Mapping[int, str],
    seen: Mapping[int, str],
    user,
    reason: str,
) -> int:
    """Reword functions and items of a draft by their ids; returns how many changed.

    ``seen`` holds, for each, the text that the person saw.

    Raises NotAllowed, EditionClosed, ReasonRequired, TextsChanged, and ValidationError
    whose messages name the function.
    """
    edition = lock_draft(edition)
    reason = demand_reason(reason)
    stored = {
        function.pk: function
        for function in Function.objects.for_edition(edition)
        .filter(pk__in=texts)
        .select_related("unit", "parent__parent")
    }
    _demand_units(stored.values(), edition, user)
    _demand_unchanged(stored, texts, seen)
    changed = _reworded(stored, texts)
    if not changed:
        return 0
    with recording(user=user, reason=reason):
        Function.objects.bulk_update(changed, ["text"], batch_size=_BATCH)
        write_in_bulk(changed, created=False)
    logger.info("%d functions of %s changed at once", len(changed), edition)
    return len(changed)


def _demand_units(functions: Iterable[Function], edition: Edition, user) -> None:
    allowed = set(editable_units(user, edition).values_list("pk", flat=True))
    others = {
        function.unit.code for function in functions if function.unit_id not in allowed
    }
    demand(
        not others,
        ngettext(
            "No tiene permiso para editar esta unidad: %(codes)s.",
            "No tiene permiso para editar estas unidades: %(codes)s.",
            len(others),
        )
        % {"codes": _some(sorted(others))},
    )


def _demand_unchanged(
    stored: Mapping[int, Function], texts: Mapping[int, str], seen: Mapping[int, str]
) -> None:
    gone = [pk for pk in texts if pk not in stored]
    changed = [pk for pk, function in stored.items() if function.text != seen[pk]]
    if not gone and not changed:
        return
    said = []
    if changed:
        places = [place_of(stored[pk]) for pk in changed]
        said.append(
            _("Otra persona cambió mientras tanto: %(places)s.")
            % {"places": _some(places)}
        )
    if gone:
        said.append(
            _("Otra persona eliminó mientras tanto %(number)d de las funciones.")
            % {"number": len(gone)}
        )
    raise TextsChanged([*gone, *changed], " ".join(said))


def _reworded(
    stored: Mapping[int, Function], texts: Mapping[int, str]
) -> list[Function]:
    """The functions whose text really changes, with it; in the order of ids."""
    changed, errors = [], []
    others = [one.name for one in Function._meta.fields if one.name != "text"]
    for pk in sorted(stored):
        function, before = stored[pk], stored[pk].text
        function.text = texts[pk]
        try:
            # Nothing but the text changes: the rest is as the database holds it.
            function.full_clean(
                exclude=others, validate_unique=False, validate_constraints=False
            )
        except ValidationError as error:
            errors += [
                _("%(place)s: %(message)s")
                % {"place": place_of(function), "message": message}
                for message in error.messages
            ]
        if function.text != before:
            changed.append(function)
    if errors:
        raise ValidationError(errors)
    return changed


def place_of(function: Function) -> str:
    """«8.2.1, 3. a)»: where a function or item stands."""
    return f"{function.unit.code}, {path_label(function.path)}"


def _some(places: list[str]) -> str:
    """Some of the places as one text, and how many more there are."""
    if len(places) <= _NAMED:
        return "; ".join(places)
    return _("%(places)s y %(number)d más") % {
        "places": "; ".join(places[:_NAMED]),
        "number": len(places) - _NAMED,
    }
