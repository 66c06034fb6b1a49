"""What became of units and functions over time, and who changed what in an edition.

Across editions is for everybody who may read them. Who saved what, when and why is for
people with a role: on a draft's pages, which nobody else sees, and on the history of an
edition, which is never kept by browsers or proxies.
"""

from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from functions.labels import anchor as anchor_of
from functions.models import Function
from functions.querysets import nest
from manual_org.web import history_words as words
from manual_org.web.history_filters import HistoryFilterForm
from manual_org.web.mixins import EditionPage
from manual_org.web.standing import standing_of
from manual_org.web.views.units import UnitPage
from manual_org.web.words import validity
from manuals import permissions
from manuals.models import Edition
from review.history import words as said
from review.history.changes import DELETED
from review.history.kinds import path_label
from review.history.over_time import function_over_time, unit_over_time
from review.history.saves import moments, people, saves
from review.history.scope import Scope, function_scope, unit_scope
from review.history.stages import flat
from review.history.told import ToldSave

PER_PAGE = 20
LATEST = 5  # saves of a unit shown on its page in a draft

# Where the admin shows one record of a row.
RECORDS = {
    "unit": "admin:units_unit_simple_history",
    "function": "admin:functions_function_simple_history",
    "chapter": "admin:manuals_chapter_simple_history",
    "edition": "admin:manuals_edition_simple_history",
    "note": "admin:review_changenote_simple_history",
    "succession": "admin:review_succession_simple_history",
}
RESTORABLE = ("unit", "function")


class ShownSave(ToldSave):
    """A save in words, for the template; links lead to the admin's records."""

    def __init__(self, save, *, edition, with_records):
        self.clock = said.clock(save)
        self._is_draft = edition.is_draft
        self._with_records = with_records
        super().__init__(save)

    def told(self, change):
        folded = change.kind in ("chapter", "edition")
        return {
            **super().told(change),
            "tone": "tag-warn" if change.action == DELETED else "",
            "text": words.redline(change.text, folded=folded)
            if said.shows_text(change)
            else "",
            "facts": [
                (fact, words.redline(fact.redline, folded=folded))
                for fact in change.facts
            ],
            "record_url": self._record_url(change),
            "record_words": _("Ver o restaurar")
            if self._is_draft and change.kind in RESTORABLE
            else _("Ver el registro"),
        }

    def _record_url(self, change):
        if not self._with_records or change.kind not in RECORDS:
            return ""
        return reverse(RECORDS[change.kind], args=[change.id, change.history_id])


class HistoryPage(UnitPage):
    """A page of a unit that tells its history, or that of one of its functions.

    In a draft it tells the latest saves too.
    """

    def latest(self, scope) -> dict:
        """The last saves of a draft in the scope, for the template."""
        page = list(moments(scope)[: LATEST + 1])
        staff = self.request.user.is_staff
        shown = [
            ShownSave(save, edition=self.edition, with_records=staff)
            for save in saves(scope, page[:LATEST])
        ]
        query = urlencode({"rama": self.unit.code, "sola": "on"})
        return {
            "days": said.days(shown),
            "more": len(page) > LATEST,
            "saves_url": f"{self.edition_url}historial/?{query}",
        }

    @cached_property
    def timeline(self) -> list[Edition]:
        """The editions told of, in order of time; the draft of the page comes last."""
        closed = [edition for edition in self.editions if edition.is_closed]
        closed.sort(key=lambda edition: (edition.effective_from, edition.label))
        return closed if self.edition.is_closed else [*closed, self.edition]

    def shown_edition(self, stage):
        edition = stage.edition
        return {
            "edition": edition.label,
            "standing": standing_of(edition, self.day),
            "validity": validity(edition.effective_from, edition.last_day())
            if edition.is_closed
            else "",
            "compared": stage.before.edition.label if stage.before else "",
        }

    def page_of(self, edition, code, anchor=""):
        address = reverse("web:unit", args=[self.manual.slug, edition.label, code])
        return f"{address}#{anchor}" if anchor else address

    def history_of(self, edition, code, anchor):
        return reverse(
            "web:function-history", args=[self.manual.slug, edition.label, code, anchor]
        )


