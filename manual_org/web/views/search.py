"""The search: of one edition, or over all manuals; as pages and as results alone."""

import re
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from functions.search import PAGE_SIZE, Scope, complete
from manual_org.web.asking import Asked
from manual_org.web.choices import Choice, choices
from manual_org.web.finding import BRIEF_SIZE, COMPLETIONS, Finding, find
from manual_org.web.hits import Shower
from manual_org.web.mixins import EditionPage, PublicPage
from manual_org.web.reading import published_editions
from manual_org.web.views.identifiers import HttpResponseSeeOther
from manuals.dates import today

LEAST_COMPLETED = 3  # characters
# What of a page is another for every search; nothing that people write holds a NUL.
TEXT, TITLE, HIDDEN, SCOPES, FOUND, ELSEWHERE = GAPS = tuple(
    f"\0{name}\0"
    for name in ("text", "title", "hidden", "scopes", "found", "elsewhere")
)
_GAP = re.compile(f"({'|'.join(GAPS)})")


class SearchPage:
    """A page of results; a code that names a unit or function leads there instead."""

    @cached_property
    def asked(self):
        return Asked.read(self.request.GET)

    def get(self, request, *args, **kwargs):
        direct = self.finding.results.direct
        asked = self.asked
        plain = asked.page == 1 and not (asked.kind or asked.branch or asked.who)
        if direct and plain:
            return HttpResponseSeeOther(self.finding.shower.direct_url(direct))
        return self.page()

    def page(self):
        return self.render_to_response(self.get_context_data())

    @cached_property
    def finding(self):
        return self.find()

    def get_completions(self, scope):
        return ()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **{
                "asked": self.asked,
                "found": self.finding.html,
                "base": self.base,
                **kwargs,
            }
        )


class ResultsOnly:
    """What a page of results shows below its form, or a few hits (``breve``).

    For js/search.js, while one types: the last word may be unfinished.
    """

    typing = True

    def get_completions(self, scope):
        """Ways to go on with the word being typed."""
        if not self.is_brief or len(self.asked.text) < LEAST_COMPLETED:
            return ()
        return tuple(complete(scope, self.asked.text, limit=COMPLETIONS))

    @cached_property
    def is_brief(self):
        return self.request.GET.get("breve") == "1"

    @property
    def page_size(self):
        return BRIEF_SIZE if self.is_brief else PAGE_SIZE

    def get(self, request, *args, **kwargs):
        finding = self.finding
        return HttpResponse(
            finding.brief() if self.is_brief else finding.html(),
            headers={"X-Robots-Tag": "noindex"},
        )


