"""Django's entry to the publishing floor."""

from __future__ import annotations

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """A rule set's way into force: proposed, approved by another person, scheduled, in force, cases following."""

    name = "pathways.publishing"
    label = "publishing"
