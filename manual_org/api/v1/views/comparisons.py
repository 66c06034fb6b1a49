"""What differs between two editions of a manual."""

from __future__ import annotations

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from manual_org.api.errors import InvalidQuery
from manual_org.api.v1 import addressing
from manual_org.api.v1.comparison_shapes import Comparison
from manual_org.api.v1.filters import EditionQuery
from manual_org.api.views import View
from manuals.brief import linked_editions
from manuals.models import Edition
from review.compare.editions import kept_comparison
from review.compare.jsonformat import to_dict
from review.compare.narrowing import Part, keys_of, narrowed
from review.compare.summary import summary


class ComparisonQuery(EditionQuery):
    """``on`` speaks of whichever of the two labels is ``current``."""

    unit = serializers.CharField(
        required=False,
        max_length=255,
        help_text="Only this unit: its code in the new edition, else in the old one, "
        "or its key. Chapters are left out.",
    )
    under = serializers.CharField(
        required=False,
        max_length=255,
        help_text="Only this unit and all that hangs from it in either edition, named "
        "in the same way. Chapters are left out.",
    )
    part = serializers.ChoiceField(
        choices=[
            (Part.ALL.value, "everything"),
            (Part.STRUCTURE.value, "units without their functions"),
            (Part.FUNCTIONS.value, "units with their functions"),
            (Part.CHAPTERS.value, "chapters and charts"),
        ],
        default=Part.ALL.value,
        help_text="Which lists are filled.",
    )
    changes = serializers.ChoiceField(
        choices=[("all", "what is the same too"), ("only", "what differs")],
        default="all",
        help_text="Whether to list what is the same in both editions.",
    )


class ComparisonView(View):
    operations = {"GET": "comparisons_retrieve"}
    parameters = {"GET": ComparisonQuery}

    @extend_schema(responses=Comparison)
    def get(self, request, slug, old, new):
        """What differs between two editions: structure, functions, words, chapters.

        The format `manual-org/compare/1` of the command `compare_editions`, in either
        direction. The parameters leave out entries of `units`, of their `functions`
        and of `chapters`; everything else always speaks of the two whole editions.
        """
        before, after = self._editions(slug, old, new)
        whole = kept_comparison(old=before, new=after, user=request.user)
        part = narrowed(
            whole,
            part=Part(self.query["part"]),
            units=self._units(whole),
            only_changes=self.query["changes"] == "only",
        )
        return Response({**to_dict(part), "summary": summary(whole)})

    def _editions(self, slug: str, *labels: str) -> list[Edition]:
        """Both editions; the answer is as confidential as the one that is more so."""
        editions = linked_editions(slug)
        has_current = addressing.CURRENT in labels
        found = []
        for label in labels:
            spoken_of = label == addressing.CURRENT or not has_current
            found.append(
                addressing.edition_at(
                    self.request.user,
                    slug,
                    label,
                    self.query.get("on") if spoken_of else None,
                    read=lambda _slug: editions,
                )
            )
        self.edition = min(found, key=lambda edition: edition.is_closed)
        return found

    def _units(self, whole) -> set | None:
        """The keys that ``unit`` and ``under`` leave; InvalidQuery for no such unit."""
        query, keys = self.query, None
        for name in ("unit", "under"):
            if name not in query:
                continue
            if query["part"] == Part.CHAPTERS:
                raise InvalidQuery.of(
                    name, _("Los capítulos no son de una unidad."), "only_of_units"
                )
            try:
                found = keys_of(whole, query[name], branch=name == "under")
            except LookupError:
                raise InvalidQuery.of(
                    name,
                    _("Ninguna de las dos ediciones tiene esta unidad."),
                    "unknown_unit",
                ) from None
            keys = found if keys is None else keys & found
        return keys
