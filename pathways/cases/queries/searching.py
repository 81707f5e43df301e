"""Finding cases by what somebody types: the prefix of any name, a national number, a reference."""

from __future__ import annotations

import re

from django.db.models import Exists, OuterRef

from pathways.cases.models import CaseQuerySet, SearchWord
from pathways.people.names import fold

MOST_WORDS = 6
_NUMBER = re.compile(r"[\d\s./-]*\d[\d\s./-]*")
_REFERENCE = re.compile(r"[A-Za-z]{1,6}[\s-]*\d{4}([\s-]+\d+)?")
_SEPARATORS = re.compile(r"[\s./-]+")


def search_prefixes(text: str) -> list[str]:
    """What to look for: a number or reference in one piece, otherwise each folded word. May be empty."""
    text = text.strip()
    if _NUMBER.fullmatch(text) or _REFERENCE.fullmatch(text):
        return [_SEPARATORS.sub("", text).lower()]
    return fold(text).split()[:MOST_WORDS]


def found_by(cases: CaseQuerySet, text: str) -> CaseQuerySet:
    """Those of `cases` that have, for each word of `text`, a search word beginning with it."""
    for prefix in search_prefixes(text):
        cases = cases.filter(Exists(SearchWord.objects.filter(case=OuterRef("pk"), word__startswith=prefix)))
    return cases
