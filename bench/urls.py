"""The project's addresses and an empty view."""

from django.http import HttpResponse
from django.urls import include, path


def empty(request):
    return HttpResponse(b"")


urlpatterns = [
    path("vacio/", empty),
    path("", include("manual_org.urls")),
]
