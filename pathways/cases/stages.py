"""At which stage a case is, from the acts among its facts and the decision: one definition for list and page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    import datetime as dt

FOLLOWING = ("obliged", "entitled")
"""Outcomes of those who follow the pathway."""


class Stage(models.TextChoices):
    """The stages of a case, in order."""

    UNDECIDED = "undecided", _("Not yet known")
    INVITATION = "invitation", _("To be invited")
    FIRST_CONTACT = "first_contact", _("First contact")
    CONTRACT = "contract", _("Contract")
    COURSES = "courses", _("Courses")
    CERTIFIED = "certificate", _("Certificate")
    NONE = "none", _("No pathway")
    CLOSED = "closed", _("Closed")


_OPEN = Q(closed_on__isnull=True)
_UNCERTIFIED = _OPEN & Q(facts__certified_on__isnull=True)
_UNSIGNED = _UNCERTIFIED & Q(facts__contract_signed_on__isnull=True)
_UNSEEN = _UNSIGNED & Q(facts__office_registered_on__isnull=True)
_INVITABLE = Q(decision__outcome="obliged", invited_on__isnull=True, facts__notified_on__isnull=True)

CONDITIONS: Mapping[str, Q] = {
    Stage.UNDECIDED: _UNSEEN & Q(decision__outcome="undecided"),
    Stage.INVITATION: _UNSEEN & _INVITABLE,
    Stage.FIRST_CONTACT: _UNSEEN & Q(decision__outcome__in=FOLLOWING) & ~_INVITABLE,
    Stage.CONTRACT: _UNSIGNED & Q(facts__office_registered_on__isnull=False),
    Stage.COURSES: _UNCERTIFIED & Q(facts__contract_signed_on__isnull=False),
    Stage.CERTIFIED: _OPEN & Q(facts__certified_on__isnull=False),
    Stage.NONE: _UNSEEN & ~Q(decision__outcome__in=[*FOLLOWING, "undecided"]),
    Stage.CLOSED: ~_OPEN,
}
"""Each stage as a condition on cases; exactly one holds for a decided case."""


def stage_of(
    *, closed_on: dt.date | None, invited_on: dt.date | None, outcome: str | None, facts: Mapping[str, Any]
) -> Stage:
    """The stage of one case; says the same as `CONDITIONS`."""
    if closed_on:
        return Stage.CLOSED
    for fact, stage in _REACHED:
        if facts[fact] is not None:
            return stage
    if outcome == "obliged" and invited_on is None and facts.get("notified_on") is None:
        return Stage.INVITATION
    if outcome in FOLLOWING:
        return Stage.FIRST_CONTACT
    return Stage.UNDECIDED if outcome == "undecided" else Stage.NONE


_REACHED = (
    ("certified_on", Stage.CERTIFIED),
    ("contract_signed_on", Stage.COURSES),
    ("office_registered_on", Stage.CONTRACT),
)
