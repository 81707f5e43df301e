"""Names of free codes for worded conditions: countries, municipalities, permits. One query for each kind that occurs."""

from __future__ import annotations

from collections.abc import Callable

from pathways.web.reference import Choices, municipality_choices, nationality_choices, permit_choices

TABLES: dict[str, Callable[[str], Choices]] = {
    "nationalities": nationality_choices,
    "municipalities": municipality_choices,
    "permit_types": permit_choices,
}


class NamedCodes:
    """Callable as `pathways.rules.wording` asks: table, code, language; None for a code nobody knows."""

    def __init__(self) -> None:
        """Nothing is asked of the database before a name is needed."""
        self._known: dict[tuple[str, str], dict[str, str]] = {}

    def __call__(self, table: str, code: str, language: str) -> str | None:
        """The name of a code."""
        if table not in TABLES:
            return None
        if (table, language) not in self._known:
            self._known[table, language] = dict(TABLES[table](language))
        return self._known[table, language].get(code)
