"""The edition that ``changed_since`` names, for lists of units and of functions."""

from __future__ import annotations

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound

from manual_org.api.errors import InvalidQuery
from manual_org.api.v1 import addressing
from manual_org.api.v1.content import Content
from manuals.brief import editions_in_brief
from manuals.models import Edition


class ChangedSinceMixin:
    """A list that may be narrowed to what differs from another edition."""

    def read_editions(self, slug: str) -> list[Edition]:
        """The manual's editions; read once, also where two of them are looked up."""
        if not hasattr(self, "_editions"):
            self._editions = editions_in_brief(slug)
        return self._editions

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if "change" in self.query and "changed_since" not in self.query:
            text = _("Solo acompaña a «changed_since».")
            raise InvalidQuery.of("change", text, "only_with_changed_since")

    def content_since(self) -> Content:
        """What the edition to compare with has.

        Raises InvalidQuery for one that there is not, or that the person may not read.
        """
        try:
            edition = addressing.edition_at(
                self.request.user,
                self.edition.manual.slug,
                self.query["changed_since"],
                read=self.read_editions,
            )
        except NotFound:
            text = _("El manual no tiene esta edición.")
            raise InvalidQuery.of("changed_since", text, "unknown_edition") from None
        return Content(edition)
