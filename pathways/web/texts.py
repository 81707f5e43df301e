"""Texts that come with the data (rule sets, catalogue, reference data) in whatever language a page is read."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import translation


def said(text: Mapping[str, str], language: str) -> str:
    """The text in `language`: as the data have it, or as the English is translated, or else the English."""
    if found := text.get(language):
        return found
    with translation.override(language):
        return translation.gettext(text["en"])


def spoken(text: Mapping[str, str], language: str) -> str:
    """The language that `said` answers in: a template marks a text that stayed English with `lang`."""
    return language if text.get(language) or said(text, language) != text["en"] else "en"
