"""The access letter of the demonstration: its code is known, so that everybody can try the way in."""

from __future__ import annotations

import datetime as dt

from accounts.models import User
from pathways.access.actions import issue_code
from pathways.access.codes import KNOWN
from pathways.cases.models import Case


def print_letter(*, user: User, on: dt.date) -> None:
    """Give the newcomer who signs in as `user` a letter with the known code, printed on day `on`."""
    case = Case.objects.select_related("person").get(person__user=user, closed_on__isnull=True)
    at = dt.datetime.combine(on, dt.time(9), tzinfo=dt.UTC)
    issue_code(actor=case.counselor, person=case.person, case_id=case.pk, on=on, at=at, figures=KNOWN)
