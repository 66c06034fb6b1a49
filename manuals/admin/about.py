"""Pages of the admin about one edition that only show: who opens them, and of what."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from manuals.models import Edition


def about_edition(view):
    """Call ``view(model_admin, request, edition)`` by the edition's id.

    Raises PermissionDenied for whoever may not read the model; an edition deleted
    meanwhile leads to the list, with a message.
    """

    @wraps(view)
    def found(model_admin, request, edition_id: int):
        if not model_admin.has_view_permission(request):
            raise PermissionDenied
        edition = Edition.objects.with_manual().filter(pk=edition_id).first()
        if edition is None:
            messages.warning(request, _("La edición ya no existe."))
            return HttpResponseRedirect(model_admin.address("changelist"))
        return view(model_admin, request, edition)

    return found
