"""«Revisión del texto»: the findings of an edition, waived or mended in the admin."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from manuals import permissions
from manuals.admin.about import about_edition
from manuals.admin.content import closed_because
from manuals.admin.steps import StepView
from manuals.exceptions import Stale
from manuals.models import Edition
from review.admin import checks_found
from review.admin.checks_found import SEVERITIES, Asked, Found
from review.admin.checks_trend import trend
from review.checks.findings import Finding
from review.mending import mend
from review.models import Waiver
from review.waivers import waive, withdraw_waivers

PER_PAGE = 50
MOST = 300  # findings that one step takes


@about_edition
def checks_view(model_admin, request, edition: Edition):
    """The findings that the address asks for, page by page."""
    asked, found = Asked.read(request.GET), Found(edition, request.user)
    whole = found.asked_for(asked)
    page = Paginator(whole, PER_PAGE).get_page(request.GET.get("p"))
    shown = found.shown(list(page.object_list))
    query = asked.query()
    rows = trend(found) if "tendencia" in request.GET else None
    address = model_admin.address
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Revisión del texto"),
        "subtitle": str(edition),
        "opts": model_admin.opts,
        "object": edition,
        "object_url": address("change", edition.pk),
        "page_obj": page,
        "page_query": f"{query}&" if query else "",
        "asked": asked,
        "counts": checks_found.counts_said(found.counts),
        "groups": found.groups(shown, asked, whole),
        "number": len(whole),
        "has_waivable": any(one.may_waive and not one.waiver for one in shown),
        "has_waived": any(one.may_waive and one.waiver for one in shown),
        "has_fixable": any(one.can_fix for one in shown),
        "severities": SEVERITIES.items(),
        "overview": found.overview(),
        "narrowed": bool(query),
        "chapters": checks_found.CHAPTERS,
        "units": found.outline.units,
        "waive_url": address("waive", edition.pk),
        "unwaive_url": address("unwaive", edition.pk),
        "fix_url": address("fix", edition.pk),
        "waivers_url": address("waivers", edition.pk),
        "trend": rows,
        "trend_left": any(numbers is None for _edition, numbers in rows or ()),
    }
    return TemplateResponse(request, "admin/review/checks.html", context)


class FindingsStep(StepView):
    """Something done with findings chosen on the page, or with those of a rule."""

    template_name = "admin/review/checks_step.html"
    changes_content = False
    nothing = gettext_lazy("Elija al menos un hallazgo.")

    @classmethod
    def permitted(cls, model_admin, request, obj):
        return permissions.may_edit(request.user, obj.manual)

    def takes(self, finding: Finding) -> bool:
        """Whether the step is for such a finding."""
        raise NotImplementedError

    def find(self, *, object_id):
        response = super().find(object_id=str(object_id))
        if response is not None:
            return response
        self.found = Found(self.object, self.request.user)
        query = self.request.GET
        if query.get("regla"):
            named = [one for one in self.found.all if one.rule == query["regla"]]
        else:
            named = self.found.named(query.getlist("f"))
        taken = {one.fingerprint: one for one in named if self.takes(one)}
        self.offered = list(taken.values())[:MOST]
        self.left = len(taken) - len(self.offered)
        if not self.offered:
            gone = self.request.method == "POST"
            return self.refuse(str(Stale.default_message if gone else self.nothing))
        return None

    def chosen(self) -> list[Finding]:
        """The ones that are ticked. Raises Stale if some are not there any more.

        A fingerprint holds the text: who ticked one saw the text as it is.
        """
        ticked = set(self.request.POST.getlist("f"))
        chosen = [
            one
            for one in self.offered
            if one.fingerprint[: checks_found.SHORT] in ticked
        ]
        if not ticked:
            raise ValidationError(str(self.nothing))
        if len({one.fingerprint for one in chosen}) < len(ticked):
            raise Stale
        return chosen

    def object_url(self):
        return self.model_admin.address("checks", self.object.pk)

    def message(self):
        return self.said(self.number)

    def get_context_data(self, **kwargs):
        ticked = None
        if self.request.method == "POST":
            ticked = set(self.request.POST.getlist("f"))
        shown = self.found.shown(self.offered)
        for one in shown:
            one.ticked = ticked is None or one.value in ticked
        return super().get_context_data(
            shown=shown,
            left=self.left,
            crumbs=[(_("Revisión del texto"), self.object_url())],
            **kwargs,
        )


class WaiveStep(FindingsStep):
    """Let texts stand, with a reason."""

    title = gettext_lazy("Dispensar hallazgos")
    button = gettext_lazy("Dispensar lo elegido")
    explanation = gettext_lazy(
        "El texto se queda como está y el hallazgo deja de contar, en esta edición y "
        "en las demás del manual, mientras el texto no cambie. La dispensa se puede "
        "retirar."
    )

    def takes(self, finding):
        return not finding.waived and finding in self.found.reach

    def perform(self, form):
        chosen = self.chosen()
        self.number = len(chosen)
        waive(edition=self.object, findings=chosen, **self.authorship(form))

    def said(self, number):
        return ngettext(
            "Se dispensó %(n)d hallazgo.", "Se dispensaron %(n)d hallazgos.", number
        ) % {"n": number}


class UnwaiveStep(FindingsStep):
    """Take waivers back, with a reason."""

    title = gettext_lazy("Retirar dispensas")
    button = gettext_lazy("Retirar lo elegido")
    explanation = gettext_lazy(
        "El hallazgo vuelve a contar en todas las ediciones del manual. La dispensa "
        "queda en el historial."
    )

    def takes(self, finding):
        return finding.waived and finding in self.found.reach

    def perform(self, form):
        prints = [one.fingerprint for one in self.chosen()]
        waivers = Waiver.objects.filter(
            manual=self.object.manual, fingerprint__in=prints
        )
        self.number = withdraw_waivers(waivers=waivers, **self.authorship(form))

    def said(self, number):
        return ngettext(
            "Se retiró %(n)d dispensa.", "Se retiraron %(n)d dispensas.", number
        ) % {"n": number}


class FixStep(FindingsStep):
    """Mend what is safe, after showing it; one save and one undo."""

    title = gettext_lazy("Corregir el texto")
    button = gettext_lazy("Corregir lo elegido")
    changes_content = True
    nothing = gettext_lazy("Elija al menos un hallazgo que se pueda corregir aquí.")
    explanation = gettext_lazy(
        "Nada se guarda hasta que usted confirme. Lo que se corrige de una vez se "
        "deshace de una vez."
    )

    @classmethod
    def why_not(cls, model_admin, obj):
        return closed_because(obj)

    def takes(self, finding):
        return self.found.may_fix(finding)

    def perform(self, form):
        self.number = mend(
            edition=self.object, findings=self.chosen(), **self.authorship(form)
        )

    def said(self, number):
        return ngettext(
            "Se corrigió %(n)d texto.", "Se corrigieron %(n)d textos.", number
        ) % {"n": number}
