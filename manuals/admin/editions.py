"""Editions in the admin: their data, their state and the steps that it allows."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from manuals import permissions
from manuals.admin.base import ServiceAdmin
from manuals.admin.content import closed_because
from manuals.admin.filters import edition_name
from manuals.admin.lifecycle import (
    AuthoriseStep,
    DiscardStep,
    RecordStep,
    SendBackStep,
    SubmitStep,
    WithdrawStep,
)
from manuals.models import Edition
from manuals.services import (
    change_edition,
    create_edition,
    discard_edition,
    lock_draft,
)


class EditionAdmin(ServiceAdmin):
    index_order = 10
    writers = staticmethod(permissions.may_create_manuals)
    steps = (SubmitStep, AuthoriseStep, SendBackStep, RecordStep, WithdrawStep)
    delete_step = DiscardStep
    deleted_related = ("manual",)
    change_form_template = "admin/manuals/edition/change_form.html"
    list_display = [
        "name",
        "status",
        "effective_from",
        "effective_to",
        "document_number",
    ]
    list_filter = ["status", ("manual", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["manual"]
    search_fields = [
        "label",
        "manual__title",
        "manual__acronym",
        "document_number",
        "authorised_by",
    ]
    ordering = ["manual__title", "-pk"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "manual",
                    "label",
                    "status",
                    "base",
                    "functions_chapter",
                    "numbering",
                ]
            },
        ),
        (
            _("Vigencia"),
            {"fields": [("effective_from", "effective_to"), "withdrawn_on"]},
        ),
        (
            _("Autorización"),
            {
                "fields": [
                    "authorised_by",
                    "authorised_position",
                    "ratified_on",
                    ("document_number", "document_date"),
                    "elaborated_by",
                    "reviewed_by",
                    "authorisation_text",
                ]
            },
        ),
    ]
    add_fields = ["manual", "label", "functions_chapter", "numbering"]

    def may_change(self, user, obj):
        return permissions.may_edit_everything(user, obj.manual)

    def closed_because(self, obj):
        return closed_because(obj)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("manual", "base__manual")

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return [(None, {"fields": [*self.add_fields, "reason", "seen"]})]
        return super().get_fieldsets(request, obj)

    def get_readonly_fields(self, request, obj=None):
        # The number of the functions chapter is a matter of structure: units/admin has
        # a step for it.
        return (
            ["manual", "status", "base", "functions_chapter", "withdrawn_on"]
            if obj
            else []
        )

    def lock(self, obj):
        lock_draft(obj)
        return super().lock(obj)

    def create(self, *, form, user, reason):
        return create_edition(user=user, reason=reason, **form.field_values())

    def change(self, *, obj, form, user, reason):
        change_edition(edition=obj, user=user, reason=reason, **form.field_values())

    def delete_object(self, *, obj, user, reason):
        discard_edition(edition=obj, user=user, reason=reason)

    def render_change_form(
        self, request, context, add=False, change=False, form_url="", obj=None
    ):
        if obj is not None:
            context.update(
                edition=obj,
                transitions=obj.transitions.select_related("user").order_by(
                    "-at", "-pk"
                ),
                sources=obj.sources.all(),
            )
        return super().render_change_form(request, context, add, change, form_url, obj)

    def shown_of_deleted(self, record):
        return f"{record.manual} · {record.label}"

    @admin.display(description=_("edición"), ordering="label")
    def name(self, obj):
        return edition_name(obj)


admin.site.register(Edition, EditionAdmin)
