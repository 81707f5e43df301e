"""Django's entry to the accounts floor."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, organisations and memberships."""

    name = "accounts"
    label = "accounts"
