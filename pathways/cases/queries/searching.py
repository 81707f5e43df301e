"""Finding cases by what somebody types: the prefix of any name, a national number, a reference."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any, TypeVar

from django.db.models import QuerySet

from pathways.cases.models import SearchWord
from pathways.people.names import fold

Found = TypeVar("Found", bound=QuerySet[Any, Any])
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


def found_by(cases: Found, text: str, *, offices: Collection[int] | None) -> Found:
    """Those of `cases` (or of rows keyed by the number of a case) with, for each word of `text`, one beginning with it.

    `offices`: those whose cases they are, where known; only their part of the index is read.
    """
    words = [_beginning(prefix, offices) for prefix in search_prefixes(text)]
    if not words:
        return cases
    # Two words are matched by reading the index alone; to look up each case of the first would take ten times as long.
    return cases.filter(pk__in=words[0].intersection(*words[1:]) if words[1:] else words[0])


def _beginning(prefix: str, offices: Collection[int] | None) -> QuerySet[SearchWord, int]:
    words = SearchWord.objects.filter(word__startswith=prefix)
    if offices is not None:
        words = words.filter(office__in=offices)
    return words.values_list("case", flat=True)
