"""Django's entry to the cases floor."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The case: facts, decisions, deadlines, notes and letters of one person in one region."""

    name = "pathways.cases"
    label = "cases"

    def ready(self) -> None:
        """Hang what happens to letters of cases on their hooks."""
        from pathways.cases.letters import queueing, reminding  # noqa: F401
