"""A chapter of an edition: its numbered blocks, its charts or the whole structure."""

from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from manual_org.web import charts, render, trees
from manual_org.web.citations import citing_chapter
from manual_org.web.mixins import EditionPage
from manual_org.web.reading import chapters_of_editions
from manual_org.web.switching import matching_chapter
from manual_org.web.words import spoken_date
from manuals.models import Chapter

ALL_LEVELS = 1000
CHARTS_DRAWN = 24  # in one chapter; the others are links


class ChapterView(EditionPage):
    template_name = "web/chapter_detail.html"

    def get_context_data(self, **kwargs):
        numbers = [chapter["number"] for chapter in self.chapters]
        if kwargs["number"] not in numbers:
            raise Http404
        place = numbers.index(kwargs["number"])
        self.chapter = self.chapters[place]
        number, title = self.chapter["number"], self.chapter["title"]
        # The day on which an edition is withdrawn changes how it is cited.
        name = f"{self.day} chapter {number}"
        return super().get_context_data(
            title=f"{number}. {title}",
            parts=self.kept(name, lambda: self._parts(place)),
            **kwargs,
        )

    @cached_property
    def chapters(self):
        return self.chapters_by_edition.get(self.edition.pk, [])

    @cached_property
    def chapters_by_edition(self):
        """The chapters of every edition that this page may name, by its id."""
        return self.kept(
            "chapters",
            lambda: chapters_of_editions([one.pk for one in self.readable_editions]),
        )

    def counterpart(self, edition):
        others = self.chapters_by_edition.get(edition.pk, [])
        chapter = matching_chapter(self.chapter, others)
        if chapter is None:
            return None
        return reverse(
            "web:chapter", args=[self.manual.slug, edition.label, chapter["number"]]
        )

    def words_of_way(self, *, is_there):
        if is_there:
            return _("Ver este capítulo en la edición vigente (%(label)s)")
        return _(
            "La edición vigente (%(label)s) no tiene este capítulo: ver su estructura"
        )

    @property
    def words_of_lack(self):
        return _("No tiene este capítulo: verá su estructura.")

    def get_switch(self):
        number = self.chapter["number"]
        return self.kept(f"{self.day} switch of chapter {number}", self.new_switch)

    def _parts(self, place):
        chapter = self.edition.chapters.get(number=self.chapters[place]["number"])
        following = place + 1
        blocks = chapter.blocks()
        citing = citing_chapter(self.edition, self.day, chapter.number)
        context = {
            "edition": self.edition,
            "edition_url": self.edition_url,
            "chapter": chapter,
            "chapters": self.chapters,
            "previous": self.chapters[place - 1] if place else None,
            "next": self.chapters[following]
            if following < len(self.chapters)
            else None,
            "blocks": render.blocks(blocks, self.texts.inline, citing),
            "item_citation": citing.example_of_blocks(blocks),
        }
        if chapter.kind == Chapter.Kind.CHARTS:
            context["charts"] = [
                self._chart(chart, is_drawn=place < CHARTS_DRAWN)
                for place, chart in enumerate(chapter.charts.order_by("position"))
            ]
        if chapter.kind == Chapter.Kind.FUNCTIONS and len(self.outline):
            context["summary"] = self.get_summary()
            context["tree"] = trees.tree(
                self.outline, self.function_counts, self.edition_url, ALL_LEVELS
            )
        else:
            context["branch"] = trees.branch(self.outline, self.edition_url)
            context["tree_source"] = self.tree_source
        return {
            part: render_to_string(f"web/_chapter{suffix}.html", context)
            for part, suffix in (("body", ""), ("beside", "_beside"))
        } | {"has_charts": "charts" in context}

    def _chart(self, chart, *, is_drawn):
        unit = self.outline.by_key.get(chart.unit_key)
        return {
            "number": chart.number,
            "title": chart.title,
            "unit": unit,
            "picture": charts.picture(self.outline, unit, self.edition)
            if unit and is_drawn
            else None,
            "validity": chart.effective_from
            and _("Vigencia: %(day)s") % {"day": spoken_date(chart.effective_from)},
        }
