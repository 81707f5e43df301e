"""The rules' own texts in Persian, by their English."""

TEXTS: dict[str, str] = {}
