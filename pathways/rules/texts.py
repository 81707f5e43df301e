"""Texts in the four interface languages; domain data carries its own, so that rules need no translation machinery."""

from collections.abc import Mapping
from types import MappingProxyType

LANGUAGES = ("en", "nl", "fr", "de")


def texts(en: str, nl: str, fr: str, de: str) -> Mapping[str, str]:
    """One text in all four languages, read-only."""
    return MappingProxyType({"en": en, "nl": nl, "fr": fr, "de": de})
