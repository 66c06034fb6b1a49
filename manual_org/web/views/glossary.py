"""The glossary of an edition's manual: what its acronyms and terms stand for."""

from itertools import groupby

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from manual_org.web.mixins import EditionPage
from manual_org.web.words import number


class GlossaryView(EditionPage):
    template_name = "web/glossary.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            body=self.kept("glossary page", self._body), **kwargs
        )

    def _body(self):
        letters = [
            (letter, list(entries))
            for letter, entries in groupby(self.glossary, lambda entry: entry.letter)
        ]
        count = len(self.glossary)
        context = {
            "letters": letters,
            "edition_url": self.edition_url,
            "summary": ngettext(
                "%(count)s sigla o término.", "%(count)s siglas y términos.", count
            )
            % {"count": number(count)},
        }
        return render_to_string("web/_glossary.html", context)

    def counterpart(self, edition):
        return reverse("web:glossary", args=[self.manual.slug, edition.label])

    def words_of_way(self, *, is_there):
        return _("Ver el glosario desde la edición vigente (%(label)s)")
