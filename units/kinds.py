"""The catalogue of levels, kept in the admin and filled by what manuals bring."""

from __future__ import annotations

import logging

from django.utils.translation import gettext as _

from units.models import UnitKind

logger = logging.getLogger(__name__)

NEW_RANK = 1000  # after the levels that somebody put in order


def kinds_named(names: set[str]) -> tuple[dict[str, UnitKind], list[UnitKind]]:
    """The levels with these names, and those of them that had to be added.

    A manual may use a level that the catalogue lacks: it is added with a plural formed
    by rule, for an editor to look at. The caller opened ``recording``.

    Raises ValidationError for a name that is too long or empty.
    """
    found = {kind.name: kind for kind in UnitKind.objects.filter(name__in=names)}
    added = []
    for name in sorted(names - found.keys()):
        kind = UnitKind(name=name, plural=plural_of(name), rank=NEW_RANK)
        if UnitKind.objects.filter(plural=kind.plural).exists():
            kind.plural = _("%(name)s (plural)") % {"name": name}
        kind.full_clean()
        kind.save()
        logger.info("level %s added", name)
        added.append(kind)
        found[name] = kind
    return found, added


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
