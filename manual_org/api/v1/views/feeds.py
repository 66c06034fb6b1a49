"""Authorised editions as a feed for news readers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from manual_org.api.formats.atom import ATOM
from manual_org.api.v1 import addressing
from manual_org.api.views import View
from manuals.models import Change, Edition
from review.compare.spanish import spoken_date

ENTRIES = 100  # the newest editions; older ones are in the list of editions
Kind = Change.Kind


class FeedView(View):
    """Of all manuals. What is published is in it, the same for everybody."""

    operations = {"GET": "feeds_all"}
    formats = (ATOM,)

    @extend_schema(responses={(200, ATOM.media_type): OpenApiTypes.STR})
    def get(self, request):
        """The authorised editions of all manuals, the newest first, for news readers.

        An entry for each edition, with what it replaced and how it ended, and another
        for its withdrawal.
        """
        return self._answer(
            _("Manuales de organización: ediciones autorizadas"),
            reverse("web:home"),
            _("Registro público de manuales de organización"),
            Change.objects.filter(public=True),
        )

    def _answer(self, title: str, page: str, author: str, changes) -> Response:
        authorised = changes.filter(kind=Kind.EDITION_AUTHORISED)
        newest = list(
            authorised.select_related("edition__manual").order_by("-at", "-id")[
                :ENTRIES
            ]
        )
        later: dict[int, dict[str, Change]] = {}
        for change in Change.objects.filter(
            edition__in=[one.edition_id for one in newest],
            kind__in=[Kind.EDITION_ENDED, Kind.EDITION_WITHDRAWN],
        ):
            later.setdefault(change.edition_id, {})[change.kind] = change
        entries = [
            entry
            for change in newest
            for entry in self._entries(change, later.get(change.edition_id, {}))
        ]
        first = authorised.order_by("id").values_list("edition__key", flat=True).first()
        return Response(
            {
                "feed": {
                    "title": title,
                    "link": self._absolute(page),
                    "description": None,
                    "language": "es-MX",
                    "author_name": author,
                    "feed_url": self._absolute(self.request.path),
                    "feed_guid": self._identity(first),
                },
                "entries": sorted(
                    entries, key=lambda entry: entry["pubdate"], reverse=True
                ),
            }
        )

    def _identity(self, first: UUID | None) -> str:
        """Made of the first edition that was authorised, which nothing changes."""
        name = self.operations["GET"]
        if first is None:
            return uuid5(NAMESPACE_URL, self._absolute(self.request.path)).urn
        return uuid5(first, name).urn

    def _entries(self, told: Change, later: dict[str, Change]) -> Iterator[dict]:
        """The edition; and its withdrawal, where it was withdrawn."""
        edition = told.edition
        title = _("%(manual)s: edición %(label)s")
        links = self._links(edition, told.details["previous"])
        withdrawn = later.get(Kind.EDITION_WITHDRAWN)
        if withdrawn is not None:
            title = _("%(manual)s: edición %(label)s (dada de baja)")
            yield self._entry(
                edition,
                _("%(manual)s: baja de la edición %(label)s"),
                uuid5(edition.key, "withdrawn").urn,
                withdrawn.at,
                withdrawn.at,
                _paragraph(_withdrawal(edition)),
                links[:1],
            )
        yield self._entry(
            edition,
            title,
            edition.key.urn,
            told.at,
            max(change.at for change in (told, *later.values())),
            self._summary(edition, told.details["previous"], links),
            links,
        )

    def _entry(
        self,
        edition: Edition,
        title: str,
        identity: str,
        published: datetime,
        updated: datetime,
        summary: str,
        links: list[dict],
    ) -> dict:
        names = {"manual": edition.manual.title, "label": edition.label}
        return {
            "title": title % names,
            "link": self._absolute(
                reverse("web:edition", args=[edition.manual.slug, edition.label])
            ),
            "description": summary,
            "author_name": edition.manual.institution or None,
            "pubdate": published,
            "updateddate": updated,
            "unique_id": identity,
            "links": links,
        }

    def _links(self, edition: Edition, previous: str | None) -> list[dict]:
        names = [edition.manual.slug, edition.label]
        links = [
            {
                "rel": "alternate",
                "type": "application/json",
                "href": self._absolute(reverse("api:v1:edition", args=names)),
            }
        ]
        if previous:
            page = reverse(
                "web:comparison", args=[edition.manual.slug, previous, edition.label]
            )
            links.append(
                {
                    "rel": "related",
                    "type": "text/html",
                    "title": _("Qué cambió"),
                    "href": self._absolute(page),
                }
            )
        return links

    def _summary(self, edition: Edition, previous: str | None, links) -> str:
        """HTML: who authorised it, from which day, what it replaced, how it ended."""
        said = [_authorisation(edition)]
        if previous:
            said.append(
                format_html(
                    '{} <a href="{}">{}</a>',
                    _("Sustituye a la edición %(label)s.") % {"label": previous},
                    links[-1]["href"],
                    _("Vea qué cambió."),
                )
            )
        if edition.withdrawn_on:
            said.append(_withdrawal(edition))
        return "".join(map(_paragraph, said))

    def _absolute(self, path: str) -> str:
        return self.request.build_absolute_uri(path)


class ManualFeedView(FeedView):
    operations = {"GET": "feeds_manual"}

    @extend_schema(responses={(200, ATOM.media_type): OpenApiTypes.STR})
    def get(self, request, slug):
        """The authorised editions of a manual, the newest first, for news readers."""
        manual, _editions = addressing.manual_at(request.user, slug)
        return self._answer(
            _("%(manual)s: ediciones autorizadas") % {"manual": manual.title},
            reverse("web:manual", args=[manual.slug]),
            manual.institution or manual.title,
            Change.objects.filter(public=True, manual=manual),
        )


def _authorisation(edition: Edition) -> str:
    who = ", ".join(filter(None, (edition.authorised_by, edition.authorised_position)))
    days = {"first": spoken_date(edition.effective_from), "who": who}
    if edition.effective_to:
        days["last"] = spoken_date(edition.effective_to)
        said = _("Vigente del %(first)s al %(last)s.")
    else:
        said = _("Vigente desde el %(first)s.")
    if who:
        said = f"{_('La autorizó %(who)s.')} {said}"
    return said % days


def _withdrawal(edition: Edition) -> str:
    return _("Dada de baja el %(day)s.") % {"day": spoken_date(edition.withdrawn_on)}


def _paragraph(said: str) -> str:
    return format_html("<p>{}</p>", said)
