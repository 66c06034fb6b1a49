"""The history of a row in the admin: who, when, why and what; never a way to write.

The revert button of django-simple-history would save the past as if it were the
present, past the services: here the form of a past record only shows it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import ForeignKey
from django.http import Http404, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin

PER_PAGE = 50


@dataclass(frozen=True)
class Change:
    """One field of one record: what it said before and after."""

    field: str
    old: str
    new: str


class Describer:
    """Values of records in words; names of related rows are read once per field."""

    def __init__(self, model, records):
        self.fields = (
            [
                field
                for field in records[0].tracked_fields
                if field.name in {f.name for f in model._meta.fields}
                and not field.primary_key
            ]
            if records
            else []
        )
        self.model = model
        self.names: dict[str, dict[Any, str]] = {}
        for field in self.fields:
            if isinstance(field, ForeignKey):
                ids = {getattr(record, field.attname) for record in records} - {None}
                related = field.related_model._base_manager.in_bulk(ids)
                self.names[field.name] = {pk: str(row) for pk, row in related.items()}

    def words(self, field, record) -> str:
        value = getattr(record, field.attname)
        if value in (None, "", []):
            return "—"
        if field.name in self.names:
            return self.names[field.name].get(value) or _("(eliminado)")
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if isinstance(value, bool):
            return _("sí") if value else _("no")
        if isinstance(value, list):
            return ", ".join(map(str, value))
        if isinstance(value, date):
            return date_format(value)
        return str(value)

    def label(self, field) -> str:
        return capfirst(self.model._meta.get_field(field.name).verbose_name)

    def values(self, record) -> list[tuple[str, str]]:
        return [(self.label(field), self.words(field, record)) for field in self.fields]

    def changes(self, record, before) -> list[Change]:
        return [
            Change(
                self.label(field), self.words(field, before), self.words(field, record)
            )
            for field in self.fields
            if getattr(record, field.attname) != getattr(before, field.attname)
        ]


def records_of(model, **filters):
    """History rows, latest first, with the person."""
    return (
        model.history.filter(**filters)
        .select_related("history_user")
        .order_by("-history_date", "-history_id")
    )


class HistoryAdmin(SimpleHistoryAdmin):
    """Histories that can be read, also those of deleted rows, and never written."""

    object_history_template = "admin/row_history.html"
    history_list_per_page = PER_PAGE
    # Foreign keys of the history that shown_of_deleted() needs.
    deleted_related: tuple[str, ...] = ("history_user",)

    change_list_template = "admin/history_change_list.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.deleted_view)
        return [path("eliminados/", view, name=self._deleted()), *super().get_urls()]

    def _deleted(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_deleted"

    def changelist_view(self, request, extra_context=None):
        url = reverse(f"{self.admin_site.name}:{self._deleted()}")
        context = {"deleted_url": url, **(extra_context or {})}
        return super().changelist_view(request, context)

    def revert_disabled(self, request, obj=None):
        return True

    def records(self, **filters):
        """The model's history rows; with what :meth:`prepare_records` reads."""
        return records_of(self.model, **filters)

    def get_history_queryset(self, request, history_manager, pk_name, object_id):
        return self.records(**{pk_name: _number(object_id)})

    def set_history_delta_changes(
        self, request, historical_records, foreign_keys_are_objs=True
    ):
        """What each record of the page changed; the page's last one too."""
        page = historical_records
        end = page.end_index()
        page.object_list = list(page.object_list)
        records = [*page.object_list, *page.paginator.object_list[end : end + 1]]
        describer = Describer(self.model, records)
        for record, before in zip(records, records[1:], strict=False):
            record.history_delta_changes = describer.changes(record, before)
        self.prepare_records(request, page.object_list)

    def prepare_records(self, request, records) -> None:
        """Give records about to be listed their address; an upper app adds more."""
        for record in records:
            record.record_url = reverse(
                f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}"
                "_simple_history",
                args=[record.id, record.history_id],
            )

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        """One record as it was; reading only, whatever the settings say."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        record = self.records(
            id=_number(object_id), history_id=_number(version_id)
        ).first()
        if record is None:
            raise Http404
        obj = record.instance
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        before = (
            self.records(id=record.id).filter(history_id__lt=record.history_id).first()
        )
        describer = Describer(self.model, [record, *([before] if before else [])])
        self.prepare_records(request, [record])
        context = {
            **self.admin_site.each_context(request),
            "title": _("Cómo estaba: %(object)s") % {"object": obj},
            "opts": self.opts,
            "object": obj,
            "object_url": "",  # it may be gone
            "record": record,
            "values": describer.values(record),
            "changes": describer.changes(record, before) if before else [],
            "crumbs": [
                (
                    _("Historial"),
                    reverse(
                        f"{self.admin_site.name}:{self.opts.app_label}"
                        f"_{self.opts.model_name}_history",
                        args=[record.id],
                    ),
                )
            ],
            "crumb": date_format(localtime(record.history_date), "d/m/Y H:i"),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/history_record.html", context)

    def history_view(self, request, object_id, extra_context=None):
        context = {"crumb": _("Historial"), **(extra_context or {})}
        return super().history_view(request, object_id, context)

    def history_view_title(self, request, obj):
        return _("Historial de %(object)s") % {"object": obj}

    def deleted_view(self, request):
        """Rows that were deleted, latest first, each with its history."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        records = self.deleted_records(request)
        page = Paginator(records, PER_PAGE).get_page(request.GET.get("p"))
        page.object_list = list(page.object_list)
        self.prepare_records(request, page.object_list)
        self.mark_deleted(page.object_list)
        for record in page.object_list:
            record.shown = self.shown_of_deleted(record)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Registros eliminados: %(model)s")
            % {"model": self.opts.verbose_name_plural},
            "opts": self.opts,
            "page_obj": page,
            **self.deleted_context(request),
        }
        return TemplateResponse(request, "admin/deleted_list.html", context)

    def deleted_records(self, request):
        """What the list of deleted rows is about; an upper app narrows it."""
        return self.records(history_type="-").select_related(*self.deleted_related)

    def mark_deleted(self, records) -> None:
        """Add to deleted rows about to be listed; an upper app does."""

    def deleted_context(self, request) -> dict:
        return {}

    def shown_of_deleted(self, record) -> str:
        """The name of a deleted row, from its history alone."""
        values = {
            field.attname: getattr(record, field.attname)
            for field in record.tracked_fields
        }
        return str(self.model(**values))


def _number(text: str) -> int:
    if not text.isdecimal():
        raise Http404
    return int(text)
