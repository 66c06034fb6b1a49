"""A page with a secret that is never shown again: the key of a token, say."""

from __future__ import annotations

from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers


def shown_once(
    model_admin, request, template: str, obj, *, title: str, secret: str
) -> TemplateResponse:
    """The answer to the request that made the secret; nobody keeps it.

    ``template`` extends admin/shown_once.html and has ``object``, what the secret
    belongs to, ``secret`` and ``address``, the object's own page.
    """
    response = TemplateResponse(
        request,
        template,
        {
            **model_admin.admin_site.each_context(request),
            "title": title,
            "opts": model_admin.opts,
            "object": obj,
            "secret": secret,
            "address": model_admin.address("change", obj.pk),
        },
    )
    add_never_cache_headers(response)
    return response
