"""The rules' own texts in Pashto, by their English."""

TEXTS: dict[str, str] = {}
