"""The hook for a translator, off by default. What a machine made is named as such, and never in the original's place."""

from __future__ import annotations

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class Translator(Protocol):
    """What `PATHWAYS_TRANSLATOR` names: a class without arguments. It answers within seconds or raises."""

    name: str
    """Shown with every translation: the service or model that made it."""

    def translate(self, text: str, *, source: str, target: str) -> str:
        """The text in the language `target`; codes as in the settings (`ar`, `fa`)."""


def translator() -> Translator | None:
    """The translator of this installation; None where messages are not translated."""
    if not settings.TRANSLATOR:
        return None
    found: Translator = import_string(settings.TRANSLATOR)()
    return found
