"""A chapter of an edition: its numbered blocks, its charts or the whole structure."""

from django.http import Http404
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from manual_org.web import render
from manual_org.web.mixins import EditionPage
from manual_org.web.words import spoken_date
from manuals.models import Chapter

ALL_LEVELS = 1000


class ChapterView(EditionPage):
    template_name = "web/chapter_detail.html"

    def get_context_data(self, **kwargs):
        numbers = [chapter["number"] for chapter in self.chapters]
        if kwargs["number"] not in numbers:
            raise Http404
        place = numbers.index(kwargs["number"])
        chapter = self.chapters[place]
        return super().get_context_data(
            title=f"{chapter['number']}. {chapter['title']}",
            body=self.kept(f"chapter {chapter['number']}", lambda: self._body(place)),
            **kwargs,
        )

    def _body(self, place):
        chapter = self.edition.chapters.get(number=self.chapters[place]["number"])
        following = place + 1
        context = {
            "edition_url": self.edition_url,
            "chapter": chapter,
            "chapters": self.chapters,
            "previous": self.chapters[place - 1] if place else None,
            "next": self.chapters[following]
            if following < len(self.chapters)
            else None,
            "blocks": render.blocks(chapter.blocks(), self.texts.inline),
        }
        if chapter.kind == Chapter.Kind.CHARTS:
            context["charts"] = [
                self._chart(chart) for chart in chapter.charts.order_by("position")
            ]
        if chapter.kind == Chapter.Kind.FUNCTIONS and len(self.outline):
            context["summary"] = self.get_summary()
            context["tree"] = render.tree(
                self.outline, self.function_counts, self.edition_url, ALL_LEVELS
            )
        return render_to_string("web/_chapter.html", context)

    def _chart(self, chart):
        unit = self.outline.by_key.get(chart.unit_key)
        return {
            "number": chart.number,
            "title": chart.title,
            "unit_code": unit.code if unit else "",
            "validity": chart.effective_from
            and _("Vigencia: %(day)s") % {"day": spoken_date(chart.effective_from)},
        }
