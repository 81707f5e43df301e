"""Django's entry to the accounts floor, and to the technical admin with our own site."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps  # a name imported from there would count as our default


class AccountsConfig(AppConfig):
    """Users, organisations and memberships."""

    name = "accounts"
    label = "accounts"
    default = True

    def ready(self) -> None:
        """Listen to what allauth tells by signal alone."""
        from accounts import signals  # noqa: F401


class SiteConfig(admin_apps.AdminConfig):
    """The technical admin, open to administrators only."""

    default = False
    default_site = "accounts.administration.Site"
