"""The manual and the edition that a source is read into, by what it and people say."""

from __future__ import annotations

from django.utils.text import slugify
from django.utils.translation import gettext as _

from exchange import document
from exchange.importers.errors import ImportRejected
from exchange.writing import manual_fields
from manuals import permissions
from manuals.models import Edition, Manual
from manuals.services import create_manual


def find_manual(
    said: document.Manual,
    slug: str | None,
    *,
    base_label: str | None,
    fragment: bool,
    user,
    reason: str,
) -> Manual:
    """The manual asked for, else the one that the source names; created if it is new.

    Onto a base nothing is created: a fragment, which hardly names its manual, is of the
    one that has that edition. Raises ImportRejected.
    """
    named = slug or said.slug
    slug = named or slugify(said.acronym or said.title)[:80].strip("-")
    # The manual is locked before its editions, as in the life cycle's services.
    manuals = Manual.objects.select_for_update()
    manual = manuals.filter(slug=slug).first() if slug else None
    if manual is not None:
        return manual
    if base_label and fragment and not named:
        return manuals.get(pk=_manual_with(base_label))
    if base_label:
        raise ImportRejected(
            _("No existe el manual «%(slug)s».") % {"slug": slug or ""},
            code="unknown_manual",
        )
    if not slug:
        raise ImportRejected(
            _("El documento no dice de qué manual es: indíquelo con --manual."),
            code="manual_required",
        )
    fields = manual_fields(said)
    fields["title"] = fields["title"] or slug
    return create_manual(slug=slug, user=user, reason=reason, **fields)


def _manual_with(label: str) -> int:
    """The only manual that has such an edition. Raises ImportRejected."""
    found = Manual.objects.filter(editions__label=label).order_by("slug")
    slugs = dict(found.values_list("pk", "slug"))
    if not slugs:
        raise ImportRejected(
            _("Ningún manual tiene la edición %(label)s.") % {"label": label},
            code="unknown_base",
        )
    if len(slugs) > 1:
        raise ImportRejected(
            _(
                "Varios manuales tienen la edición %(label)s (%(manuals)s): indique "
                "cuál con --manual."
            )
            % {"label": label, "manuals": ", ".join(slugs.values())},
            code="manual_required",
        )
    return next(iter(slugs))


def find_base(manual: Manual, label: str, user) -> Edition:
    """The edition of the manual onto which a source is read.

    Raises ImportRejected, also for a draft that the person may not read.
    """
    base = Edition.objects.with_manual().filter(manual=manual, label=label).first()
    if base is None or not permissions.may_read(user, base):
        raise ImportRejected(
            _("El manual %(manual)s no tiene la edición %(label)s.")
            % {"manual": manual.slug, "label": label},
            code="unknown_base",
        )
    return base
