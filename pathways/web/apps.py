"""Django's entry to the pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, template tags and the frame around them; owns one small table: forms that were sent."""

    name = "pathways.web"
    label = "web"
