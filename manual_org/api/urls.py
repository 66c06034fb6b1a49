"""Addresses of the API; whatever is none of them is a problem, not a page."""

from django.urls import include, path, re_path

from manual_org.api.views import UnknownAddressView

app_name = "api"
urlpatterns = [
    path("v1/", include("manual_org.api.v1.urls")),
    re_path(r"", UnknownAddressView.as_view()),
]
