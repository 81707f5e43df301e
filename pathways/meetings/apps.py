"""Django's entry to the meetings floor."""

from importlib import import_module

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Appointments, assessments, papers that are asked for."""

    name = "pathways.meetings"
    label = "meetings"

    def ready(self) -> None:
        """Appointments are reminded of, and their letters checked before they leave."""
        import_module("pathways.meetings.letters.reminding")
