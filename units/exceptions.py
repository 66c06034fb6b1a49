"""Refusals of structural writes."""

from django.utils.translation import gettext_lazy as _

from manuals.exceptions import DomainError


class TreeConflict(DomainError):
    """The structure does not allow the change, such as a move below itself."""

    code = "tree_conflict"
    default_message = _("La estructura no permite este cambio.")
