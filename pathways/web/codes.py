"""Names of free codes (municipalities, nationalities, permits) for worded values: one query, and none if none is needed."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import CharField, F, Model, QuerySet, Value
from django.utils.translation import gettext

from pathways.programmes.models import Municipality, Nationality, PermitType
from pathways.rules import LANGUAGES as FOUR
from pathways.web.reference import NATIONALITIES_IN, country_name, name_column

TABLES: dict[str, tuple[type[Model], str, str]] = {
    "municipalities": (Municipality, "nis_code", "nl"),
    "nationalities": (Nationality, "code", "en"),
    "permit_types": (PermitType, "code", "en"),
}
"""Code table of the catalogue to its model, the column of the code, and the language of the name for other readers."""


class CodeNames:
    """Callable as `pathways.rules.word_value` asks: table, code, language. Former municipalities have names too."""

    def __init__(self, language: str) -> None:
        """Nothing is asked of the database before a name is needed."""
        self.language = language

    @cached_property
    def _known(self) -> dict[tuple[str, str], str]:
        first, *rest = (self._rows(table) for table in TABLES)
        return {(table, code): name for table, code, name in first.union(*rest, all=True)}

    def _rows(self, table: str) -> QuerySet[Any, tuple[str, str, str]]:
        model, code, otherwise = TABLES[table]
        name = name_column(self.language, otherwise=otherwise)
        if table == "nationalities" and self.language in NATIONALITIES_IN:
            name = f"name_{self.language}"
        constant = Value(table, output_field=CharField())
        rows: QuerySet[Any, tuple[str, str, str]] = model._default_manager.order_by().values_list(
            constant, F(code), F(name)
        )
        return rows

    def __call__(self, table: str, code: str, language: str) -> str | None:
        """The name of a code; None for a code nobody knows."""
        found = self._known.get((table, code)) if table in TABLES else None
        if found and table == "nationalities":
            return country_name(code, found, self.language)
        return gettext(found) if found and table == "permit_types" and self.language not in FOUR else found
