"""How an answer is sent: compressed where the client takes it, 304 where it has it.

Each form of an answer has a strong ETag of its own: that of the compressed one ends in
``-gzip``. Who names either has the answer, so that a client or a proxy that changes its
mind about compression is still told that nothing changed.

Only gzip: every client takes it, and Python makes it without another library; brotli
and zstd would each be one, and one more form of every answer to keep.
"""

from __future__ import annotations

import re
from gzip import compress

from django.http import HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

SMALL = 860  # bytes; less does not shrink by compressing
LEVEL = 6  # the last levels take twice as long for a hundredth of the size
_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
_COMPRESSIBLE = re.compile(r"text/|(?:application/|image/)(?:[-.\w]+\+)?(?:json|xml)\b")
_SUFFIX = '-gzip"'


def takes_gzip(request) -> bool:
    asked = request.META  # request.headers copies them all
    return bool(_GZIP.search(asked.get("HTTP_ACCEPT_ENCODING", "")))


def is_compressible(response) -> bool:
    return len(response.content) >= SMALL and bool(
        _COMPRESSIBLE.match(response.headers["Content-Type"])
    )


def compressed(content: bytes) -> bytes:
    """The same bytes each time: no time of day is written into them."""
    return compress(content, compresslevel=LEVEL, mtime=0)


def compressed_etag(etag: str) -> str:
    return etag[:-1] + _SUFFIX


def plain_etag(etag: str) -> str:
    """The ETag of the uncompressed form, given that of either."""
    return etag.removesuffix(_SUFFIX) + '"' if etag.endswith(_SUFFIX) else etag


def is_known(header: str | None, etag: str) -> bool:
    """Whether If-None-Match names the answer, in either form; weak comparison."""
    if not header:
        return False
    return any(
        tag == "*" or plain_etag(tag.removeprefix("W/")) == etag
        for tag in parse_etags(header)
    )


def not_modified(headers, etag: str) -> HttpResponse:
    """304 with those of the answer's headers that it repeats."""
    response = HttpResponseNotModified()
    for name in ("Cache-Control", "Content-Location", "Vary"):
        if name in headers:
            response.headers[name] = headers[name]
    response.headers["ETag"] = etag
    return response


def fitted(request, response) -> HttpResponse:
    """A whole answer to GET or HEAD as this request takes it; others as they are.

    A page is not compressed here: it may hold a CSRF token beside what the address
    says, and its size would tell (BREACH). An answer of the API holds no secret but the
    data that were asked for.
    """
    plain = response.headers.get("ETag")
    if plain is None or response.streaming or response.status_code != 200:
        return response
    etag, zips = plain, False
    if _may_be_compressed(response):
        patch_vary_headers(response, ["Accept-Encoding"])
        zips = takes_gzip(request)
        if zips:
            etag = compressed_etag(plain)
    asked = request.META
    if is_known(asked.get("HTTP_IF_NONE_MATCH"), plain):
        return not_modified(response.headers, etag)
    if zips:
        response.content = compressed(response.content)
        response.headers["Content-Encoding"] = "gzip"
        response.headers["ETag"] = etag
    response.headers["Content-Length"] = str(len(response.content))
    return response


def _may_be_compressed(response) -> bool:
    return (
        not response.headers["Content-Type"].startswith("text/html")
        and "Content-Encoding" not in response.headers
        and is_compressible(response)
    )
