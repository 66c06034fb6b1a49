"""Addresses of the whole system: admin, reader pages, API, health."""

from django.contrib import admin
from django.urls import include, path

from manual_org.health import health

handler400 = "manual_org.api.handlers.handler400"
handler500 = "manual_org.api.handlers.handler500"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/", include("manual_org.api.urls")),
    path("salud/", health, name="health"),
    path("", include("manual_org.web.urls")),
]
