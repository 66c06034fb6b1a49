"""Answers as bytes: one form of JSON, whatever the client's Accept header adds.

The same data give the same bytes, so that a digest of them is a strong ETag.
"""

from rest_framework import renderers


class JSONRenderer(renderers.JSONRenderer):
    """JSON without the indentation that ``Accept: application/json; indent=4`` asks."""

    def get_indent(self, accepted_media_type, renderer_context):
        return None


def to_bytes(data) -> bytes:
    """The data as they are sent."""
    return JSONRenderer().render(data)
