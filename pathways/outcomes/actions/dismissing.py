"""Setting aside what the rules propose: a person decides that no breach file is opened, and says why."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pathways.audit.actions import record_act
from pathways.cases.errors import ActRefused
from pathways.cases.locks import lock_case
from pathways.cases.models import Case
from pathways.outcomes.models import BreachDismissal
from pathways.outcomes.queries.duties import TERMS, failed_duties

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def dismiss_breach(
    *, actor: User, case: Case, duty: str, reason: str, until: dt.date | None = None, on: dt.date
) -> BreachDismissal:
    """Open no file about this duty: it is proposed again from `until` on, or when another term is missed.

    Twice is once. Raises ActRefused without a reason, or where the rules propose nothing.
    """
    lock_case(case)
    case = Case.objects.select_related("decision").get(pk=case.pk)
    due_on = case.decision.next_due_on if duty in TERMS else None
    held = BreachDismissal.objects.filter(case=case, duty=duty, due_on=due_on).holding(on).first()
    if held:
        return held
    if not reason.strip():
        raise ActRefused(_("Say why no file is opened."))
    if until is None and duty not in TERMS:
        raise ActRefused(_("Choose a day to look again: no term brings this back."))
    if until and until <= on:
        raise ActRefused(_("Choose a day to come."))
    if duty not in failed_duties(case, on=on):
        raise ActRefused(_("The rules do not say that this duty has failed."))
    found = BreachDismissal.objects.create(
        case=case, duty=duty, due_on=due_on, reason=reason.strip()[:1000], until=until, on=on, by=actor
    )
    details = {"duty": duty, "on": str(on)}
    record_act(actor=actor, act="outcomes.dismiss_breach", case_id=case.pk, details=details)
    return found
