"""Answers as bytes: one form of JSON, whatever the client's Accept header adds.

The same data give the same bytes, so that a digest of them is a strong ETag.
"""

import orjson
from rest_framework import renderers


def to_bytes(data) -> bytes:
    """The data as they are sent: compact, in UTF-8.

    Representations are plain values already; anything else, such as a text to be
    translated, is taken as text.
    """
    return orjson.dumps(data, default=str)


class JSONRenderer(renderers.JSONRenderer):
    """Without the indentation that ``Accept: application/json; indent=4`` asks for."""

    def render(self, data, accepted_media_type=None, renderer_context=None):
        return b"" if data is None else to_bytes(data)
