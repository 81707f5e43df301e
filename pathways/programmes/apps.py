"""Django's entry to the programmes floor."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """Rule sets, programmes, offices, municipalities and other reference data."""

    name = "pathways.programmes"
    label = "programmes"
