"""Django's entry to the previews floor."""

from __future__ import annotations

from django.apps import AppConfig


class PreviewsConfig(AppConfig):
    """What a rule set would do to the open cases, before it is published."""

    name = "pathways.previews"
    label = "previews"
