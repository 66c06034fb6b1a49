"""Pages that the desk's script also asks for without their frame.

With the header ``X-Fragment`` a step answers only its part of the page: the form in a
dialog, a refusal in a sentence, or where to go on. Without it, whole pages.
"""

from __future__ import annotations

from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

HEADER = "X-Fragment"


def asks_for_fragment(request) -> bool:
    return HEADER in request.headers


class FragmentMixin:
    """A StepView that also answers without the frame."""

    fragment_template_name = ""

    def dispatch(self, request, *args, **kwargs):
        if not asks_for_fragment(request):
            return super().dispatch(request, *args, **kwargs)
        try:
            response = super().dispatch(request, *args, **kwargs)
        except PermissionDenied as refusal:
            said = str(refusal) or _("No tiene permiso para realizar esta operación.")
            return self._refusal([said], 403)
        if isinstance(response, HttpResponseRedirect):
            if getattr(self, "is_done", False):
                response = JsonResponse({"unit": self.unit_to_go_to()})
            else:
                return self._refusal(map(str, get_messages(request)), 409)
        response.headers[HEADER] = "1"
        return response

    def unit_to_go_to(self) -> int | None:
        """The id of the unit where the person goes on."""
        raise NotImplementedError

    def _refusal(self, sentences, status):
        response = render(
            self.request,
            "admin/units/unit/_refusal.html",
            {"sentences": list(sentences)},
            status=status,
        )
        response.headers[HEADER] = "1"
        return response

    def get_template_names(self):
        if asks_for_fragment(self.request):
            return [self.fragment_template_name]
        return super().get_template_names()
