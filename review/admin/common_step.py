"""One common function: its text changed, and the same change offered to the others."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from functions.models import Function
from functions.texts import TextsChanged, change_texts
from manuals import permissions
from manuals.admin.content import closed_because
from manuals.admin.forms import ReasonForm
from manuals.admin.kept import kept_page
from manuals.admin.posted import posted_number
from manuals.admin.steps import StepView
from manuals.exceptions import NotAllowed
from review.admin.common_found import Asked, Common, group_url, said_place
from review.admin.common_preview import Change, Choices, Preview, preview_of

SAVED = "guardado"  # in an address: the record of the change that was made to one
_NAMED = 5  # functions that a sentence names


class CommonForm(ReasonForm):
    """The new text; ``base`` is the old one, ``previewed`` what was shown of it."""

    text = forms.CharField(
        label=gettext_lazy("Texto nuevo"),
        widget=forms.Textarea(attrs={"rows": 5, "class": "vLargeTextField"}),
        error_messages={"required": gettext_lazy("Escriba el texto nuevo.")},
    )
    base = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_text(self):
        return " ".join(self.cleaned_data["text"].split())


class CommonStep(StepView):
    """Who may read the edition sees the group; who edits the draft changes it.

    The form knows the old text itself: the page stays about it when somebody changes
    or deletes the function that it was opened for.
    """

    template_name = "admin/review/common_group.html"
    form_class = CommonForm
    title = gettext_lazy("Función común")
    button = gettext_lazy("Cambiar lo elegido")
    choices: Choices | None = None

    @classmethod
    def permitted(cls, model_admin, request, obj):
        return model_admin.has_view_permission(request)

    def find(self, *, object_id, function_id):
        response = super().find(object_id=str(object_id))
        if response is not None:
            return response
        self.asked = Asked.read(self.request.GET)
        self.common = self._read()
        self.function = self.common.by_id.get(function_id)
        self.function_id = function_id
        if self.request.method == "POST":
            return self._find_posted()
        if self.function is None:
            messages.warning(self.request, _("La función ya no existe."))
            return HttpResponseRedirect(self.list_url())
        self.change = Change(self._before() or self.function.text, self.function.text)
        self.look()
        return None

    def _read(self) -> Common:
        writing = self.request.method == "POST"
        return Common(self.object, self.request.user, writing=writing)

    def _find_posted(self):
        if not permissions.may_edit(self.request.user, self.object.manual):
            return kept_page(
                self.model_admin, self.request, str(NotAllowed()), NotAllowed.status
            )
        posted = self.request.POST
        old = " ".join(posted.get("base", "").split())
        old = old or (self.function.text if self.function else "")
        self.change = Change(old, " ".join(posted.get("text", "").split()) or old)
        self.choices = Choices.read(posted)
        self.look()
        return None

    def _before(self) -> str:
        """What the function said before the save that the address names, if any."""
        saved = posted_number(self.request.GET.get(SAVED, ""))
        if saved is None:
            return ""
        records = Function.history.filter(edition=self.object, id=self.function_id)
        record = records.filter(history_id=saved).first()
        before = record.prev_record if record else None
        return before.text if before else ""

    def look(self) -> None:
        self.preview: Preview = preview_of(
            self.common, self.change, self.choices, [self.function_id]
        )

    def list_url(self) -> str:
        query = self.asked.query()
        address = self.model_admin.address("common", self.object.pk)
        return f"{address}?{query}" if query else address

    def object_url(self):
        """Back to where the person came from: the list, or the unit just saved."""
        if SAVED in self.request.GET and self.function is not None:
            return reverse("admin:units_unit_change", args=[self.function.unit])
        return self.list_url()

    def post(self, request, *args, **kwargs):
        if "_preview" not in request.POST:
            return super().post(request, *args, **kwargs)
        form = self.get_form()
        form.fields["reason"].required = False
        form.is_valid()
        return self.render_to_response(self.get_context_data(form=form))

    def perform(self, form):
        self._demand_seen()
        texts, seen = self.preview.texts()
        if not texts:
            raise ValidationError(_("Elija al menos una función que cambie."))
        self.written = self.preview.chosen()
        try:
            change_texts(
                edition=self.object, texts=texts, seen=seen, **self.authorship(form)
            )
        except TextsChanged as changed:
            # Read again: they changed between our reading and the lock.
            self.common = self._read()
            self.look()
            self._tell_stale(changed.ids)

    def _demand_seen(self) -> None:
        """Raise a refusal unless the person saw what they confirm."""
        if not self.preview.is_change:
            raise ValidationError(_("El texto nuevo es el mismo: escriba el cambio."))
        if self.preview.stale:
            self._tell_stale(self.preview.stale)
        if self.choices.previewed != self.change.new:
            raise ValidationError(
                _(
                    "El texto nuevo no es el que se mostró. No se guardó nada: revise "
                    "cómo quedarían las funciones y vuelva a confirmar."
                )
            )

    def _tell_stale(self, ids):
        raise TextsChanged(
            ids,
            _(
                "Otra persona cambió o eliminó mientras tanto: %(places)s. No se "
                "guardó nada: su texto y lo demás que eligió siguen aquí. Revíselo y "
                "vuelva a confirmar."
            )
            % {"places": self._places(ids)},
        )

    def _places(self, ids) -> str:
        """The functions by their places; of deleted ones, the last they had."""
        known = [self.common.by_id[pk] for pk in ids if pk in self.common.by_id]
        places = [self.common.place(member) for member in sorted(known, key=_order)]
        gone = set(ids) - set(self.common.by_id)
        records = Function.history.filter(edition=self.object, id__in=gone)
        last = dict(
            records.order_by("history_date", "history_id").values_list(
                "id", "history_id"
            )
        )
        for unit_id, position in records.filter(
            history_id__in=last.values()
        ).values_list("unit_id", "position"):
            unit = self.common.outline.by_id.get(unit_id)
            places.append(
                said_place(unit.code, position)
                if unit
                else _("una función de una unidad que ya no existe")
            )
        if len(places) > _NAMED:
            more = _("%(number)d más") % {"number": len(places) - _NAMED}
            places = [*places[:_NAMED], more]
        return "; ".join(places)

    def message(self):
        units = len({self.common.by_id[one.id].unit for one in self.written})
        functions = ngettext(
            "Se cambió %(number)d función",
            "Se cambiaron %(number)d funciones",
            len(self.written),
        ) % {"number": len(self.written)}
        return ngettext(
            "%(functions)s de %(units)d unidad.",
            "%(functions)s de %(units)d unidades.",
            units,
        ) % {"functions": functions, "units": units}

    def get_initial(self):
        return {
            **super().get_initial(),
            "text": self.change.new,
            "base": self.change.old,
        }

    def get_context_data(self, **kwargs):
        posted = self.request.method == "POST"
        writes = posted or any(one.editable for one in self.preview.members)
        return super().get_context_data(
            **{
                "preview": self.preview,
                "writes": writes,
                "may_edit": permissions.may_edit(self.request.user, self.object.manual),
                "closed_because": closed_because(self.object),
                "crumbs": [(_("Funciones comunes"), self.list_url())],
                "was_saved": self.function is not None
                and self.function.text != self.change.old,
                "seed": self.common.place(self.function) if self.function else "",
                "starts": self._starts(),
                **kwargs,
            }
        )

    def _starts(self) -> list[tuple[str, str]]:
        """The other texts of the group that one can begin with: place and address."""
        seen, found = {self.change.old}, []
        for one in self.preview.members:
            if one.text not in seen:
                seen.add(one.text)
                url = group_url(self.object, one.id, self.asked)
                found.append((one.place, url))
        return found


def _order(member) -> tuple[int, int]:
    return member.order
