"""Change notes in the admin: why a unit of a draft changed."""

from __future__ import annotations

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manuals import permissions as manual_permissions
from manuals.admin.content import ContentAdmin
from manuals.admin.forms import ServiceForm
from review.models import ChangeNote
from review.notes import delete_note, noted_unit, write_note
from review.reasons import proposed_notes
from units import permissions
from units.admin.fields import UnitCodeField
from units.models import Unit
from units.outline import Outline, outline_of


class NoteForm(ServiceForm):
    """A unit and the reason for its change, which is the reason of the note too."""

    reason = None
    unit_code = UnitCodeField(
        label=gettext_lazy("Código de la unidad"),
        help_text=gettext_lazy(
            "En el borrador; si la unidad se suprimió, el que tenía antes."
        ),
    )
    outline: Outline | None = None

    class Meta:
        model = ChangeNote
        fields = ["text", "minor"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["unit_code"]
        else:
            self.fields["unit_code"].outline = self.outline

    def reason_given(self):
        return self.cleaned_data["text"] or _("Cambio menor")


@admin.register(ChangeNote)
class ChangeNoteAdmin(ContentAdmin):
    index_order = 35
    form = NoteForm
    writers = staticmethod(manual_permissions.may_edit_somewhere)
    change_form_template = "admin/review/changenote/change_form.html"
    list_display = ["unit", "text", "minor"]
    list_display_links = ["unit"]
    search_fields = ["text"]
    ordering = ["edition", "-pk"]

    def may_change(self, user, obj):
        try:
            return permissions.may_edit_unit(
                user, noted_unit(obj.edition, obj.unit_key)
            )
        except ValidationError:
            return manual_permissions.may_edit_everything(user, obj.edition.manual)

    def get_queryset(self, request):
        units = Unit.objects.filter(key=OuterRef("unit_key"))
        here = units.filter(edition=OuterRef("edition"))
        before = units.filter(edition=OuterRef("edition__base"))
        return (
            super()
            .get_queryset(request)
            .annotate(
                code_here=Subquery(here.values("code")[:1]),
                name_here=Subquery(here.values("name")[:1]),
                code_before=Subquery(before.values("code")[:1]),
                name_before=Subquery(before.values("name")[:1]),
            )
        )

    def get_changeform_initial_data(self, request):
        """The unit that the address names, and what was said while saving it."""
        code = request.GET.get("unit_code", "")
        unit = units_of_notes(request.target_edition).by_code.get(code)
        if unit is None:
            return {"unit_code": code}
        proposed = proposed_notes(request.target_edition, [unit.key])
        return {"unit_code": code, "text": proposed.get(unit.key, "")}

    def get_fields(self, request, obj=None):
        if obj is None:
            return ["unit_code", "text", "minor"]
        return ["edition_link", "unit", "text", "minor"]

    def get_readonly_fields(self, request, obj=None):
        return ["edition_link", "unit"] if obj else []

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        for _name, options in fieldsets:
            options["fields"] = [name for name in options["fields"] if name != "reason"]
        return fieldsets

    @admin.display(description=gettext_lazy("unidad"))
    def unit(self, note):
        if note.code_here:
            return f"{note.code_here} {note.name_here}"
        if note.code_before:
            return _("%(unit)s (suprimida)") % {
                "unit": f"{note.code_before} {note.name_before}"
            }
        return str(note.unit_key)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is None:
            form.outline = units_of_notes(form.edition)
        return form

    def create(self, *, form, user, reason):
        return write_note(
            edition=form.edition,
            unit_key=form.cleaned_data["unit_code"].key,
            user=user,
            reason=reason,
            **form.field_values(),
        )

    def change(self, *, obj, form, user, reason):
        write_note(
            edition=obj.edition,
            unit_key=obj.unit_key,
            user=user,
            reason=reason,
            **form.field_values(),
        )

    def delete_object(self, *, obj, user, reason):
        delete_note(note=obj, user=user, reason=reason)


def units_of_notes(edition) -> Outline:
    """The units of a draft, and those of its base that it lacks, under their codes."""
    units = list(outline_of(edition))
    if edition.base is not None:
        here = Outline(units)
        units += [
            unit
            for unit in outline_of(edition.base)
            if unit.key not in here.by_key and unit.code not in here.by_code
        ]
    return Outline(units)
