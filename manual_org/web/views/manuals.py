"""The list of manuals, and the ways from a manual to the edition of a day."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from manual_org.web.mixins import PublicPage
from manual_org.web.reading import published_editions
from manual_org.web.standing import standing_of
from manual_org.web.words import spoken_date, validity
from manuals.dates import today
from manuals.models import Manual


class ManualListView(PublicPage):
    """Every manual that has a published edition, with the one in force today.

    Drafts are found in the admin: this page is the same for everybody.
    """

    template_name = "web/manual_list.html"

    def get_context_data(self, **kwargs):
        day = today()
        manuals, in_force = {}, {}
        for edition in published_editions():
            manuals[edition.manual_id] = edition.manual
            if edition.is_in_force(day):
                in_force[edition.manual_id] = edition
        ordered = sorted(manuals.values(), key=lambda manual: manual.title.casefold())
        return super().get_context_data(
            manuals=[
                (manual, self._status(in_force.get(manual.pk))) for manual in ordered
            ],
            **kwargs,
        )

    def _status(self, edition):
        if edition is None:
            return _("Sin edición vigente hoy.")
        return _("Edición %(label)s, vigente desde el %(day)s.") % {
            "label": edition.label,
            "day": spoken_date(edition.effective_from),
        }


class ManualView(PublicPage):
    """Leads to the edition in force today; where none is, lists the editions."""

    template_name = "web/manual_detail.html"
    status_without_edition = 200

    def get(self, request, *args, slug, day=None, code=None):
        self.manual = get_object_or_404(Manual, slug=slug)
        self.day = day or today()
        edition = self.manual.editions.in_force(self.day).first()
        if edition is not None:
            return HttpResponseRedirect(self._address(edition, code))
        editions = list(self.manual.editions.published().newest_first())
        if not editions:
            raise Http404
        return self.render_to_response(
            self.get_context_data(editions=editions, dated=day is not None),
            status=self.status_without_edition,
        )

    def _address(self, edition, code):
        if code is None:
            return reverse("web:edition", args=[self.manual.slug, edition.label])
        return reverse("web:unit", args=[self.manual.slug, edition.label, code])

    def get_context_data(self, editions, dated, **kwargs):
        return super().get_context_data(
            manual=self.manual,
            message=_("Ninguna edición estaba vigente el %(day)s.")
            % {"day": spoken_date(self.day)}
            if dated
            else _("Hoy no hay una edición vigente."),
            editions=[
                {
                    "label": edition.label,
                    "url": reverse(
                        "web:edition", args=[self.manual.slug, edition.label]
                    ),
                    "validity": validity(edition.effective_from, edition.last_day()),
                    "standing": standing_of(edition, today()),
                }
                for edition in editions
            ],
            **kwargs,
        )


class OnDayView(ManualView):
    """Leads to the edition in force on the day of the address, 404 where none was."""

    status_without_edition = 404
