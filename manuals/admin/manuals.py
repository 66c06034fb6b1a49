"""Manuals as works, in the admin."""

from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from manuals import permissions
from manuals.admin.base import ServiceAdmin
from manuals.models import Manual
from manuals.services import change_manual, create_manual


class ManualAdmin(ServiceAdmin):
    index_order = 40
    writers = staticmethod(permissions.may_create_manuals)
    list_display = ["title", "acronym", "institution", "slug", "number_of_editions"]
    search_fields = ["title", "acronym", "institution", "registration_key", "slug"]
    fields = [
        "title",
        "acronym",
        "institution",
        "registration_key",
        "slug",
        "notice",
    ]

    def may_change(self, user, obj):
        return permissions.may_edit_everything(user, obj)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(editions_count=Count("editions"))

    def create(self, *, form, user, reason):
        return create_manual(user=user, reason=reason, **form.field_values())

    def change(self, *, obj, form, user, reason):
        change_manual(manual=obj, user=user, reason=reason, **form.field_values())

    @admin.display(description=_("ediciones"), ordering="editions_count")
    def number_of_editions(self, obj):
        return obj.editions_count


admin.site.register(Manual, ManualAdmin)
