"""Feeds for news readers: Atom (RFC 4287)."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils.feedgenerator import Atom1Feed

from manual_org.api.rendering import Form

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class _Feed(Atom1Feed):
    """Django's, with several links to an entry and a fixed date while it is empty."""

    def latest_post_date(self):
        return super().latest_post_date() if self.items else _BEGINNING

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        for link in item["links"]:
            handler.addQuickElement("link", "", link)


class AtomForm(Form):
    """``data`` are the arguments of the feed and, in ``entries``, of its entries."""

    media_type = "application/atom+xml"
    format = "atom"
    schema = {"type": "string", "description": "A feed, as RFC 4287 says."}
    example = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="es-mx">…</feed>'
    )

    def render(self, data, accepted_media_type=None, renderer_context=None):
        if data is None:
            return b""
        feed = _Feed(**data["feed"])
        for entry in data["entries"]:
            feed.add_item(**entry)
        return feed.writeString("utf-8").encode()


ATOM = AtomForm()
