"""Manuals, the lists of their editions, and chapters; read only."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from manual_org.api.pagination import PageQuery, page_of
from manual_org.api.rendering import JSON
from manual_org.api.v1 import addressing, reading, representations, serializers, tables
from manual_org.api.v1.base import EditionView
from manual_org.api.v1.filters import EditionPageQuery, EditionQuery
from manual_org.api.v1.representations import Links
from manual_org.api.views import View
from manuals.models import Edition, Manual


class ManualListView(View):
    operations = {"GET": "manuals_list"}
    parameters = {"GET": PageQuery}
    formats = (JSON, tables.MANUALS)

    @extend_schema(responses=serializers.ManualPage)
    def get(self, request):
        """The manuals of which the caller may read an edition, by title."""
        manuals = Manual.objects.visible_to(request.user)
        page = page_of(self.query, manuals.count())
        shown = list(manuals[page.slice])
        current = {
            edition.manual_id: edition
            for edition in Edition.objects.in_force().filter(manual__in=shown)
        }
        for manual in shown:
            if manual.pk in current:
                current[manual.pk].manual = manual
        results = [
            representations.manual(manual, current.get(manual.pk), request)
            for manual in shown
        ]
        return Response(page.envelope(request, results))


class ManualView(View):
    operations = {"GET": "manuals_retrieve"}

    @extend_schema(responses=serializers.ManualShape)
    def get(self, request, slug):
        """One manual and the edition in force today."""
        manual, editions = addressing.manual_at(request.user, slug)
        current = next((one for one in editions if one.is_in_force()), None)
        return Response(representations.manual(manual, current, request))


class EditionListView(View):
    operations = {"GET": "editions_list"}
    parameters = {"GET": PageQuery}
    formats = (JSON, tables.EDITIONS)

    @extend_schema(responses=serializers.EditionPage)
    def get(self, request, slug):
        """The editions of a manual that the caller may read, the newest first."""
        _manual, editions = addressing.manual_at(request.user, slug)
        page = page_of(self.query, len(editions))
        results = [
            representations.edition(edition, Links(request, edition))
            for edition in editions[page.slice]
        ]
        return Response(page.envelope(request, results))


class ChapterListView(EditionView):
    operations = {"GET": "chapters_list"}
    parameters = {"GET": EditionPageQuery}
    formats = (JSON, tables.CHAPTERS)

    @extend_schema(responses=serializers.ChapterPage)
    def get(self, request, **address):
        """The chapters of an edition, by number."""
        edition = self.find_edition(**address)
        chapters = reading.chapter_rows(edition)
        page = page_of(self.query, len(chapters))
        links = self.links
        results = [representations.chapter(*row, links) for row in chapters[page.slice]]
        return Response(
            page.envelope(request, results, edition=representations.stamp(edition))
        )


class ChapterView(EditionView):
    operations = {"GET": "chapters_retrieve"}
    parameters = {"GET": EditionQuery}

    @extend_schema(responses=serializers.ChapterDetail)
    def get(self, request, number, **address):
        """One chapter: its text, the same as numbered blocks, and its charts."""
        edition = self.find_edition(**address)
        return Response(reading.chapter(edition, number, self.links))
