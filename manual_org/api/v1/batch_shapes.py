"""The shapes of what several writes at once leave, for OpenAPI."""

from __future__ import annotations

from rest_framework import serializers

from manual_org.api.v1.serializers import EditionStamp, Shape, UnitReference


class UnitChildren(Shape):
    """The units right below one, in order."""

    edition = EditionStamp()
    unit_key = serializers.UUIDField()
    unit_code = serializers.CharField()
    children = UnitReference(many=True)
    url = serializers.URLField()


class OperationResult(Shape):
    """What one operation wrote, as it stands at the end of the batch."""

    op = serializers.CharField()
    ref = serializers.CharField(
        allow_null=True, help_text="The name that the operation gave to what it made."
    )
    key = serializers.UUIDField(help_text="Of the unit or function.")
    code = serializers.CharField(
        allow_null=True,
        help_text="Of the unit, or of the function's unit; null if it is gone.",
    )
    url = serializers.URLField(allow_null=True, help_text="Null if it is gone.")
    etag = serializers.CharField(
        allow_null=True,
        help_text="For If-Match at `url`, or the `if_match` of another batch; null if "
        "it is gone.",
    )


class BatchResult(Shape):
    """What a batch left, operation by operation."""

    edition = EditionStamp()
    results = OperationResult(many=True, help_text="In the order of the operations.")
