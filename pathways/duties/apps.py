"""Django's entry to the duties floor."""

from importlib import import_module

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    """Terms with their ledger; exemptions and suspensions."""

    name = "pathways.duties"
    label = "duties"

    def ready(self) -> None:
        """Terms follow the facts of their case."""
        import_module("pathways.duties.following")
