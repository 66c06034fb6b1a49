"""Addresses of the whole system: admin, reader pages, API, health."""

from django.contrib import admin
from django.urls import include, path

from manual_org.health import health

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/", include("manual_org.api.urls")),
    path("salud/", health, name="health"),
    path("", include("manual_org.web.urls")),
]
