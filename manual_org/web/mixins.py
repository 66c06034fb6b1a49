"""What the pages of one edition share: finding it, who may read it, how it stands."""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from functions.models import Function
from manual_org.web.caching import keep_privately, keep_publicly
from manual_org.web.standing import standing_of
from manual_org.web.words import enumeration, function_count, unit_count
from manuals import cache, permissions
from manuals.brief import editions_in_brief
from manuals.dates import today
from units.outline import outline_of


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
        return reverse("web:edition", args=[self.manual.slug, edition.label])

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

    @cached_property
    def chapters(self):
        """Number and title of the edition's chapters."""
        return cache.for_edition(
            self.edition,
            "chapter-titles",
            lambda: list(
                self.edition.chapters.order_by("number").values("number", "title")
            ),
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

    def get_standing(self):
        """How the edition stands today, with the way to the one in force."""
        standing = standing_of(self.edition, self.day)
        if self.in_force in (None, self.edition):
            return standing
        return standing.leading_to(*self.way_to(self.in_force))

    def way_to(self, edition):
        """(address, words) of the page of another edition that answers to this one."""
        return self.url_of(edition), _("Ver la edición vigente (%(label)s)") % {
            "label": edition.label
        }

    def get_context_data(self, **kwargs):
        manual_name = self.manual.acronym or self.manual.title
        return super().get_context_data(
            manual=self.manual,
            edition=self.edition,
            edition_name=f"{manual_name} {self.edition.label}",
            edition_url=self.edition_url,
            standing=self.get_standing(),
            **kwargs,
        )
