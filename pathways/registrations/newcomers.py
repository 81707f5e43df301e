"""Rows that are plainly new people: nobody known has their number, their name with their birth date, or their row.

Most rows of a list are, so they are found and imported in sets; every other row is looked at one by one (`planning`).
"""

# ruff: noqa: S608  (names of columns and of our own table; every value is a parameter)
from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import connection

from pathways.cases.actions import NEXT_CASE, open_listed_cases
from pathways.cases.models import Source
from pathways.people.actions import CONTACT_FIELDS, IDENTITY_FIELDS, NEXT_PERSON, create_people_of
from pathways.people.names import LONGEST
from pathways.registrations.columns import COLUMNS, FACT_COLUMNS
from pathways.registrations.models import ListImport
from pathways.registrations.queries import served_by
from pathways.rules import is_own

if TYPE_CHECKING:
    from accounts.models import User


def foresee_newcomers(*, list_id: int) -> tuple[int, list[int]]:
    """How many waiting rows of the list are plainly new people; and the numbers of the others."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {_SORTED} SELECT count(*) FILTER (WHERE NOT known),"
            " coalesce(array_agg(number ORDER BY number) FILTER (WHERE known), '{}') FROM sorted",
            [list_id, 0, _LAST],
        )
        count, others = cursor.fetchone()
    return count, others


def import_newcomers(*, list_import: ListImport, actor: User | None, after: int, up_to: int, on: dt.date) -> int:
    """Create the people of the rows behind `after`, up to `up_to`, and open their cases; how many."""
    with connection.cursor() as cursor:
        cursor.execute(_STAGE, [list_import.pk, after, up_to])
        cursor.execute("SELECT count(*), array_agg(DISTINCT municipality) FROM list_newcomer")
        count, places = cursor.fetchone()
    if count:
        create_people_of(actor=actor, newcomers=_IDENTITY, on=on)
        own = served_by(list_import.office, places)
        for chosen, office in ((own, list_import.office), (set(places) - own, None)):
            if chosen:
                open_listed_cases(
                    actor=actor,
                    newcomers=_facts(
                        chosen, [one["column"] for one in list_import.headings if is_own(one["column"] or "")]
                    ),
                    facts=[one["column"] for one in list_import.headings if one["column"] in FACT_COLUMNS],
                    source=Source.MUNICIPALITY_LIST,
                    evidence=list_import.file_name[:200],
                    on=on,
                    office=office,
                )
    with connection.cursor() as cursor:
        cursor.execute(_OUTCOME)
        cursor.execute("DROP TABLE list_newcomer")
    return int(count)


def _facts(places: Collection[str], own: Collection[str]) -> str:
    """The newcomers who live in these places, as the floor of cases wants them; NIS codes are digits, `own` are names."""
    facts = _OWN_APART.format(names=",".join(own)) if own else "facts"
    return (
        f"(SELECT person_id, folded_name, national_number, case_id, {facts} AS facts FROM list_newcomer"
        f" WHERE municipality = ANY (string_to_array('{','.join(sorted(places))}', ',')))"
    )


_OWN_APART = """facts - string_to_array('{names}', ',') || jsonb_strip_nulls(jsonb_build_object('own', (
    SELECT jsonb_object_agg(key, value) FROM jsonb_each(facts) WHERE key = ANY (string_to_array('{names}', ',')))))"""
_LAST = 2**31 - 1
_NO_FACTS = ",".join(name for name in COLUMNS if name not in FACT_COLUMNS)

# LIMIT keeps the planner from reading all people for the sake of some thousand rows. Two rows with a number are two
# people whatever their names: a number stands once in a list (`staging`).
_SORTED = """waiting AS MATERIALIZED (
    SELECT id, number, national_number, names, fingerprint, "values", ("values"->>'birth_date')::date AS birth_date
    FROM registrations_listrow
    WHERE list_import_id = %s AND state = 'pending' AND number > %s AND number <= %s),
called AS MATERIALIZED (SELECT id, national_number, birth_date, unnest(names) AS name FROM waiting),
looked_at AS MATERIALIZED (
    SELECT w.id FROM waiting w CROSS JOIN LATERAL (
        SELECT FROM people_person p WHERE p.national_number = w.national_number LIMIT 1) found
    UNION ALL SELECT w.id FROM waiting w CROSS JOIN LATERAL (
        SELECT FROM registrations_listrow r WHERE r.fingerprint = w.fingerprint AND r.national_number IS NULL
            AND r.person_id IS NOT NULL AND r.state <> 'duplicate' LIMIT 1) found
        WHERE w.national_number IS NULL
    UNION ALL SELECT c.id FROM called c CROSS JOIN LATERAL (
        SELECT FROM people_person p WHERE p.folded_name = c.name AND p.birth_date = c.birth_date
            AND (p.national_number IS NULL OR c.national_number IS NULL) LIMIT 1) found
    UNION ALL SELECT unnest(array_agg(id)) FROM called GROUP BY name, birth_date
        HAVING count(*) > 1 AND bool_or(national_number IS NULL)),
sorted AS (
    SELECT waiting.*, names = '{}' OR id IN (SELECT id FROM looked_at) AS known FROM waiting)"""

_STAGE = f"""CREATE TEMPORARY TABLE list_newcomer ON COMMIT DROP AS WITH {_SORTED}
SELECT id, {NEXT_PERSON} AS person_id, {NEXT_CASE} AS case_id, national_number, left(names[1], {LONGEST}) AS folded_name,
    birth_date, "values", "values"->>'municipality' AS municipality,
    "values" - string_to_array('{_NO_FACTS}', ',') AS facts
FROM sorted WHERE NOT known ORDER BY number"""

_TYPED = {"national_number": "national_number", "birth_date": "birth_date"}
_FIELDS = ", ".join(
    _TYPED.get(name, f"\"values\"->>'{name}' AS {name}") for name in (*IDENTITY_FIELDS, *CONTACT_FIELDS)
)
_IDENTITY = f"(SELECT person_id, folded_name, {_FIELDS} FROM list_newcomer)"

_OUTCOME = """UPDATE registrations_listrow AS row SET state = 'created', person_id = n.person_id, case_id = n.case_id
FROM list_newcomer n WHERE row.id = n.id"""
