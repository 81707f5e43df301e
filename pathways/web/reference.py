"""Choices from reference tables in the reader's language: municipalities, nationalities, permits, languages."""

from __future__ import annotations

from collections.abc import Collection

from babel import Locale
from django.utils.translation import gettext

from pathways.programmes.models import Language, Municipality, Nationality, PermitType

Choices = list[tuple[str, str]]


def name_column(language: str, *, otherwise: str = "en") -> str:
    """The column that holds a name in `language`; that of `otherwise` for a language the table doesn't have."""
    return f"name_{language if language in {'nl', 'fr', 'de'} else otherwise}"


def municipality_choices(language: str, regions: Collection[str] = ()) -> Choices:
    """Municipalities of today by name, of `regions` only where some are given. One query."""
    name = name_column(language, otherwise="nl")
    found = Municipality.objects.filter(valid_to__isnull=True)
    if regions:
        found = found.filter(region__in=regions)
    return list(found.order_by(name).values_list("nis_code", name))


NATIONALITIES_IN = frozenset({"en", "nl", "fr", "de", "tr", "ar", "ru"})
"""The languages in which the table names nationalities; for the others there is CLDR."""


def nationality_choices(language: str) -> Choices:
    """Nationalities by name; territories have those of their state. One query."""
    found = Nationality.objects.exclude(kind="territory")
    if language in NATIONALITIES_IN:
        name = f"name_{language}"
        return list(found.order_by(name).values_list("code", name))
    named = [(code, country_name(code, english, language)) for code, english in found.values_list("code", "name_en")]
    return sorted(named, key=lambda choice: choice[1])


def nationality_names(codes: Collection[str], language: str) -> dict[str, str]:
    """Names of nationalities by code. One query, none for no codes."""
    if not codes:
        return {}
    name = f"name_{language if language in NATIONALITIES_IN else 'en'}"
    found = Nationality.objects.filter(pk__in=codes).values_list("code", name)
    return {code: country_name(code, text, language) for code, text in found}


def country_name(code: str, name: str, language: str) -> str:
    """A country in a language whose names the table lacks: from CLDR, or its English `name` translated."""
    if language in NATIONALITIES_IN:
        return name
    known: str | None = Locale.parse(language).territories.get(code)
    return known or gettext(name)


def permit_choices(language: str) -> Choices:
    """Residence documents by code, each with its name. One query."""
    name = name_column(language)
    return list(PermitType.objects.order_by("code").values_list("code", name))


def language_choices(language: str) -> Choices:
    """Contact languages by name, each with its own name beside it. One query."""
    name = name_column(language)
    found = Language.objects.order_by(name).values_list("code", name, "autonym")
    return [(code, label if label == autonym else f"{label} ({autonym})") for code, label, autonym in found]


def municipality_names(codes: Collection[str], language: str) -> dict[str, str]:
    """Names of municipalities by NIS code, former ones included. One query, none for no codes."""
    name = name_column(language, otherwise="nl")
    return dict(Municipality.objects.filter(pk__in=codes).values_list("nis_code", name)) if codes else {}
