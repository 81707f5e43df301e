"""Texts that come with the data (rule sets, catalogue, reference data) in whatever language a page is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from django.utils import translation
from django.utils.functional import lazy

from pathways.rules.translations import TEXTS

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def said(text: Mapping[str, str], language: str) -> str:
    """The text in `language`: as the data or the rules have it, or as the English is translated, or else the English."""
    found = text.get(language)
    if found and (language in set(text) or found != text["en"]):
        return found
    if known := TEXTS.get(language, {}).get(text["en"]):  # the catalogues leave out what the rules translate themselves
        return known
    with translation.override(language):
        return translation.gettext(text["en"])


def spoken(text: Mapping[str, str], language: str) -> str:
    """The language that `said` answers in: a template marks a text that stayed English with `lang`."""
    return language if language in set(text) or said(text, language) != text["en"] else "en"


def _said_now(text: Mapping[str, str]) -> str:
    return said(text, translation.get_language() or "en")


def said_later(text: Mapping[str, str]) -> _StrPromise:
    """The text in the language of the page that shows it."""
    return cast("_StrPromise", lazy(_said_now, str)(text))
