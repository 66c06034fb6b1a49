"""Functions in the admin: found by their words, with their histories."""

from __future__ import annotations

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Case, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from functions.admin.replacing import ReplaceStep, replace_url
from functions.admin.restoring import RestoreFunctionStep
from functions.labels import path_label
from functions.models import Function
from manuals.admin.base import ReadOnlyAdmin
from manuals.admin.filters import EditionFilter, shown_edition
from manuals.admin.history import PER_PAGE, Describer
from manuals.admin.restoring import RestorableAdmin
from units.models import Unit


class FunctionAdmin(RestorableAdmin, ReadOnlyAdmin):
    """All functions of an edition, to find one by its words; its unit changes it."""

    restore_step = RestoreFunctionStep
    change_list_template = "admin/functions/function/change_list.html"
    index_order = 25
    list_display = ["code", "linked_label", "text"]
    list_display_links = None
    list_filter = [EditionFilter]
    search_fields = ["text", "unit__code", "unit__name"]
    search_help_text = gettext_lazy("Busque por palabras del texto o de la unidad.")
    sortable_by = ()
    fields = ["unit", "label", "text", "key"]
    # Without "ordering": Django's own queryset would sort before it is annotated.
    reading_order = ("unit", "first_place", "second_place", "third_place")

    def get_urls(self):
        view = ReplaceStep.as_view(model_admin=self)
        return [
            path(
                f"{ReplaceStep.slug}/",
                self.admin_site.admin_view(view),
                name=self.url_name("replace"),
            ),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        edition = shown_edition(request)
        url = replace_url(request.user, edition) if edition else ""
        context = {
            "shown_edition": edition,
            "replace_url": url,
            **(extra_context or {}),
        }
        return super().changelist_view(request, context)

    def trail_above(self, obj):
        return [obj.unit]

    def get_ordering(self, request):
        return self.reading_order

    def get_queryset(self, request):
        """With the places that put items after what they hang from."""
        below_item = When(parent__parent__isnull=False, then=F("parent__position"))
        return (
            Function.objects.select_related("unit__edition__manual", "parent__parent")
            .annotate(
                first_place=Coalesce(
                    "parent__parent__position", "parent__position", "position"
                ),
                second_place=Case(
                    below_item,
                    When(parent__isnull=False, then=F("position")),
                    default=Value(0),
                ),
                third_place=Case(
                    When(parent__parent__isnull=False, then=F("position")),
                    default=Value(0),
                ),
            )
            .order_by(*self.reading_order)
        )

    def deleted_records(self, request):
        unit = Unit.history.filter(
            id=OuterRef("unit_id"), history_date__lte=OuterRef("history_date")
        ).order_by("-history_date", "-history_id")
        records = super().deleted_records(request)
        return records.annotate(unit_code=Subquery(unit.values("code")[:1]))

    def shown_of_deleted(self, record):
        return f"{record.unit_code or ''} {super().shown_of_deleted(record)}".strip()

    @admin.display(description=gettext_lazy("unidad"))
    def code(self, obj):
        return format_html(
            '<a href="{}#functions">{}</a>',
            reverse("admin:units_unit_change", args=[obj.unit_id]),
            obj.unit.code,
        )

    @admin.display(description=gettext_lazy("número"))
    def label(self, obj):
        return path_label(obj.path)

    @admin.display(description=gettext_lazy("número"))
    def linked_label(self, obj):
        return format_html(
            '<a href="{}">{}</a>',
            reverse("admin:functions_function_change", args=[obj.pk]),
            self.label(obj),
        )


def functions_history(unit_admin, request, unit_id: int):
    """What was done to the functions of a unit, deleted ones too; a page."""
    unit = unit_admin.get_queryset(request).filter(pk=unit_id).first()
    if unit is None:
        raise Http404
    if not unit_admin.has_view_permission(request, unit):
        raise PermissionDenied
    function_admin = unit_admin.admin_site.get_model_admin(Function)
    records = function_admin.records(unit_id=unit_id)
    page = Paginator(records, PER_PAGE).get_page(request.GET.get("p"))
    page.object_list = list(page.object_list)
    function_admin.prepare_records(request, page.object_list)
    describe_changes(page.object_list)
    context = {
        **unit_admin.admin_site.each_context(request),
        "title": _("Historial de las funciones"),
        "subtitle": str(unit),
        "opts": unit_admin.opts,
        "object": unit,
        "page_obj": page,
        "with_subject": True,
    }
    return TemplateResponse(request, "admin/row_history.html", context)


def describe_changes(records) -> None:
    """Say of each record what changed since the one before of the same function."""
    ids = {record.id for record in records}
    every = list(
        Function.history.filter(id__in=ids).order_by(
            "id", "-history_date", "-history_id"
        )
    )
    before = {
        record.history_id: older
        for record, older in zip(every, every[1:], strict=False)
        if record.id == older.id
    }
    describer = Describer(Function, [*records, *before.values()])
    for record in records:
        record.subject = record.text
        if record.history_id in before:
            record.history_delta_changes = describer.changes(
                record, before[record.history_id]
            )


admin.site.register(Function, FunctionAdmin)
