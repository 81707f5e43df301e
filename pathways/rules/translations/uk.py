"""The rules' own texts in Ukrainian, by their English."""

TEXTS: dict[str, str] = {}
