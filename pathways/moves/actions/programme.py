"""Inside Brussels: the person changes from the Dutch-language pathway to the French-language one or back, once."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pathways.agreements.actions import end_contract, withdraw_version
from pathways.agreements.models import EndReason
from pathways.audit.actions import record_act
from pathways.cases.actions import choose_programme, record_facts
from pathways.cases.errors import ActRefused
from pathways.cases.locks import lock_case
from pathways.cases.models import Case, Source
from pathways.courses.actions import stop_enrolment
from pathways.courses.models import Enrolment
from pathways.moves.models import ProgrammeChange
from pathways.moves.queries import Running, running_of
from pathways.rules import PROGRAMMES

if TYPE_CHECKING:
    from accounts.models import User


def change_programme(*, actor: User, case: Case, programme: str, reason: str, on: dt.date) -> Case:
    """Change the programme once chosen: the contract ends, courses of the old programme stop, the new one is decided.

    The duty and its terms stay: both programmes have them from the same line. Sent twice it is done once. Raises
    ActRefused for a second change, with the day of the first.
    """
    if not reason.strip():
        raise ActRefused(_("Say why the person changes programme."))
    with transaction.atomic():
        locked = lock_case(case)
        if locked.programme == programme:
            case.refresh_from_db()
            return case
        _check(locked, programme)
        old = str(locked.programme)
        ProgrammeChange.objects.create(
            case=locked, from_programme=old, to_programme=programme, reason=reason.strip()[:300], on=on, by=actor
        )
        _end(actor, locked, running_of(locked, on=on), on)
        choose_programme(actor=actor, case=locked, programme=programme, on=on)
        details = {"from": old, "to": programme, "title": reason.strip()[:120], "on": str(on)}
        record_act(
            actor=actor, act="moves.change_programme", case_id=case.pk, subject=locked.reference, details=details
        )
    case.refresh_from_db()
    return case


def _check(case: Case, programme: str) -> None:
    if case.closed_on:
        raise ActRefused(_("The case is closed."))
    if case.programme is None:
        raise ActRefused(_("The person has not chosen a programme yet. Record the choice first."))
    if programme not in PROGRAMMES or PROGRAMMES[programme].region != case.region:
        raise ActRefused(_("This programme does not exist in the region of the case."))
    if earlier := ProgrammeChange.objects.filter(case=case).first():
        message = _("The programme was changed on %(day)s already, and it can be changed only once.")
        raise ActRefused(message % {"day": earlier.on.isoformat()})


def _end(actor: User, case: Case, running: Running, on: dt.date) -> None:
    """Contract and courses belong to the old programme; its date is cleared, since the new one has yet to be signed."""
    if running.contract:
        end_contract(actor=actor, version=running.contract, reason=EndReason.PROGRAMME, on=on)
    else:
        for version in running.prepared:
            withdraw_version(actor=actor, version=version, on=on)
    for enrolment in running.enrolments:
        stop_enrolment(actor=actor, enrolment=enrolment, reason=Enrolment.EndReason.OTHER_COURSE, on=on)
    if case.facts.contract_signed_on:
        record_facts(actor=actor, case=case, facts={"contract_signed_on": None}, source=Source.OFFICE, on=on)
