"""Django's entry to the moves floor."""

from django.apps import AppConfig


class MovesConfig(AppConfig):
    """Moves between regions."""

    name = "pathways.moves"
    label = "moves"
