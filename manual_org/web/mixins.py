"""What the pages of one edition share: finding it, who may read it, how it stands."""

from functools import lru_cache

from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.template.loader import render_to_string
from django.urls import get_script_prefix, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from functions.mentions import names_of
from functions.models import Function
from manual_org.web.caching import keep_privately, keep_publicly
from manual_org.web.glossary import GlossaryMarks
from manual_org.web.reading import accepted_terms
from manual_org.web.standing import standing_of
from manual_org.web.switching import (
    choice_of,
    previous_edition,
    readable_editions,
)
from manual_org.web.texts import EditionTexts
from manual_org.web.unit_links import UnitLinks
from manual_org.web.words import enumeration, function_count, unit_count
from manuals import cache, permissions
from manuals.brief import editions_in_brief
from manuals.dates import today
from manuals.glossary import dictionary
from units.outline import outline_of

FRAME_IDS = frozenset({"contenido", "buscar"})  # of every page


@lru_cache(maxsize=1000)
def _edition_address(prefix, slug, label):
    """Every page needs it; ``prefix`` is where the site is mounted."""
    return reverse("web:edition", args=[slug, label])


class Page(TemplateView):
    http_method_names = ["get", "head", "options"]

    def render_to_response(self, context, **response_kwargs):
        # Rendered at once: headers depend on the content.
        return super().render_to_response(context, **response_kwargs).render()


class PublicPage(Page):
    """A page of what is published, the same for everybody where reading is public."""

    def dispatch(self, request, *args, **kwargs):
        if not permissions.may_read_published(request.user):
            return redirect_to_login(request.get_full_path())
        return keep_publicly(request, super().dispatch(request, *args, **kwargs))


