"""Django's entry to the moves floor."""

from importlib import import_module

from django.apps import AppConfig


class MovesConfig(AppConfig):
    """Moves between regions."""

    name = "pathways.moves"
    label = "moves"

    def ready(self) -> None:
        """A new address in another region begins a move."""
        import_module("pathways.moves.following")
