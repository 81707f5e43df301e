"""The published rule sets, parsed once per process and kept until the table says otherwise."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import lru_cache

from django.db import connection
from django.db.models import Q

from pathways.programmes.models import RuleSet as StoredRuleSet
from pathways.rules import PROGRAMMES, RuleSet, parse_rule_set

OPEN_LINES = {programme.trajectory_line for programme in PROGRAMMES.values() if programme.region == "brussels"}
"""The lines that a trajectory not chosen yet may turn out to be."""


@dataclass(frozen=True, slots=True)
class Published:
    """What decides cases: the rule sets by their row number, and a key that changes whenever any of them does.

    Two with the same key are the same, which is what compiled statements are kept by.
    """

    key: str
    rule_sets: tuple[tuple[int, RuleSet], ...] = field(compare=False)

    def of_lines(self, lines: Collection[str | None]) -> Published:
        """Those that can decide cases of these lines, for a shorter statement; None stands for a trajectory not chosen.

        All of them where these lines have none, for then too it is decided that nobody is targeted.
        """
        wanted = {line for line in lines if line} | (OPEN_LINES if None in lines else set())
        found = tuple(item for item in self.rule_sets if item[1].line in wanted)
        return Published(f"{self.key} {sorted(wanted)}", found) if found else self


def published() -> Published:
    """The published rule sets: one small query for the key; parsing only when it has changed."""
    with connection.cursor() as cursor:
        cursor.execute(_KEY)
        (key,) = cursor.fetchone()
    return _published(hashlib.sha256(key.encode()).hexdigest())


def published_among(numbers: Collection[int]) -> Published:
    """Only these of the published rule sets, as they were before the others came: none of those ended any of them."""
    return _among(tuple(sorted(numbers)))


@lru_cache(maxsize=16)
def _among(numbers: tuple[int, ...]) -> Published:
    rows = list(StoredRuleSet.objects.decided().order_by("line", "valid_from", "pk"))
    found = []
    for row in (row for row in rows if row.pk in numbers):
        begun = [o.valid_from for o in rows if o.line == row.line and o.pk in numbers and o.valid_from > row.valid_from]
        begun_since = {o.valid_from for o in rows if o.line == row.line and o.pk not in numbers}
        document = parse_rule_set(row.content)
        own_end = document.valid_to if row.valid_to in begun_since else row.valid_to
        found.append((row.pk, replace(document, valid_to=min([*begun, *([own_end] if own_end else [])], default=None))))
    return Published(f"among {numbers}", tuple(found))


def published_by(day: dt.date, *, of: Published) -> Published:
    """Those of the published rule sets that had been published by the end of that day, as they were then.

    Those that came with the software are law that was there before it, and always count.
    """
    rows = StoredRuleSet.objects.decided()
    known = rows.filter(Q(published_by__isnull=True) | Q(published_at__date__lte=day))
    numbers = set(known.exclude(ended_at__date__lte=day).values_list("pk", flat=True))
    return of if numbers == {number for number, _ in of.rule_sets} else published_among(numbers)


def published_rule_sets() -> tuple[tuple[int, RuleSet], ...]:
    """The published (and superseded) rule sets with their row numbers."""
    return published().rule_sets


_KEY = """SELECT coalesce(string_agg(concat_ws(' ', id, content_hash, valid_to), ',' ORDER BY id), '')
FROM programmes_ruleset WHERE state IN ('published', 'superseded')"""


@lru_cache(maxsize=4)
def _published(key: str) -> Published:
    rows = StoredRuleSet.objects.published().order_by("line", "valid_from", "pk")
    return Published(key, tuple((row.pk, _parsed(row)) for row in rows))


def _parsed(row: StoredRuleSet) -> RuleSet:
    """The document, with the end of its period as the table has it: a successor may have closed it since."""
    return replace(parse_rule_set(row.content), valid_to=row.valid_to)


def rule_set_by_id(number: int | None) -> RuleSet | None:
    """The published rule set of that row. It never changes, so a query is made only the first time in a process."""
    return None if number is None else _by_id(number)


@lru_cache(maxsize=64)
def _by_id(number: int) -> RuleSet:
    return _parsed(StoredRuleSet.objects.decided().get(pk=number))
