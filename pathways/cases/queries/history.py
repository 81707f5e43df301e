"""What happened to a case: facts recorded, decisions, notes, papers and acts, read with one query, newest first."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from django.conf import settings
from django.db import connection

from pathways.cases.models import Case
from pathways.cases.values import FactValue, from_json
from pathways.rules import STORED_FACTS

Kind = Literal["decision", "facts", "note", "document", "act"]

SHOWN_ACTS: Final = (
    "cases.follow_region",
    "cases.choose_programme",
    "cases.assign_counselor",
    "cases.assign_office",
    "cases.record_invitation",
    "cases.close_case",
)
"""Acts of this floor with a line of their own; the others are seen in the facts, notes or papers they wrote.

Acts of the floors above all come along; the page tells those it has words for."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the timeline. `on` is the day it concerns, `at` when it was written, `by` who wrote it ("" = software).

    `data` by kind — decision: `record` (id), `outcome`, `rule`, `cause`, `duty_rule_set`, `trajectory_rule_set` (row
    numbers), `missing`, `possible`, `obliged_since`; facts: `changes` {fact: [old, new]}, `source`, `evidence`,
    `valid_since`, `first` (true for the facts the case was opened with); note: `kind`, `text`; document: `kind`,
    `name`, `public_id`; act: `act` and `details`.
    """

    kind: Kind
    id: int
    on: dt.date
    at: dt.datetime
    by: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class KnownFact:
    """The last that was recorded about a fact: its value, and from whom, since when, on which day."""

    name: str
    value: FactValue | None
    source: str
    evidence: str
    valid_since: dt.date | None
    on: dt.date
    by: str


def history_of(case: Case, *, until: dt.date | None = None) -> list[Event]:
    """All events up to and including day `until`, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(_HISTORY, _parameters(case, until))
        return [_event(row) for row in cursor.fetchall()]


def _event(row: tuple[Any, ...]) -> Event:
    kind, number, on, at, by, data = row
    return Event(kind, number, on, at, by, json.loads(data))


def _parameters(case: Case, until: dt.date | None) -> dict[str, Any]:
    return {"case": case.pk, "until": until or dt.date.max, "acts": list(SHOWN_ACTS), "zone": settings.TIME_ZONE}


def known_facts(events: Iterable[Event]) -> dict[str, KnownFact]:
    """The facts as the recorded changes leave them: the newest change of each fact wins."""
    known: dict[str, KnownFact] = {}
    for event in events:
        if event.kind == "facts":
            for name, (_old, new) in event.data["changes"].items():
                known.setdefault(name, known_fact(name, new, event))
    return known


def known_fact(name: str, new: Any, event: Event) -> KnownFact:
    """One change of an event: what it says about a fact."""
    since = event.data["valid_since"]
    return KnownFact(
        name=name,
        value=from_json(name, new) if name in STORED_FACTS else new,
        source=event.data["source"],
        evidence=event.data["evidence"],
        valid_since=dt.date.fromisoformat(since) if since else None,
        on=event.on,
        by=event.by,
    )


# Within a day, what was written later stands first; facts stand below the decision they led to.
_HISTORY = """SELECT e.kind, e.id, e."on", e.at, coalesce(nullif(u.full_name, ''), u.email, '') AS by, e.data FROM (
    SELECT 'facts' AS kind, 1 AS rank, id, "on", recorded_at AS at, recorded_by_id AS by_id, jsonb_build_object(
        'changes', changes, 'source', source, 'evidence', evidence, 'valid_since', valid_since,
        'first', lag(id) OVER (ORDER BY id) IS NULL) AS data
    FROM cases_factchange WHERE case_id = %(case)s
    UNION ALL
    SELECT 'decision', 2, id, "on", recorded_at, NULL, jsonb_build_object(
        'record', id, 'outcome', outcome, 'rule', rule, 'cause', cause, 'missing', missing, 'possible', possible,
        'duty_rule_set', duty_rule_set_id, 'trajectory_rule_set', trajectory_rule_set_id,
        'obliged_since', obliged_since)
    FROM cases_decisionrecord WHERE case_id = %(case)s
    UNION ALL
    SELECT 'note', 3, id, "on", written_at, author_id, jsonb_build_object('kind', kind, 'text', text)
    FROM cases_note WHERE case_id = %(case)s
    UNION ALL
    SELECT 'document', 4, p.id, (d.made_at AT TIME ZONE %(zone)s)::date, d.made_at, d.made_by_id,
        jsonb_build_object('kind', p.kind, 'name', d.name, 'public_id', d.public_id)
    FROM cases_casedocument p JOIN documents_document d ON d.id = p.document_id WHERE p.case_id = %(case)s
    UNION ALL
    SELECT 'act', 5, id, coalesce((details ->> 'on')::date, (at AT TIME ZONE %(zone)s)::date), at, actor_id,
        jsonb_build_object('act', act, 'details', details)
    FROM audit_journalentry WHERE case_id = %(case)s AND (act = ANY(%(acts)s) OR act NOT LIKE 'cases.%%')
) e LEFT JOIN accounts_user u ON u.id = e.by_id
WHERE e."on" <= %(until)s ORDER BY e."on" DESC, e.at DESC, e.rank DESC, e.id DESC"""
