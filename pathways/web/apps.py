"""Django's entry to the pages."""

from importlib import import_module

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, template tags and the frame around them; owns one small table: forms that were sent."""

    name = "pathways.web"
    label = "web"

    def ready(self) -> None:
        """A newcomer's session is marked as such when it begins."""
        import_module("pathways.web.portal.entry.sessions")
