"""Opening the cases of a long list: the facts lie in the database already, and no row of them is taken out of it.

Reference data are looked up once for each code that occurs, by the code that serves single cases, and joined.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from pathways.audit.actions import record_act
from pathways.cases.actions.inserting import insert_cases, lines
from pathways.cases.actions.opening import no_municipality
from pathways.cases.errors import FactError
from pathways.cases.references import DUTY_LINE, ONLY_PROGRAMME, OfficeMap, References
from pathways.cases.values import DERIVED
from pathways.programmes.models import Office

if TYPE_CHECKING:
    from accounts.models import User

Row = dict[str, Any]


@transaction.atomic
def open_listed_cases(
    *,
    actor: User | None,
    newcomers: str,
    facts: Collection[str],
    source: str,
    evidence: str = "",
    on: dt.date,
    office: Office | None = None,
) -> int:
    """Open cases of people just created, as `open_cases` does; how many. One journal entry tells it.

    `newcomers` is an SQL relation with `person_id`, `folded_name`, `national_number`, `case_id` (drawn by NEXT_CASE)
    and `facts`: recordable facts as JSON keeps them, checked by the caller, with a municipality. `facts` names all that
    may occur there. Raises FactError for codes that nobody knows.
    """
    places = _distinct(newcomers, "municipality")
    groups = _distinct(newcomers, "nationality", "asylum_status")
    codes = [*places, *groups, *_distinct(newcomers, "permit_type")]
    references = References.for_facts(codes, on=on)
    problems = [problem for code in codes for problem in references.problems(code)]
    if problems or {} in places:
        raise FactError(problems or [no_municipality()])
    offices = OfficeMap({place.nis_code for place in references.places.values()})
    where = [_place(code, references, offices, office) for code in places]
    parameters = {
        "places": Jsonb(where),
        "groups": Jsonb([_group(code, references) for code in groups]),
        "source": source,
        "evidence": evidence,
        "valid_since": None,
        "actor": actor.pk if actor else None,
    }
    completed = _COMPLETED.format(newcomers=newcomers)
    ((opened,),) = insert_cases(completed, parameters, facts={*facts, *DERIVED}, places=where, on=on, answer="count(*)")
    if opened:
        details = {"cases": opened, "source": source, "on": str(on)}
        record_act(actor=actor, act="cases.open_cases", subject=evidence[:120], details=details)
    return int(opened)


def _distinct(newcomers: str, *facts: str) -> list[Row]:
    """Each combination of these facts that occurs, without the blank ones."""
    columns = ", ".join(f"facts->>'{name}'" for name in facts)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT {columns} FROM {newcomers} n")  # noqa: S608  names from here
        rows = cursor.fetchall()
    return [{name: value for name, value in zip(facts, row, strict=True) if value is not None} for row in rows]


def _place(facts: Row, references: References, offices: OfficeMap, office: Office | None) -> Row:
    """What follows from a municipality: where the case belongs, and the facts it stands for."""
    derived = references.completed(facts, {})
    region = str(derived["region"])
    programme = ONLY_PROGRAMME.get(region)
    given = office if office and office.region == region else None
    found = given or offices.office_for(municipality=str(derived["municipality"]), programme=programme)
    return {
        "code": facts["municipality"],
        "region": region,
        "programme": programme,
        "office_id": found.id if found else None,
        "prefix": found.prefix if found else DUTY_LINE[region],
        "derived": derived,
        **lines(region, programme),
    }


def _group(facts: Row, references: References) -> Row:
    """The group that follows from a nationality with an asylum status."""
    group = references.completed(facts, {}).get("nationality_group")
    return {
        "nationality": facts.get("nationality", ""),
        "asylum_status": facts.get("asylum_status", ""),
        "derived": {"nationality_group": group} if group else {},
    }


_COMPLETED = """(SELECT n.person_id, n.folded_name, n.national_number, n.case_id, p.region, p.programme, p.office_id, p.prefix,
    n.facts || p.derived || g.derived AS facts, p.duty_line,
    p.trajectory_line
FROM {newcomers} n
JOIN jsonb_to_recordset(%(places)s) AS p(code text, region text, programme text, office_id bigint, prefix text,
    derived jsonb, duty_line text, trajectory_line text) ON p.code = n.facts->>'municipality'
JOIN jsonb_to_recordset(%(groups)s) AS g(nationality text, asylum_status text, derived jsonb)
    ON g.nationality = coalesce(n.facts->>'nationality', '')
    AND g.asylum_status = coalesce(n.facts->>'asylum_status', ''))"""
