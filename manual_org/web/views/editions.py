"""The home of an edition: its structure, chapters and authorisation."""

from collections import Counter

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from manual_org.web import render, trees
from manual_org.web.mixins import EditionPage
from manual_org.web.reading import edition_with_chapters
from manual_org.web.words import number, spoken_date, validity
from manuals.models import Edition


class EditionView(EditionPage):
    template_name = "web/edition_detail.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            parts=self.kept("home", self._parts),
            today=self.kept(f"home {self.day}", self._today),
            comparison_url=self.comparison_url,
            **kwargs,
        )

    def _parts(self):
        """What stays on the page as long as the edition exists."""
        edition, chapters = edition_with_chapters(self.edition.pk)
        levels = Counter(unit.kind for unit in self.outline)
        context = {
            "edition_url": self.edition_url,
            "levels": [(kind, number(count)) for kind, count in levels.items()],
            "tree": trees.tree(self.outline, self.function_counts, self.edition_url),
            "edition": edition,
            "chapters": chapters,
            "facts": self._facts(edition),
            "authorisation_text": render.prose(edition.authorisation_text),
        }
        return {
            "summary": self.get_summary(),
            "jump": render_to_string("web/_edition_jump.html"),
            "structure": render_to_string("web/_structure.html", context),
            "panels": render_to_string("web/_edition_panels.html", context),
        }

    def _facts(self, edition):
        """(name, value) of what is known about who authorised the edition, and how."""
        document = edition.document_number
        if document and edition.document_date:
            document = _("%(document)s, del %(day)s") % {
                "document": document,
                "day": spoken_date(edition.document_date),
            }
        ratified_on = edition.ratified_on and spoken_date(edition.ratified_on)
        facts = [
            (_("Autorizó"), edition.authorised_by),
            (_("Cargo"), edition.authorised_position),
            (_("Ratificación"), ratified_on),
            (_("Oficio"), document),
            (_("Clave de registro"), edition.manual.registration_key),
            (_("Elaboró"), edition.elaborated_by),
            (_("Revisó"), edition.reviewed_by),
        ]
        if edition.numbering == Edition.Numbering.BULLETS:
            facts.append(
                (
                    _("Numeración"),
                    _(
                        "El documento impreso lleva viñetas. Los números y letras de "
                        "estas páginas siguen su orden y sirven para citar."
                    ),
                )
            )
        return [(name, value) for name, value in facts if value]

    def _today(self):
        """What changes with the day and with the manual's other editions."""
        others = [
            other
            for other in self.editions
            if other.is_closed and other.pk != self.edition.pk
        ]
        others.sort(key=lambda other: other.effective_from, reverse=True)
        context = {
            "others": [
                {
                    "label": other.label,
                    "url": self.url_of(other),
                    "validity": validity(other.effective_from, other.last_day()),
                }
                for other in others
            ]
        }
        return {
            "validity": _("Vigencia: %(days)s.")
            % {"days": validity(self.edition.effective_from, self.edition.last_day())},
            "others": render_to_string("web/_other_editions.html", context),
        }


class TreeView(EditionPage):
    """The whole tree as data, the same for all pages of the edition."""

    def get(self, request, *args, **kwargs):
        return HttpResponse(
            self.kept("tree", lambda: trees.data(self.outline)),
            content_type="application/json",
        )
