"""Replaying: decides stored records again, by the facts and the rule sets of their time, and compares.

Records are taken together by their day and by the rule sets that were published when they were written.
"""

# ruff: noqa: S608  (names come from the catalogue and from constants here; every value is a parameter)
from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from pathways.cases.deciding.receipts import COLUMNS
from pathways.cases.deciding.rule_sets import Published, published_among
from pathways.cases.deciding.statements import OWN, STORED, evaluate
from pathways.programmes.models import RuleSet as StoredRuleSet
from pathways.rules import Day, Sql

HASHES = ("duty_rule_set_hash", "trajectory_rule_set_hash")
"""Compared too: a published rule set never changes, so its hash is that of its time."""

_RELATION = f"""SELECT r.id, r.duty_line, r.trajectory_line, {", ".join(f'p."{name}"' for name in (*STORED, OWN))}
FROM replayed t JOIN cases_decisionrecord r ON r.id = t.id
CROSS JOIN LATERAL jsonb_populate_record(NULL::cases_facts, r.facts) AS p
WHERE t.era = %s AND t."on" = %s"""


@dataclass(frozen=True, slots=True)
class Difference:
    """A record that comes out differently: case, its number there, the column, what it says and what is found now."""

    case: str
    number: int
    column: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which records: of one programme ("" = all), and how many of them drawn by chance (None = all)."""

    programme: str = ""
    sample: int | None = None
    seed: int = 0


def replay_records(
    chosen: Chosen, *, progress: Callable[[int, int], None] = lambda done, of: None
) -> Iterator[Difference]:
    """Decide the chosen records again; yields what differs. Nothing stays written.

    `progress` hears how many are done, of how many.
    """
    with transaction.atomic(), _staged(chosen) as total:
        done = 0
        for era, on, count in _groups():
            yield from _replay_group(era, on)
            done += count
            progress(done, total)


@contextmanager
def _staged(chosen: Chosen) -> Iterator[int]:
    """A temporary table of the chosen records by era: how much had happened to rule sets when they were written."""
    limit = (
        Sql("", ())
        if chosen.sample is None
        else Sql(" ORDER BY hashint8extended(r.id, %s) LIMIT %s", (chosen.seed, chosen.sample))
    )
    of = "JOIN cases_case c ON c.id = r.case_id AND c.programme = %s" if chosen.programme else ""
    _run(
        f"""CREATE TEMPORARY TABLE replayed ON COMMIT DROP AS
        SELECT r.id, r."on", (SELECT count(*) FROM unnest(%s::timestamptz[]) AS s(happened)
            WHERE coalesce(s.happened <= r.recorded_at, true)) AS era
        FROM cases_decisionrecord r {of}{limit.text}""",
        ([at for _, _, at in _history()], *([chosen.programme] if chosen.programme else ()), *limit.params),
    )
    _run('CREATE INDEX ON replayed (era, "on")')
    _run("ANALYZE replayed")
    yield int(_rows("SELECT count(*) FROM replayed")[0][0])
    _run("DROP TABLE replayed")


def _groups() -> list[tuple[int, dt.date, int]]:
    return [tuple(row) for row in _rows('SELECT era, "on", count(*) FROM replayed GROUP BY era, "on" ORDER BY 1, 2')]


def _replay_group(era: int, on: dt.date) -> Iterator[Difference]:
    published = _published_in(era)
    if not published.rule_sets:
        return
    evaluated = evaluate(published, on, Sql(_RELATION, (era, Day())))
    pairs = ", ".join(f'(\'{name}\', r."{name}"::text, e."{name}"::text)' for name in COLUMNS)
    hashes = ", ".join(f"('{name}', r.\"{name}\", {name[:4]}.content_hash)" for name in HASHES)
    found = _rows(
        f"""SELECT c.reference, r.number, x.name, coalesce(x.then, ''), coalesce(x.now, '')
        FROM ({evaluated.text}) e JOIN cases_decisionrecord r ON r.id = e.case_id JOIN cases_case c ON c.id = r.case_id
        LEFT JOIN programmes_ruleset duty ON duty.id = r.duty_rule_set_id
        LEFT JOIN programmes_ruleset traj ON traj.id = r.trajectory_rule_set_id
        CROSS JOIN LATERAL (VALUES {pairs}, {hashes}) AS x(name, "then", now)
        WHERE x.then IS DISTINCT FROM x.now ORDER BY c.reference, r.number""",
        evaluated.params,
    )
    yield from (Difference(*row) for row in found)


def _published_in(era: int) -> Published:
    """The rule sets that were published, and not ended in an emergency, once so many things had happened to them."""
    numbers: set[int] = set()
    for number, began, _ in _history()[:era]:
        numbers = numbers | {number} if began else numbers - {number}
    return published_among(numbers)


def _history() -> list[tuple[int, bool, dt.datetime | None]]:
    """Which rule set began to decide (or was ended in an emergency), and when, earliest first (None: before all else)."""
    rows = StoredRuleSet.objects.decided().order_by("pk").values_list("pk", "published_at", "ended_at")
    happened = [(number, True, at) for number, at, _ in rows]
    happened += [(number, False, at) for number, _, at in rows if at]
    return sorted(happened, key=lambda one: (one[2] is not None, one[2], one[0]))


def _run(text: str, params: tuple[Any, ...] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, params or None)


def _rows(text: str, params: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(text, params or None)
        return list(cursor.fetchall())
