"""What changed between two editions: the choice, the redline, the comparative table."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from manual_org.web import comparing
from manual_org.web.comparing import KINDS, Filters
from manual_org.web.mixins import EditionPage, PublicPage
from manual_org.web.paging import in_pages
from manual_org.web.redlines import Redliner
from manual_org.web.standing import standing_of
from manual_org.web.tables import table_body
from manual_org.web.words import number, validity
from manuals.brief import editions_in_brief
from manuals.models import Edition
from review.compare.editions import (
    RENDERERS,
    change_reasons,
    compare_editions,
    kept,
)
from review.compare.spanish import Codes
from review.compare.summary import summary
from review.compare.table import comparative_table
from units.permissions import editable_units

BRANCHES_OFFERED = 60
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def newest_last(editions):
    """Drafts after all others: they come next."""
    return sorted(
        editions,
        key=lambda one: (not one.is_closed, str(one.effective_from or ""), one.label),
    )


class ComparisonChoiceView(PublicPage):
    """A form that leads to the comparison of two editions.

    It offers the published ones, to everybody the same; any two may be asked for.
    """

    template_name = "web/comparison_choice.html"

    def get(self, request, *args, slug):
        old, new = request.GET.get("antes", ""), request.GET.get("despues", "")
        if old and new and old != new:
            try:
                return HttpResponseRedirect(
                    reverse("web:comparison", args=[slug, old, new])
                )
            except NoReverseMatch as error:
                raise Http404 from error
        editions = newest_last(
            edition for edition in editions_in_brief(slug) if edition.is_closed
        )
        if not editions:
            raise Http404
        before = editions[-2:][0].label
        return self.render_to_response(
            self.get_context_data(
                manual=editions[0].manual,
                choices=editions,
                old=old or before,
                new=new or editions[-1].label,
                same=bool(old) and old == new,
            )
        )


class ComparisonPage(EditionPage):
    """A page of two editions: ``label`` names the newer one, ``old`` the other.

    What is derived from both is kept when both are closed. Either may be a draft; then
    the page is for who may read drafts.
    """

    def find_edition(self, label):
        self.old = super().find_edition(self.kwargs["old"])
        return super().find_edition(label)

    def editions_shown(self):
        return [self.old, self.edition]

    def kept(self, name, build):
        return kept(self.old, self.edition, name, build)

    @cached_property
    def whole(self):
        """Both editions with all their fields."""
        found = Edition.objects.with_manual().in_bulk([self.old.pk, self.edition.pk])
        return found[self.old.pk], found[self.edition.pk]

    @cached_property
    def comparison(self):
        return self.kept("result", self._compare)

    def _compare(self):
        old, new = self.whole
        return compare_editions(old=old, new=new, user=self.request.user)

    @cached_property
    def reasons(self):
        """The change notes by the key of their unit."""
        return self.kept("reasons", lambda: change_reasons(*self.whole))

    @cached_property
    def page_asked(self):
        asked = self.request.GET.get("pagina", "1")
        return (
            int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
        )

    def address(self, name="comparison", *, reverted=False, **query):
        labels = [self.old.label, self.edition.label]
        address = reverse(
            f"web:{name}",
            args=[self.manual.slug, *(labels[::-1] if reverted else labels)],
        )
        query = {key: value for key, value in query.items() if value}
        return f"{address}?{urlencode(query)}" if query else address

    def turns(self, page, pages, **query):
        """Where in a long comparison the reader is, and the ways on; or None."""
        if pages < 2:
            return None
        return {
            "place": _("Parte %(page)d de %(pages)d") % {"page": page, "pages": pages},
            "previous": page > 1 and self._page_address(page - 1, query),
            "next": page < pages and self._page_address(page + 1, query),
        }

    def _page_address(self, page, query):
        page = page if page > 1 else None
        name = self.address_name
        return self.address(name, **query, pagina=page)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            compared=[self._described(one) for one in self.editions_shown()],
            **kwargs,
        )

    def _described(self, edition):
        standing = standing_of(edition, self.day)
        return {
            "label": edition.label,
            "url": self.url_of(edition),
            "word": standing.word,
            "tone": standing.tone,
            "validity": validity(edition.effective_from, edition.last_day())
            if edition.effective_from
            else "",
        }


class ComparisonView(ComparisonPage):
    """Counts, filters and the redline of everything that differs."""

    template_name = "web/comparison_detail.html"
    address_name = "comparison"

    def get_context_data(self, **kwargs):
        filters = self.filters
        unknown_branch = False
        try:
            pages = self._pages()
        except LookupError:
            unknown_branch, pages = True, [""]
        page = min(max(self.page_asked, 1), len(pages))
        return super().get_context_data(
            counts=self.counts,
            filters=filters,
            title=self._title(),
            beside=self.beside,
            unknown_branch=unknown_branch,
            changes=pages[page - 1],
            turns=self.turns(page, len(pages), **self.query()),
            kinds=self._kind_choices(),
            branches=self._branch_choices(),
            choices=self._edition_choices(),
            reverted=self.address(reverted=True),
            table_url=self.address("comparative-table"),
            plain_url=self.address(),
            view_url=self.address(
                **self.query(vista=None if self.beside else "columnas")
            ),
            cosmetic_url=self.address(
                **self.query(ocultar=None if filters.hide_cosmetic else "forma")
            ),
            **kwargs,
        )

    @cached_property
    def filters(self):
        asked = self.request.GET
        return Filters(
            kind=KINDS.get(asked.get("cambio", "")),
            branch=asked.get("rama", "").strip()[:255].rstrip("."),
            hide_cosmetic=asked.get("ocultar") == "forma",
        )

    @cached_property
    def beside(self):
        return self.request.GET.get("vista") == "columnas"

    def query(self, **changed):
        """What the address asks for, without the page, with something changed."""
        filters = self.filters
        return {
            "cambio": filters.kind and filters.kind.name,
            "rama": filters.branch,
            "vista": self.beside and "columnas",
            "ocultar": filters.hide_cosmetic and "forma",
            **changed,
        }

    @cached_property
    def groups(self):
        return self.kept("groups", lambda: comparing.groups_of(self.comparison))

    def _pages(self):
        """The changes, cut into pages; those without filters are kept."""
        if self.filters:
            return self._written()
        return self.kept(f"pages {self.beside}", self._written)

    def _written(self):
        redliner = Redliner(
            Codes(self.comparison),
            [self.url_of(one) for one in self.editions_shown()],
            [one.label for one in self.editions_shown()],
            self.reasons,
            beside=self.beside,
            edit_urls=self._edit_urls(),
        )
        chosen = comparing.chosen(self.comparison, self.groups, self.filters)
        return in_pages(redliner.group(group, parts) for group, parts in chosen)

    def _edit_urls(self):
        """Where the reader may edit the units of a draft, by key.

        Closed editions have none: what is written of them is kept for everybody.
        """
        found = {}
        for edition in self.editions_shown():
            if edition.is_draft:
                units = editable_units(self.request.user, edition)
                for key, pk in units.order_by().values_list("key", "pk"):
                    address = reverse("admin:units_unit_change", args=[pk])
                    found[key] = f"{address}#functions"
        return found

    @cached_property
    def counts(self):
        """The counts; the same for every filter."""
        return self.kept("counts", self._counts)

    def _counts(self):
        found = summary(self.comparison)
        listed = comparing.counted(self.groups)
        return {
            "same": found["same"],
            "by_texts": self.comparison.matched == "texts",
            "tallies": [
                self._tally(
                    _("Unidades administrativas"),
                    found["units"]["total"],
                    comparing.UNIT_KINDS,
                    listed,
                    found["units"]["same"],
                ),
                self._tally(
                    _("Funciones"),
                    found["functions"]["total"],
                    comparing.FUNCTION_KINDS,
                    listed,
                    comparing.unchanged_functions(self.comparison),
                ),
                self._tally(
                    _("Capítulos y datos"),
                    found["chapters"]["total"],
                    (comparing.CHAPTER_KIND, comparing.DATA_KIND),
                    listed,
                    None,
                ),
            ],
            "terms": self.comparison.terminology,
            "listed": listed,
            "cosmetic": number(comparing.cosmetic_parts(self.groups)),
            "branches": comparing.branches(self.comparison, BRANCHES_OFFERED),
        }

    def _tally(self, title, total, kinds, listed, same):
        rows = [
            (kind.label, number(listed[kind.name]), self.address(cambio=kind.name))
            for kind in kinds
            if listed[kind.name]
        ]
        return {
            "title": title,
            "old": number(total["old"]),
            "new": number(total["new"]),
            "rows": rows,
            "same": same and number(same),
        }

    def _title(self):
        """What is listed, in a few words."""
        kind = self.filters.kind
        if kind is None:
            return _("Cambios")
        if kind in comparing.UNIT_KINDS:
            return _("Unidades: %(kind)s") % {"kind": str(kind.label).lower()}
        if kind in comparing.FUNCTION_KINDS:
            return _("Funciones: %(kind)s") % {"kind": str(kind.label).lower()}
        return kind.label

    def _kind_choices(self):
        listed = self.counts["listed"]
        groups = [
            (_("Unidades"), comparing.UNIT_KINDS),
            (_("Funciones"), comparing.FUNCTION_KINDS),
            (_("Capítulos y datos"), (comparing.CHAPTER_KIND, comparing.DATA_KIND)),
        ]
        return [
            (title, [(kind, number(listed[kind.name])) for kind in kinds])
            for title, kinds in groups
        ]

    def _branch_choices(self):
        offered = self.counts["branches"]
        asked = self.filters.branch
        if asked and asked not in dict(offered):
            return [(asked, ""), *offered]
        return offered

    def _edition_choices(self):
        """Every edition that the page's readers may see."""
        with_drafts = not all(one.is_closed for one in self.editions_shown())
        return newest_last(one for one in self.editions if with_drafts or one.is_closed)


