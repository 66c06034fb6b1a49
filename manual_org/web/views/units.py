"""The page of a unit: what it does, whom it belongs to, what hangs from it."""

from urllib.parse import quote

from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from functions.mentions import index_of, mentions_of
from manual_org.web import render, trees
from manual_org.web.citations import citing_unit
from manual_org.web.mention_words import (
    functions_by_unit,
    mention_summary,
    more_units,
    short_mention_summary,
)
from manual_org.web.mixins import EditionPage
from manual_org.web.reading import codes_in_editions, unit_with_functions
from manual_org.web.standing import standing_of
from manual_org.web.views.identifiers import HttpResponseSeeOther
from manual_org.web.words import enumeration, function_count, number, spoken_date
from manuals import permissions
from manuals.models import Edition
from units.models import Unit

UNITS_KEPT = 512  # per edition
MENTIONING_SHOWN = 10


class UnitPage(EditionPage):
    """A page of one unit, ``url_name`` that of its address.

    A code that exists in the edition wins; else the unit is looked for by key.
    """

    url_name = ""

    def get(self, request, *args, **kwargs):
        code = kwargs["code"]
        self.unit = self.outline.by_code.get(code)
        if self.unit is not None:
            return super().get(request, *args, **kwargs)
        # As printed in many documents.
        if code.rstrip(".") in self.outline.by_code:
            return HttpResponseRedirect(self.unit_url(code.rstrip(".")))
        return self.elsewhere(code)

    def unit_url(self, code):
        return reverse(
            f"web:{self.url_name}", args=[self.manual.slug, self.edition.label, code]
        )

    def elsewhere(self, code):
        """The unit that has the code in another edition: 303 to it here, or where."""
        found = list(
            Unit.objects.filter(edition__in=self.manual.editions.published(), code=code)
            .with_edition()
            .order_by("-edition__effective_from")
        )
        for unit in found:
            here = self.outline.by_key.get(unit.key)
            if here is not None:
                return HttpResponseSeeOther(self.unit_url(here.code))
        self.template_name = "web/unit_elsewhere.html"
        return self.render_to_response(
            super().get_context_data(
                code=code,
                found=[
                    (unit, standing_of(unit.edition, self.day).word) for unit in found
                ],
            ),
            status=404,
        )

    @cached_property
    def codes(self):
        """Edition id -> the code that the unit has there, without those that lack it.

        Only of the editions that this page may name.
        """
        others = [one.pk for one in self.readable_editions if one is not self.edition]
        return codes_in_editions(self.unit.key, others) if others else {}

    def counterpart(self, edition):
        if self.unit is None:
            return super().counterpart(edition)
        if edition.pk == self.edition.pk:
            return self.unit_url(self.unit.code)
        code = self.codes.get(edition.pk)
        if code is None:
            return None
        return reverse(
            f"web:{self.url_name}", args=[self.manual.slug, edition.label, code]
        )

    def words_of_way(self, *, is_there):
        if self.unit is None:
            return super().words_of_way(is_there=is_there)
        if is_there:
            return _("Ver esta unidad en la edición vigente (%(label)s)")
        return _(
            "La edición vigente (%(label)s) no tiene esta unidad: ver su estructura"
        )

    def get_desk(self):
        desk = super().get_desk()
        is_draft = self.edition.status == Edition.Status.DRAFT
        if (
            desk
            and self.unit
            and is_draft
            and permissions.may_edit(self.request.user, self.manual)
        ):
            address = reverse("admin:units_unit_change", args=[self.unit.id])
            desk.insert(0, (address, _("Editar esta unidad")))
        return desk

    @property
    def words_of_lack(self):
        return _("No tiene esta unidad: verá su estructura.")

    def get_switch(self):
        # Of one unit: kept, if at all, with what else the page of the unit keeps.
        return self.new_switch()


