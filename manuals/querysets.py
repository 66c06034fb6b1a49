"""Named reads of manuals, editions and chapters."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from manuals import permissions
from manuals.dates import today

PUBLISHED = ("authorised", "withdrawn")


class ManualQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Manuals of which the person may read at least one edition."""
        if permissions.may_read_drafts(user):
            return self
        if not permissions.may_read_published(user):
            return self.none()
        has_published = models.Exists(
            self.model.editions.rel.related_model.objects.published().filter(
                manual=models.OuterRef("pk")
            )
        )
        own = permissions.only_manual_with_drafts(user)
        return self.filter(has_published if own is None else has_published | Q(pk=own))


class EditionQuerySet(models.QuerySet):
    def published(self):
        """Authorised at some time, also if not in force any more."""
        return self.filter(status__in=PUBLISHED)

    def drafts(self):
        return self.filter(status="draft")

    def in_force(self, on: date | None = None):
        """The edition that answers for a day, today unless said; at most one a manual.

        Both ends are days in force, a null end is open; an edition withdrawn on a day
        remains the answer for the days before it.
        """
        day = on or today()
        return (
            self.published()
            .filter(effective_from__lte=day)
            .filter(Q(effective_to__isnull=True) | Q(effective_to__gte=day))
            .filter(Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day))
        )

    def visible_to(self, user):
        """Drafts only to people with a role; the rest as the installation allows."""
        if permissions.may_read_drafts(user):
            return self
        if not permissions.may_read_published(user):
            return self.none()
        own = permissions.only_manual_with_drafts(user)
        if own is None:
            return self.published()
        return self.filter(Q(status__in=PUBLISHED) | Q(manual=own))

    def with_manual(self):
        return self.select_related("manual")

    def newest_first(self):
        return self.order_by(
            models.F("effective_from").desc(nulls_first=True), "-label"
        )


class ChapterQuerySet(models.QuerySet):
    def for_edition(self, edition):
        return self.filter(edition=edition).order_by("number")

    def for_rendering(self):
        return self.prefetch_related("charts")


class GlossaryQuerySet(models.QuerySet):
    def for_manual(self, manual):
        return self.filter(manual=manual)

    def accepted(self):
        """What readers see: one meaning per term."""
        return self.filter(status="accepted")

    def proposed(self):
        """What waits for an editor's decision."""
        return self.filter(status="proposed")


class ChangeQuerySet(models.QuerySet):
    def without_cursor(self):
        """Committed, and not in the feed yet."""
        return self.filter(cursor__isnull=True)

    def after(self, cursor: int):
        """What follows a cursor in the feed, in its order; 0 is the beginning."""
        return self.filter(cursor__gt=cursor).order_by("cursor")

    def visible_to(self, user):
        """What concerns drafts only to people with a role, as editions are."""
        if permissions.may_read_drafts(user):
            return self
        if not permissions.may_read_published(user):
            return self.none()
        own = permissions.only_manual_with_drafts(user)
        if own is None:
            return self.filter(public=True)
        return self.filter(Q(public=True) | Q(manual=own))
