"""Recording facts of cases: what really changes is appended, and the case is decided again in the same transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from psycopg.types.json import Jsonb

from pathways.audit.actions import record_act
from pathways.base.arrays import among
from pathways.cases.actions.moving import follow_region
from pathways.cases.deciding import decide_cases
from pathways.cases.errors import FactError, FactProblem
from pathways.cases.following import NewRegion, tell_followers, tell_movers
from pathways.cases.locks import lock_cases
from pathways.cases.models import Case, FactChange
from pathways.cases.models import Facts as StoredFacts
from pathways.cases.own_facts import OwnFactsOf
from pathways.cases.references import References
from pathways.cases.values import Facts, FactValue, fact_problems, flat_form, kept_form, to_json, valid_since_problem
from pathways.rules import NO_OWN, STORED_FACTS, is_own

if TYPE_CHECKING:
    from accounts.models import User

Changes = dict[str, FactValue | None]


@dataclass(frozen=True, slots=True)
class FactsRecorded:
    """What came of recording facts of many cases: which changed, and which were refused and left as they were.

    Of those in `moving` a move to another region has begun, or was being prepared already; other facts are recorded.
    """

    changed: frozenset[int]
    refused: Mapping[int, tuple[FactProblem, ...]]
    moving: frozenset[int] = frozenset()


@dataclass(slots=True)
class _Work:
    """One batch while it is checked: the cases locked, their facts, what changes, what is refused, and who moves."""

    cases: Mapping[int, Case]
    known: Mapping[int, dict[str, Any]]
    own: OwnFactsOf
    changes: dict[int, Changes] = field(default_factory=dict)
    refused: dict[int, tuple[FactProblem, ...]] = field(default_factory=dict)
    moving: dict[int, NewRegion] = field(default_factory=dict)


def record_facts(
    *,
    actor: User | None,
    case: Case,
    facts: Facts,
    source: str,
    evidence: str = "",
    valid_since: dt.date | None = None,
    on: dt.date,
    act: str = "cases.record_facts",
) -> FactChange | None:
    """Record facts of a case and decide it again; answers the change, or None if nothing was new.

    `None` as a value clears the fact. A municipality in another region takes along a case in which nothing has happened
    yet; once the pathway has begun, that is a move, which begins instead of the fact. Raises FactError.
    """
    with transaction.atomic():
        recorded = _record(actor, {case.pk: facts}, source, evidence, valid_since, on)
        if case.pk in recorded.refused:
            raise FactError(recorded.refused[case.pk])
        if not recorded.changed:
            return None
        change = FactChange.objects.filter(case=case).latest("pk")
        record_act(actor=actor, act=act, case_id=case.pk, details={"facts": sorted(change.changes), "on": str(on)})
    case.refresh_from_db()
    return change


def record_facts_of_cases(
    *,
    actor: User | None,
    facts_of: Mapping[int, Facts],
    source: str,
    evidence: str = "",
    valid_since: dt.date | None = None,
    on: dt.date,
) -> FactsRecorded:
    """Record facts of many cases (by case id) with a few statements; a refused case does not hold up the others."""
    if not facts_of:
        return FactsRecorded(frozenset(), {})
    with transaction.atomic():
        recorded = _record(actor, facts_of, source, evidence, valid_since, on)
        if recorded.changed:
            details = {"cases": len(recorded.changed), "source": source, "on": str(on)}
            record_act(actor=actor, act="cases.record_facts_of_cases", subject=evidence[:120], details=details)
    return recorded


def _record(
    actor: User | None,
    facts_of: Mapping[int, Facts],
    source: str,
    evidence: str,
    valid_since: dt.date | None,
    on: dt.date,
) -> FactsRecorded:
    if late := valid_since_problem(valid_since, on=on):
        raise FactError([late])
    cases = lock_cases(facts_of)
    own = OwnFactsOf.recorded(facts_of, actor=actor, on=on)
    stored = StoredFacts.objects.filter(pk__in=among(cases)).values()
    work = _Work(cases, {row["case_id"]: flat_form(row, own.facts) for row in stored}, own)
    _find_changes(work, facts_of, on)
    _complete(work, on, valid_since)
    if work.changes:
        _write(work, actor, source, evidence, valid_since, on)
        follow_region(work.cases, work.changes, on=on)
        decide_cases(case_ids=list(work.changes), on=on, cause="facts")
        tell_followers(actor=actor, changes=work.changes, on=on)
    moving = {work.cases[number]: news for number, news in work.moving.items()}
    tell_movers(actor=actor, cases=moving, source=source, evidence=evidence, on=on)
    return FactsRecorded(frozenset(work.changes), work.refused, frozenset(work.moving))


def _find_changes(work: _Work, facts_of: Mapping[int, Facts], on: dt.date) -> None:
    for number, case in work.cases.items():
        known, facts = work.known[number], facts_of[number]
        changes = {name: value for name, value in facts.items() if _is_new(name, value, known)}
        own = work.own.of(case) if any(map(is_own, changes)) else NO_OWN
        problems = fact_problems(changes, on=on, own=own) if changes else []
        if not problems and "birth_date" not in changes:
            problems = fact_problems({**changes, "birth_date": known["birth_date"]}, on=on, own=own) if changes else []
        if changes and case.closed_on:
            problems = [_closed()]
        if problems:
            work.refused[number] = tuple(problems)
        elif changes:
            work.changes[number] = changes


def _is_new(name: str, value: FactValue | None, known: Mapping[str, Any]) -> bool:
    """Whether a value differs from what is known; a fact that does not exist does too, so that it is refused."""
    return known.get(name) != value or (name not in known and not is_own(name))


def _complete(work: _Work, on: dt.date, since: dt.date | None) -> None:
    """Check codes, add derived facts, drop what turns out unchanged, set moves apart."""
    if not work.changes:
        return
    named = [{"nationality": work.known[number]["nationality"], **changes} for number, changes in work.changes.items()]
    references = References.for_facts(named, on=on)
    for number, changes in list(work.changes.items()):
        known = work.known[number]
        problems = references.problems(changes)
        completed = references.completed(changes, known)
        completed = {name: value for name, value in completed.items() if known.get(name) != value}
        if "region" in completed and completed["region"] is None:
            problems.append(_no_municipality())
        if problems:
            work.refused[number] = tuple(problems)
        elif "region" in completed and _has_begun(known):
            work.moving[number] = _set_apart(completed, since)
        if problems or not completed:
            del work.changes[number]
        else:
            work.changes[number] = completed


_BEGUN = ("notified_on", "office_registered_on", "contract_signed_on", "certified_on")


def _has_begun(known: Mapping[str, Any]) -> bool:
    """Whether something has happened that belongs to the old region: its dates must not count in the new one."""
    return any(known[name] is not None for name in _BEGUN)


def _set_apart(completed: Changes, since: dt.date | None) -> NewRegion:
    """Take out of the changes what belongs to the new region, and answer it."""
    registered = completed.pop("registered_in_region_on", None)
    del completed["region"]
    municipality = completed.pop("municipality")
    return NewRegion(str(municipality), registered if isinstance(registered, dt.date) else since)


def _closed() -> FactProblem:
    return FactProblem("case", _("The case is closed."), _("Open a new case for this person."))


def _no_municipality() -> FactProblem:
    return FactProblem("municipality", _("A case needs a municipality."), _("Choose the municipality of residence."))


def _write(
    work: _Work, actor: User | None, source: str, evidence: str, valid_since: dt.date | None, on: dt.date
) -> None:
    rows = [
        {
            "case_id": number,
            "new": _new_values(work.known[number], changes),
            "changes": {
                name: [to_json(work.known[number].get(name)), to_json(value)] for name, value in changes.items()
            },
        }
        for number, changes in work.changes.items()
    ]
    parameters: dict[str, Any] = {
        "rows": Jsonb(rows),
        "source": source,
        "evidence": evidence,
        "valid_since": valid_since,
        "on": on,
        "actor": actor.pk if actor else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(_UPDATE, parameters)


def _new_values(known: Mapping[str, Any], changes: Changes) -> dict[str, Any]:
    """The columns that change; own facts change in the one column that keeps them all."""
    values: dict[str, Any] = {name: to_json(value) for name, value in changes.items() if not is_own(name)}
    if any(map(is_own, changes)):
        own = {name: value for name, value in {**known, **changes}.items() if is_own(name)}
        values["own"] = kept_form(own).get("own")
    return values


_COLUMNS = ", ".join(f'"{name}"' for name in (*STORED_FACTS, "own"))
# Column names come from the catalogue; every value is a parameter.
_UPDATE = f"""WITH r AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset(%(rows)s) AS r(case_id bigint, new jsonb, changes jsonb)),
updated AS (
    UPDATE cases_facts f SET ({_COLUMNS}) = (SELECT {_COLUMNS} FROM jsonb_populate_record(f, r.new))
    FROM r WHERE f.case_id = r.case_id)
INSERT INTO cases_factchange (case_id, changes, source, evidence, valid_since, "on", recorded_by_id)
SELECT case_id, changes, %(source)s, %(evidence)s, %(valid_since)s, %(on)s, %(actor)s FROM r ORDER BY case_id"""  # noqa: S608
