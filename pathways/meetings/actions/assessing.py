"""What is recorded at a talk: kept as a draft, finished once, and its answers become facts with their source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from pathways.audit.actions import record_act
from pathways.base.clock import now
from pathways.cases.actions import record_facts, record_first_contact
from pathways.cases.errors import ActRefused
from pathways.cases.locks import lock_case
from pathways.cases.models import Case, Decision
from pathways.cases.values import to_json
from pathways.meetings.actions.booking import record_outcome
from pathways.meetings.effects import snapshot
from pathways.meetings.models import Appointment, Assessment
from pathways.meetings.schemas import Form, Problem, forms
from pathways.meetings.slots import bounds

if TYPE_CHECKING:
    from accounts.models import User

State = Assessment.State
TALKS = {"first_contact": "first_contact", "social": "social_assessment", "language": "language_assessment"}
"""Kind of form to the kind of appointment at which it is filled in."""


class AnswersWrong(ActRefused):
    """Answers that do not fit the form; `problems` says which."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(_("Some answers are missing or wrong. They are marked below."))


def save_assessment(*, actor: User | None, case: Case, kind: str, data: Mapping[str, Any], on: dt.date) -> Assessment:
    """Keep the answers as the draft of this form; there is one draft at a time. Raises AnswersWrong, ActRefused."""
    form = _form(kind)
    _check(form, data, finished=False)
    with transaction.atomic():
        locked = lock_case(case)
        if locked.closed_on:
            raise ActRefused(_("The case is closed."))
        versions = Assessment.objects.filter(case=locked, kind=kind)
        draft = versions.filter(state=State.DRAFT).first()
        if draft is None:
            last = versions.aggregate(last=Max("number"))["last"] or 0
            draft = Assessment(case=locked, kind=kind, number=last + 1)
        elif draft.data == data:
            return draft
        draft.data, draft.on, draft.written_by = dict(data), on, actor
        draft.save()
        _journal(actor, "save_assessment", draft, on)
    return draft


def finish_assessment(*, actor: User | None, assessment: Assessment, on: dt.date) -> Assessment:
    """Finish a draft: it never changes again, its answers are recorded as facts and the case is decided anew.

    Only what was answered is recorded. Raises AnswersWrong, FactError, ActRefused; then nothing was recorded.
    """
    with transaction.atomic():
        case = lock_case(assessment.case)
        found = Assessment.objects.select_for_update(no_key=True).get(pk=assessment.pk)
        if found.state == State.FINISHED:
            return found
        form = _form(found.kind)
        _check(form, found.data, finished=True)
        before = _decided(case)
        facts = _record(actor, case, form, found, on)
        found.case = case
        found.recorded = {name: to_json(value) for name, value in facts.items()}
        found.effect = {"before": before, "after": _decided(case)}
        found.state, found.on, found.finished_at, found.written_by = State.FINISHED, on, now(), actor
        found.save()
        _hold_talk(actor, found, on)
        _journal(actor, "finish_assessment", found, on)
    return found


def drop_draft(*, actor: User | None, assessment: Assessment, on: dt.date) -> None:
    """Throw a draft away. Raises ActRefused for a finished form."""
    with transaction.atomic():
        lock_case(assessment.case)
        found = Assessment.objects.filter(pk=assessment.pk).first()
        if found is None:
            return
        if found.state == State.FINISHED:
            raise ActRefused(_("What is finished stays. Start a new version."))
        _journal(actor, "drop_draft", found, on)
        found.delete()


def _form(kind: str) -> Form:
    if kind not in forms():
        raise ActRefused(_("There is no such form."))
    return forms()[kind]


def _check(form: Form, data: Mapping[str, Any], *, finished: bool) -> None:
    if problems := form.problems(data, finished=finished):
        raise AnswersWrong(problems)


def _record(actor: User | None, case: Case, form: Form, found: Assessment, on: dt.date) -> dict[str, Any]:
    """Record the facts; the day of the first contact by its own act."""
    facts = form.facts(found.data)
    day = facts.pop("office_registered_on", None)
    if isinstance(day, dt.date):
        record_first_contact(actor=actor, case=case, office_registered_on=day, on=on)
    since = found.data.get("tested_on")
    if facts:
        record_facts(
            actor=actor,
            case=case,
            facts=facts,
            source=form.source,
            evidence=f"{form.title['en']}, version {found.number}",
            valid_since=dt.date.fromisoformat(since) if since else None,
            on=on,
        )
    return {**({"office_registered_on": day} if day else {}), **facts}


def _decided(case: Case) -> dict[str, Any]:
    """What the decision of the case says now."""
    return snapshot(Decision.objects.filter(pk=case.pk).first())


def _hold_talk(actor: User | None, found: Assessment, on: dt.date) -> None:
    """The talk of this form that was to take place up to now has taken place."""
    until = bounds(on, 1)[1]
    talks = Appointment.objects.to_come().filter(case=found.case_id, kind=TALKS[found.kind], starts_at__lt=until)
    for talk in talks.select_related("case", "counselor").order_by("starts_at")[:1]:
        record_outcome(actor=actor, appointment=talk, state=Appointment.State.HELD, on=on)


def _journal(actor: User | None, act: str, found: Assessment, on: dt.date) -> None:
    details = {"kind": found.kind, "version": found.number, "facts": sorted(found.recorded), "on": str(on)}
    record_act(actor=actor, act=f"meetings.{act}", case_id=found.case_id, subject=str(found.public_id), details=details)
