"""Django's entry to the work floor."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """Tasks derived from causes; owns no table."""

    name = "pathways.work"
    label = "work"
