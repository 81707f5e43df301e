"""Django's entry to the API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Speaks HTTP; owns no table."""

    name = "pathways.api"
    label = "api"
