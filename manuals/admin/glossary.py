"""The glossary in the admin: terms by hand, and the decision about proposals."""

from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Case, Exists, OuterRef, When
from django.db.models.functions import Lower
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from manuals import permissions
from manuals.admin.base import ServiceAdmin
from manuals.admin.forms import REFUSALS, ReasonForm, add_refusal, fingerprint
from manuals.admin.steps import StepView
from manuals.exceptions import DomainError, Stale
from manuals.models import GlossaryTerm, Manual
from manuals.services import (
    accept_terms,
    add_term,
    change_term,
    reject_terms,
    remove_term,
)

Status = GlossaryTerm.Status


def shown(terms) -> list:
    """What a person sees of terms, to notice whether it changed meanwhile."""
    return [[term.pk, term.term, term.meaning, term.status] for term in terms]


class TermStep(StepView):
    """A decision about one term; it leads back to the list."""

    @classmethod
    def permitted(cls, model_admin, request, obj):
        return model_admin.may_change(request.user, obj)

    def watched(self):
        return shown([self.object])

    def facts(self):
        term = self.object
        found = [
            (_("Manual"), term.manual),
            (_("Término"), term.term),
            (_("Significado"), term.meaning),
            (_("Estado"), term.get_status_display()),
        ]
        if term.excerpt:
            found.append((_("Lugar"), self.model_admin.found(term)))
            found.append((_("Frase"), term.excerpt))
        if term.competing().exists():
            found.append((_("Otros significados"), self.model_admin.rivals(term)))
        return found

    def get_success_url(self):
        return self.model_admin.address("changelist")


class AcceptStep(TermStep):
    slug = "aceptar"
    title = gettext_lazy("Aceptar")
    explanation = gettext_lazy(
        "El significado se mostrará a quien lee el manual, en todas sus ediciones."
    )
    done = gettext_lazy("Se aceptó «%(object)s».")
    prominent = True

    @classmethod
    def why_not(cls, model_admin, obj):
        return _("Ya está aceptado.") if obj.status == Status.ACCEPTED else ""

    def perform(self, form):
        accept_terms(terms=[self.object], **self.authorship(form))


class RejectStep(TermStep):
    slug = "rechazar"
    title = gettext_lazy("Rechazar")
    explanation = gettext_lazy(
        "No se mostrará a quien lee el manual, y las importaciones no volverán a "
        "proponerlo."
    )
    done = gettext_lazy("Se rechazó «%(object)s».")

    @classmethod
    def why_not(cls, model_admin, obj):
        return _("Ya está rechazado.") if obj.status == Status.REJECTED else ""

    def perform(self, form):
        reject_terms(terms=[self.object], **self.authorship(form))


class DecisionForm(ReasonForm):
    """The reason of a decision about several terms, and which ones they are."""

    action = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, terms, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[ACTION_CHECKBOX_NAME] = forms.Field(
            initial=[term.pk for term in terms],
            required=False,
            widget=forms.MultipleHiddenInput,
        )