class UnitView(UnitPage):
    template_name = "web/unit_detail.html"
    url_name = "unit"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            unit=self.unit,
            parts=self.parts,
            **kwargs,
        )

    def as_html(self, text):
        return self.texts.html(text, self.unit.key)

    @cached_property
    def function_counts(self):
        if not self.edition.is_closed:
            return super().function_counts
        # Counted while looking for mentions: the page needs no query of its own.
        return index_of(self.edition, self.outline).function_counts

    @cached_property
    def parts(self):
        """Everything on the page, kept with what the edition's other units have.

        Bounded, so that a manual of thousands of units does not fill the memory. The
        day is in the name: how editions stand is among the parts.
        """
        kept = self.kept(f"{self.day} unit parts", dict[int, dict])
        parts = kept.get(self.unit.id)
        if parts is None:
            parts = self._new_parts()
            for oldest in list(kept)[: max(0, len(kept) - UNITS_KEPT + 1)]:
                kept.pop(oldest, None)
            kept[self.unit.id] = parts
        return parts

    def _new_parts(self):
        unit = self.unit
        details, functions = unit_with_functions(unit.id)
        objective, positions, printed_code, printed_page = details
        citing = citing_unit(self.edition, self.day, unit.code)
        context = {
            "edition_url": self.edition_url,
            "unit": unit,
            "ancestors": unit.chain(),
            "summary": function_count(self.function_counts.get(unit.id, 0)),
            "children_summary": self._children_summary(),
            "mentions": self._mentions(),
            "objective": render.prose(objective),
            "edition": self.edition,
            "branch": trees.branch(self.outline, self.edition_url, unit),
            "tree_source": self.tree_source,
            "children": trees.children(unit, self.function_counts, self.edition_url),
            "changes_url": self._changes_url(),
            "positions": enumeration(positions),
            "printed_code": printed_code,
            "printed_page": printed_page,
            "permanent_url": reverse("web:unit-by-key", args=[unit.key]),
            "citation": self._citation(),
            "item_citation": citing.example_of_functions(functions),
        }
        return {
            "switch": super().get_switch(),
            "standing": super().get_standing(),
            "functions": render.function_list(functions, self.as_html, citing=citing),
            **{
                part: render_to_string(f"web/_unit_{part}.html", context)
                for part in ("links", "beside", "head", "mentions", "turn", "aside")
            },
        }

    def get_switch(self):
        return self.parts["switch"] if self.unit else super().get_switch()

    def get_standing(self):
        return self.parts["standing"] if self.unit else super().get_standing()

    def _changes_url(self):
        """Where the comparison with the edition before tells of the unit; or ""."""
        if not self.comparison_url:
            return ""
        branch = quote(self.unit.code, safe="")
        return f"{self.comparison_url}?rama={branch}#unidad-{self.unit.key}"

    def _children_summary(self):
        direct, below = len(self.unit.children), self.unit.descendants
        if not direct:
            return ""
        said = ngettext(
            "%(count)s unidad depende de esta",
            "%(count)s unidades dependen de esta",
            direct,
        ) % {"count": number(direct)}
        if below > direct:
            said = _("%(said)s (%(below)s en total)") % {
                "said": said,
                "below": number(below),
            }
        return said

    def _mentions(self):
        """Who names the unit: in words, and the units that do so most often."""
        others = mentions_of(self.edition, self.outline, self.unit).without(self.unit)
        by_unit = functions_by_unit(others.functions)
        return {
            "summary": mention_summary(others),
            "short": short_mention_summary(others),
            "units": [
                (self.outline.by_id[unit_id], function_count(count))
                for unit_id, count in by_unit[:MENTIONING_SHOWN]
            ],
            "more": more_units(len(by_unit) - MENTIONING_SHOWN),
        }

    def _citation(self):
        """How to cite the unit; nothing for what is not authorised yet."""
        edition = self.edition
        if not edition.is_closed:
            return ""
        parts = [
            f"{self.unit.name} ({self.unit.code})",
            self.manual.institution,
            self.manual.title,
            _("edición %(label)s") % {"label": edition.label},
        ]
        if edition.ratified_on:
            parts.append(
                _("ratificada el %(day)s") % {"day": spoken_date(edition.ratified_on)}
            )
        return ", ".join(part for part in parts if part)
