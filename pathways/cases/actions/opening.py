"""Opening cases: one by form, or many from a list, through the same statements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _
from psycopg.types.json import Jsonb

from pathways.audit.actions import record_act
from pathways.base.arrays import among
from pathways.cases.actions.inserting import NEXT_CASE, insert_cases, lines
from pathways.cases.errors import FactError, FactProblem
from pathways.cases.models import Case
from pathways.cases.references import DUTY_LINE, ONLY_PROGRAMME, OfficeMap, OfficeOf, References
from pathways.cases.values import Facts, fact_problems, kept_form, valid_since_problem
from pathways.people.models import Person
from pathways.programmes.models import Office
from pathways.programmes.queries import own_facts_named
from pathways.rules import PROGRAMMES

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class NewCase:
    """A person whose case is to be opened, with the facts known so far (`municipality` is required)."""

    person_id: int
    facts: Facts
    programme: str | None = None


def open_case(
    *,
    actor: User | None,
    person: Person,
    facts: Facts,
    source: str,
    evidence: str = "",
    valid_since: dt.date | None = None,
    on: dt.date,
    office: Office | None = None,
    programme: str | None = None,
) -> Case:
    """Open this person's case in the region of the municipality, and decide it at once.

    The programme follows from the region; in Brussels it stays open unless given. The office is the one given if it
    works in that region, otherwise the one that serves the municipality. An open case is returned as it is.
    Raises FactError with all problems.
    """
    known = {"birth_date": person.birth_date} if person.birth_date else {}
    newcomer = NewCase(person.pk, {**known, **facts}, programme)
    with transaction.atomic():
        opened, existing = _open(
            actor, [newcomer], source=source, evidence=evidence, valid_since=valid_since, on=on, office=office
        )
        case = Case.objects.select_related("person", "office").get(pk={**existing, **opened}[person.pk])
        if opened:
            record_act(
                actor=actor, act="cases.open_case", case_id=case.pk, subject=case.reference, details={"on": str(on)}
            )
    return case


def open_cases(
    *,
    actor: User | None,
    newcomers: Sequence[NewCase],
    source: str,
    evidence: str = "",
    valid_since: dt.date | None = None,
    on: dt.date,
    office: Office | None = None,
) -> dict[int, int]:
    """Open many cases with a few statements; answers person id -> case id, those that were open before included.

    Facts of cases that were open before are not touched. Raises FactError before anything is written.
    """
    if not newcomers:
        return {}
    with transaction.atomic():
        opened, existing = _open(
            actor, newcomers, source=source, evidence=evidence, valid_since=valid_since, on=on, office=office
        )
        if opened:
            details = {"cases": len(opened), "source": source, "on": str(on)}
            record_act(actor=actor, act="cases.open_cases", subject=evidence[:120], details=details)
    return {**existing, **opened}


def _open(
    actor: User | None,
    newcomers: Sequence[NewCase],
    *,
    source: str,
    evidence: str,
    valid_since: dt.date | None,
    on: dt.date,
    office: Office | None,
) -> tuple[dict[int, int], dict[int, int]]:
    """The cases opened and those that were open, by person; persons are locked so that sending twice opens once."""
    _check(newcomers, valid_since=valid_since, on=on)
    people = [newcomer.person_id for newcomer in newcomers]
    list(Person.objects.select_for_update(no_key=True).filter(pk__in=among(people)).order_by("pk").values_list("pk"))
    existing = dict(Case.objects.open().filter(person__in=among(people)).values_list("person_id", "pk"))
    rows = _rows([newcomer for newcomer in newcomers if newcomer.person_id not in existing], on=on, office=office)
    if not rows:
        return {}, existing
    given = {"source": source, "evidence": evidence, "valid_since": valid_since, "actor": actor.pk if actor else None}
    parameters = {"rows": Jsonb(rows), **given}
    facts = {name for row in rows for name in row["facts"]}
    opened = insert_cases(_GIVEN, parameters, facts=facts, places=rows, on=on, answer="person_id, case_id")
    return dict(opened), existing


def _check(newcomers: Sequence[NewCase], *, valid_since: dt.date | None, on: dt.date) -> None:
    own = own_facts_named({name for newcomer in newcomers for name in newcomer.facts})
    problems = [problem for newcomer in newcomers for problem in fact_problems(newcomer.facts, on=on, own=own)]
    problems += [no_municipality() for newcomer in newcomers if newcomer.facts.get("municipality") is None]
    if late := valid_since_problem(valid_since, on=on):
        problems.append(late)
    if problems:
        raise FactError(problems)


def no_municipality() -> FactProblem:
    """A case without a municipality belongs nowhere."""
    return FactProblem("municipality", _("A case needs a municipality."), _("Choose the municipality of residence."))


def _rows(newcomers: Sequence[NewCase], *, on: dt.date, office: Office | None) -> list[dict[str, Any]]:
    references = References.for_facts((newcomer.facts for newcomer in newcomers), on=on)
    problems = [problem for newcomer in newcomers for problem in references.problems(newcomer.facts)]
    if problems:
        raise FactError(problems)
    given = OfficeOf(office.pk, office.prefix, office.region) if office else None
    offices = OfficeMap({place.nis_code for place in references.places.values()})
    return [_row(newcomer, references, offices, given) for newcomer in newcomers]


def _row(newcomer: NewCase, references: References, offices: OfficeMap, given: OfficeOf | None) -> dict[str, Any]:
    facts = references.completed(newcomer.facts, {})
    region = str(facts["region"])
    programme = _programme(newcomer.programme, region)
    if given and given.region == region:
        office: OfficeOf | None = given
    else:
        office = offices.office_for(municipality=str(facts["municipality"]), programme=programme)
    return {
        "person_id": newcomer.person_id,
        "region": region,
        "programme": programme,
        "office_id": office.id if office else None,
        "prefix": office.prefix if office else DUTY_LINE[region],
        "facts": kept_form(facts),
        **lines(region, programme),
    }


def _programme(asked: str | None, region: str) -> str | None:
    if asked is None:
        return ONLY_PROGRAMME.get(region)
    if asked not in PROGRAMMES or PROGRAMMES[asked].region != region:
        message = _("This programme does not exist in the region of the municipality.")
        raise FactError([FactProblem("programme", message, _("Choose a programme of that region."), asked)])
    return asked


_GIVEN = f"""(SELECT r.*, p.folded_name, p.national_number, {NEXT_CASE} AS case_id
    FROM jsonb_to_recordset(%(rows)s) AS r(person_id bigint, region text, programme text, office_id bigint, prefix text,
        facts jsonb, duty_line text, trajectory_line text) JOIN people_person p ON p.id = r.person_id)"""  # noqa: S608  a constant of this floor
