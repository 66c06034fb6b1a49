"""What every address of the API shares: its parameters, its conditional answers."""

from __future__ import annotations

from functools import cache

from django.http import HttpResponsePermanentRedirect
from django.urls import resolve
from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail, NotFound, ValidationError
from rest_framework.permissions import SAFE_METHODS
from rest_framework.response import Response
from rest_framework.views import APIView

from manual_org.api import conditions, throttles
from manual_org.api.errors import InvalidQuery
from manual_org.api.fields import Query
from manual_org.api.formats.headers import add_links, other_forms
from manual_org.api.formats.negotiation import PARAMETER, media_types
from manual_org.api.idempotency import once
from manual_org.api.rendering import JSON, Form
from manual_org.sending import fitted
from manuals import permissions

PAGING = {"page", "page_size", "cursor"}
WHOLE = 999_999_999  # results: more than any list has


class View(APIView):
    """An address of the API.

    ``parameters`` says for each method which serializer reads its query string;
    without one, no parameter is allowed. What was read stands in ``self.query``. A
    view that speaks of one edition sets ``self.edition``. ``conditional_post`` says
    that POST changes what is there, and so needs If-Match; ``needs_account`` that
    reading does too. ``formats`` are the forms in which it is read, the first for who
    states no preference; what is written is answered as JSON. ``also_refused`` are
    statuses with which a POST is refused besides the usual ones.
    """

    parameters: dict[str, type[Query]] = {}
    formats: tuple[Form, ...] = (JSON,)
    conditional_post = False
    also_refused: frozenset[int] = frozenset()
    needs_account = False
    edition = None

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        method = "GET" if request.method == "HEAD" else request.method
        self.query = {}
        if method.lower() in self.http_method_names and hasattr(self, method.lower()):
            self.query = self._read_query(self.parameters.get(method, Query))
        if (
            method == "POST"
            and once.HEADER in request.headers
            and hasattr(self, "post")
        ):
            self.post = once.once(self, self.post)

    def demand_may_repeat(self, edition) -> None:
        """NotAllowed for who may no longer do what an answer of this edition is to.

        For an answer that is given a second time, to the same Idempotency-Key.
        """
        permissions.demand(permissions.may_edit(self.request.user, edition.manual))

    def check_permissions(self, request):
        """Once the request was counted: a refusal counts too."""
        super().check_throttles(request)
        super().check_permissions(request)

    def check_throttles(self, request):
        """Not again after the permissions, as DRF has it."""

    def get_renderers(self):
        """Shared by all requests: a form keeps nothing of an answer."""
        return self.formats if self.request.method in SAFE_METHODS else (JSON,)

    @property
    def form(self) -> Form:
        """The form that this request gets."""
        return self.request.accepted_renderer

    def options(self, request, *args, **kwargs):
        request.accepted_renderer = JSON  # of the forms, it makes nothing of nothing
        return Response(status=204)

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        for name, value in throttles.headers_of(request).items():
            response.headers[name] = value
        if not isinstance(response, Response) or response.data is None:
            return response
        form = response.accepted_renderer
        response.content_type = form.content_type
        response.render()
        response.headers["ETag"] = conditions.etag_of(response.content, form.media_type)
        conditions.patch_cache_headers(request, response, edition=self.edition)
        if request.method not in SAFE_METHODS:
            return response
        form.describe(response, self)
        add_links(response, other_forms(self))
        if PARAMETER not in request.GET:
            response.negotiated = media_types(self.formats)
        return fitted(request._request, response)

    def _read_query(self, serializer_class: type[Query]) -> dict:
        """The parameters as the serializer reads them, its defaults for those absent.

        Raises InvalidQuery naming each parameter that is unknown, repeated or wrong.
        """
        request = self.request
        given = request.query_params
        repeated = {
            name: [ErrorDetail(_("Indíquelo una sola vez."), code="repeated")]
            for name, values in given.lists()
            if len(values) > 1
        }
        if repeated:
            raise InvalidQuery(repeated)
        stated = given.dict()
        wrong = {}
        if PARAMETER in stated and request.method in SAFE_METHODS:
            wrong = self._wrong_format(stated.pop(PARAMETER))
        try:
            query = _reader(serializer_class).run_validation(stated)
        except ValidationError as error:
            raise InvalidQuery({**wrong, **error.detail}) from None
        if wrong:
            raise InvalidQuery(wrong)
        if self.form.is_whole and "page_size" in query and PAGING.isdisjoint(stated):
            query["page_size"] = WHOLE
        return query

    def _wrong_format(self, named: str) -> dict:
        if self.form.format == named:
            return {}
        offered = ", ".join(form.format for form in self.formats)
        text = _("Esta dirección se da como: %(formats)s.") % {"formats": offered}
        return {PARAMETER: [ErrorDetail(text, code="unknown_format")]}


class UnknownAddressView(View):
    """Any other address below /api/: a problem in place of an HTML page.

    An address that only lacks its final slash leads to the right one.
    """

    authentication_classes = ()
    permission_classes = ()
    schema = None

    def perform_content_negotiation(self, request, force=False):
        """Nothing is here in any form."""
        return JSON, JSON.media_type

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        raise NotFound(_("No hay nada en esta dirección de la API."))

    def dispatch(self, request, *args, **kwargs):
        if request.method in SAFE_METHODS and not request.path.endswith("/"):
            found = resolve(f"{request.path_info}/").func
            if getattr(found, "cls", None) is not UnknownAddressView:
                return HttpResponsePermanentRedirect(
                    request.get_full_path(force_append_slash=True)
                )
        return super().dispatch(request, *args, **kwargs)


@cache
def _reader(serializer_class: type[Query]) -> Query:
    """One serializer for all requests: reading a query string keeps nothing in it."""
    return serializer_class()
