"""What people do in a breach file: open it, decide a term, take the next step. The table of `procedure` says what may follow."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from pathways.audit.actions import record_act
from pathways.cases.errors import ActRefused
from pathways.cases.locks import lock_case
from pathways.cases.models import Case
from pathways.documents.models import Document
from pathways.notices.models import Letter
from pathways.outcomes.breach_words import word_act_refusal
from pathways.outcomes.letters.writing import write_letter
from pathways.outcomes.models import BreachFile, BreachStep, BreachTerm, CloseReason
from pathways.outcomes.permissions import may_act, roles_in
from pathways.outcomes.procedure import (
    CLOCKED,
    PASSAGES,
    STARTS,
    Act,
    Procedure,
    Stage,
    State,
    allowed,
    refusal,
)
from pathways.outcomes.queries.breaches import clock_of, earlier_fines, procedure_of_file
from pathways.outcomes.queries.duties import failed_duties
from pathways.rules import PROGRAMMES, Period

if TYPE_CHECKING:
    from accounts.models import User

LONGEST_TERM: Final = 730
REASONED: Final = frozenset({Act.NO_FINE, Act.FINE, Act.UPHOLD, Act.REDUCE, Act.ANNUL, Act.CLOSE, Act.RECORD_DEFENCE})
ENDS: Final = {
    Act.NO_FINE: CloseReason.NO_FINE,
    Act.RECORD_PAYMENT: CloseReason.PAID,
    Act.ANNUL: CloseReason.ANNULLED,
}
CLOSING_EARLY: Final = (CloseReason.MET, CloseReason.MISTAKE, CloseReason.FREED)
WITHOUT_LETTER: Final = frozenset(
    {Act.TRANSFER, Act.RECORD_DEFENCE, Act.RECORD_PAYMENT, Act.RECORD_APPEAL, Act.COLLECT}
)
REGISTERED: Final = frozenset({Act.NOTICE, Act.INVITE, Act.FINE, Act.UPHOLD, Act.REDUCE})


@transaction.atomic
def open_breach(*, actor: User, case: Case, duty: str, grounds: str, on: dt.date) -> BreachFile:
    """Open a file about a duty that the rules say has failed; one that is open already is answered. Raises ActRefused."""
    lock_case(case)
    case = Case.objects.select_related("person", "office", "decision").get(pk=case.pk)
    if existing := BreachFile.objects.filter(case=case, duty=duty).open().first():
        return existing
    if not grounds.strip():
        raise ActRefused(_("Write what happened."))
    if duty not in failed_duties(case, on=on, dismissed=True):
        raise ActRefused(_("The rules do not say that this duty has failed."))
    assert case.decision.duty_rule_set_id is not None  # the rules have just said so
    own = [case.programme] if case.programme else [c for c, one in PROGRAMMES.items() if one.region == case.region]
    file = BreachFile.objects.create(
        case=case,
        duty=duty,
        rule_set_id=case.decision.duty_rule_set_id,
        programmes=own,
        grounds=grounds.strip(),
        opened_on=on,
        opened_by=actor,
    )
    _journal(actor, "open_breach", file, on)
    return file


@transaction.atomic
def decide_term(*, actor: User, file: BreachFile, stage: str, days: int, reason: str, on: dt.date) -> BreachTerm:
    """Decide how much time a step gives where the sources do not say: a team lead, once per step, with a reason."""
    file = _locked(file)
    step = procedure_of_file(file).step(Stage(stage)) if stage in CLOCKED else None
    if step is None or step.length is not None:
        raise ActRefused(_("The rule set says how long this term is."))
    if "team_lead" not in roles_in(actor, file, on):
        raise ActRefused(_("A team lead decides this term."))
    if not reason.strip() or not 1 <= days <= LONGEST_TERM:
        raise ActRefused(_("Give a number of days and the reason."))
    term, created = BreachTerm.objects.get_or_create(
        file=file, stage=stage, defaults={"days": days, "reason": reason.strip(), "on": on, "decided_by": actor}
    )
    if created:
        _journal(actor, "decide_term", file, on, stage=stage, days=days)
    elif term.days != days:
        raise ActRefused(_("This term was decided already: %(days)d days.") % {"days": term.days})
    return term


@transaction.atomic
def take_step(
    *,
    actor: User,
    file: BreachFile,
    act: str,
    on: dt.date,
    reason: str = "",
    amount: Decimal | None = None,
    close_reason: str = "",
    document: Document | None = None,
    seen: int | None = None,
) -> BreachFile:
    """Take the next step of a file. What the table, a running term, the role or the range forbid raises ActRefused.

    `seen` is the number of the last step the actor saw: of two people who decide at the same moment the second is told.
    """
    file = _locked(file)
    doing = Act(act)
    steps = list(file.steps.order_by("number"))
    last = steps[-1] if steps else None
    if last and (last.act, last.by_id, last.on, last.reason, last.amount) == (
        act,
        actor.pk,
        on,
        reason.strip(),
        amount,
    ):
        return file  # sent twice
    if seen is not None and seen != len(steps):
        raise ActRefused(_("Somebody else has just gone on with this file. Look at it again."))
    procedure = procedure_of_file(file)
    _refuse(actor, file, doing, procedure, steps, on)
    _refuse_contents(doing, procedure, reason, amount, file)
    _write(actor, file, doing, procedure, steps, reason.strip(), amount, close_reason, document, on)
    return file


def _locked(file: BreachFile) -> BreachFile:
    lock_case(file.case)
    rows = BreachFile.objects.select_for_update(of=("self",)).select_related("case__person", "case__office")
    return rows.get(pk=file.pk)


def _refuse(
    actor: User, file: BreachFile, act: Act, procedure: Procedure, steps: list[BreachStep], on: dt.date
) -> None:
    found = refusal(procedure, State(file.state), act, clock=clock_of(steps), on=on)
    if found:
        raise ActRefused(word_act_refusal(found, clock_of(steps)))
    if act == Act.FINE and file.answers.filter(read_on__isnull=True).exists():
        raise ActRefused(_("The person has answered. Read the answer before you decide on a fine."))
    stage = PASSAGES[State(file.state), act].stage
    if not may_act(procedure.role_of(stage), roles_in(actor, file, on)):
        raise ActRefused(_("Somebody in another role takes this step."))


def _refuse_contents(act: Act, procedure: Procedure, reason: str, amount: Decimal | None, file: BreachFile) -> None:
    if act in REASONED and not reason.strip():
        raise ActRefused(_("Say why."))
    if act in (Act.FINE, Act.REDUCE):
        if amount is None or not allowed(amount, procedure):
            raise ActRefused(
                _("The fine lies between %(least)s and %(most)s euro.")
                % {"least": procedure.amount_min, "most": procedure.amount_max}
            )
        if act == Act.REDUCE and file.amount is not None and amount >= file.amount:
            raise ActRefused(_("A reduced fine is lower than before."))
    elif amount is not None:
        raise ActRefused(_("This step has no amount."))


def _write(
    actor: User,
    file: BreachFile,
    act: Act,
    procedure: Procedure,
    steps: list[BreachStep],
    reason: str,
    amount: Decimal | None,
    close_reason: str,
    document: Document | None,
    on: dt.date,
) -> None:
    passage = PASSAGES[State(file.state), act]
    length, decided = _length(file, act, procedure)
    law = step.law if (step := procedure.step(passage.stage)) else None
    row = BreachStep(
        file=file, number=len(steps) + 1, act=act.value, before=file.state, after=passage.to.value, on=on, by=actor,
        reason=reason, amount=amount, length=length, length_decided=decided, document=document,
        law={"title": law.title, "source": law.source, "confidence": law.confidence} if law else None,
    )  # fmt: skip
    _move(actor, file, act, passage.to, procedure, amount, close_reason, on)
    row.save(force_insert=True)
    if act not in WITHOUT_LETTER:
        row.letter = _letter(actor, file, row)
        row.save(update_fields=["letter"])
    _journal(actor, "take_step", file, on, step=act.value)


def _length(file: BreachFile, act: Act, procedure: Procedure) -> tuple[str, bool]:
    """The time that the step gives, and whether a team lead decided it. Raises ActRefused while nobody has."""
    stage = STARTS.get(act)
    step = procedure.step(stage) if stage else None
    if stage is None or step is None:
        return "", False
    if step.length is not None:
        return str(step.length), False
    term = file.terms.filter(stage=stage).first()
    if term is None:
        raise ActRefused(_("How long this term is was not found in the sources. A team lead decides it first."))
    return f"P{term.days}D", True


def _move(
    actor: User,
    file: BreachFile,
    act: Act,
    to: State,
    procedure: Procedure,
    amount: Decimal | None,
    close_reason: str,
    on: dt.date,
) -> None:
    file.state = to.value
    if act in (Act.FINE, Act.NO_FINE):
        file.decided_on, file.decided_by, file.repetition = on, actor, earlier_fines(file)
    if act in (Act.FINE, Act.REDUCE):
        file.amount, file.amount_min, file.amount_max = amount, procedure.amount_min, procedure.amount_max
    if to == State.CLOSED:
        file.closed_on, file.close_reason = on, _end_of(file, act, close_reason)
    file.save()


def _end_of(file: BreachFile, act: Act, close_reason: str) -> str:
    if act in ENDS:
        return ENDS[act]
    if file.amount is not None:
        return CloseReason.UNCOLLECTABLE
    if close_reason not in CLOSING_EARLY:
        raise ActRefused(_("Choose how the file ends."))
    return close_reason


def _letter(actor: User, file: BreachFile, row: BreachStep) -> Letter:
    """The letter of a step. Its clock starts on the day on which it is sent; a counselor's letter is approved first."""
    return write_letter(
        actor=actor,
        case=file.case,
        kind=f"breach_{row.act}",
        key=f"breach:{file.public_id}:{row.number}:{Letter.objects.filter(kind=f'breach_{row.act}').count()}",
        on=row.on,
        registered=Act(row.act) in REGISTERED,
        needs_approval=Act(row.act) in (Act.WARN, Act.NOTICE) and "team_lead" not in roles_in(actor, file, row.on),
        duty=file.duty,
        law=row.law["title"] if row.law else None,
        law_verified=bool(row.law and row.law["confidence"] == "verified"),
        reason=row.reason,
        amount=file.amount,
        length=row.length,
    )


