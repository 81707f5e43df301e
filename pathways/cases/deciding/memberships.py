"""Facts derived from dated reference data, refreshed when a membership begins or ends: nationality group, municipality.

Only near such a day is there anything to do, so an ordinary night costs two small look-ups.
"""

from __future__ import annotations

import datetime as dt

from django.db import connection

LOOK_BACK = dt.timedelta(days=31)
"""Boundaries this far back are looked at again: the nightly run may have been missed for some days."""
_BATCH = 20_000

_APPEND = """INSERT INTO cases_factchange (case_id, changes, source, evidence, "on")
SELECT case_id, changes, 'software', %(evidence)s, %(on)s FROM stale"""

_GROUPS = f"""WITH stale AS MATERIALIZED (
    SELECT f.case_id, g.new,
        jsonb_build_object('nationality_group', jsonb_build_array(f.nationality_group, g.new)) AS changes
    FROM cases_facts f
    JOIN cases_case c ON c.id = f.case_id
    CROSS JOIN LATERAL (SELECT CASE
        WHEN f.nationality <> 'BE' AND (f.nationality = 'XXA' OR f.asylum_status = 'refugee') THEN 'third_country'
        ELSE (SELECT p.nationality_group FROM programmes_nationalitygroupperiod p
              WHERE p.nationality_id = f.nationality AND p.nationality_group <> 'unknown'
                AND (p.valid_from IS NULL OR p.valid_from <= %(on)s) AND (p.valid_to IS NULL OR p.valid_to > %(on)s))
        END AS new) g
    WHERE f.is_open AND g.new IS DISTINCT FROM f.nationality_group AND f.nationality IN (
        SELECT p.nationality_id FROM programmes_nationalitygroupperiod p
        WHERE (p.valid_from > %(since)s AND p.valid_from <= %(on)s)
            OR (p.valid_to > %(since)s AND p.valid_to <= %(on)s))
    ORDER BY f.case_id LIMIT {_BATCH} FOR NO KEY UPDATE OF c),
refreshed AS (
    UPDATE cases_facts f SET nationality_group = stale.new FROM stale WHERE stale.case_id = f.case_id),
appended AS ({_APPEND})
SELECT case_id FROM stale ORDER BY case_id"""  # noqa: S608

# A merger across regions would be a move, which a person decides; there has never been one.
_MUNICIPALITIES = f"""WITH stale AS MATERIALIZED (
    SELECT f.case_id, m.successor_id AS new,
        jsonb_build_object('municipality', jsonb_build_array(f.municipality, m.successor_id)) AS changes
    FROM programmes_municipality m
    JOIN programmes_municipality s ON s.nis_code = m.successor_id AND s.region = m.region
    JOIN cases_facts f ON f.municipality = m.nis_code AND f.is_open
    JOIN cases_case c ON c.id = f.case_id
    WHERE m.valid_to > %(since)s AND m.valid_to <= %(on)s
    ORDER BY f.case_id LIMIT {_BATCH} FOR NO KEY UPDATE OF c),
refreshed AS (
    UPDATE cases_facts f SET municipality = stale.new FROM stale WHERE stale.case_id = f.case_id),
appended AS ({_APPEND})
SELECT case_id FROM stale ORDER BY case_id"""  # noqa: S608


_KINDS = ((_GROUPS, "membership of nationality groups"), (_MUNICIPALITIES, "merger of municipalities"))


def refresh_memberships(*, on: dt.date) -> list[int]:
    """Refresh the derived facts of a batch of open cases, appending what changed; answers the cases, to be decided.

    To be called in one transaction with that decision, until it answers none. Rows already right are not written.
    """
    for statement, evidence in (
        (_GROUPS, "membership of nationality groups"),
        (_MUNICIPALITIES, "merger of municipalities"),
    ):
        with connection.cursor() as cursor:
            cursor.execute(statement, {"on": on, "since": on - LOOK_BACK, "evidence": evidence})
            if ids := [row[0] for row in cursor.fetchall()]:
                return ids
    return []
