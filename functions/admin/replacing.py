"""Find and replace over a draft: the search, its hits to choose from, one save."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from functions.admin.replacing_form import SearchForm
from functions.admin.replacing_preview import MOST, Choices, Preview, preview_of
from functions.replacing import BadTerm
from functions.texts import TextsChanged, change_texts
from manuals import permissions
from manuals.admin.content import closed_because
from manuals.admin.filters import default_edition
from manuals.admin.steps import StepView
from manuals.models import Edition
from units.outline import outline_of
from units.permissions import editable_units


def replace_url(user, edition, **asked) -> str:
    """The page of find and replace for an edition; empty if there is nothing to do."""
    if not edition.is_draft or not permissions.may_edit(user, edition.manual):
        return ""
    query = urlencode({"edition": edition.pk, **asked})
    return f"{reverse('admin:functions_function_replace')}?{query}"


class ReplaceStep(StepView):
    """A search is a GET; what was chosen of its hits is sent to the same address."""

    slug = "reemplazar"
    template_name = "admin/functions/replace.html"
    title = gettext_lazy("Buscar y reemplazar")
    button = gettext_lazy("Reemplazar lo elegido")

    @classmethod
    def permitted(cls, model_admin, request, obj):
        return permissions.may_edit(request.user, obj.manual)

    def find(self):
        asked = self.request.GET.get("edition", "")
        editions = Edition.objects.with_manual()
        if asked:
            edition = editions.filter(pk=asked).first() if asked.isdecimal() else None
        else:
            edition = default_edition()
        if edition is None:
            messages.warning(self.request, _("La edición no existe."))
            return HttpResponseRedirect(reverse("admin:manuals_edition_changelist"))
        self.object, self.name = edition, str(edition)
        if not self.permitted(self.model_admin, self.request, edition):
            raise PermissionDenied
        if why_not := closed_because(edition):
            return self.refuse(why_not)
        self.outline = outline_of(edition)
        self.search = SearchForm(
            self.request.GET, edition=edition, outline=self.outline
        )
        self.choices = None
        if self.request.method == "POST":
            self.choices = Choices.read(self.request.POST)
        self.preview = self.look(propose=self.choices is None)
        return None

    def look(self, *, propose: bool) -> Preview | None:
        """The hits as they are now; None without a search that can be made."""
        if not self.search.is_valid():
            return None
        allowed = editable_units(self.request.user, self.object)
        try:
            return preview_of(
                self.object,
                outline=self.outline,
                units=self.search.units(),
                editable=set(allowed.order_by().values_list("pk", flat=True)),
                term=self.search.term(),
                choices=self.choices,
                propose=propose,
            )
        except BadTerm as refusal:
            self.search.tell(refusal)
            return None

    def object_url(self):
        query = urlencode({"edicion": self.object.pk})
        return f"{self.model_admin.address('changelist')}?{query}"

    def get_success_url(self):
        """Back to an empty search: more than one term changes on most occasions."""
        return f"{self.request.path}?{urlencode({'edition': self.object.pk})}#said"

    def post(self, request, *args, **kwargs):
        if self.preview is None:
            return self.render_to_response(self.get_context_data())
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form):
        self.preview = self.look(propose=True)
        return super().form_invalid(form)

    def perform(self, form):
        if self.preview.stale:
            self._tell_stale(self.preview.stale)
        texts, seen = self.preview.texts()
        if not texts:
            raise ValidationError(_("No eligió ninguna coincidencia."))
        try:
            change_texts(
                edition=self.object, texts=texts, seen=seen, **self.authorship(form)
            )
        except TextsChanged as changed:
            self._tell_stale(changed.ids)

    def _tell_stale(self, ids):
        raise TextsChanged(
            ids,
            _(
                "Otra persona cambió mientras tanto %(number)d de los textos "
                "elegidos. No se guardó nada: lo demás sigue como usted lo eligió, y "
                "lo que cambió está señalado. Revíselo y vuelva a confirmar."
            )
            % {"number": len(ids)},
        )

    def message(self):
        hits, functions, units = self.preview.chosen_counts()
        said = _("Se reemplazó: %(what)s.") % {"what": counted(hits, functions, units)}
        if left := self.preview.number - hits:
            said += " " + ngettext(
                "Queda %(number)d coincidencia sin reemplazar.",
                "Quedan %(number)d coincidencias sin reemplazar.",
                left,
            ) % {"number": left}
        return said

    def _put_focus(self, form):
        """On the search; answers to what was sent take it to themselves."""
        if not self.search.is_bound and not messages.get_messages(self.request):
            self.search.fields["find"].widget.attrs["autofocus"] = True

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **{
                "search": self.search,
                "preview": self.preview,
                **(self._found() if self.preview else {}),
                **kwargs,
            }
        )

    def _found(self) -> dict:
        preview = self.preview
        hits, functions, units = preview.chosen_counts()
        wider = self.search.data.copy()  # with what is on by default
        wider.pop("case", None)
        empty = not self.search.cleaned_data["replace"]
        return {
            "takes_out": empty,
            "button": _("Quitar lo elegido") if empty else self.button,
            "found": counted(preview.number, preview.in_functions, preview.in_units),
            "chosen": {"hits": hits, "functions": functions, "units": units},
            "most": MOST,
            "closed_units": [one for one in preview.units if not one.editable],
            "notes": sum(
                1 for one in preview.functions() for hit in one.hits if hit.note
            ),
            "wider_url": f"?{wider.urlencode()}",
        }


def counted(hits: int, functions: int, units: int) -> str:
    """«193 coincidencias en 188 funciones de 71 unidades»; items count as functions."""
    return _("%(hits)s en %(functions)s de %(units)s") % {
        "hits": ngettext("%(number)d coincidencia", "%(number)d coincidencias", hits)
        % {"number": hits},
        "functions": ngettext(
            "%(number)d función o inciso", "%(number)d funciones e incisos", functions
        )
        % {"number": functions},
        "units": ngettext("%(number)d unidad", "%(number)d unidades", units)
        % {"number": units},
    }
