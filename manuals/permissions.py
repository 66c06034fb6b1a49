"""Who may do what with a manual or an edition; the only place that answers it.

The roles are groups (lector, editor, revisor, autorizador) that hold the permissions
declared on Edition. ``OPERATOR`` stands for whoever runs a command at the server: the
operating system already decided about them.

Who comes with a token may do what their roles permit and the token was made for
(manuals/scopes.py). Where the token alone forbids it the answer is a ``Beyond``: it is
false, and :func:`demand` says which scope is missing.

Whether a unit lies in a person's branch is answered in units/permissions.py.
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from manuals import scopes
from manuals.exceptions import NotAllowed, ScopeMissing, SecondPersonRequired
from manuals.scopes import Beyond

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


def may_read_drafts(user, manual_id: int | None = None) -> bool | Beyond:
    """Of this manual; of every manual unless one is said."""
    return _has(user, "read_draft") and scopes.reading(user, manual_id)


def only_manual_with_drafts(user) -> int | None:
    """The manual whose drafts alone the person may read: that of their token."""
    limits = scopes.limits_of(user)
    if limits is None or not may_read_drafts(user, limits.manual_id):
        return None
    return limits.manual_id


def may_read(user, edition) -> bool | Beyond:
    if edition.is_closed:
        return may_read_published(user)
    return may_read_drafts(user, edition.manual_id)


def may_write(user) -> bool | Beyond:
    """Whether the person came to write at all; what, their roles say."""
    limits = scopes.limits_of(user)
    return limits is None or limits.write or Beyond(scopes.WRITE)


def may_edit(user, manual) -> bool | Beyond:
    """Whether the person edits in this manual, perhaps in a branch only."""
    return _has(user, "edit_content") and scopes.writing(user, manual.pk, whole=False)


def may_edit_somewhere(user) -> bool | Beyond:
    """Whether the person edits in any manual, perhaps in branches only."""
    return _has(user, "edit_content") and may_write(user)


def branches(user, manual) -> frozenset[UUID] | None:
    """The keys of the units whose branches the person may edit; None = all of them.

    An editor with a grant anywhere is limited everywhere: in a manual without a grant
    of theirs to nothing. A token's branch is :func:`branch_of_token`.
    """
    if getattr(user, "pk", None) is None or user.is_superuser:
        return None
    grants = list(user.branch_grants.values_list("manual_id", "unit_key"))
    if not grants:
        return None
    return frozenset(key for manual_id, key in grants if manual_id == manual.pk)


def branch_of_token(user) -> frozenset[UUID] | None:
    """As :func:`branches`: the branch that the person's token is limited to."""
    limits = scopes.limits_of(user)
    if limits is None or limits.unit_key is None:
        return None
    return frozenset({limits.unit_key})


def may_edit_everything(user, manual) -> bool | Beyond:
    """Whether the person edits the whole manual: its data, chapters and root too."""
    if not (allowed := may_edit(user, manual)):
        return allowed
    return branches(user, manual) is None and scopes.writing(
        user, manual.pk, whole=True
    )


def may_create_manuals(user) -> bool | Beyond:
    """Editors who are not limited to a branch anywhere."""
    return may_manage_catalogues(user)


def _may_take_step(user, permission: str, edition) -> bool | Beyond:
    """A step is about the whole edition."""
    return _has(user, permission) and scopes.writing(
        user, edition.manual_id, whole=True
    )


def may_send_back(user, edition) -> bool | Beyond:
    return _may_take_step(user, "send_back", edition)


def may_authorise(user, edition) -> bool | Beyond:
    """Never what they submitted themselves; being superuser does not lift that."""
    return _may_take_step(user, "authorise", edition) and not _submitted(user, edition)


def demand_authorise(user, edition) -> None:
    """Raise NotAllowed, or SecondPersonRequired, unless they may authorise it."""
    demand(
        _may_take_step(user, "authorise", edition),
        _("No tiene permiso para autorizar esta edición."),
    )
    if _submitted(user, edition):
        raise SecondPersonRequired


def _submitted(user, edition) -> bool:
    return edition.submitted_by_id is not None and edition.submitted_by_id == user.pk


def may_record_authorised(user) -> bool | Beyond:
    """Record an edition that was authorised outside the system."""
    return _has(user, "authorise") and scopes.writing(user, None, whole=True)


def may_withdraw(user, edition) -> bool | Beyond:
    return _may_take_step(user, "authorise", edition)


def may_manage_catalogues(user) -> bool | Beyond:
    """Catalogues belong to editors who are not limited to a branch anywhere."""
    if not _has(user, "edit_content"):
        return False
    limited = getattr(user, "pk", None) is not None and not user.is_superuser
    if limited and user.branch_grants.exists():
        return False
    return scopes.writing(user, None, whole=True)


def may_assign_branches(user) -> bool:
    """Branches are limits of an account: whoever changes accounts assigns them.

    A person at the site: no token manages accounts.
    """
    return (
        user is not None
        and user.is_active
        and user.has_perm("auth.change_user")
        and scopes.limits_of(user) is None
    )


def may_manage_tokens(user) -> bool:
    """Those of every account; as with branches, a person and no token."""
    return (
        user is not None
        and user.is_active
        and (user is OPERATOR or user.is_superuser)
        and scopes.limits_of(user) is None
    )


def may_make_token(user, owner) -> bool:
    """For an account: its own person, where permitted, or who manages all tokens."""
    return may_manage_tokens(user) or (user == owner and may_make_own_tokens(user))


def may_make_own_tokens(user) -> bool:
    return (
        user is not None
        and user.is_active
        and user.has_perm("api.add_apitoken")
        and scopes.limits_of(user) is None
    )


def may_revoke_token(user, owner) -> bool:
    """Whoever has a token may always give it up."""
    return may_manage_tokens(user) or (
        user == owner and user.is_active and scopes.limits_of(user) is None
    )


def may_manage_webhooks(user) -> bool:
    """Whom other systems are told what happens; a person and no token."""
    return (
        user is not None
        and user.is_active
        and user.has_perm("webhooks.manage_webhooks")
        and scopes.limits_of(user) is None
    )


def demand(allowed: bool | Beyond, message: str | None = None) -> None:
    """Raise NotAllowed unless ``allowed``; ScopeMissing where the token forbids it."""
    if isinstance(allowed, Beyond):
        raise ScopeMissing(allowed.scope)
    if not allowed:
        raise NotAllowed(message or _("No tiene permiso para realizar esta operación."))
