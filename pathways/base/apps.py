"""Django's entry to the base floor."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    """Clock, health, strict templates, discreet logging."""

    name = "pathways.base"
    label = "base"

    def ready(self) -> None:
        """Listen to worker and beat, so that `/healthz` knows them from their first second."""
        from pathways.base import heartbeats

        heartbeats.listen()
