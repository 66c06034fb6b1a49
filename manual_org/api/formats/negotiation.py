"""Which form a request gets: the parameter ``format``, else Accept, else the first."""

from __future__ import annotations

from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation

from manual_org.api.formats.accept import chosen

PARAMETER = "format"


def media_types(renderers) -> tuple[str, ...]:
    return tuple([renderer.media_type for renderer in renderers])


class Negotiation(DefaultContentNegotiation):
    """Bodies are chosen as DRF does it, answers by the rules of accept.py."""

    def select_renderer(self, request, renderers, format_suffix=None):
        """(renderer, media type); raises NotAcceptable.

        A ``format`` that the address does not have gets the first form: the error that
        the query string then is has but one.
        """
        asked = request._request
        if PARAMETER in asked.GET:
            named = asked.GET[PARAMETER]
            for renderer in renderers:
                if renderer.format == named:
                    return renderer, renderer.media_type
            return renderers[0], renderers[0].media_type
        media_type = chosen(asked.META.get("HTTP_ACCEPT"), media_types(renderers))
        for renderer in renderers:
            if renderer.media_type == media_type:
                return renderer, media_type
        raise NotAcceptable(available_renderers=renderers)
