"""Verifying: computes every receipt again and follows the chain of each case; whatever does not fit is a fault."""

# ruff: noqa: S608  (names come from the catalogue and from constants here; every value is a parameter)
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.db import connection, transaction

from pathways.cases.deciding.receipts import receipt

Fault = Literal["altered", "inserted_or_removed", "end_missing"]
"""A record does not match its receipt; a record does not follow the one before; the last ones of a case are gone."""

_STEP = 1000
FENCE = "OFFSET bigint '0'"
"""Receipts are computed in a scan that may run in parallel; only what the chain needs is sorted."""

_FAULTS = f"""
SELECT c.reference, v.number, v.fault FROM (
    SELECT s.case_id, s.number, CASE
        WHEN NOT s.whole THEN 'altered'
        WHEN s.previous IS DISTINCT FROM lag(s.receipt) OVER chain OR s.number <> 1 + coalesce(lag(s.number) OVER chain, 0)
            THEN 'inserted_or_removed'
        END AS fault
    FROM (
        SELECT r.case_id, r.number, r.previous, r.receipt, r.receipt = {receipt("r", "r.previous")} AS whole
        FROM cases_decisionrecord r {FENCE}) s
    WINDOW chain AS (PARTITION BY s.case_id ORDER BY s.number)
    UNION ALL
    SELECT d.case_id, d.records, 'end_missing' FROM cases_decision d
    LEFT JOIN (SELECT case_id, max(number) AS last FROM cases_decisionrecord GROUP BY case_id) l ON l.case_id = d.case_id
    WHERE d.records IS DISTINCT FROM l.last
) v LEFT JOIN cases_case c ON c.id = v.case_id
WHERE v.fault IS NOT NULL ORDER BY c.reference, v.number"""

_SEAL = """SELECT count(*), count(DISTINCT case_id), coalesce(encode(sha256(string_agg(receipt, ''::bytea
    ORDER BY case_id) FILTER (WHERE last)), 'hex'), '')
FROM (SELECT case_id, receipt, number = max(number) OVER (PARTITION BY case_id) AS last FROM cases_decisionrecord) r"""


@dataclass(frozen=True, slots=True)
class Broken:
    """A fault: in which case (reference, "" where the case is gone too), at which record, of what kind."""

    case: str
    number: int
    fault: Fault


@dataclass(frozen=True, slots=True)
class Seal:
    """How many records and cases there are, and one SHA-256 over the last receipt of every case (hexadecimal).

    Kept outside the database, it shows later that nothing before it was changed by somebody who can change everything.
    """

    records: int
    cases: int
    digest: str


def broken_receipts() -> Iterator[Broken]:
    """All faults there are, by case. Nothing is written; a million records take some seconds."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_FAULTS)
        while rows := cursor.fetchmany(_STEP):
            yield from (Broken(reference or "", number, fault) for reference, number, fault in rows)


def seal_of_records() -> Seal:
    """The seal of all records as they are now."""
    with connection.cursor() as cursor:
        cursor.execute(_SEAL)
        return Seal(*cursor.fetchone())
