"""Django's entry to the duties floor."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    """Terms with their ledger; exemptions and suspensions."""

    name = "pathways.duties"
    label = "duties"