class UnitHistoryView(HistoryPage):
    template_name = "web/history_unit.html"
    url_name = "unit-history"

    def get_context_data(self, **kwargs):
        if not self.edition.is_closed:
            kwargs |= self.latest(unit_scope(self.edition, self.unit.key))
        return super().get_context_data(
            unit=self.unit,
            unit_page=self.page_of(self.edition, self.unit.code),
            stages=[
                self._stage(stage)
                for stage in unit_over_time(self.unit.key, self.timeline)
            ],
            functions=self._functions(),
            **kwargs,
        )

    def _stage(self, stage):
        unit = stage.unit
        return {
            **self.shown_edition(stage),
            "url": self.page_of(stage.edition, unit.place.code) if unit else "",
            "code": unit.place.code if unit else "",
            "name": words.redline(stage.name) or (unit.place.name if unit else ""),
            "parent": unit.parent if unit else None,
            "remarks": words.unit_remarks(stage),
            "objective": words.redline(stage.objective),
            "summary": words.function_summary(stage),
            "functions": [self._step(stage, step) for step in stage.functions],
        }

    def _step(self, stage, step):
        """A function told with the edition that has it: the new one, else the old."""
        gone = step.change in ("suppressed", "left")
        there = stage.before if gone else stage
        code = there.unit.place.code
        return {
            "depth": step.depth,
            "tag": words.step_tag(step),
            "tone": "tag-warn" if gone else "tag-quiet" if step.cosmetic else "",
            "text": words.redline(step.redline),
            "url": self.history_of(there.edition, code, step.anchor),
            "name": said.item_name(step.label),
        }

    def _functions(self):
        """The functions and items that the edition has, each with its own history."""
        rows = Function.objects.filter(unit=self.unit.id).rows()
        listed = flat(nest(rows).get(self.unit.id, []))
        return [
            {
                "label": path_label(text.path),
                "depth": len(text.path) - 1,
                "text": said.excerpt(text.text, 60),
                "url": self.history_of(
                    self.edition, self.unit.code, anchor_of(*text.path)
                ),
            }
            for text in listed.values()
        ]


class FunctionHistoryView(HistoryPage):
    """The history of the function that the edition has at an anchor of the unit."""

    template_name = "web/history_function.html"
    url_name = "unit-history"

    def get_context_data(self, anchor, **kwargs):
        rows = Function.objects.filter(unit=self.unit.id).rows()
        listed = flat(nest(rows).get(self.unit.id, []))
        key = next(
            (key for key, text in listed.items() if anchor_of(*text.path) == anchor),
            None,
        )
        if key is None:
            raise Http404
        if not self.edition.is_closed:
            kwargs |= self.latest(function_scope(self.edition, key))
        return super().get_context_data(
            unit=self.unit,
            function_label=path_label(listed[key].path).removesuffix("."),
            depth=len(listed[key].path) - 1,
            function_page=self.page_of(self.edition, self.unit.code, anchor),
            unit_history=self.unit_url(self.unit.code),
            permanent_url=reverse("web:function-by-key", args=[key]),
            stages=[
                self._stage(stage) for stage in function_over_time(key, self.timeline)
            ],
            **kwargs,
        )

    def _stage(self, stage):
        place = stage.place
        return {
            **self.shown_edition(stage),
            "url": self.page_of(stage.edition, place.code, stage.anchor)
            if place
            else "",
            "place": place,
            "number": stage.label,
            "remarks": words.function_remarks(stage),
            "text": words.redline(stage.redline),
            "items": [
                {
                    "name": said.item_name(step.label),
                    "tag": words.step_tag(step),
                    "text": words.redline(step.redline),
                }
                for step in stage.items
            ],
        }


class EditionHistoryView(EditionPage):
    """Everything saved in an edition or a branch of it, latest first."""

    template_name = "web/history_edition.html"
    personal = True

    def get(self, request, *args, **kwargs):
        if not permissions.may_read_drafts(request.user):
            if request.user.is_authenticated:
                raise PermissionDenied
            return redirect_to_login(request.get_full_path())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        form = HistoryFilterForm(
            self.request.GET,
            edition=self.edition,
            people=people(Scope(self.edition)),
        )
        page = None
        if form.is_valid():
            scope = form.scope()
            paginator = Paginator(moments(scope, form.filters()), PER_PAGE)
            page = paginator.get_page(self.request.GET.get("pagina"))
            told = saves(scope, list(page.object_list))
            staff = self.request.user.is_staff
            page.days = said.days(
                [
                    ShownSave(save, edition=self.edition, with_records=staff)
                    for save in told
                ]
            )
        return super().get_context_data(
            form=form,
            page=page,
            query=self._query(),
            history_url=self.request.path,
            **kwargs,
        )

    def _query(self):
        """The filters of the address, for links to other pages of the list."""
        query = self.request.GET.copy()
        query.pop("pagina", None)
        return f"{query.urlencode()}&" if query else ""
