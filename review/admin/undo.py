"""The saves of an edition in the admin, and undoing one of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import groupby

from django.core.paginator import Paginator
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manuals import permissions
from manuals.admin.about import about_edition
from manuals.admin.content import closed_because
from manuals.admin.posted import posted_number
from manuals.admin.steps import StepView
from manuals.admin.undoing import moment_code, read_moment
from manuals.exceptions import DomainError
from manuals.models import Edition
from review.history import words
from review.history.changes import DELETED, Save
from review.history.saves import Filters, moments, saves
from review.history.scope import Scope
from review.history.told import ToldSave
from review.undo.reasons import proposed_reason
from review.undo.services import Undo, undo_save
from review.undo.standing import Undone, said_date
from units.models import Unit

PER_PAGE = 20
SHORT = 8  # changes that are shown without being asked for
TICK = timedelta(microseconds=1)


class ShownSave(ToldSave):
    """A save in words, for the templates."""

    def __init__(self, save: Save):
        super().__init__(save)
        self.code = moment_code(save.at)
        self.at = localtime(save.at)
        self.length = len(save.changes)
        self.is_long = self.length > SHORT

    def told(self, change) -> dict:
        return {
            **super().told(change),
            "deleted": change.action == DELETED,
            "text": words.folded(change.text) if words.shows_text(change) else (),
            "facts": [(fact, words.folded(fact.redline)) for fact in change.facts],
        }


class UndoStep(StepView):
    """Undo one save of a draft, after showing what it did."""

    slug = "deshacer"
    template_name = "admin/review/undo.html"
    title = gettext_lazy("Deshacer un cambio")
    button = gettext_lazy("Confirmar: deshacer")
    explanation = gettext_lazy(
        "Todo lo que sigue vuelve a ser como era antes, como un cambio nuevo que "
        "también se puede deshacer. Lo demás que cambió después se conserva."
    )

    @classmethod
    def permitted(cls, model_admin, request, obj):
        return permissions.may_edit(request.user, obj.manual)

    @classmethod
    def why_not(cls, model_admin, obj):
        return closed_because(obj)

    def find(self, *, object_id, moment):
        try:
            self.at = read_moment(moment)
            span = Filters(since=self.at, until=self.at + TICK)
        except (ValueError, OverflowError):  # no moment, or the last one of all
            raise Http404 from None
        found = super().find(object_id=str(object_id))
        if found is not None:
            return found
        scope = Scope(self.object)
        told = saves(scope, list(moments(scope, span)))
        if not told:
            raise Http404
        self.told = [ShownSave(save) for save in told]
        self.standing = self._standing()
        return None

    def _standing(self) -> DomainError | None:
        """What is in the way already, so that nobody confirms in vain."""
        try:
            Undo(self.object, self.at).demand_permission(self.request.user)
        except DomainError as refusal:
            return refusal
        return None

    def perform(self, form):
        undo_save(edition=self.object, moment=self.at, **self.authorship(form))

    def remember(self, edition, reason):
        pass  # the reason of an undo is of no use for what follows

    def message(self):
        return _("Se deshizo el cambio del %(date)s.") % {"date": said_date(self.at)}

    def get_initial(self):
        reason = next((told.save.reason for told in self.told if told.save.reason), "")
        return {**super().get_initial(), "reason": proposed_reason(reason, self.at)}

    def get_success_url(self):
        """Where the person came from, if that is still there."""
        back = self.request.POST.get("back", "")
        return back if self._is_there(back) else self._list_url()

    def _list_url(self) -> str:
        return self.model_admin.address("saves", self.object.pk)

    def _is_there(self, back: str) -> bool:
        if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
            return False
        try:
            match = resolve(back.partition("?")[0].partition("#")[0])
        except Resolver404:
            return False
        if match.url_name == "units_unit_change":
            unit_id = posted_number(match.kwargs["object_id"])
            return Unit.objects.filter(pk=unit_id).exists()
        return match.url_name in ("units_unit_structure", "units_unit_changelist")

    def _came_from(self) -> str:
        """The path of the page that led here, if it is one of ours."""
        if self.request.method == "POST":
            return self.request.POST.get("back", "")
        came = self.request.headers.get("referer", "")
        own = f"{self.request.scheme}://{self.request.get_host()}"
        return came.removeprefix(own) if came.startswith(f"{own}/") else ""

    def get_context_data(self, **kwargs):
        later = [
            (one, self._undo_url(one.at)) for one in getattr(self.standing, "later", ())
        ]
        undone_by = getattr(self.standing, "at", None)
        back = self._came_from()
        return super().get_context_data(
            told=self.told,
            standing=self.standing,
            later=later,
            redo_url=self._undo_url(undone_by) if undone_by else "",
            back=back,
            cancel_url=back if self._is_there(back) else self._list_url(),
            list_url=self._list_url(),
            **kwargs,
        )

    def _undo_url(self, at: datetime) -> str:
        return self.model_admin.address("undo", self.object.pk, moment_code(at))


@about_edition
def saves_view(model_admin, request, edition: Edition):
    """Everything saved in an edition, latest first; in a draft each with its undo."""
    scope = Scope(edition)
    page = Paginator(moments(scope), PER_PAGE).get_page(request.GET.get("p"))
    may_undo = edition.is_draft and permissions.may_edit(request.user, edition.manual)
    undone = Undone(edition)
    page.object_list = [
        _offered(model_admin, edition, ShownSave(save), undone, may_undo)
        for save in saves(scope, list(page.object_list))
    ]
    days = groupby(page.object_list, key=lambda told: told.at.date())
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Cambios guardados"),
        "subtitle": str(edition),
        "opts": model_admin.opts,
        "object": edition,
        "object_url": model_admin.address("change", edition.pk),
        "page_obj": page,
        "days": [
            (date_format(day, "DATE_FORMAT").lower(), list(told)) for day, told in days
        ],
        "closed_because": closed_because(edition),
    }
    return TemplateResponse(request, "admin/review/undo_saves.html", context)


def _offered(model_admin, edition, told: ShownSave, undone: Undone, may_undo: bool):
    """The save with what can be done about it."""
    at = told.save.at
    told.undone_by = undone.by(at)
    told.undoes = undone.undoes(at)
    asked = told.undone_by or at
    told.undo_url = (
        model_admin.address("undo", edition.pk, moment_code(asked))
        if may_undo and not told.save.is_beginning and not told.save.steps
        else ""
    )
    return told
