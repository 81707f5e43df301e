"""Django's entry to the agreements floor."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """Contracts and their versions."""

    name = "pathways.agreements"
    label = "agreements"