class GlossaryTermAdmin(ServiceAdmin):
    """Terms that wait for a decision come first, each beside its other meanings."""

    index_order = 45
    writers = staticmethod(permissions.may_manage_catalogues)
    steps = (AcceptStep, RejectStep)
    actions = ["accept_selected", "reject_selected"]
    deleted_related = ("manual",)
    list_display = ["term", "meanings", "state", "context", "manual_name"]
    list_filter = ["status", ("manual", admin.RelatedOnlyFieldListFilter)]
    list_per_page = 50
    sortable_by = ("term", "manual_name")
    search_fields = ["term", "meaning", "explanation"]
    fields = ["manual", "term", "meaning", "explanation"]
    found_fields = ["state", "rivals", "context"]

    def get_fields(self, request, obj=None):
        return [*self.fields, *(self.found_fields if obj else [])]

    def get_readonly_fields(self, request, obj=None):
        return ["manual", *self.found_fields] if obj else []

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        return queryset.select_related("manual", "found_in__manual")

    def get_ordering(self, request):
        waiting = GlossaryTerm.objects.proposed().filter(
            manual=OuterRef("manual"), term=OuterRef("term")
        )
        rank = Case(
            When(status=Status.ACCEPTED, then=0),
            When(status=Status.PROPOSED, then=1),
            default=2,
        )
        return [Exists(waiting).desc(), "manual__title", Lower("term"), rank, "pk"]

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        # The other meanings of a whole page at once.
        rows = list(changelist.result_list)
        others = GlossaryTerm.objects.filter(
            manual__in={row.manual_id for row in rows},
            term__in={row.term for row in rows},
        )
        meanings: dict[tuple[int, str], list[GlossaryTerm]] = {}
        for other in others:
            meanings.setdefault((other.manual_id, other.term), []).append(other)
        for row in rows:
            row.rival_terms = [
                other
                for other in meanings[row.manual_id, row.term]
                if other.pk != row.pk
            ]
        changelist.result_list = rows
        return changelist

    def create(self, *, form, user, reason):
        return add_term(user=user, reason=reason, **form.field_values())

    def change(self, *, obj, form, user, reason):
        change_term(entry=obj, user=user, reason=reason, **form.field_values())

    def delete_object(self, *, obj, user, reason):
        remove_term(entry=obj, user=user, reason=reason)

    def get_changeform_initial_data(self, request):
        only = Manual.objects.all()[:2]
        return {"manual": only[0].pk} if len(only) == 1 else {}

    # Several at once

    @admin.action(
        description=gettext_lazy("Aceptar los términos elegidos"),
        permissions=["change"],
    )
    def accept_selected(self, request, queryset):
        return self._decide(request, queryset, AcceptStep, accept_terms)

    @admin.action(
        description=gettext_lazy("Rechazar los términos elegidos"),
        permissions=["change"],
    )
    def reject_selected(self, request, queryset):
        return self._decide(request, queryset, RejectStep, reject_terms)

    def _decide(self, request, queryset, step, service):
        """Show the terms with their sentences; decide once the reason is given."""
        terms = list(queryset)
        now = fingerprint(shown(terms))
        given = request.POST if "reason" in request.POST else None
        initial = {"action": request.POST["action"], "seen": now}
        form = DecisionForm(given, terms=terms, initial=initial)
        status = 200
        if given is not None and form.is_valid():
            try:
                if form.cleaned_data["seen"] != now:
                    raise Stale
                changed = service(
                    terms=terms, user=request.user, reason=form.cleaned_data["reason"]
                )
            except REFUSALS as refusal:
                add_refusal(form, refusal)
                form.data = form.data.copy()
                form.data["seen"] = now
                status = getattr(refusal, "status", 400)
                if not isinstance(refusal, DomainError):
                    status = 200
            else:
                return self._decided(request, step, changed)
        context = {
            **self.admin_site.each_context(request),
            "title": step.title,
            "opts": self.opts,
            "view": step,
            "form": form,
            "terms": [(term, self.found(term)) for term in terms],
            "button": step.title,
            "object_url": request.get_full_path(),
        }
        return TemplateResponse(
            request, "admin/manuals/glossaryterm/decide.html", context, status=status
        )

    def _decided(self, request, step, changed):
        for term in changed:
            self.log_change(request, term, str(step.title))
        if step is AcceptStep:
            said = ngettext(
                "Se aceptó %(number)d término.",
                "Se aceptaron %(number)d términos.",
                len(changed),
            )
        else:
            said = ngettext(
                "Se rechazó %(number)d término.",
                "Se rechazaron %(number)d términos.",
                len(changed),
            )
        self.message_user(
            request,
            said % {"number": len(changed)},
            messages.SUCCESS if changed else messages.WARNING,
        )
        return HttpResponseRedirect(request.get_full_path())

    # Columns

    def shown_of_deleted(self, record):
        return f"{record.term}: {record.meaning} ({record.manual})"

    @admin.display(description=gettext_lazy("manual"), ordering="manual__title")
    def manual_name(self, term):
        return term.manual.acronym or term.manual.title

    @admin.display(description=gettext_lazy("estado"))
    def state(self, term):
        word = term.get_status_display()
        if term.status == Status.PROPOSED:
            return format_html("<strong>{}</strong>", word)
        return word

    @admin.display(description=gettext_lazy("significado"))
    def meanings(self, term):
        """The row's meaning, and below it the others that its term has."""
        rivals = self.rivals(term)
        if not rivals:
            return term.meaning
        also = _("También en el glosario:")
        return format_html(
            '{}<div class="also"><p>{}</p>{}</div>', term.meaning, also, rivals
        )

    @admin.display(description=gettext_lazy("otros significados"))
    def rivals(self, term):
        others = getattr(term, "rival_terms", None)
        if others is None:
            others = list(term.competing())
        return format_html_join(
            "",
            '<div><a href="{}">{}</a> ({})</div>',
            (
                (
                    self.address("change", other.pk),
                    other.meaning,
                    other.get_status_display(),
                )
                for other in others
            ),
        )

    @admin.display(description=gettext_lazy("dónde se halló"))
    def context(self, term):
        if not term.excerpt:
            return _("Lo agregó una persona.")
        return format_html("{}<br>{}", self.found(term), term.excerpt)

    @staticmethod
    def found(term):
        """The edition and the place, leading to it."""
        if term.found_in is None:
            return term.place
        edition = term.found_in
        url = reverse("web:edition", args=[edition.manual.slug, edition.label])
        return format_html(
            '<a href="{}{}">{}: {}</a>', url, term.address, edition.label, term.place
        )


admin.site.register(GlossaryTerm, GlossaryTermAdmin)
