"""Django's entry to the access floor."""

from __future__ import annotations

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """How a newcomer gets in: the access letter with its one-time code, sign-in codes by e-mail or phone."""

    name = "pathways.access"
    label = "access"
