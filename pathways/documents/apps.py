"""Django's entry to the documents floor."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Papers in and out: stored files and typst letters; knows no case."""

    name = "pathways.documents"
    label = "documents"
