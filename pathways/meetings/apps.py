"""Django's entry to the meetings floor."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Appointments, assessments, papers that are asked for."""

    name = "pathways.meetings"
    label = "meetings"
