"""What every address of the API shares: its parameters, its conditional answers."""

from __future__ import annotations

from functools import cache

from django.http import HttpResponseNotModified, HttpResponsePermanentRedirect
from django.urls import resolve
from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail, NotFound, ValidationError
from rest_framework.permissions import SAFE_METHODS
from rest_framework.response import Response
from rest_framework.views import APIView

from manual_org.api import conditions
from manual_org.api.errors import InvalidQuery
from manual_org.api.fields import Query


class View(APIView):
    """An address of the API.

    ``parameters`` says for each method which serializer reads its query string;
    without one, no parameter is allowed. What was read stands in ``self.query``. A
    view that speaks of one edition sets ``self.edition``. ``conditional_post`` says
    that POST changes what is there, and so needs If-Match; ``needs_account`` that
    reading does too.
    """

    parameters: dict[str, type[Query]] = {}
    conditional_post = False
    needs_account = False
    edition = None

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        method = "GET" if request.method == "HEAD" else request.method
        self.query = {}
        if method.lower() in self.http_method_names and hasattr(self, method.lower()):
            self.query = _read_query(request, self.parameters.get(method, Query))

    def options(self, request, *args, **kwargs):
        return Response(status=204)

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        if not isinstance(response, Response) or response.data is None:
            return response
        response.render()
        etag = conditions.etag_of(response.content)
        response.headers["ETag"] = etag
        conditions.patch_cache_headers(request, response, edition=self.edition)
        if request.method in SAFE_METHODS and conditions.is_unchanged(request, etag):
            return _not_modified(response)
        return response


class UnknownAddressView(View):
    """Any other address below /api/: a problem in place of an HTML page.

    An address that only lacks its final slash leads to the right one.
    """

    authentication_classes = ()
    permission_classes = ()
    schema = None

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


def _read_query(request, serializer_class: type[Query]) -> dict:
    """The parameters as the serializer reads them, its defaults for those absent.

    Raises InvalidQuery naming each parameter that is unknown, repeated or wrong.
    """
    given = request.query_params
    repeated = {
        name: [ErrorDetail(_("Indíquelo una sola vez."), code="repeated")]
        for name, values in given.lists()
        if len(values) > 1
    }
    if repeated:
        raise InvalidQuery(repeated)
    try:
        return _reader(serializer_class).run_validation(given.dict())
    except ValidationError as error:
        raise InvalidQuery(error.detail) from None


def _not_modified(response):
    answer = HttpResponseNotModified()
    for name in ("Cache-Control", "Content-Location", "ETag", "Vary", "Allow"):
        if name in response.headers:
            answer.headers[name] = response.headers[name]
    return answer
