"""The catalogue of levels, kept in the admin and filled by what manuals bring."""

from __future__ import annotations

import logging

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from units.models import UnitKind

logger = logging.getLogger(__name__)

NEW_RANK = 1000  # after the levels that somebody put in order


def kinds_named(names: set[str]) -> tuple[dict[str, UnitKind], list[UnitKind]]:
    """The levels with these names, and those of them that had to be added.

    A manual may use a level that the catalogue lacks: it is added with a plural formed
    by rule, for an editor to look at. The caller opened ``recording``.

    Raises ValidationError for a name that is too long or empty, or has no plural left.
    """
    found = {kind.name: kind for kind in UnitKind.objects.filter(name__in=names)}
    added = []
    for name in sorted(names - found.keys()):
        found[name], is_new = _get_or_add(name)
        if is_new:
            logger.info("level %s added", name)
            added.append(found[name])
    return found, added


def _get_or_add(name: str) -> tuple[UnitKind, bool]:
    """The level, and whether it was added here.

    Two imports may add the same one at once: whoever comes second waits for the first,
    and uses what that left.
    """
    for plural in (plural_of(name), _("%(name)s (plural)") % {"name": name}):
        kind = UnitKind(name=name, plural=plural, rank=NEW_RANK)
        kind.clean_fields()
        try:
            with transaction.atomic():
                kind.save()
        except IntegrityError:
            # Either the name is there by now, or another level has this plural.
            other = UnitKind.objects.filter(name=name).first()
            if other is not None:
                return other, False
        else:
            return kind, True
    raise ValidationError(
        _("Los plurales de «%(name)s» son de otros niveles.") % {"name": name}
    )


def plural_of(name: str) -> str:
    """The plural of a level's name by the rules of Spanish, first word only."""
    first, space, rest = name.partition(" ")
    if first.endswith("ión"):
        first = f"{first[:-3]}iones"
    elif first[-1:] in "aeiouáéó":
        first += "s"
    elif first.endswith("z"):
        first = f"{first[:-1]}ces"
    elif not first.endswith("s"):
        first += "es"
    return f"{first}{space}{rest}"
