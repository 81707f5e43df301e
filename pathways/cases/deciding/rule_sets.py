"""The published rule sets, parsed once per process and kept until the table says otherwise."""

from __future__ import annotations

import dataclasses
import hashlib
from functools import lru_cache
from typing import NamedTuple

from django.db import connection

from pathways.programmes.models import RuleSet as StoredRuleSet
from pathways.rules import RuleSet, parse_rule_set


class Published(NamedTuple):
    """What decides cases: the rule sets by their row number, and a key that changes whenever any of them does."""

    key: str
    rule_sets: tuple[tuple[int, RuleSet], ...]

    def by_id(self, number: int | None) -> RuleSet | None:
        """The rule set of that row."""
        return dict(self.rule_sets).get(number) if number else None


def published() -> Published:
    """The published rule sets: one small query for the key; parsing only when it has changed."""
    with connection.cursor() as cursor:
        cursor.execute(_KEY)
        (key,) = cursor.fetchone()
    return _published(hashlib.sha256(key.encode()).hexdigest())


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
    return dataclasses.replace(parse_rule_set(row.content), valid_to=row.valid_to)
