"""Django's entry to the courses floor."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """Providers, offers, sessions, enrolments."""

    name = "pathways.courses"
    label = "courses"
