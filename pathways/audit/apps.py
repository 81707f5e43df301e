"""Django's entry to the audit floor."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Journal and view log."""

    name = "pathways.audit"
    label = "audit"