class EditionPage(Page):
    """A page of the edition that ``slug`` and ``label`` name.

    The manual's editions, a handful, are read at once: how this one stands depends on
    the others. The person is asked for only where it matters, for what is not
    published: pages of published editions neither open the session nor vary with it.
    A draft does not exist (404) for who may not read it; a closed installation asks to
    sign in. What is ``personal`` is nobody's to keep, whatever edition it is about.
    """

    personal = False

    def dispatch(self, request, *args, **kwargs):
        self.day = today()
        self.editions = editions_in_brief(kwargs["slug"])
        self.edition = self.find_edition(kwargs["label"])
        self.manual = self.edition.manual
        shown = self.editions_shown()
        for edition in shown:
            if not permissions.may_read(request.user, edition):
                if edition.is_closed:
                    return redirect_to_login(request.get_full_path())
                raise Http404
        response = super().dispatch(request, *args, **kwargs)
        is_public = all(edition.is_closed for edition in shown) and not self.personal
        keep = keep_publicly if is_public else keep_privately
        return keep(request, response)

    def editions_shown(self):
        """The editions whose content is on the page."""
        return [self.edition]

    def find_edition(self, label):
        for edition in self.editions:
            if edition.label == label:
                return edition
        raise Http404

    @cached_property
    def in_force(self):
        """The manual's edition in force today, or None."""
        for edition in self.editions:
            if edition.is_in_force(self.day):
                return edition
        return None

    @cached_property
    def edition_url(self):
        return self.url_of(self.edition)

    def url_of(self, edition):
        return _edition_address(get_script_prefix(), self.manual.slug, edition.label)

    @cached_property
    def outline(self):
        return outline_of(self.edition)

    @cached_property
    def function_counts(self):
        """Unit id -> number of its functions."""
        return cache.for_edition(
            self.edition,
            "function-counts",
            Function.objects.for_edition(self.edition).counts_by_unit,
        )

    def get_summary(self):
        """How much the edition holds, in one sentence."""
        units = unit_count(len(self.outline))
        functions = function_count(sum(self.function_counts.values()))
        return f"{enumeration([units, functions])}."

    def kept(self, name, build):
        """What does not change in a page of a closed edition; built anew for a draft.

        The key holds all that it may depend on besides: the address, which is in its
        links, and the manual's counter, which moves with its data and its editions.
        What depends on the day names it.
        """
        return cache.for_edition(
            self.edition,
            f"web {self.edition_url} {self.manual.publication} {name}",
            build,
        )

    @cached_property
    def texts(self):
        """How the texts of the edition are shown, with links to what they name."""
        return self.kept("texts", lambda: EditionTexts(self.get_finders()))

    def get_finders(self):
        """What is looked for in the edition's texts, the most important first."""
        return [
            UnitLinks(self.names, self.outline, self.edition_url),
            GlossaryMarks(self.glossary, f"{self.edition_url}glosario/"),
        ]

    @cached_property
    def glossary(self):
        """The manual's accepted terms, in the order of a dictionary."""
        return self.kept(
            "glossary",
            lambda: dictionary(accepted_terms(self.manual.pk), taken=FRAME_IDS),
        )

    @cached_property
    def names(self):
        """The names of the edition's units, to be found in texts."""
        return names_of(self.edition, self.outline)

    def get_standing(self):
        """How the edition stands today, with the way to the one in force."""
        standing = standing_of(self.edition, self.day)
        if self.in_force in (None, self.edition):
            return standing
        return standing.leading_to(*self.way_to(self.in_force))

    def get_desk(self):
        """(address, words) of where this person works on what the page shows.

        Only for what is not published: pages of published editions are the same for
        everybody.
        """
        if self.edition.is_closed or not self.request.user.is_staff:
            return []
        return [
            (
                reverse("admin:manuals_edition_change", args=[self.edition.pk]),
                _("Estado de la edición y siguientes pasos"),
            )
        ]

    def way_to(self, edition):
        """(address, words) of the page of the edition in force that answers to this."""
        url = self.counterpart(edition)
        words = self.words_of_way(is_there=url is not None)
        return url or self.url_of(edition), words % {"label": edition.label}

    def counterpart(self, edition):
        """The address in another edition of what this page shows; None: it lacks it."""
        return self.url_of(edition)

    def words_of_way(self, *, is_there):
        """What the banner calls the way to the edition in force, ``label``."""
        return _("Ver la edición vigente (%(label)s)")

    @property
    def words_of_lack(self):
        """Said of an edition that lacks what this page shows."""
        return ""

    @cached_property
    def readable_editions(self):
        """The published editions of the manual, and this one, newest first."""
        return readable_editions(self.editions, self.edition)

    def get_switch(self):
        """The other editions, each with the way to this page there; "": no other."""
        return self.kept(f"{self.day} switch", self.new_switch)

    def new_switch(self):
        if len(self.readable_editions) < 2:
            return ""
        choices = []
        for edition in self.readable_editions:
            url = self.counterpart(edition)
            choices.append(
                choice_of(
                    edition,
                    self.day,
                    url or self.url_of(edition),
                    is_current=edition.pk == self.edition.pk,
                    lacking="" if url else self.words_of_lack,
                )
            )
        return render_to_string(
            "web/_edition_switch.html",
            {
                "choices": choices,
                "edition": self.edition,
                "standing": standing_of(self.edition, self.day),
                "comparison_url": reverse(
                    "web:comparison-choice", args=[self.manual.slug]
                ),
            },
        )

    @cached_property
    def comparison_url(self):
        """Of what changed since the edition before, or since a draft's base; or ""."""
        previous = previous_edition(self.editions, self.edition, self.edition.base_id)
        if previous is None:
            return ""
        return reverse(
            "web:comparison",
            args=[self.manual.slug, previous.label, self.edition.label],
        )

    @property
    def tree_source(self):
        """The address of the whole tree as data.

        It names the edition's key: browsers keep it as long as they like, and a label
        can come to name another edition.
        """
        address = reverse("web:tree", args=[self.manual.slug, self.edition.label])
        return f"{address}?{self.edition.key.hex[:8]}"

    def get_context_data(self, **kwargs):
        manual_name = self.manual.acronym or self.manual.title
        return super().get_context_data(
            manual=self.manual,
            edition=self.edition,
            edition_name=f"{manual_name} {self.edition.label}",
            edition_url=self.edition_url,
            standing=self.get_standing(),
            desk=self.get_desk(),
            switch=self.get_switch(),
            **kwargs,
        )
