"""Bringing a row back to what a record of its history says, with a reason.

An upper app names the service in a subclass and sets it as ``restore_step`` of an
admin. The record itself is only read: what it says is written as a new change.
"""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manuals import permissions
from manuals.admin.content import closed_because
from manuals.admin.filters import EditionFilter, edition_name, shown_edition
from manuals.admin.forms import ReasonField, ReasonForm
from manuals.admin.history import Change, Describer, HistoryAdmin, records_of
from manuals.admin.steps import StepView
from manuals.models import Edition


class RestoreForm(ReasonForm):
    """Which of both to bring back, where both differ; else there is nothing to ask."""

    text = forms.BooleanField(required=False, initial=True)
    place = forms.BooleanField(
        label=gettext_lazy("Restaurar el lugar"), required=False, initial=True
    )
    reason = ReasonField()

    field_order = ["text", "place", "reason"]

    def __init__(self, *args, text_label, choice, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = text_label
        if not choice:
            del self.fields["text"], self.fields["place"]

    def clean(self):
        super().clean()
        wanted = [self.cleaned_data.get(name, True) for name in ("text", "place")]
        if not any(wanted):
            raise forms.ValidationError(_("Elija qué se restaura."))
        return self.cleaned_data


class RestoreStep(StepView):
    """A record of a row of an edition, and the way back to it.

    A subclass says which fields are ``text_fields`` and ``place_fields``, what is taken
    along with a deleted row, and calls the service.
    """

    form_class = RestoreForm
    template_name = "admin/restore_step.html"
    slug = "restaurar"
    title = gettext_lazy("Restaurar")
    done = gettext_lazy("Se restauró «%(object)s».")
    text_label = gettext_lazy("Restaurar el texto")
    text_fields: tuple[str, ...] = ()
    place_fields: tuple[str, ...] = ()

    def find(self, *, object_id, version_id):
        model = self.model_admin.model
        rows = self.model_admin.records(id=object_id, history_id=version_id)
        self.record_asked = rows.first()
        if self.record_asked is None:
            raise Http404
        self.object = self.record_asked.instance
        self.name = str(self.object)
        edition = self.record_asked.edition
        if edition is None:
            return self.refuse(_("La edición de este registro ya no existe."))
        if not permissions.may_edit(self.request.user, edition.manual):
            raise PermissionDenied
        if why_not := closed_because(edition):
            return self.refuse(why_not)
        key = self.record_asked.key
        self.live = model.objects.filter(edition=edition, key=key).first()
        self.changes = self._changes() if self.live else []
        if self.live and not self.changes:
            return self.refuse(_("Ya está como en este registro."))
        return None

    def _changes(self) -> list[Change]:
        """What the row says now and would say again."""
        latest = records_of(self.model_admin.model, id=self.live.pk).first()
        describer = Describer(self.model_admin.model, [self.record_asked, latest])
        wanted = {*self.text_fields, *self.place_fields}
        describer.fields = [one for one in describer.fields if one.name in wanted]
        self.differing = {
            field.name
            for field in describer.fields
            if getattr(self.record_asked, field.attname)
            != getattr(latest, field.attname)
        }
        return describer.changes(self.record_asked, latest)

    def object_url(self):
        record = self.record_asked
        return self.model_admin.address("simple_history", record.id, record.history_id)

    def watched(self):
        return [(change.field, change.old, change.new) for change in self.changes]

    def get_form_kwargs(self):
        both = bool(self.live) and all(
            self.differing.intersection(fields)
            for fields in (self.text_fields, self.place_fields)
        )
        return {
            **super().get_form_kwargs(),
            "choice": both,
            "text_label": self.text_label,
        }

    def wanted(self, form) -> tuple[bool, bool]:
        """Whether to bring back the text and the place."""
        said = form.cleaned_data
        return said.get("text", True), said.get("place", True)

    def facts(self):
        at = localtime(self.record_asked.history_date)
        facts = [(_("Registro del"), date_format(at, "d/m/Y H:i"))]
        if not self.live:
            facts += [(str(what), count) for what, count in self.taken_along()]
        return facts

    def taken_along(self) -> list[tuple[str, int]]:
        """What comes back with a deleted row: (what, how many)."""
        return []

    def get_success_url(self):
        return self.model_admin.address("change", self.object.pk)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            changes=self.changes, was_deleted=not self.live, **kwargs
        )


class RestorableAdmin(HistoryAdmin):
    """Records lead to ``restore_step`` while their edition is a draft."""

    restore_step: type[RestoreStep]

    def get_urls(self):
        view = self.restore_step.as_view(model_admin=self)
        return [
            path(
                f"<int:object_id>/history/<int:version_id>/{self.restore_step.slug}/",
                self.admin_site.admin_view(view),
                name=self.url_name(self.restore_step.slug),
            ),
            *super().get_urls(),
        ]

    def records(self, **filters):
        return super().records(**filters).select_related("edition__manual")

    def prepare_records(self, request, records) -> None:
        super().prepare_records(request, records)
        for record in records:
            edition = record.edition  # None of a draft that was discarded
            record.edition_shown = edition and edition_name(edition)
            if (
                edition is not None
                and edition.is_draft
                and permissions.may_edit(request.user, edition.manual)
            ):
                record.restore_url = self.address(
                    self.restore_step.slug, record.id, record.history_id
                )

    def mark_deleted(self, records) -> None:
        """Note which of the deleted rows are back."""
        live = set(
            self.model.objects.filter(
                edition__in={record.edition_id for record in records},
                key__in={record.key for record in records},
            ).values_list("edition_id", "key")
        )
        for record in records:
            record.is_back = (record.edition_id, record.key) in live

    def deleted_records(self, request):
        """Of one edition, if the address names one."""
        records = super().deleted_records(request)
        edition = self._asked_edition(request)
        return records.filter(edition_id=edition.pk) if edition else records

    def deleted_context(self, request) -> dict:
        editions = Edition.objects.with_manual().order_by("manual__title", "-pk")
        edition = self._asked_edition(request)
        asked = str(edition.pk) if edition else ""
        return {
            "editions": [(str(one.pk), edition_name(one)) for one in editions],
            "asked": asked,
            "page_query": f"{EditionFilter.parameter_name}={asked}&" if asked else "",
        }

    @staticmethod
    def _asked_edition(request) -> Edition | None:
        asked = request.GET.get(EditionFilter.parameter_name, "")
        return Edition.objects.filter(pk=asked).first() if asked.isdecimal() else None

    def changelist_view(self, request, extra_context=None):
        edition = shown_edition(request)
        url = self.address("deleted")
        if edition is not None:
            url = f"{url}?{EditionFilter.parameter_name}={edition.pk}"
        context = {"deleted_url": url, **(extra_context or {})}
        return super().changelist_view(request, context)
