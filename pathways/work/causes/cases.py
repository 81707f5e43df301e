"""Causes in the case itself: what decides, the invitation, the terms of law."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pathways.cases.models import Case
from pathways.work.causes.cause import Cause, released


def _undecided(scope: QuerySet[Case], _on: dt.date) -> QuerySet[Case]:
    return released(scope).filter(decision__outcome="undecided")


def _programme_open(scope: QuerySet[Case], _on: dt.date) -> QuerySet[Case]:
    return released(scope).filter(programme__isnull=True, decision__outcome__in=["obliged", "entitled"])


def _not_invited(scope: QuerySet[Case], _on: dt.date) -> QuerySet[Case]:
    return released(scope).filter(
        decision__outcome="obliged",
        invited_on__isnull=True,
        facts__notified_on__isnull=True,
        facts__office_registered_on__isnull=True,
    )


def _receipt_unknown(scope: QuerySet[Case], on: dt.date) -> QuerySet[Case]:
    return released(scope).filter(
        decision__outcome="obliged",
        invited_on__lte=on - dt.timedelta(days=7),
        facts__notified_on__isnull=True,
        facts__office_registered_on__isnull=True,
    )


def _handed(scope: QuerySet[Case], _on: dt.date) -> QuerySet[Case]:
    return scope.filter(handed_on__isnull=False, counselor__isnull=True)


def _term(code: str) -> Callable[[QuerySet[Case], dt.date], QuerySet[Case]]:
    """Cases whose next term of law is `code` and ends within the lead time (a setting), or has ended."""

    def cases(scope: QuerySet[Case], on: dt.date) -> QuerySet[Case]:
        return released(scope).filter(
            decision__next_due=code, decision__next_due_on__lte=on + dt.timedelta(days=settings.TERM_LEAD_DAYS)
        )

    return cases


CAUSES = (
    Cause(
        "take_over",
        _("Give the case to a colleague"),
        _("It came from another office, and nobody has it yet."),
        7,
        _handed,
        "handed_on",
    ),
    Cause(
        "answer_facts",
        _("Ask what decides"),
        _("A fact is missing that decides the case."),
        14,
        _undecided,
        "decision__on",
    ),
    Cause(
        "choose_programme",
        _("Ask which programme"),
        _("In Brussels a person chooses the programme."),
        14,
        _programme_open,
        "opened_on",
    ),
    Cause(
        "send_invitation",
        _("Send the invitation"),
        _("Obliged, and not yet invited."),
        14,
        _not_invited,
        "decision__on",
    ),
    Cause(
        "record_receipt",
        _("Record when the letter arrived"),
        _("The term starts on the day the letter is received."),
        14,
        _receipt_unknown,
        "invited_on",
    ),
    Cause(
        "first_contact",
        _("Have the first contact"),
        _("The term to report to the office."),
        None,
        _term("first_contact"),
        None,
    ),
    Cause("contract", _("Sign the contract"), _("The term to sign the contract."), None, _term("contract"), None),
    Cause(
        "completion",
        _("Check the end of the pathway"),
        _("The term to complete the pathway."),
        None,
        _term("completion"),
        None,
    ),
    Cause(
        "language_followup",
        _("Check the language level"),
        _("The term for the next language level."),
        None,
        _term("language_followup"),
        None,
    ),
)
