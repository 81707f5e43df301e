"""The rules' own texts in Somali, by their English."""

TEXTS: dict[str, str] = {}