@transaction.atomic
def renew_letter(*, actor: User, file: BreachFile, on: dt.date) -> BreachStep:
    """Write the letter of the last step anew after it was cancelled. Raises ActRefused otherwise."""
    file = _locked(file)
    row = file.steps.select_related("letter").order_by("number").last()
    if row is None or row.letter is None or row.letter.state != Letter.State.CANCELLED:
        raise ActRefused(_("The letter of this step was not cancelled."))
    row.letter = _letter(actor, file, row)
    row.save(update_fields=["letter"])
    _journal(actor, "renew_letter", file, on, step=row.act)
    return row


def start_clock(*, letter: Letter, on: dt.date) -> None:
    """Let the term of a step run from day `on`, on which its letter was sent. Twice is once."""
    row = BreachStep.objects.select_for_update(of=("self",)).filter(letter=letter, starts_on__isnull=True).first()
    if row is not None and row.length:
        row.starts_on, row.ends_on = on, Period.parse(row.length).after(on)
        row.save(update_fields=["starts_on", "ends_on"])


def _journal(actor: User, act: str, file: BreachFile, on: dt.date, **details: Any) -> None:
    said = {"duty": file.duty, "on": str(on), **details}
    record_act(actor=actor, act=f"outcomes.{act}", case_id=file.case_id, subject=str(file.public_id), details=said)
