"""Django's entry to the people floor."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Identity and contact, apart from the facts that rules may see."""

    name = "pathways.people"
    label = "people"
