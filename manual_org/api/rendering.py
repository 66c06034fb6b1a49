"""Answers as bytes: what a form of answers is, and JSON, whatever Accept adds to it.

The same data give the same bytes, so that a digest of them is a strong ETag.
"""

import orjson
from rest_framework.renderers import BaseRenderer

JSON_TYPE = "application/json"


def to_bytes(data) -> bytes:
    """The data as they are sent: compact, in UTF-8.

    Representations are plain values already; anything else, such as a text to be
    translated, is taken as text.
    """
    return orjson.dumps(data, default=str)


class Form(BaseRenderer):
    """A form in which answers are given; one object serves all requests.

    ``format`` is its name in addresses. ``content_type`` says more than the media type
    where that is not all; ``is_whole`` that a list has no pages unless one is asked
    for. ``schema`` and ``example`` are for the OpenAPI document, where JSON has those
    of each address.
    """

    charset = None
    content_type: str | None = None
    is_whole = False
    schema: dict = {"type": "string"}
    example: object = None

    def describe(self, response, view) -> None:
        """Add the headers that this form of an answer has besides."""


class JSONRenderer(Form):
    """Without the indentation that ``Accept: application/json; indent=4`` asks for."""

    media_type = JSON_TYPE
    format = "json"

    def render(self, data, accepted_media_type=None, renderer_context=None):
        return b"" if data is None else to_bytes(data)


JSON = JSONRenderer()
