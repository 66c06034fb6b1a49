"""The guide of docs/, served to who has only the site.

Its pages name each other by their files, so that their links hold here as they do in
the repository.
"""

from __future__ import annotations

import re
from functools import cache

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt
from rest_framework.permissions import AllowAny
from rest_framework.renderers import TemplateHTMLRenderer
from rest_framework.response import Response
from rest_framework.views import APIView

from manual_org.api import conditions
from manual_org.sending import fitted

FIRST = "api.md"
MEDIA_TYPES = {
    "md": "text/html; charset=utf-8",
    "py": "text/plain; charset=utf-8",
    "json": "application/json",
}
FILES = (
    FIRST,
    "api-access.md",
    "api-finding.md",
    "api-writing.md",
    "checks.md",
    "compare.md",
    "import-markdown.md",
    "linked-data.md",
    "webhooks.md",
    "mirror.py",
    "openapi.json",
    "manual-org-1.schema.json",
    "manual-org-check-1.schema.json",
    "manual-org-compare-1.schema.json",
)


@cache
def text_of(name: str) -> str:
    return (settings.BASE_DIR / "docs" / name).read_text(encoding="utf-8")


@cache
def page_of(name: str) -> dict:
    """``title`` and ``body`` of a page, whose headings can be linked to."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(text_of(name))
    title = ""
    for opening, inline in zip(tokens, tokens[1:], strict=False):
        if opening.type == "heading_open":
            title = title or inline.content
            opening.attrs["id"] = anchor_of(inline.content)
    body = markdown.renderer.render(tokens, markdown.options, {})
    # Wide tables are scrolled by themselves, by keyboard too.
    body = body.replace("<table>", '<div class="table" tabindex="0"><table>')
    body = body.replace("</table>", "</table></div>")
    body = body.replace("<pre>", '<pre tabindex="0">')
    return {"title": title, "body": mark_safe(body)}  # noqa: S308


def anchor_of(heading: str) -> str:
    """As the platforms that show the repository make it."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


class GuideView(APIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)
    renderer_classes = (TemplateHTMLRenderer,)
    schema = None
    template_name = "api/guide.html"

    def get(self, request, name: str = FIRST):
        if name not in FILES:
            raise Http404
        media_type = MEDIA_TYPES[name.rpartition(".")[2]]
        if name.endswith(".md"):
            return Response(page_of(name), content_type=media_type)
        return HttpResponse(text_of(name), content_type=media_type)

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        if response.status_code != 200:
            return response
        if isinstance(response, Response):
            response.render()
        media_type = response.headers["Content-Type"]
        response.headers["ETag"] = conditions.etag_of(response.content, media_type)
        response.headers["Cache-Control"] = conditions.PUBLIC
        return fitted(request._request, response)
