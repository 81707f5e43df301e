"""The rules' own texts in Spanish, by their English."""

TEXTS: dict[str, str] = {}
