"""Django's entry to the attendance floor."""

from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    """Presences, results, corrections, progress."""

    name = "pathways.attendance"
    label = "attendance"
