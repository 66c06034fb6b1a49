"""Django's own admin, which has none of our templates, styles or order."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.urls import include, path

site = admin.AdminSite()
site.register(User, UserAdmin)
site.register(Group, GroupAdmin)
urlpatterns = [
    path("admin/", site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
]
