"""Newcomers of the demo with a sign-in of their own, one for each state that the portal has a page for.

They are people of the demo as it is built; the last step gives each an account, so nothing else of the world changes with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db.models import F, Q

from accounts.models import User
from pathways.cases.actions import CloseReason, close_case
from pathways.cases.models import Case
from pathways.cases.scopes import CaseQuerySet
from pathways.demo.users import create_newcomer
from pathways.duties.models import GroundRequest
from pathways.outcomes.models import BreachFile, Certificate
from pathways.people.actions import connect_user

Find = Callable[[dt.date], Q]


def _outcome(code: str) -> Find:
    """Cases that are decided so, with nothing else to tell."""
    return lambda on: Q(
        decision__outcome=code, facts__certified_on__isnull=True, facts__contract_signed_on__isnull=True
    )


def _suspended(on: dt.date) -> Q:
    lasting = GroundRequest.objects.filter(kind="suspension", state="granted", period__contains=on)
    return Q(pk__in=lasting.values("case"))


def _breach(on: dt.date) -> Q:
    del on
    return Q(pk__in=BreachFile.objects.filter(state__in=["noticed", "invited"]).values("case"))


def _fined(on: dt.date) -> Q:
    del on
    return Q(pk__in=BreachFile.objects.filter(state__in=["fined", "reminded"]).values("case"))


def _finished(on: dt.date) -> Q:
    del on
    held = Certificate.objects.filter(state="issued", kind="certificate")
    return Q(pk__in=held.values("case"), facts__certified_on__isnull=False)


STATES: dict[str, Find] = {
    "undecided": _outcome("undecided"),
    "exempt": _outcome("exempt"),
    "postponed": lambda on: _outcome("postponed")(on) & ~_suspended(on),
    "entitled": _outcome("entitled"),
    "not-targeted": _outcome("not_targeted"),
    "suspended": _suspended,
    "breach": _breach,
    "fined": _fined,
    "finished": _finished,
}
"""State to the cases in it; of them the one opened last gets the sign-in."""


def open_doors(*, on: dt.date) -> None:
    """Give one person of each state an account; one account has no case, and one case is closed."""
    create_newcomer(name="empty", full_name="Sami Aziz", language="en", on=on)
    for state, find in STATES.items():
        _open(state, _free().open().filter(find(on)), on)
    leaver = _open("closed", _free().open().filter(_outcome("obliged")(on)), on)
    if leaver is not None:
        close_case(actor=None, case=leaver, reason=CloseReason.EMIGRATED, on=on)


def _free() -> CaseQuerySet:
    """Cases of people without an account: of the same counselor as far as possible, the last opened first."""
    found = Case.objects.filter(person__user__isnull=True, office__isnull=False)
    return found.select_related("person").order_by(F("counselor").asc(nulls_last=True), "-opened_on", "pk")


def _open(state: str, cases: CaseQuerySet, on: dt.date) -> Case | None:
    """Connect the first of `cases` with an account."""
    case = cases.first()
    if case is None:
        return None
    user: User = create_newcomer(name=state, full_name=str(case.person), language="en", on=on)
    connect_user(actor=None, person=case.person, user=user, on=on)
    return case
