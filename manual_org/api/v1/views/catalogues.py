"""What manuals share or keep beside their text: levels, glossary, charts; read only."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from manual_org.api.formats.csvtable import Table
from manual_org.api.pagination import PageQuery, page_of
from manual_org.api.rendering import JSON
from manual_org.api.v1 import addressing, filters, queries, representations
from manual_org.api.v1 import catalogue_shapes as shapes
from manual_org.api.v1.base import EditionView
from manual_org.api.views import View
from manuals.glossary import alphabetical
from manuals.models import GlossaryTerm
from units.models import UnitKind
from units.outline import outline_of

KINDS = Table(
    "niveles",
    "name plural rank",
    of_edition=False,
    example={"name": "División", "plural": "Divisiones", "rank": "40"},
)
GLOSSARY = Table(
    "glosario",
    "term meaning explanation",
    of_edition=False,
    example={"term": "PAE", "meaning": "Procedimiento Administrativo de Ejecución"},
)
CHARTS = Table(
    "organogramas",
    "chapter number title effective_from unit_key unit_code=unit.code"
    " unit_name=unit.name url",
    example={"chapter": "7", "number": "7.1", "title": "Dirección"},
)


class KindListView(View):
    operations = {"GET": "kinds_list"}
    parameters = {"GET": PageQuery}
    formats = (JSON, KINDS)

    @extend_schema(responses=shapes.KindPage)
    def get(self, request):
        """The levels that units have, from the highest; of all manuals."""
        kinds = sorted(
            UnitKind.objects.order_by().values("name", "plural", "rank"),
            key=lambda kind: (kind["rank"], alphabetical(kind["name"])),
        )
        page = page_of(self.query, len(kinds))
        return Response(page.envelope(request, kinds[page.slice]))


class GlossaryView(View):
    operations = {"GET": "glossary_list"}
    parameters = {"GET": PageQuery}
    formats = (JSON, GLOSSARY)

    @extend_schema(responses=shapes.GlossaryPage)
    def get(self, request, slug):
        """The acronyms and terms that a manual explains, as in a dictionary.

        They are the manual's, not an edition's: explaining a word changes no text.
        """
        manual, _editions = addressing.manual_at(request.user, slug)
        terms = GlossaryTerm.objects.for_manual(manual).accepted().order_by()
        entries = sorted(
            terms.values("term", "meaning", "explanation"),
            key=lambda entry: alphabetical(entry["term"]),
        )
        page = page_of(self.query, len(entries))
        results = [
            {**entry, "explanation": entry["explanation"] or None}
            for entry in entries[page.slice]
        ]
        return Response(page.envelope(request, results, manual=manual.slug))


class ChartListView(EditionView):
    operations = {"GET": "charts_list"}
    parameters = {"GET": filters.EditionPageQuery}
    formats = (JSON, CHARTS)

    @extend_schema(responses=shapes.ChartPage)
    def get(self, request, **address):
        """The organisation charts that an edition names, with the unit each shows.

        `subtree/` of that unit is the chart as data.
        """
        edition = self.find_edition(**address)
        rows = queries.charts_in(edition.pk)
        units, links = outline_of(edition).by_key, self.links
        page = page_of(self.query, len(rows))
        results = [
            representations.chart(chart, links, chapter, units.get(chart[2]))
            for chapter, *chart in rows[page.slice]
        ]
        return Response(
            page.envelope(request, results, edition=representations.stamp(edition))
        )
