"""What headers say of an answer: its file, its other forms, its neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.utils.http import content_disposition_header

from manual_org.api.formats.negotiation import PARAMETER

# Parameters that other forms do not take: which form it is, parts of JSON.
OF_ONE = re.compile(rf"(?:{PARAMETER}|fields|expand)=")

# Proxies refuse an answer whose headers do not fit a buffer, often of 4 KiB.
LONGEST = 2000


def add_links(response, links: Iterable[str]) -> None:
    """Add to the Link header; what would make it too long is left out."""
    added = [response.headers["Link"]] if "Link" in response.headers else []
    for link in links:
        if sum(map(len, added)) + len(link) <= LONGEST:
            added.append(link)
    if added:
        response.headers["Link"] = ", ".join(added)


def other_forms(view) -> Iterator[str]:
    """A link to each other form of what was asked for (RFC 8288)."""
    others = [form for form in view.formats if form is not view.form]
    if not others:
        return
    path, _mark, query = view.request._request.get_full_path().partition("?")
    asked = [part for part in query.split("&") if part and not OF_ONE.match(part)]
    for form in others:
        query = "&".join([*asked, f"{PARAMETER}={form.format}"])
        yield f'<{path}?{query}>; rel="alternate"; type="{form.media_type}"'


def attachment(view, name: str, extension: str) -> str:
    """Content-Disposition with a speaking name: ``dir-2021-unidades.csv``.

    It names manual, edition and unit as far as there are.
    """
    if view.edition is not None:
        parts = [view.edition.manual.slug, view.edition.label]
    else:
        parts = [view.kwargs.get("slug")]
    parts += [view.kwargs.get("code"), name]
    stem = "-".join(part for part in parts if part)
    return content_disposition_header(True, f"{stem}.{extension}")
