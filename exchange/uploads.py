"""Files that people and systems send to be imported: which, and how large."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from exchange.importers import IMPORTERS, LARGEST_SOURCE


def largest_upload() -> int:
    """In bytes."""
    return min(LARGEST_SOURCE, settings.UPLOAD_MAX_BYTES)


def suffixes() -> list[str]:
    """Extensions of the files that can be imported."""
    return [suffix for importer in IMPORTERS for suffix in importer.suffixes]


def demand_size(size: int) -> None:
    """Raise ValidationError for a file of more bytes than are taken."""
    if size > largest_upload():
        raise ValidationError(
            _("El archivo pesa más de %(largest)s, que es el máximo."),
            code="too_large",
            params={"largest": filesizeformat(largest_upload())},
        )
