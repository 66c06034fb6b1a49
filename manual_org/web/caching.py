"""How long browsers and proxies may keep a page.

A page of an authorised edition carries nothing personal: anybody may keep it for a
minute and then asks whether it still holds, because the banner changes with the day and
with other editions. Everything else is nobody's to keep.
"""

from hashlib import sha256

from django.conf import settings
from django.utils.cache import (
    add_never_cache_headers,
    get_conditional_response,
    patch_cache_control,
)

PUBLIC_SECONDS = 60


def keep_publicly(request, response):
    """Give a public answer its lifetime and its ETag; may answer 304 in its place."""
    if not settings.PUBLIC_READING:
        add_never_cache_headers(response)
        return response
    patch_cache_control(response, public=True, max_age=PUBLIC_SECONDS)
    if response.status_code != 200:
        return response
    etag = f'"{sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)


def keep_privately(request, response):
    add_never_cache_headers(response)
    return response
