"""The breadcrumbs of the admin's pages about an edition: one way for all of them.

Home, editions, the edition, what the page is about and, where that is not its own page,
the page's title. A page says what it is about by what its context holds: ``original``,
``object``, ``edition`` or ``shown_edition``. ``crumb`` is a shorter title, and
``crumbs`` are pages (text, address) between it and the row.
"""

from __future__ import annotations

from django import template
from django.contrib import admin
from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from manuals.admin.filters import edition_name
from manuals.admin.undoing import edition_of
from manuals.models import Edition

register = template.Library()
SUBJECTS = ("original", "object", "edition", "shown_edition")


@register.simple_tag(takes_context=True)
def trail(context) -> list[tuple[str, str]]:
    """(text, address) from home to here, which needs none.

    Empty if the page is about no edition.
    """
    try:
        return _trail(context)
    except ObjectDoesNotExist:  # a row of the history whose edition is gone
        return []


def _trail(context) -> list[tuple[str, str]]:
    row = next(filter(None, map(context.get, SUBJECTS)), None)
    edition = edition_of(row)
    if row is None and context.get("add"):
        edition = getattr(context["request"], "target_edition", None)
    if edition is None:
        return []
    crumbs = [
        (_("Inicio"), reverse("admin:index")),
        (
            capfirst(Edition._meta.verbose_name_plural),
            reverse("admin:manuals_edition_changelist"),
        ),
        _to(edition, edition_name(edition)),
    ]
    if row is not None and row != edition:
        model_admin = admin.site.get_model_admin(type(row))
        own = _to(row)
        crumbs += map(_to, model_admin.trail_above(row))
        crumbs.append((own[0], context.get("object_url", own[1])))
    if "original" in context and not context.get("add"):
        return crumbs
    title = context.get("crumb") or context.get("title", "")
    return [*crumbs, *context.get("crumbs", ()), (str(title), "")]


def _to(row, name: str = "") -> tuple[str, str]:
    address = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    return name or str(row), reverse(address, args=[row.pk])
