"""Who may do what with a manual or an edition; the only place that answers it.

The roles are groups (lector, editor, revisor, autorizador) that hold the permissions
declared on Edition. ``OPERATOR`` stands for whoever runs a command at the server: the
operating system already decided about them.

Whether a unit lies in a person's branch is answered in units/permissions.py.
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from manuals.exceptions import NotAllowed, SecondPersonRequired

ROLES = {
    "lector": ("read_draft",),
    "editor": ("read_draft", "edit_content", "comment"),
    "revisor": ("read_draft", "comment", "send_back"),
    "autorizador": ("read_draft", "send_back", "authorise"),
}


class Operator:
    """The person at the server's shell: may do what commands do, has no account."""

    pk = None
    is_authenticated = True
    is_active = True

    def __str__(self):
        return "manage.py"

    def has_perm(self, permission):
        return True


OPERATOR = Operator()


def _has(user, permission: str) -> bool:
    return (
        user is not None and user.is_active and user.has_perm(f"manuals.{permission}")
    )


def may_read_published(user) -> bool:
    """Authorised editions are public unless the installation closes them."""
    return settings.PUBLIC_READING or (user is not None and user.is_authenticated)


def may_read_drafts(user) -> bool:
    return _has(user, "read_draft")


def may_read(user, edition) -> bool:
    return may_read_published(user) if edition.is_closed else may_read_drafts(user)


def may_edit(user, manual) -> bool:
    """Whether the person edits in this manual, perhaps in a branch only."""
    return _has(user, "edit_content")


def may_edit_somewhere(user) -> bool:
    """Whether the person edits in any manual, perhaps in branches only."""
    return _has(user, "edit_content")


def branches(user, manual) -> frozenset[UUID] | None:
    """The keys of the units whose branches the person may edit; None = all of them.

    An editor with a grant anywhere is limited everywhere: in a manual without a grant
    of theirs to nothing.
    """
    if getattr(user, "pk", None) is None or user.is_superuser:
        return None
    grants = list(user.branch_grants.values_list("manual_id", "unit_key"))
    if not grants:
        return None
    return frozenset(key for manual_id, key in grants if manual_id == manual.pk)


def may_edit_everything(user, manual) -> bool:
    """Whether the person edits the whole manual: its data, chapters and root too."""
    return may_edit(user, manual) and branches(user, manual) is None


def may_create_manuals(user) -> bool:
    """Editors who are not limited to a branch anywhere."""
    return may_manage_catalogues(user)


def may_send_back(user, edition) -> bool:
    return _has(user, "send_back")


def may_authorise(user, edition) -> bool:
    """Never what they submitted themselves; being superuser does not lift that."""
    return _has(user, "authorise") and not _submitted(user, edition)


def demand_authorise(user, edition) -> None:
    """Raise NotAllowed, or SecondPersonRequired, unless they may authorise it."""
    demand(_has(user, "authorise"), _("No tiene permiso para autorizar esta edición."))
    if _submitted(user, edition):
        raise SecondPersonRequired


def _submitted(user, edition) -> bool:
    return edition.submitted_by_id is not None and edition.submitted_by_id == user.pk


def may_record_authorised(user) -> bool:
    """Record an edition that was authorised outside the system."""
    return _has(user, "authorise")


def may_withdraw(user, edition) -> bool:
    return _has(user, "authorise")


def may_manage_catalogues(user) -> bool:
    """Catalogues belong to editors who are not limited to a branch anywhere."""
    if not _has(user, "edit_content"):
        return False
    if getattr(user, "pk", None) is None or user.is_superuser:
        return True
    return not user.branch_grants.exists()


def may_assign_branches(user) -> bool:
    """Branches are limits of an account: whoever changes accounts assigns them."""
    return user is not None and user.is_active and user.has_perm("auth.change_user")


def demand(allowed: bool, message: str | None = None) -> None:
    """Raise NotAllowed unless ``allowed``."""
    if not allowed:
        raise NotAllowed(message or _("No tiene permiso para realizar esta operación."))
