"""Django's entry to the courses floor."""

from importlib import import_module

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """Providers, offers, sessions, enrolments."""

    name = "pathways.courses"
    label = "courses"

    def ready(self) -> None:
        """Enrolments end with their case."""
        import_module("pathways.courses.following")
