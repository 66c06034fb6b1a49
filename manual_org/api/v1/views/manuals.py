"""Manuals, the lists of their editions, and chapters; read only."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from manual_org.api.formats.exports import JSONLD, Export
from manual_org.api.pagination import page_of
from manual_org.api.rendering import JSON
from manual_org.api.selecting import SelectingMixin, select
from manual_org.api.v1 import (
    addressing,
    filters,
    reading,
    representations,
    serializers,
    tables,
)
from manual_org.api.v1.base import EditionView
from manual_org.api.v1.representations import Links
from manual_org.api.views import View
from manuals.glossary import alphabetical
from manuals.models import Edition, Manual


class ManualListView(SelectingMixin, View):
    operations = {"GET": "manuals_list"}
    parameters = {"GET": filters.ManualQuery}
    formats = (JSON, tables.MANUALS)

    @extend_schema(responses=serializers.ManualPage)
    def get(self, request):
        """The manuals of which the caller may read an edition, by title."""
        query = self.query
        visible = Manual.objects.visible_to(request.user)
        # Sorted here: databases differ in where they put ñ and accents.
        titles = list(visible.order_by("slug").values_list("pk", "title", "slug"))
        if query["order"].endswith("title"):
            titles.sort(key=lambda row: alphabetical(row[1]))
        if query["order"].startswith("-"):
            titles.reverse()
        page = page_of(query, len(titles))
        manuals = visible.in_bulk([pk for pk, *_rest in titles[page.slice]])
        shown = [manuals[pk] for pk, *_rest in titles[page.slice] if pk in manuals]
        current = {
            edition.manual_id: edition
            for edition in Edition.objects.in_force(query.get("on")).filter(
                manual__in=shown
            )
        }
        editions = self.editions_of(shown) if "expand" in query else {}
        results = []
        for manual in shown:
            edition = current.get(manual.pk)
            if edition is not None:
                edition.manual = manual
            result = representations.manual(manual, edition, request)
            if "expand" in query:
                result["editions"] = _represented(editions[manual.pk], request)
            results.append(select(result, query))
        return Response(page.envelope(request, results))

    def editions_of(self, manuals: list[Manual]) -> dict[int, list[Edition]]:
        """Id of a manual -> its editions that the caller may read, newest first."""
        found = {manual.pk: [] for manual in manuals}
        by_id = {manual.pk: manual for manual in manuals}
        readable = Edition.objects.visible_to(self.request.user).newest_first()
        for edition in readable.filter(manual__in=manuals):
            edition.manual = by_id[edition.manual_id]
            found[edition.manual_id].append(edition)
        return found


class ManualView(SelectingMixin, View):
    operations = {"GET": "manuals_retrieve"}
    parameters = {"GET": filters.ManualPart}
    formats = (JSON, JSONLD)

    @extend_schema(responses=serializers.ManualShape)
    def get(self, request, slug):
        """One manual and the edition in force today, or on the day asked."""
        query = self.query
        manual, editions = addressing.manual_at(request.user, slug)
        day = query.get("on")
        current = next((one for one in editions if one.is_in_force(day)), None)
        if isinstance(self.form, Export):
            return Response(self.form.manual(request, manual, editions, current))
        whole = representations.manual(manual, current, request)
        if "expand" in query:
            whole["editions"] = _represented(editions, request)
        return Response(select(whole, query))


class EditionListView(SelectingMixin, View):
    operations = {"GET": "editions_list"}
    parameters = {"GET": filters.EditionListQuery}
    formats = (JSON, tables.EDITIONS)

    @extend_schema(responses=serializers.EditionPage)
    def get(self, request, slug):
        """The editions of a manual that the caller may read, the newest first."""
        query = self.query
        _manual, editions = addressing.manual_at(request.user, slug)
        if "status" in query:
            editions = [one for one in editions if one.status in query["status"]]
        if "on" in query:
            editions = [one for one in editions if one.is_in_force(query["on"])]
        if query["order"].endswith("label"):
            editions.sort(
                key=lambda one: one.label, reverse=query["order"].startswith("-")
            )
        elif query["order"] == "effective_from":
            editions.reverse()
        page = page_of(query, len(editions))
        results = [
            select(result, query)
            for result in _represented(editions[page.slice], request)
        ]
        return Response(page.envelope(request, results))


def _represented(editions: list[Edition], request) -> list[dict]:
    return [representations.edition(one, Links(request, one)) for one in editions]


class ChapterListView(SelectingMixin, EditionView):
    operations = {"GET": "chapters_list"}
    parameters = {"GET": filters.ChapterQuery}
    formats = (JSON, tables.CHAPTERS)

    @extend_schema(responses=serializers.ChapterPage)
    def get(self, request, **address):
        """The chapters of an edition, by number."""
        edition = self.find_edition(**address)
        query, chapters = self.query, reading.chapter_rows(edition)
        if "kind" in query:
            chapters = [row for row in chapters if row[2] in query["kind"]]
        page = page_of(query, len(chapters))
        links = self.links
        results = [
            select(representations.chapter(*row, links), query)
            for row in chapters[page.slice]
        ]
        return Response(
            page.envelope(request, results, edition=representations.stamp(edition))
        )


class ChapterView(SelectingMixin, EditionView):
    operations = {"GET": "chapters_retrieve"}
    parameters = {"GET": filters.ChapterPart}

    @extend_schema(responses=serializers.ChapterDetail)
    def get(self, request, number, **address):
        """One chapter: its text, the same as numbered blocks, and its charts."""
        edition = self.find_edition(**address)
        whole = reading.chapter(edition, number, self.links)
        return Response(select(whole, self.query))
