"""What ends with the old case: contract, courses, requests and suspensions, appointments; each by the act of its own floor."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from pathways.agreements.actions import end_contract, withdraw_version
from pathways.agreements.models import EndReason
from pathways.courses.actions import stop_enrolment
from pathways.courses.models import Enrolment
from pathways.duties.actions import withdraw_ground
from pathways.duties.actions.requesting import journal, lock_request
from pathways.duties.granting import shorten
from pathways.meetings.actions import cancel_appointment
from pathways.moves.queries import running_of

if TYPE_CHECKING:
    from accounts.models import User
    from pathways.cases.models import Case
    from pathways.duties.models import GroundRequest


def end_what_runs(*, actor: User, case: Case, on: dt.date) -> None:
    """End it all with the reason "moved", while the case is still open and locked."""
    running = running_of(case, on=on)
    if running.contract:
        end_contract(actor=actor, version=running.contract, reason=EndReason.MOVED, on=on)
    else:
        for version in running.prepared:
            withdraw_version(actor=actor, version=version, on=on)
    for enrolment in running.enrolments:
        stop_enrolment(actor=actor, enrolment=enrolment, reason=Enrolment.EndReason.MOVED, on=on)
    for request in running.requests:
        _end_request(actor, request, on)
    with translation.override(case.office.language if case.office else "en"):
        reason = _("Moved to another region")
    for appointment in running.appointments:
        cancel_appointment(actor=actor, appointment=appointment, reason=reason, on=on)


def _end_request(actor: User, request: GroundRequest, on: dt.date) -> None:
    """A request still open is taken back; what was granted has its last day today.

    The ledger stays as it was: the terms of a closed case no longer run, and what it says is how they stood.
    """
    if request.state == request.State.REQUESTED:
        withdraw_ground(actor=actor, request=request, on=on)
        return
    locked = lock_request(request)
    first = locked.first_day or on
    if locked.period is not None:
        shorten(locked, max(on, first - dt.timedelta(days=1)), on)
    locked.state = locked.State.ENDED
    locked.save(update_fields=["period", "state"])
    journal(actor, "end_ground", locked, on=on, reason="moved")
