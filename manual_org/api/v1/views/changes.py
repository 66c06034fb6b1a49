"""The change feed: what happened since a cursor, each thing once."""

from __future__ import annotations

import re

from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, NotFound
from rest_framework.response import Response

from manual_org.api.errors import InvalidQuery
from manual_org.api.fields import Counted, Query
from manual_org.api.selecting import Several
from manual_org.api.v1 import addressing
from manual_org.api.v1.change_shapes import MANY, ChangePage
from manual_org.api.v1.representations import moment
from manual_org.api.views import View
from manuals import cursors
from manuals.models import Change

LIMIT, MOST = 100, 500


class Cursor(serializers.IntegerField):
    """A cursor of the feed in plain digits; 0 is the beginning."""

    def to_internal_value(self, data):
        if not re.fullmatch(r"[0-9]{1,16}", data):
            self.fail("invalid")
        return super().to_internal_value(data)


class ChangeQuery(Query):
    after = Cursor(
        min_value=0,
        default=0,
        help_text="Only what follows this cursor, one that the feed gave; everything "
        "without one, or with 0. One that the feed did not give is 400 `gone`: the "
        "database was put back to an older copy. Read everything again.",
    )
    limit = Counted(
        min_value=1, max_value=MOST, default=LIMIT, help_text="How many at most."
    )
    manual = serializers.CharField(
        required=False,
        max_length=80,
        help_text="Only this manual, by its slug; also "
        "by one that it had before, as long as no other has it.",
    )
    edition = serializers.CharField(
        required=False,
        max_length=40,
        help_text="With `manual`: only the edition of this label, or `current`; also "
        "one that was discarded.",
    )
    kind = Several(Change.Kind.values, help_text="Only these kinds.")


class ChangeListView(View):
    operations = {"GET": "changes_list"}
    parameters = {"GET": ChangeQuery}

    @extend_schema(responses=ChangePage)
    def get(self, request):
        """What happened after a cursor, in the order in which it is told to everybody.

        Whoever goes on from the `cursor` of the last answer misses nothing and is told
        nothing twice. Drafts are told of to who may read them.
        """
        after, limit = self.query["after"], self.query["limit"]
        changes = self._filtered(Change.objects.visible_to(request.user))
        # What was committed and has no place yet gets one; if not now, then later.
        cursors.give()
        self._demand_known(after)
        found = list(
            changes.after(after).select_related("manual", "edition")[: limit + 1]
        )
        rows, more = found[:limit], len(found) > limit
        cursor = rows[-1].cursor if rows else after
        parameters = request.query_params.copy()
        parameters["after"] = str(cursor)
        return Response(
            {
                "results": [_represent(row, request) for row in rows],
                "cursor": cursor,
                "more": more,
                "next": request.build_absolute_uri(
                    f"{request.path}?{parameters.urlencode()}"
                ),
            }
        )

    def _filtered(self, changes):
        query = self.query
        if "kind" in query:
            changes = changes.filter(kind__in=query["kind"])
        if "manual" not in query:
            if "edition" in query:
                raise _refused(
                    "manual", _("Indique de qué manual es la edición."), "required"
                )
            return changes
        manual, editions = self._manual_at(query["manual"])
        changes = changes.filter(manual=manual)
        if "edition" not in query:
            return changes
        label = query["edition"]
        for edition in editions:
            is_current = label == addressing.CURRENT and edition.is_in_force()
            if is_current or edition.label == label:
                return changes.filter(edition=edition)
        return changes.filter(edition__key=None, edition_label=label)

    def _manual_at(self, slug: str):
        """As ``addressing.manual_at``, also by a slug that a manual had before.

        Whoever follows a manual asks by the old one until told of the new one.
        """
        try:
            return addressing.manual_at(self.request.user, slug)
        except NotFound:
            renamed = (
                Change.objects.visible_to(self.request.user)
                .filter(kind=Change.Kind.MANUAL_CHANGED, details__renamed_from=slug)
                .exclude(manual=None)
                .order_by("-pk")
                .select_related("manual")
                .first()
            )
            if renamed is None:
                raise
            return addressing.manual_at(self.request.user, renamed.manual.slug)

    def _demand_known(self, after: int) -> None:
        """InvalidQuery for a cursor that this feed did not give, or no longer has."""
        if after and not Change.objects.filter(cursor=after).exists():
            raise _refused(
                "after",
                _(
                    "Este cursor no es de esta lista: quizá la base de datos volvió a "
                    "una copia anterior. Lea todo de nuevo, desde el principio."
                ),
                "gone",
            )


def _represent(row: Change, request) -> dict:
    told, manual, edition = row.details, row.manual, row.edition
    names = [manual.slug, edition.label] if manual and edition else []
    url = html_url = comparison_url = None
    if names:
        url, html_url = "api:v1:edition", "web:edition"
    elif manual and not row.edition_label:
        names, url, html_url = [manual.slug], "api:v1:manual", "web:manual"
    if edition and told.get("previous"):
        comparison_url = reverse(
            "api:v1:comparison", args=[manual.slug, told["previous"], edition.label]
        )

    def absolute(name: str | None) -> str | None:
        return name and request.build_absolute_uri(reverse(name, args=names))

    return {
        "cursor": row.cursor,
        "at": moment(row.at),
        "kind": row.kind,
        "manual": row.manual_slug,
        "edition": row.edition_label or None,
        "renamed_from": told.get("renamed_from"),
        "fields": told.get("fields", []),
        "base": told.get("base"),
        "previous": told.get("previous"),
        "effective_from": told.get("effective_from"),
        "effective_to": told.get("effective_to"),
        "withdrawn_on": told.get("withdrawn_on"),
        "content": _content(told) if row.kind == Change.Kind.CONTENT_CHANGED else [],
        "url": absolute(url),
        "html_url": absolute(html_url),
        "comparison_url": comparison_url and request.build_absolute_uri(comparison_url),
    }


def _content(told: dict) -> list[dict]:
    if told["whole"]:
        return [{"part": part, "change": MANY, "keys": []} for part in told["parts"]]
    return [
        {"part": part, "change": what, "keys": [str(key) for key in keys]}
        for part, lists in told.items()
        if part != "whole"
        for what, keys in lists.items()
    ]


def _refused(parameter: str, message: str, code: str) -> InvalidQuery:
    return InvalidQuery({parameter: [ErrorDetail(message, code=code)]})
