"""What every admin of ours shares: our permissions, reasons, services, refusals."""

from __future__ import annotations

from django.contrib import admin, messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import CASCADE
from django.http import HttpResponseRedirect
from django.urls import NoReverseMatch, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manuals import permissions
from manuals.admin.forms import REFUSALS, DateInput, ServiceForm
from manuals.admin.history import HistoryAdmin
from manuals.admin.kept import kept_page
from manuals.admin.steps import DeleteStep, StepView
from manuals.admin.undoing import (
    edition_of,
    last_reason,
    remember_reason,
    undo_address,
    with_undo,
)
from manuals.exceptions import DomainError, NotAllowed
from manuals.history import recording
from manuals.models import Edition
from manuals.services import demand_reason


class RowGone(DomainError):
    """The row of a form was deleted while the person wrote."""

    code = "row_gone"
    default_message = gettext_lazy(
        "El registro ya no existe: alguien lo eliminó mientras usted escribía."
    )


def nobody(user) -> bool:
    return False


class TitledAdmin(admin.ModelAdmin):
    """Its list is called by what it lists."""

    def changelist_view(self, request, extra_context=None):
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(
            request, {"title": title, **(extra_context or {})}
        )


class RoleAdmin(TitledAdmin):
    """Asks manuals/permissions.py instead of Django's permissions of models.

    Whoever may read drafts sees everything here. ``writers`` answers, for a person,
    whether they write anywhere in this model; :meth:`may_change` whether this row.
    """

    writers = staticmethod(nobody)

    index_order = 500
    actions = None
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False

    def url_name(self, name: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"

    def address(self, name: str, *args) -> str:
        return reverse(f"{self.admin_site.name}:{self.url_name(name)}", args=args)

    def may_change(self, user, obj) -> bool:
        return self.writers(user)

    def may_delete(self, user, obj) -> bool:
        return self.may_change(user, obj)

    def closed_because(self, obj) -> str:
        """Why the row cannot be written at present, whoever asks; empty if it can."""
        return ""

    def trail_above(self, obj) -> list:
        """Rows between the row and its edition, for the breadcrumbs."""
        return []

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        return permissions.may_read_drafts(request.user)

    def has_add_permission(self, request):
        return self._may_write(request)

    def has_change_permission(self, request, obj=None):
        if obj is None:
            return self._may_write(request)
        # A form sent after the edition was closed meanwhile goes on to the service,
        # which refuses it: so the person gets the text back instead of a bare 403.
        return self._once(request, "change", obj, self.may_change) and (
            request.method == "POST" or not self.closed_because(obj)
        )

    def has_delete_permission(self, request, obj=None):
        if obj is None:
            return self._may_write(request)
        return not self.closed_because(obj) and self._once(
            request, "delete", obj, self.may_delete
        )

    def _may_write(self, request) -> bool:
        # The frame of every page asks this for every model.
        answers = request.__dict__.setdefault("_admin_writers", {})
        if self.writers not in answers:
            answers[self.writers] = self.writers(request.user)
        return answers[self.writers]

    def _once(self, request, question: str, obj, answer) -> bool:
        """Templates ask again and again; the database is asked once per request."""
        answers = request.__dict__.setdefault("_admin_answers", {})
        key = (question, self.opts.label, obj.pk)
        if key not in answers:
            answers[key] = answer(request.user, obj)
        return answers[key]


class StepsAdmin(RoleAdmin):
    """An admin whose rows have steps: pages of their own for one thing each.

    An upper app adds its own: ``steps = (*EditionAdmin.steps, DuplicateStep)``.
    """

    steps: tuple[type[StepView], ...] = ()
    delete_step: type[StepView] = DeleteStep

    def get_urls(self):
        return [
            *(
                path(
                    f"<path:object_id>/{step.slug}/",
                    self.admin_site.admin_view(step.as_view(model_admin=self)),
                    name=self.url_name(step.slug),
                )
                for step in self.steps
            ),
            *super().get_urls(),
        ]

    def offered_steps(self, request, obj) -> list[dict]:
        return [
            {
                "title": step.title,
                "url": self.address(step.slug, obj.pk),
                "prominent": step.prominent,
            }
            for step in self.steps
            if step.permitted(self, request, obj) and not step.why_not(self, obj)
        ]

    def delete_view(self, request, object_id, extra_context=None):
        return self.delete_step.as_view(model_admin=self)(request, object_id=object_id)

    def delete_object(self, *, obj, user, reason: str) -> None:
        """Delete the row; raises a refusal."""
        raise NotImplementedError

    def taken_along(self, obj) -> list[tuple[str, int]]:
        """What goes with the row when it is deleted: (what, how many)."""
        return [
            (relation.related_model._meta.verbose_name_plural, count)
            for relation in self.opts.related_objects
            if relation.on_delete is CASCADE
            and (accessor := relation.get_accessor_name())
            and (count := getattr(obj, accessor).count())
        ]


class ServiceAdmin(StepsAdmin, HistoryAdmin):
    """Writes through services, each with its reason; refusals come back as errors.

    A subclass implements :meth:`create` and :meth:`change`, which call the services,
    or leaves them: then the row is saved as it is, with user and reason.
    """

    form = ServiceForm
    formfield_overrides = {models.DateField: {"widget": DateInput}}
    change_form_template = "admin/service_change_form.html"

    # Writing

    def lock(self, obj):
        """The row as stored, locked; raises a refusal when it cannot be written."""
        try:
            return self.model._base_manager.select_for_update().get(pk=obj.pk)
        except self.model.DoesNotExist:
            raise RowGone from None

    def create(self, *, form, user, reason: str):
        """Write a new row and return it."""
        form.instance.full_clean()
        form.instance.save()
        return form.instance

    def change(self, *, obj, form, user, reason: str) -> None:
        """Write the fields that the form changed; ``obj`` is as in the form."""
        obj.full_clean()
        obj.save()

    def delete_object(self, *, obj, user, reason):
        with recording(user=user, reason=demand_reason(reason)):
            obj.delete()

    def save_model(self, request, obj, form, change):
        authorship = {
            "user": request.user,
            "reason": demand_reason(form.reason_given()),
        }
        with recording(**authorship) as recorded:
            if not change:
                self._adopt(obj, self.create(form=form, **authorship))
            elif form.has_changed():
                form.demand_unchanged(self.lock(obj))
                self.change(obj=obj, form=form, **authorship)
            else:
                request.nothing_changed = True
        if change or not isinstance(obj, Edition):  # a new draft is discarded instead
            edition = edition_of(obj)
            request.undo_address = undo_address(edition, recorded)
            if "reason" in form.fields:
                remember_reason(request, edition, form.cleaned_data["reason"])

    @staticmethod
    def _adopt(obj, created):
        """Make the form's instance the row that the service wrote."""
        if obj is not created:
            obj.__dict__.update(created.__dict__)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The page; what a service refuses is shown on the form, with its text.

        The refusal has rolled the transaction back; the second pass cannot save,
        because the form then carries the refusal as an error.
        """
        if "_saveasnew" in request.POST:
            raise PermissionDenied  # Django would take it whatever save_as says.
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except REFUSALS as refusal:
            request.refusal = refusal
        except PermissionDenied:
            if request.method != "POST":
                raise
            # Perhaps taken away while the person wrote.
            return kept_page(self, request, str(NotAllowed()), NotAllowed.status)
        response = super().changeform_view(request, object_id, form_url, extra_context)
        if isinstance(request.refusal, DomainError):
            response.status_code = request.refusal.status
        return response

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        if request.method != "POST":
            return super()._get_obj_does_not_exist_redirect(request, opts, object_id)
        return kept_page(self, request, str(RowGone()), RowGone.status)

    # Reading

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        edition = edition_of(obj) if obj else getattr(request, "target_edition", None)
        form.last_reason = last_reason(request, edition)
        return form

    def get_fieldsets(self, request, obj=None):
        fieldsets = list(super().get_fieldsets(request, obj))
        writes = (
            self.has_change_permission(request, obj)
            if obj
            else self.has_add_permission(request)
        )
        if writes:
            fieldsets.append((None, {"fields": ["reason", "seen"]}))
        return fieldsets

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        widget = getattr(field, "widget", None)
        if isinstance(widget, RelatedFieldWidgetWrapper):
            # No windows that open for related rows: they have pages of their own.
            widget.can_add_related = widget.can_change_related = False
            widget.can_delete_related = widget.can_view_related = False
        return field

    def get_fields(self, request, obj=None):
        if self.fields:
            return self.fields
        return [
            name
            for name in super().get_fields(request, obj)
            if name not in ("reason", "seen")
        ]

    def get_view_on_site_url(self, obj=None):
        if obj is None or not hasattr(obj, "get_absolute_url"):
            return None
        try:
            return obj.get_absolute_url()
        except NoReverseMatch:
            return None

    def render_change_form(
        self, request, context, add=False, change=False, form_url="", obj=None
    ):
        if obj is not None:
            context.update(
                steps=self.offered_steps(request, obj),
                closed_because=self.closed_because(obj),
            )
        context.setdefault("show_save_and_add_another", False)
        return super().render_change_form(request, context, add, change, form_url, obj)

    # Saying

    def message_user(self, request, message, level=messages.INFO, *args, **kwargs):
        if level == messages.SUCCESS:
            message = with_undo(message, getattr(request, "undo_address", ""))
        super().message_user(request, message, level, *args, **kwargs)

    def log_change(self, request, obj, message):
        if not getattr(request, "nothing_changed", False):
            return super().log_change(request, obj, message)
        return None

    def response_change(self, request, obj):
        if getattr(request, "nothing_changed", False):
            self.message_user(
                request, _("No había ningún cambio que guardar."), messages.WARNING
            )
            if "_continue" in request.POST:
                return HttpResponseRedirect(request.get_full_path())
            return self.response_post_save_change(request, obj)
        return super().response_change(request, obj)


class ReadOnlyAdmin(RoleAdmin):
    """A record of what happened: it can be read and filtered, never written."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
