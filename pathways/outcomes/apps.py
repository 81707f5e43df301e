"""Django's entry to the outcomes floor."""

from importlib import import_module

from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    """Certificates and breach files."""

    name = "pathways.outcomes"
    label = "outcomes"

    def ready(self) -> None:
        """Follow the letters of breach files."""
        import_module("pathways.outcomes.followers")