class ComparativeTableView(ComparisonPage):
    """The official form: Dice, Debe decir, Motivo."""

    template_name = "web/comparison_table.html"
    address_name = "comparative-table"

    def get_context_data(self, **kwargs):
        hidden = self.request.GET.get("ocultar") == "forma"
        pages = self.kept(f"table {hidden}", lambda: self._written(hidden))
        page = min(max(self.page_asked, 1), len(pages))
        hide = "forma" if hidden else None
        return super().get_context_data(
            rows=pages[page - 1],
            hidden=hidden,
            turns=self.turns(page, len(pages), ocultar=hide),
            comparison_url=self.address(),
            cosmetic_url=self.address(
                self.address_name, ocultar=None if hidden else "forma"
            ),
            file_url=self.address("comparative-table-file"),
            **kwargs,
        )

    def _written(self, hidden):
        sections = comparative_table(self.comparison, self.reasons, cosmetic=not hidden)
        return in_pages(map(table_body, sections))


class ComparativeTableFileView(ComparisonPage):
    """The comparative table as a Word document."""

    def get(self, request, *args, **kwargs):
        name = f"cuadro-{self.manual.slug}-{self.old.label}-{self.edition.label}.docx"
        return HttpResponse(
            self.kept("docx", self._document),
            content_type=WORD,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def _document(self):
        return RENDERERS["docx"](self.comparison, self.manual.title, self.reasons)
