"""Where an edition names a unit, and which units bear one name."""

from itertools import groupby

from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from functions.mentions import NamingFunction, mentions_of
from functions.models import Function
from manual_org.web import trees
from manual_org.web.mention_words import (
    functions_by_unit,
    item_label,
    mention_summary,
    own_mention_summary,
)
from manual_org.web.unit_links import UnitMarker, unit_address
from manual_org.web.views.units import UnitPage
from manual_org.web.words import enumeration, function_count, number
from manuals.models import Chapter

PER_PAGE = 80
ORPHANS = 20  # a last page that would hold no more is joined to the one before


def anchor_of(unit):
    return f"u-{unit.code}"


class UnitReferencePage(UnitPage):
    """A page about the name of a unit, with the structure beside it."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            unit=self.unit,
            unit_page=unit_address(self.edition_url, self.unit.code),
            branch=trees.branch(self.outline, self.edition_url, self.unit),
            tree_source=self.tree_source,
            **kwargs,
        )


class MentionsView(UnitReferencePage):
    """Every function and chapter that names the unit, in context, page by page.

    Other units come first, then the chapters, then what the unit says of itself.
    """

    template_name = "web/unit_mentions.html"
    url_name = "unit-mentions"

    def get_context_data(self, **kwargs):
        everything = mentions_of(self.edition, self.outline, self.unit)
        others = everything.without(self.unit)
        own = [one for one in everything.functions if one.unit_id == self.unit.id]
        paginator = Paginator(
            [*others.functions, *others.blocks, *own], PER_PAGE, ORPHANS
        )
        page = paginator.get_page(self.request.GET.get("pagina"))
        return super().get_context_data(
            summary=mention_summary(others),
            own_summary=own_mention_summary(own),
            page=page,
            naming=self._naming(others.functions, page),
            groups=self._groups(page.object_list),
            homonyms=len(self.names.sharing(self.unit.key)),
            **kwargs,
        )

    def _naming(self, functions, page):
        """The other units that name this one, each with the way to where it does."""
        counts = dict(functions_by_unit(functions))
        naming = []
        for unit_id, functions_before in self._first_places(functions).items():
            unit = self.outline.by_id[unit_id]
            on_page = min(functions_before // PER_PAGE + 1, page.paginator.num_pages)
            query = "" if on_page == page.number else f"?pagina={on_page}"
            url = f"{query}#{anchor_of(unit)}"
            naming.append((unit, url, function_count(counts[unit_id])))
        return naming

    def _first_places(self, functions):
        """Unit id -> the place of its first mention in the list."""
        places = {}
        for place, one in enumerate(functions):
            places.setdefault(one.unit_id, place)
        return places

    def _groups(self, shown):
        """What is on the page, by the unit or chapter that says it."""
        functions = [one for one in shown if isinstance(one, NamingFunction)]
        blocks = [one for one in shown if not isinstance(one, NamingFunction)]
        texts = dict(
            Function.objects.filter(pk__in=[one.id for one in functions]).values_list(
                "pk", "text"
            )
        )
        groups = [
            self._group_of_unit(self.outline.by_id[unit_id], found, texts)
            for unit_id, found in groupby(functions, key=lambda one: one.unit_id)
        ]
        place = len(groups)
        if groups and groups[-1]["is_own"]:
            place -= 1  # chapters come between other units and this one
        groups[place:place] = self._groups_of_chapters(blocks)
        return groups

    def _group_of_unit(self, unit, found, texts):
        address = unit_address(self.edition_url, unit.code)
        return {
            "anchor": anchor_of(unit),
            "code": unit.code,
            "title": unit.name,
            "url": address,
            "is_own": unit.id == self.unit.id,
            "items": [
                {
                    "label": item_label(one.positions),
                    "url": f"{address}#{one.anchor}",
                    "html": SafeString(self._marked.html(texts[one.id], unit.key)),
                }
                for one in found
                if one.id in texts  # it may be gone from a draft meanwhile
            ],
        }

    def _groups_of_chapters(self, found):
        numbers = {one.chapter for one in found}
        chapters = {
            chapter.number: chapter
            for chapter in Chapter.objects.filter(
                edition=self.edition, number__in=numbers
            )
        }
        groups = []
        for chapter_number, blocks in groupby(found, key=lambda one: one.chapter):
            chapter = chapters.get(chapter_number)
            if chapter is None:
                continue
            address = f"{self.edition_url}capitulos/{chapter_number}/"
            html = {block.number: block.html for block in chapter.blocks()}
            groups.append(
                {
                    "anchor": f"c-{chapter_number}",
                    "code": number(chapter_number),
                    "title": chapter.title,
                    "url": address,
                    "is_own": False,
                    "items": [
                        {
                            "label": _("Párrafo %(number)s") % {"number": one.block},
                            "url": f"{address}#p{one.block}",
                            "html": SafeString(self._marked.inline(html[one.block])),
                        }
                        for one in blocks
                        if one.block in html
                    ],
                }
            )
        return groups

    @cached_property
    def _marked(self):
        return self.texts.preferring(UnitMarker(self.names, self.unit.key))


class HomonymsView(UnitReferencePage):
    """The units that one name may mean, told apart by their place."""

    template_name = "web/unit_homonyms.html"
    url_name = "unit-homonyms"

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        if self.unit is not None and not self.names.sharing(self.unit.key):
            return HttpResponseRedirect(unit_address(self.edition_url, self.unit.code))
        return response

    def get_context_data(self, **kwargs):
        homonyms = [
            self.outline.by_key[key] for key in self.names.sharing(self.unit.key)
        ]
        return super().get_context_data(
            homonyms=[
                {
                    "unit": unit,
                    "url": unit_address(self.edition_url, unit.code),
                    "chain": unit.chain(),
                    "functions": function_count(self.function_counts.get(unit.id, 0)),
                }
                for unit in homonyms
            ],
            codes=enumeration([unit.code for unit in homonyms]),
            **kwargs,
        )
