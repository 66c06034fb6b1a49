"""Manuals, editions and units as exporters write them: Akoma Ntoso and JSON-LD.

Exporters write from the whole edition, which takes five queries to read. What they
write of a published edition is kept like any other answer (manual_org/answers.py).
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound

from exchange.document import Document
from exchange.exporters import akn, jsonld
from exchange.reading import read_document, read_edition, read_manual
from manual_org.api.formats.headers import attachment
from manual_org.api.rendering import Form, to_bytes
from manuals import permissions
from manuals.models import Edition, Manual
from review.successions import stated_on_the_way


class Export(Form):
    """A form that is not made of what JSON says; its methods write it."""

    def render(self, data, accepted_media_type=None, renderer_context=None) -> bytes:
        return data if isinstance(data, bytes) else to_bytes(data)


class AkomaNtoso(Export):
    format = "akn"
    media_type = akn.MEDIA_TYPE
    example = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<akomaNtoso xmlns='
        '"http://docs.oasis-open.org/legaldocml/ns/akn/3.0">…</akomaNtoso>'
    )

    def describe(self, response, view) -> None:
        response.headers["Content-Disposition"] = attachment(view, "", "xml")

    def edition(self, request, edition: Edition) -> bytes:
        return akn.edition_akn(read_document(edition), base_url=_base_url(request))

    def unit(self, request, edition: Edition, lookup: dict) -> bytes:
        """The unit with this code or key; NotFound when the edition has none."""
        document = read_document(_whole(edition))
        code = _code(document, **lookup)
        return akn.unit_akn(document, code, base_url=_base_url(request))


class LinkedData(Export):
    format = "jsonld"
    media_type = jsonld.MEDIA_TYPE
    schema = {
        "type": "object",
        "properties": {
            "@context": {"type": "object", "description": "What its names mean."},
            "@graph": {
                "type": "array",
                "items": {"type": "object"},
                "description": "The resources, each with its `@id` and `@type`.",
            },
        },
        "required": ["@context", "@graph"],
    }
    example = {"@context": {}, "@graph": []}

    def manual(
        self,
        request,
        manual: Manual,
        editions: Sequence[Edition],
        current: Edition | None,
    ) -> dict:
        """``current`` is the edition in force."""
        return jsonld.manual_jsonld(
            read_manual(manual),
            [read_edition(edition) for edition in editions],
            base_url=_base_url(request),
            current=current.label if current else None,
        )

    def edition(self, request, edition: Edition) -> dict:
        """With what became of the units of the edition that it was made from.

        Unless the caller may not read that one.
        """
        document, origin = read_document(edition), {}
        base = Edition.objects.with_manual().filter(pk=edition.base_id).first()
        if base is not None and permissions.may_read(request.user, base):
            origin = {
                "base": read_document(base),
                "successions": stated_on_the_way([edition.pk]),
            }
        return jsonld.edition_jsonld(document, base_url=_base_url(request), **origin)

    def unit(self, request, edition: Edition, lookup: dict) -> dict:
        """The unit with this code or key; NotFound when the edition has none."""
        document = read_document(_whole(edition))
        code = _code(document, **lookup)
        return jsonld.unit_jsonld(document, code, base_url=_base_url(request))


AKN = AkomaNtoso()
JSONLD = LinkedData()


def _whole(edition: Edition) -> Edition:
    """The edition with all its fields: each that is deferred would cost a query."""
    if not (edition.get_deferred_fields() or edition.manual.get_deferred_fields()):
        return edition
    return Edition.objects.with_manual().get(pk=edition.pk)


def _code(document: Document, *, code=None, key=None) -> str:
    for unit in document.units:
        if code in (None, unit.code) and key in (None, unit.key):
            return unit.code
    raise NotFound(_("La edición no tiene esta unidad."))


def _base_url(request) -> str:
    return f"{request.scheme}://{request.get_host()}"
