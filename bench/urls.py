"""The project's addresses and an empty view."""

from django.http import HttpResponse
from django.urls import path

from manual_org.urls import handler404, handler500
from manual_org.urls import urlpatterns as project

__all__ = ["handler404", "handler500", "urlpatterns"]


def empty(request):
    return HttpResponse(b"")


urlpatterns = [path("vacio/", empty), *project]
