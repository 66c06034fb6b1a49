"""Who asks: a token, or the session of a browser; and whether they may ask at all.

What a person may do with an edition is answered by the core's permissions.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from drf_spectacular.authentication import SessionScheme
from rest_framework import authentication
from rest_framework.exceptions import APIException, AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission

from manuals import permissions


class CSRFFailed(APIException):
    """A write with a session's cookie came without the CSRF token of its site."""

    status_code = 403
    default_code = "csrf_failed"
    default_detail = _(
        "Falta el encabezado X-CSRFToken o no corresponde a la sesión. "
        "Los programas usan un token en lugar de una sesión."
    )


class TokenAuthentication(authentication.TokenAuthentication):
    """``Authorization: Token <key>``; one message, whatever is wrong with it."""

    def authenticate(self, request):
        try:
            return super().authenticate(request)
        except AuthenticationFailed:
            raise AuthenticationFailed(
                _("El token no es válido o la cuenta está inactiva.")
            ) from None

    def authenticate_credentials(self, key):
        if "\x00" in key:  # PostgreSQL takes no NUL, not even to compare
            raise AuthenticationFailed
        return super().authenticate_credentials(key)


class SessionAuthentication(authentication.SessionAuthentication):
    """The session of a person signed in to the site; writes need the CSRF token."""

    def enforce_csrf(self, request):
        try:
            super().enforce_csrf(request)
        except authentication.exceptions.PermissionDenied:
            raise CSRFFailed from None


class SessionAuthenticationScheme(SessionScheme):
    target_class = SessionAuthentication
    priority = 0


class MayAsk(BasePermission):
    """Reading as the installation allows; writing with an account."""

    def has_permission(self, request, view):
        if request.method in SAFE_METHODS:
            return permissions.may_read_published(request.user)
        return request.user.is_authenticated
