"""Django's admin with our site in place of the default one."""

from django.contrib.admin.apps import AdminConfig


class ManualAdminConfig(AdminConfig):
    default_site = "manuals.admin_site.ManualAdminSite"
