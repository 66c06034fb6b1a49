"""The effect of a stored edition on its base, and the effect as a file."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from exchange.reading import read_document
from manuals import cache, permissions
from manuals.models import Edition
from review.compare.editions import way_from
from review.reorganisation import csvformat, jsonformat, textformat
from review.reorganisation.computing import effect_of
from review.reorganisation.effect import Effect
from review.successions import stated_on_the_way
from units.models import UnitKind

# Format -> what makes a file of an effect.
RENDERERS: dict[str, Callable[[Effect], bytes]] = {
    "csv": csvformat.dumps,
    "json": jsonformat.dumps,
    "text": textformat.dumps,
}


def effect_of_edition(*, edition: Edition, user, base: Edition | None = None) -> Effect:
    """What an edition does to its base, or to another edition that is named.

    Raises NotAllowed for an edition that the person may not read, ValidationError for
    one without a base.
    """
    base = base or edition.base
    if base is None:
        raise ValidationError(
            _("La edición %(edition)s no parte de otra: no hay con qué compararla.")
            % {"edition": edition.label}
        )
    for one in (base, edition):
        permissions.demand(permissions.may_read(user, one))
    recorded = stated_on_the_way(way_from(base, edition))
    ranks = dict(UnitKind.objects.values_list("name", "rank"))
    return cache.for_editions(
        (base, edition),
        f"review.reorganisation:{sorted(ranks.items())}",
        lambda: effect_of(read_document(base), read_document(edition), recorded, ranks),
    )
