"""Names folded for finding, without accents, case or signs, so that "Łukasz O'Brien" is found by "lukasz o brien"."""

from __future__ import annotations

from pathways.base.folding import fold

__all__ = ["LONGEST", "fold", "folded_name"]

LONGEST = 250
"""Letters of a folded name that are kept."""


def folded_name(last_name: str, first_names: str) -> str:
    """What `Person.folded_name` holds: the folded last name, then the folded first names."""
    return f"{fold(last_name)} {fold(first_names)}".strip()[:LONGEST]
