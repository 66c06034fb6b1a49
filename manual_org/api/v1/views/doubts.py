"""What an import was not sure of: which unit or function continues which."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from exchange.models import MatchDoubt
from manual_org.api.formats.csvtable import Table
from manual_org.api.pagination import page_of
from manual_org.api.rendering import JSON
from manual_org.api.v1 import doubt_shapes as shapes
from manual_org.api.v1 import filters
from manual_org.api.v1.representations import Links, moment, stamp
from manual_org.api.v1.views.progress import InsiderView
from manuals.brief import whole_editions

DOUBTS = Table(
    "dudas",
    "what state unit_code confidence text base_text key base_key source source_line"
    " decided_at url",
    example={"what": "function", "state": "pending", "unit_code": "8.4.3"},
)


class DoubtQuery(filters.EditionPageQuery):
    what = serializers.ChoiceField(
        MatchDoubt.What.choices, required=False, help_text="Only of this."
    )
    state = serializers.ChoiceField(
        MatchDoubt.State.choices, required=False, help_text="Only in this state."
    )


class DoubtListView(InsiderView):
    operations = {"GET": "imports_doubts"}
    parameters = {"GET": DoubtQuery}
    formats = (JSON, DOUBTS)
    read_editions = staticmethod(whole_editions)

    @extend_schema(responses=shapes.ImportedMatchPage)
    def get(self, request, **address):
        """Which units and functions an import took for others without being sure.

        People settle them in the administration.
        """
        edition = self.find_edition(**address)
        query = self.query
        asked = {name: query[name] for name in ("what", "state") if name in query}
        found = MatchDoubt.objects.for_edition(edition).filter(**asked)
        page = page_of(query, found.count())
        # Units first: "unit" sorts behind "function".
        shown = found.with_item().select_related("source").order_by("-what", "pk")
        links = self.links
        results = [represented(doubt, links) for doubt in shown[page.slice]]
        return Response(page.envelope(request, results, edition=stamp(edition)))


def represented(doubt: MatchDoubt, links: Links) -> dict:
    if doubt.code_here is None:
        url = None
    elif doubt.what == MatchDoubt.What.UNIT:
        url = links.unit(doubt.code_here)
    else:
        url = f"{links.functions}{doubt.key}/"
    return {
        "what": doubt.what,
        "key": doubt.key,
        "base_key": doubt.base_key,
        "confidence": doubt.confidence,
        "text": doubt.text,
        "base_text": doubt.base_text,
        "state": doubt.state,
        "decided_at": moment(doubt.decided_at) if doubt.decided_at else None,
        "source": doubt.source.name if doubt.source else None,
        "source_line": doubt.source_line,
        "unit_code": doubt.code_here,
        "url": url,
    }
