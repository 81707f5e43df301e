"""Names of codes in the reader's language: facts from the catalogue, languages from CLDR, outcomes as on screen."""

from __future__ import annotations

from babel import Locale

from pathways.programmes.queries import fact_named
from pathways.rules import FACTS, PROGRAMMES
from pathways.web.wording import OUTCOMES


def fact_label(name: str, language: str) -> str:
    """The label of a fact in `language`; of an own fact, as the administrator wrote it."""
    fact = FACTS.get(name) or fact_named(name)
    labels = fact.labels if fact else {"en": name}
    return labels.get(language) or labels["en"]


def outcome_word(code: str) -> str:
    """The word of an outcome as the status chip has it."""
    return str(OUTCOMES[code].label)


CLDR_CODES = {"kmr": "ku", "prs": "fa_AF", "aii": "syr"}
"""Languages that CLDR knows under another code."""


def language_name(code: str, language: str) -> str:
    """The name of contact language `code` in `language`; the code where CLDR has none; "" for none."""
    name: str = Locale.parse(language).languages.get(CLDR_CODES.get(code, code).replace("-", "_"), code) if code else ""
    return name[:1].upper() + name[1:] if language in {"en", "de"} else name


def programme_title(code: str | None, language: str) -> str:
    """The title of a programme; "" where none is chosen yet."""
    return PROGRAMMES[code].titles[language] if code else ""
