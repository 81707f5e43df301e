"""The rules' own texts in Tigrinya, by their English."""

TEXTS: dict[str, str] = {}
