"""Django's entry to the notices floor."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Letters on their way out, each at most once; knows no case."""

    name = "pathways.notices"
    label = "notices"
