"""Where a case belongs: region, programme and office, and the lines kept beside its facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from pathways.audit.actions import record_act, record_acts
from pathways.cases.deciding import decide_cases
from pathways.cases.errors import ActRefused
from pathways.cases.locks import lock_case, lock_cases
from pathways.cases.models import Case
from pathways.cases.models import Facts as StoredFacts
from pathways.cases.references import DUTY_LINE, ONLY_PROGRAMME, OfficeMap, trajectory_line
from pathways.cases.values import FactValue
from pathways.programmes.models import Office
from pathways.rules import PROGRAMMES

if TYPE_CHECKING:
    from accounts.models import User


def follow_region(
    cases: Mapping[int, Case], changes: Mapping[int, Mapping[str, FactValue | None]], *, on: dt.date
) -> None:
    """Give unsigned cases whose region changed the programme and office of the new one; the counselor starts anew."""
    moved = {number: change for number, change in changes.items() if "region" in change}
    if not moved:
        return
    offices = OfficeMap({str(change["municipality"]) for change in moved.values()})
    for number, change in moved.items():
        case, region = cases[number], str(change["region"])
        case.region, case.programme, case.counselor = region, ONLY_PROGRAMME.get(region), None
        office = offices.office_for(municipality=str(change["municipality"]), programme=case.programme)
        case.office_id = office.id if office else None
        case.save(update_fields=["region", "programme", "office", "counselor"])
        _keep_lines(case)
        details = {"region": region, "on": str(on)}
        record_act(actor=None, act="cases.follow_region", case_id=case.pk, subject=case.reference, details=details)


def choose_programme(*, actor: User | None, case: Case, programme: str, on: dt.date) -> Case:
    """Record the programme the person chose (Brussels), and decide the case again.

    The office follows where another one serves the place for that programme. Raises ActRefused.
    """
    with transaction.atomic():
        locked = lock_case(case)
        if locked.programme != programme:
            _change_programme(actor, locked, programme, on)
    case.refresh_from_db()
    return case


def _change_programme(actor: User | None, case: Case, programme: str, on: dt.date) -> None:
    facts = StoredFacts.objects.get(pk=case.pk)
    if case.closed_on:
        raise ActRefused(_("The case is closed."))
    if programme not in PROGRAMMES or PROGRAMMES[programme].region != case.region:
        raise ActRefused(_("This programme does not exist in the region of the case."))
    if facts.contract_signed_on:
        raise ActRefused(_("The contract is signed; the programme can no longer change."))
    municipality = str(facts.municipality)
    office = OfficeMap([municipality]).office_for(municipality=municipality, programme=programme)
    case.programme = programme
    if office and office.id != case.office_id and not _serves(case.office, programme):
        case.office_id, case.counselor = office.id, None
    case.save(update_fields=["programme", "office", "counselor"])
    _keep_lines(case)
    details = {"programme": programme, "on": str(on)}
    record_act(actor=actor, act="cases.choose_programme", case_id=case.pk, subject=case.reference, details=details)
    decide_cases(case_ids=[case.pk], on=on, cause="programme")


def _serves(office: Office | None, programme: str) -> bool:
    return office is not None and programme in office.programmes


def _keep_lines(case: Case) -> None:
    """The lines beside the facts repeat the case, so that evaluating everybody needs no join."""
    StoredFacts.objects.filter(pk=case.pk).update(
        duty_line=DUTY_LINE[case.region],
        trajectory_line=trajectory_line(case.programme),
        is_open=case.closed_on is None,
    )


def assign_counselor(*, actor: User | None, cases: Iterable[Case], counselor: User | None, on: dt.date) -> int:
    """Give these cases to a counselor of their office (None = to nobody); answers how many really changed.

    Raises ActRefused, and changes nothing, if the counselor does not work in the office of each case on that day.
    """
    with transaction.atomic():
        new = counselor.pk if counselor else None
        changed = [case for case in lock_cases(case.pk for case in cases).values() if case.counselor_id != new]
        if counselor and {case.office_id for case in changed} - _offices_of(counselor, on):
            raise ActRefused(_("The counselor does not work in the office of this case."))
        values = {"counselor_id": new, "handed_on": None}
        return _assign(actor, changed, values, "cases.assign_counselor", {"counselor": new}, on)


def share_out_cases(*, actor: User, shares: Mapping[User, Collection[Case]], source: User | None, on: dt.date) -> int:
    """Give the cases of `source` (None = nobody's) to colleagues as a preview showed it: all of them or none.

    Answers how many changed; sent twice, nothing changes the second time. Raises ActRefused where a case has gone to
    somebody else meanwhile, is closed, or a colleague does not work in its office.
    """
    with transaction.atomic():
        wanted = {case.pk: colleague.pk for colleague, cases in shares.items() for case in cases}
        locked = lock_cases(wanted)
        mine = source.pk if source else None
        if any(case.counselor_id not in (mine, wanted[case.pk]) for case in locked.values()):
            raise ActRefused(_("Somebody else has given one of these cases away meanwhile. Look at the preview again."))
        return sum(
            assign_counselor(actor=actor, cases=cases, counselor=colleague, on=on)
            for colleague, cases in shares.items()
        )


def assign_office(*, actor: User | None, cases: Iterable[Case], office: Office, on: dt.date) -> int:
    """Give these cases to another office of their region, where nobody has them yet; answers how many changed.

    There it is a task to give them to somebody. Raises ActRefused, and changes nothing, if the office does not run the
    programme of each case, or one is closed.
    """
    with transaction.atomic():
        changed = [case for case in lock_cases(case.pk for case in cases).values() if case.office_id != office.pk]
        if any(case.region != office.region for case in changed):
            raise ActRefused(_("This office works in another region."))
        if any(case.programme and not _serves(office, case.programme) for case in changed):
            raise ActRefused(_("This office does not run the programme of the case."))
        values = {"office_id": office.pk, "counselor_id": None, "handed_on": on}
        details = {"office": office.code, "name": office.name}
        return _assign(actor, changed, values, "cases.assign_office", details, on)


def _assign(
    actor: User | None, cases: list[Case], values: dict[str, Any], act: str, details: dict[str, Any], on: dt.date
) -> int:
    if any(case.closed_on for case in cases):
        raise ActRefused(_("The case is closed."))
    Case.objects.filter(pk__in=[case.pk for case in cases]).update(**values)
    numbers = [(case.pk, case.reference) for case in cases]
    record_acts(actor=actor, act=act, cases=numbers, details={**details, "on": str(on)})
    return len(cases)


def _offices_of(counselor: User, on: dt.date) -> set[int | None]:
    posts = counselor.memberships.held_on(on).filter(role__in=["counselor", "team_lead"])
    return set(posts.values_list("organisation__office", flat=True))
