"""The OpenAPI document, and a page to read and try it, all from local files."""

from __future__ import annotations

from functools import cache

from django.urls import reverse
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from manual_org.api import conditions
from manual_org.api.rendering import JSON, JSONRenderer
from manual_org.api.views import View
from manual_org.sending import fitted


class OpenAPIRenderer(JSONRenderer):
    media_type = "application/vnd.oai.openapi+json"
    format = "openapi"


@cache
def document() -> dict:
    """The document; it says the same to everybody, for as long as the process lives."""
    return SchemaGenerator().get_schema(public=True)


class RootView(View):
    """Where to begin."""

    permission_classes = (AllowAny,)
    schema = None

    def get(self, request):
        return Response(
            {
                name: request.build_absolute_uri(reverse(f"api:v1:{name}"))
                for name in (
                    "manuals",
                    "kinds",
                    "search",
                    "changes",
                    "feed",
                    "guide",
                    "schema",
                    "docs",
                )
            }
        )


class SchemaView(View):
    authentication_classes = ()
    permission_classes = (AllowAny,)
    formats = (OpenAPIRenderer(), JSON)
    schema = None

    def get(self, request):
        return Response(document())


class DocsView(SpectacularSwaggerSplitView):
    """Swagger UI without inline script or style, as the site's policy demands."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    schema = None
    template_name = "api/docs.html"
    url_name = "api:v1:schema"

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        if response.status_code != 200:
            return response
        response.render()
        response.headers["ETag"] = conditions.etag_of(response.content, "text/html")
        # The script holds the visitor's token against forged writes.
        is_script = "script" in request.GET
        policy = conditions.CONFIDENTIAL if is_script else conditions.PERSONAL
        response.headers["Cache-Control"] = policy
        return fitted(request._request, response)
