"""The search, over the editions that the caller may read."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ErrorDetail, NotFound
from rest_framework.response import Response

from functions.search import Filters, Kind, Scope, search
from manual_org.api.errors import InvalidQuery
from manual_org.api.pagination import Page
from manual_org.api.rendering import JSON
from manual_org.api.v1 import addressing, filters, found, search_shapes, tables
from manual_org.api.v1.representations import Links, stamp
from manual_org.api.views import View
from manuals import permissions
from manuals.brief import editions_in_brief
from manuals.models import Edition
from units.outline import outline_of


class SearchView(View):
    """Drafts are searched only where one is named, and the caller may read it."""

    operations = {"GET": "search"}
    parameters = {"GET": filters.SearchQuery}
    formats = (JSON, tables.HITS)

    @extend_schema(responses=search_shapes.SearchPage)
    def get(self, request):
        """Units, functions, items and chapters that hold these words.

        What fits best comes first. Words are compared by their stems and with the
        synonyms that editors keep; where nothing holds all of them (`relaxed`), hits
        hold some. `direct` is what a code leads to.
        """
        query = self.query
        editions = self._editions()
        if "edition" in query:
            (self.edition,) = editions
        results = search(
            Scope.of(editions, self._under(editions)),
            query["q"],
            filters=Filters(
                frozenset({Kind(query["kind"])} if "kind" in query else ()),
                query.get("branch"),
            ),
            page=query["page"],
            page_size=query["page_size"],
            typing=query["typing"],
            who=query["who"],
        )
        if query["page"] > max(1, results.pages):
            raise NotFound(_("La lista no tiene tantas páginas."))
        page = Page(query["page"], query["page_size"], results.total)
        links = {edition.pk: Links(request, edition) for edition in editions}
        return Response(
            page.envelope(
                request,
                found.hits(results.hits, links),
                editions=[stamp(edition) for edition in editions],
                **found.around(results, links),
            )
        )

    def _editions(self) -> list[Edition]:
        """Those that the query names; NotFound or InvalidQuery."""
        query = self.query
        if "edition" in query:
            if "manual" not in query:
                _refuse("manual", _("Indique de qué manual es la edición."), "required")
            if query["editions"] == "all":
                _refuse(
                    "editions",
                    _("Se busca en una sola edición."),
                    "only_without_edition",
                )
            return [
                addressing.edition_at(
                    self.request.user,
                    query["manual"],
                    query["edition"],
                    query.get("on"),
                )
            ]
        if query["editions"] == "all" and "on" in query:
            _refuse(
                "on", _("Solo se busca en las que estaban vigentes."), "only_in_force"
            )
        if not permissions.may_read_published(self.request.user):
            return []
        if "manual" in query:
            addressing.manual_at(self.request.user, query["manual"])
            editions = [
                one for one in editions_in_brief(query["manual"]) if one.is_closed
            ]
        else:
            editions = list(Edition.objects.published().with_manual())
        if query["editions"] == "all":
            return editions
        return [one for one in editions if one.is_in_force(query.get("on"))]

    def _under(self, editions) -> UUID | None:
        """The key of the unit that ``under`` names by its code or key."""
        if "under" not in self.query:
            return None
        named = self.query["under"]
        try:
            key = UUID(named)
        except ValueError:
            key = None
        if key is None and len(editions) != 1:
            _refuse(
                "under",
                _("Un código es de una edición: indíquela, o la clave de la unidad."),
                "needs_one_edition",
            )
        for edition in editions:
            outline = outline_of(edition)
            unit = outline.by_key.get(key) if key else outline.by_code.get(named)
            if unit is not None:
                return unit.key
        return _refuse(
            "under",
            _("La edición no tiene una unidad con este código."),
            "unknown_unit",
        )


def _refuse(parameter: str, message: str, code: str):
    raise InvalidQuery({parameter: [ErrorDetail(message, code=code)]})
