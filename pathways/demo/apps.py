"""Django's entry to the demo floor."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Invented people; owns no table."""

    name = "pathways.demo"
    label = "demo"