class EditionSearch(SearchPage, EditionPage):
    """Searches the edition, or a unit of it and all below."""

    template_name = "web/edition_search.html"
    typing = False
    page_size = PAGE_SIZE

    @cached_property
    def base(self):
        return f"{self.edition_url}buscar/"

    @cached_property
    def under(self):
        return self.outline.by_code.get(self.asked.under)

    @cached_property
    def branch(self):
        return self.outline.by_code.get(self.asked.branch)

    @cached_property
    def start(self):
        return self.outline.by_code.get(self.asked.start)

    def find(self):
        scope = Scope.of(self.edition, self.under and self.under.key)
        results, prefix = find(
            self.asked,
            scope,
            branch=self.branch and self.branch.key,
            near=self.start if self.asked.nearest else None,
            typing=self.typing,
            page_size=self.page_size,
        )
        return Finding(
            self.asked,
            results,
            self.base,
            Shower(
                lambda edition: self.edition_url, lines=self.kept("search lines", dict)
            ),
            lambda facet: facet.unit.code,
            tuple(one for one in self.scopes if not one.is_current),
            prefix,
            self.get_completions(scope),
        )

    @cached_property
    def scopes(self):
        """Where one can look: a unit and below, the edition, all editions, all."""
        asked = self.asked
        everywhere, whole, every_edition, every_manual = self.kept(
            "search scopes", self.scope_names
        )
        plain = asked.alone
        unit = self.under or self.start
        scopes = []
        if unit is not None and unit.children:
            scopes.append(
                Choice(
                    self.base + asked.query(under=unit.code, branch=""),
                    _("%(code)s y las unidades que dependen de ella")
                    % {"code": unit.code},
                    is_current=self.under is not None,
                )
            )
        return [
            *scopes,
            Choice(
                self.base + asked.query(under="", branch=""),
                whole,
                is_current=self.under is None,
            ),
            Choice(
                everywhere + plain.query(manual=self.manual.slug, all_editions=True),
                every_edition,
            ),
            Choice(everywhere + plain.query(), every_manual),
        ]

    def scope_names(self):
        """The address of the search over all, and what the wider scopes are called."""
        return (
            reverse("web:search-all"),
            _("Toda la edición %(label)s") % {"label": self.edition.label},
            _("Todas las ediciones del manual"),
            _("Todos los manuales"),
        )

    def page(self):
        """The frame, the same for every search, with what this one says in it."""
        asked = self.asked
        said = {
            TEXT: escape(asked.text),
            TITLE: escape(asked.title),
            HIDDEN: asked.hidden,
            SCOPES: choices(self.scopes) if asked.text else "",
            FOUND: self.finding.html(),
            ELSEWHERE: escape(asked.alone.query(kind=asked.kind)),
        }
        kind = "asked" if asked.text else "empty"
        frame = self.kept(f"{self.day} search frame {kind}", self.new_frame)
        return HttpResponse("".join([said.get(piece, piece) for piece in frame]))

    def new_frame(self):
        """The page in pieces, gaps in the place of what a search says."""
        response = self.render_to_response(
            self.get_context_data(
                asked={
                    "text": SafeString(TEXT) if self.asked.text else "",
                    "title": SafeString(TITLE),
                    "hidden": SafeString(HIDDEN),
                },
                scopes=SafeString(SCOPES),
                found=SafeString(FOUND),
            )
        )
        return _GAP.split(response.content.decode())

    def counterpart(self, edition):
        return f"{self.url_of(edition)}buscar/"

    def way_to(self, edition):
        url, words = super().way_to(edition)
        return url + ELSEWHERE, words

    def words_of_way(self, *, is_there):
        return _("Buscar en la edición vigente (%(label)s)")

    def get_switch(self):
        # The same question of another edition, where codes may be others.
        return SafeString(
            self.new_switch().replace('/buscar/"', f'/buscar/{ELSEWHERE}"')
        )


class EditionResults(ResultsOnly, EditionSearch):
    pass


class WideSearch(SearchPage, PublicPage):
    """Searches every manual, or one: what is in force on a day, or all editions.

    Drafts are searched on their own pages: this page is the same for everybody.
    """

    template_name = "web/search.html"
    typing = False
    page_size = PAGE_SIZE

    @cached_property
    def base(self):
        return reverse("web:search-all")

    @cached_property
    def published(self):
        return list(published_editions())

    @cached_property
    def editions(self):
        """Those searched in."""
        asked = self.asked
        found = self.published
        if asked.manual:
            found = [one for one in found if one.manual.slug == asked.manual]
        if asked.all_editions:
            return found
        day = asked.day or today()
        return [one for one in found if one.is_in_force(day)]

    @cached_property
    def addresses(self):
        return {
            one.pk: reverse("web:edition", args=[one.manual.slug, one.label])
            for one in self.editions
        }

    def find(self):
        scope = Scope.of(self.editions)
        results, prefix = find(
            self.asked,
            scope,
            branch=self._branch(),
            typing=self.typing,
            page_size=self.page_size,
        )
        return Finding(
            self.asked,
            results,
            self.base,
            Shower(
                lambda edition: self.addresses[edition.pk],
                lambda edition: (
                    f"{edition.manual.acronym or edition.manual.title} {edition.label}"
                ),
            ),
            lambda facet: facet.unit.key.hex,
            self._ways_out(),
            prefix,
            self.get_completions(scope),
        )

    def _branch(self):
        """The key that the address gives; None without one."""
        try:
            return UUID(self.asked.branch)
        except ValueError:
            return None

    def _ways_out(self):
        asked, ways = self.asked, []
        if asked.manual:
            ways.append(
                Choice(
                    self.base + asked.query(manual="", branch=""),
                    _("Todos los manuales"),
                )
            )
        if not asked.all_editions:
            ways.append(
                Choice(
                    self.base + asked.query(all_editions=True, day=None, branch=""),
                    _("Todas las ediciones"),
                )
            )
        return tuple(ways)

    def get_context_data(self, **kwargs):
        manuals = {one.manual.slug: one.manual for one in self.published}
        return super().get_context_data(
            manuals=sorted(
                manuals.values(), key=lambda manual: manual.title.casefold()
            ),
            no_editions=not self.editions,
            **kwargs,
        )


class WideResults(ResultsOnly, WideSearch):
    pass
