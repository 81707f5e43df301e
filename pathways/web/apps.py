"""Django's entry to the pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, template tags and the frame around them; owns no tables."""

    name = "pathways.web"
    label = "web"
