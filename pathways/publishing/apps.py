"""Django's entry to the publishing floor."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """A rule set's way into force: proposed, approved by another person, scheduled, in force, cases following."""

    name = "pathways.publishing"
    label = "publishing"

    def ready(self) -> None:
        """Hang the letters that follow on the hooks of the queue of letters."""
        import_module("pathways.publishing.letters.writing")
