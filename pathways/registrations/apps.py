"""Django's entry to the registrations floor."""

from django.apps import AppConfig


class RegistrationsConfig(AppConfig):
    """A municipality's list comes in: upload, dry run, import, report."""

    name = "pathways.registrations"
    label = "registrations"
