"""Django's entry to the outcomes floor."""

from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    """Certificates and breach files."""

    name = "pathways.outcomes"
    label = "outcomes"
