"""What a page of results says around its hits: counts, choices, ways on and out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from functions.search import (
    MOST_PLACES,
    PAGE_SIZE,
    BranchFacet,
    Expansion,
    Filters,
    Kind,
    Results,
    Scope,
    search,
)
from manual_org.web.asking import Asked
from manual_org.web.choices import Choice, choices, counted
from manual_org.web.hits import Shower
from manual_org.web.words import enumeration, number, unit_count
from units.outline import OutlineUnit

# Where a part of the page goes; nothing that people write holds a NUL.
_GAP = re.compile("(\0[a-z_]+\0)")
BRIEF_SIZE = 8
LEADERS = 3  # units named before the hits of «quién ...»
COMPLETIONS = 3
MOST_TOLD = 3  # other terms that were looked for
KIND_NAMES = {
    Kind.UNIT: gettext_lazy("Unidades"),
    Kind.FUNCTION: gettext_lazy("Funciones"),
    Kind.ITEM: gettext_lazy("Incisos"),
    Kind.CHAPTER: gettext_lazy("Capítulos"),
}


@dataclass(frozen=True)
class Finding:
    """A search that was made, to be shown on the page at ``base``.

    ``branch_name`` says how an address names a branch that was counted; ``ways_out``
    are places to look in where nothing was found.
    """

    asked: Asked
    results: Results
    base: str
    shower: Shower
    branch_name: Callable[[BranchFacet], str]
    ways_out: tuple[Choice, ...] = ()
    prefix: bool = False
    completions: tuple[str, ...] = ()

    def html(self) -> SafeString:
        """Everything below the form; of no query, what one can ask."""
        said = {name: value for name, value in self._parts().items() if value}
        frame = _frame(get_language(), frozenset(said))
        gaps = {f"\0{name}\0": value for name, value in said.items()}
        return SafeString("".join([gaps.get(piece, piece) for piece in frame]))

    def brief(self) -> SafeString:
        """A few hits and the way to all."""
        results = self.results
        context = {
            "said": self._said(),
            "direct": self.shower.direct(results.direct) if results.direct else "",
            "suggestions": self._suggestions(),
            "completions": [
                Choice(self._url(text=text), text)
                for text in self.completions
                if text.casefold() != self.asked.text.casefold()
            ],
            "hits": self.shower.brief(results.hits) if results.hits else "",
            "all_url": self._url(),
            "is_all": results.total <= len(results.hits),
        }
        return render_to_string("web/_found_brief.html", context)

    def _parts(self) -> dict[str, str]:
        """What the page says, as HTML; nothing of what there is not."""
        asked, results = self.asked, self.results
        if not asked.text:
            return {}
        parts = {
            "said": escape(self._said()),
            "direct": self.shower.direct(results.direct) if results.direct else "",
            "notes": _paragraphs(self._notes()),
            "suggestions": _links(self._suggestions()),
        }
        if not self._count():
            parts["home"] = escape(self.base.removesuffix("buscar/"))
            parts["ways_out"] = _ways_out(self.ways_out)
        if not results.kinds and not results.branches:
            return parts
        parts |= {
            "views": choices(self._views()),
            "kinds": choices(self._kinds()),
            "branches": counted(self._branches()),
        }
        if asked.who:
            parts["hits"] = self.shower.responsible(results.responsible)
            parts["orders"] = choices(self._orders())
            return parts
        page, pages = results.page, results.pages
        parts["hits"] = self.shower.hits(results.hits, (page - 1) * PAGE_SIZE + 1)
        if page == 1 and results.responsible:
            parts["leaders"] = self.shower.leaders(results.responsible[:LEADERS])
            parts["who_url"] = escape(self._url(who=True, kind=None))
        if pages > 1:
            parts["pages"] = str(pages)
        if page > 1:
            parts["previous"] = escape(self._url(page=page - 1))
            parts["page_before"] = str(page - 1)
        if page < pages:
            parts["next"] = escape(self._url(page=page + 1))
            parts["page_after"] = str(page + 1)
        return parts

    def _url(self, **changes) -> str:
        return f"{self.base}{self.asked.query(**changes)}"

    @cached_property
    def words(self) -> dict[str, str]:
        return _words(get_language())

    def _count(self):
        if self.asked.who:
            return len(self.results.responsible)
        return self.results.total

    def _said(self) -> str:
        """How much was found, in one sentence; also for screen readers."""
        asked, count = self.asked, self._count()
        if not asked.text:
            return ""
        if not count:
            if self.results.direct:
                return _("El código lleva a una unidad.")
            return _("Nada coincide con «%(text)s».") % {"text": asked.text}
        if asked.who:
            return unit_count(count)
        if self.results.is_partial:
            said = _("Más de %(most)s textos responden: %(count)s, al menos")
            return said % {"most": number(MOST_PLACES), "count": number(count)}
        return _result_count(get_language(), count)

    def _notes(self) -> list[str]:
        """What was looked for otherwise than typed."""
        results, notes = self.results, []
        if self.asked.is_cut or results.truncated:
            notes.append(_("La consulta es muy larga: solo se buscó con su principio."))
        if results.is_partial:
            notes.append(
                _(
                    "Solo se ordenaron y contaron %(most)s: agregue palabras o elija "
                    "una rama o una unidad."
                )
                % {"most": number(MOST_PLACES)}
            )
        if self.prefix and results.total:
            notes.append(
                _(
                    "Ningún texto tiene la última palabra tal cual: se muestran los "
                    "que tienen una que comienza así."
                )
            )
        if results.relaxed and results.total:
            notes.append(
                _("Ningún texto tiene todas las palabras; estos tienen algunas.")
            )
            if results.left_out:
                notes.append(
                    _("Palabras que faltan en algunos: %(words)s.")
                    % {"words": _quoted(results.left_out)}
                )
        notes += [_expanded(one) for one in results.expansions]
        if results.is_wordless and not results.direct:
            notes.append(
                _(
                    "La consulta no dice qué buscar: escriba al menos una palabra, "
                    "sin guion antes."
                )
            )
        if results.ignored and not results.total:
            notes.append(
                _("Solo hay palabras demasiado comunes (%(words)s): agregue otra.")
                % {"words": _quoted(results.ignored)}
            )
        return notes

    def _suggestions(self):
        # Each says the whole query, put right: mostly one and the same.
        texts = dict.fromkeys(one.text for one in self.results.suggestions)
        return [Choice(self._url(text=text), text) for text in texts]

    def _views(self):
        who = self.asked.who
        return [
            Choice(self._url(who=False), self.words["texts"], is_current=not who),
            Choice(self._url(who=True, kind=None), self.words["units"], is_current=who),
        ]

    def _orders(self):
        """By meaning, or by how near the unit is from which one came."""
        asked = self.asked
        if not asked.start:
            return []
        return [
            Choice(
                self._url(nearest=False),
                _("Las que mejor responden"),
                is_current=not asked.nearest,
            ),
            Choice(
                self._url(nearest=True),
                _("Las más cercanas a %(code)s") % {"code": asked.start},
                is_current=asked.nearest,
            ),
        ]

    def _kinds(self):
        asked, kinds = self.asked, self.results.kinds
        if asked.who:
            return []
        everything = Choice(
            self._url(kind=None),
            self.words["everything"],
            number(sum(one.count for one in kinds)),
            asked.kind is None,
        )
        return [
            everything,
            *(
                Choice(
                    self._url(kind=one.kind),
                    self.words[one.kind],
                    number(one.count),
                    one.kind is asked.kind,
                )
                for one in kinds
                if one.count or one.kind is asked.kind
            ),
        ]

    def _branches(self):
        branches, chosen = self.results.branches, self.asked.branch
        if not branches or (len(branches) == 1 and not chosen):
            return []
        everything = Choice(
            self._url(branch=""),
            self.words["every branch"],
            number(sum(one.count for one in branches)),
            not chosen,
        )
        return [
            everything,
            *(
                Choice(
                    self._url(branch=self.branch_name(one)),
                    " · ".join(
                        filter(None, [one.unit.name, self.shower.named(one.edition)])
                    ),
                    number(one.count),
                    self.branch_name(one) == chosen,
                    one.unit.code,
                )
                for one in branches
            ),
        ]


def find(
    asked: Asked,
    scope: Scope,
    *,
    branch: UUID | None = None,
    near: OutlineUnit | None = None,
    typing: bool = False,
    page_size: int = PAGE_SIZE,
) -> tuple[Results, bool]:
    """The results, and whether the last word was taken for the beginning of one.

    It is while ``typing``, and otherwise where nothing has it as it stands.
    """
    if not asked.text or not scope.editions:
        return Results(asked.text), False

    def results(typing):
        return search(
            scope,
            asked.text,
            filters=Filters(
                frozenset() if asked.kind is None else frozenset({asked.kind}),
                branch,
            ),
            page=asked.page,
            page_size=page_size,
            typing=typing,
            who=asked.who or asked.asks_who,
            near=near,
        )

    found = results(typing)
    if typing or found.kinds or found.direct:
        return found, False
    begun = results(True)
    return (begun, True) if begun.kinds else (found, False)


@lru_cache(maxsize=8)
def _words(language: str | None) -> dict[str, str]:
    """What choices are called: to translate it anew is dear, and never differs."""
    return {
        "texts": _("Textos"),
        "units": _("¿Quién hace esto?"),
        "everything": _("Todo"),
        "every branch": _("Todas"),
        **{kind: str(name) for kind, name in KIND_NAMES.items()},
    }


@lru_cache(maxsize=1000)
def _result_count(language: str | None, count: int) -> str:
    return ngettext("%(count)s resultado", "%(count)s resultados", count) % {
        "count": number(count)
    }


@lru_cache(maxsize=256)
def _frame(language: str | None, names: frozenset[str]) -> tuple[str, ...]:
    """The page around parts of these names, in pieces, with a gap for each.

    It depends on nothing else, and rendering it for each search would be a tenth of
    the time of a page.
    """
    gaps = {name: SafeString(f"\0{name}\0") for name in names}
    return tuple(_GAP.split(render_to_string("web/_found.html", gaps)))


def _links(found: Iterable[Choice]) -> str:
    return ", ".join(
        [f'<a href="{escape(one.url)}">{escape(one.words)}</a>' for one in found]
    )


def _ways_out(found: Iterable[Choice]) -> str:
    said = escape(_("Buscar en otro lugar:"))
    return "".join([f"<li>{said} {_links([one])}</li>" for one in found])


def _paragraphs(notes: Iterable[str]) -> str:
    return "".join([f'<p class="quiet small">{escape(note)}</p>' for note in notes])


def _expanded(one: Expansion) -> str:
    """What else was looked for; a long list would hide what was found."""
    said = (
        _("También se buscó %(also)s, entre otros términos, por «%(term)s».")
        if len(one.also) > MOST_TOLD
        else _("También se buscó %(also)s, por «%(term)s».")
    )
    return said % {"also": _quoted(one.also[:MOST_TOLD]), "term": one.term}


def _quoted(words):
    return enumeration([f"«{word}»" for word in words])
