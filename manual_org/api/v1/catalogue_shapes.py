"""The shapes of answers about catalogues, for the OpenAPI document."""

from __future__ import annotations

from rest_framework import serializers

from manual_org.api.v1.serializers import (
    Chart,
    EditionStamp,
    PageShape,
    Shape,
    UnitReference,
)


class Kind(Shape):
    """A level of organisation."""

    name = serializers.CharField(help_text="As units say it in `kind`.")
    plural = serializers.CharField()
    rank = serializers.IntegerField(help_text="From the highest level to the lowest.")


class KindPage(PageShape):
    """Levels, from the highest."""

    results = Kind(many=True)


class GlossaryEntry(Shape):
    """An acronym or term, and what it stands for."""

    term = serializers.CharField(help_text="As the manual writes it; case counts.")
    meaning = serializers.CharField()
    explanation = serializers.CharField(allow_null=True)


class GlossaryPage(PageShape):
    """The terms of a manual, in the order of a Spanish dictionary."""

    manual = serializers.CharField(help_text="The manual's slug.")
    results = GlossaryEntry(many=True)


class ChartOfEdition(Chart):
    """An organisation chart with its chapter and the unit that it shows."""

    chapter = serializers.IntegerField(help_text="The number of its chapter.")
    unit = UnitReference(
        allow_null=True, help_text="null where the chart names none of the edition."
    )
    url = serializers.URLField(help_text="Its chapter.")


class ChartPage(PageShape):
    """The charts of an edition, in the order of their chapters."""

    edition = EditionStamp()
    results = ChartOfEdition(many=True)
