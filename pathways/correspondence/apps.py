"""Django's entry to the correspondence floor."""

from __future__ import annotations

from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    """What newcomer and office tell each other: messages, corrections asked for, changes reported."""

    name = "pathways.correspondence"
    label = "correspondence"
