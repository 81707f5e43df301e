"""The procedure after a breach, as a table: which act leads from where to where, which wait for a term, and who acts.

Pure: no Django, no clock. The steps, terms, roles and amounts come from the sanctions of a rule set; what it does not say is None
("not found in the sources"). Notice and hearing are in every procedure, whatever the rule set lists: there is no fine without them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pathways.rules import Law, Period, Sanction


class Stage(StrEnum):
    """The steps a procedure can have, in their order."""

    WARNING = "warning"
    NOTICE = "notice"
    TRANSFER = "transfer"
    HEARING = "hearing"
    DECISION = "decision"
    PAYMENT = "payment"
    REMINDER = "reminder"
    COLLECTION = "collection"
    APPEAL = "appeal"


class State(StrEnum):
    """Where a file is."""

    OPEN = "open"
    WARNED = "warned"
    NOTICED = "noticed"
    TRANSFERRED = "transferred"
    INVITED = "invited"
    HEARD = "heard"
    FINED = "fined"
    REMINDED = "reminded"
    COLLECTING = "collecting"
    APPEALED = "appealed"
    CLOSED = "closed"


class Act(StrEnum):
    """What a person does with a file."""

    WARN = "warn"
    NOTICE = "notice"
    TRANSFER = "transfer"
    INVITE = "invite"
    RECORD_DEFENCE = "record_defence"
    NO_FINE = "no_fine"
    FINE = "fine"
    RECORD_PAYMENT = "record_payment"
    REMIND = "remind"
    COLLECT = "collect"
    RECORD_APPEAL = "record_appeal"
    UPHOLD = "uphold"
    REDUCE = "reduce"
    ANNUL = "annul"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Passage:
    """An act leads to `to`; `waits`: only when the term that runs has ended. `stage` says whose role it is."""

    to: State
    stage: Stage
    waits: bool = False


S, A = State, Act
PASSAGES: Mapping[tuple[State, Act], Passage] = {
    (S.OPEN, A.WARN): Passage(S.WARNED, Stage.WARNING),
    (S.OPEN, A.NOTICE): Passage(S.NOTICED, Stage.NOTICE),
    (S.WARNED, A.NOTICE): Passage(S.NOTICED, Stage.NOTICE, waits=True),
    (S.NOTICED, A.TRANSFER): Passage(S.TRANSFERRED, Stage.TRANSFER, waits=True),
    (S.NOTICED, A.INVITE): Passage(S.INVITED, Stage.HEARING, waits=True),
    (S.TRANSFERRED, A.INVITE): Passage(S.INVITED, Stage.HEARING),
    (S.INVITED, A.RECORD_DEFENCE): Passage(S.HEARD, Stage.HEARING),
    (S.INVITED, A.NO_FINE): Passage(S.CLOSED, Stage.DECISION, waits=True),
    (S.INVITED, A.FINE): Passage(S.FINED, Stage.DECISION, waits=True),
    (S.HEARD, A.NO_FINE): Passage(S.CLOSED, Stage.DECISION),
    # A defence may be completed as long as its term runs; only an ending in the person's favour need not wait for that.
    (S.HEARD, A.FINE): Passage(S.FINED, Stage.DECISION, waits=True),
    (S.FINED, A.RECORD_PAYMENT): Passage(S.CLOSED, Stage.PAYMENT),
    (S.FINED, A.REMIND): Passage(S.REMINDED, Stage.REMINDER, waits=True),
    (S.FINED, A.RECORD_APPEAL): Passage(S.APPEALED, Stage.APPEAL),
    (S.REMINDED, A.RECORD_PAYMENT): Passage(S.CLOSED, Stage.PAYMENT),
    (S.REMINDED, A.COLLECT): Passage(S.COLLECTING, Stage.COLLECTION, waits=True),
    (S.REMINDED, A.RECORD_APPEAL): Passage(S.APPEALED, Stage.APPEAL),
    (S.COLLECTING, A.RECORD_PAYMENT): Passage(S.CLOSED, Stage.PAYMENT),
    (S.COLLECTING, A.RECORD_APPEAL): Passage(S.APPEALED, Stage.APPEAL),
    (S.APPEALED, A.UPHOLD): Passage(S.FINED, Stage.APPEAL),
    (S.APPEALED, A.REDUCE): Passage(S.FINED, Stage.APPEAL),
    (S.APPEALED, A.ANNUL): Passage(S.CLOSED, Stage.APPEAL),
    # The duty is met after all, or the file was a mistake: whoever has the file at that stage closes it.
    (S.OPEN, A.CLOSE): Passage(S.CLOSED, Stage.NOTICE),
    (S.WARNED, A.CLOSE): Passage(S.CLOSED, Stage.NOTICE),
    (S.NOTICED, A.CLOSE): Passage(S.CLOSED, Stage.NOTICE),
    (S.TRANSFERRED, A.CLOSE): Passage(S.CLOSED, Stage.DECISION),
    (S.INVITED, A.CLOSE): Passage(S.CLOSED, Stage.DECISION),
    (S.HEARD, A.CLOSE): Passage(S.CLOSED, Stage.DECISION),
    (S.COLLECTING, A.CLOSE): Passage(S.CLOSED, Stage.DECISION),
}
"""State and act to what they lead to; a pair that is not here is refused."""

STAGE_OF_CODE: Mapping[str, Stage] = {
    "reminder": Stage.WARNING,
    "registered_letter": Stage.NOTICE,
    "notice": Stage.NOTICE,
    "formal_notice": Stage.NOTICE,
    "infringement_file": Stage.TRANSFER,
    "file": Stage.TRANSFER,
    "defence": Stage.HEARING,
    "hearing": Stage.HEARING,
    "fine": Stage.DECISION,
    "payment_reminder": Stage.REMINDER,
    "collection": Stage.COLLECTION,
}
"""What a sanction of a rule set is in the procedure; one that is not here is shown, and decides nothing."""

ALWAYS = (Stage.NOTICE, Stage.HEARING, Stage.DECISION, Stage.PAYMENT, Stage.APPEAL)
CLOCKED = frozenset({Stage.WARNING, Stage.NOTICE, Stage.HEARING, Stage.PAYMENT, Stage.REMINDER})
"""Stages that give the person time."""
OFFICE_STAGES = frozenset({Stage.WARNING, Stage.NOTICE, Stage.TRANSFER})
STARTS: Mapping[Act, Stage] = {
    A.WARN: Stage.WARNING,
    A.NOTICE: Stage.NOTICE,
    A.INVITE: Stage.HEARING,
    A.FINE: Stage.PAYMENT,
    A.UPHOLD: Stage.PAYMENT,
    A.REDUCE: Stage.PAYMENT,
    A.REMIND: Stage.REMINDER,
}
"""The clock that an act starts: it runs from the day its letter is sent."""
KEEPS_CLOCK = frozenset({A.RECORD_DEFENCE})
"""Acts during which the clock of the step before runs on."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the procedure under one rule set. None: not found in the sources. `length` is the time the person is given."""

    stage: Stage
    code: str | None
    title: Mapping[str, str] | None
    length: Period | None
    decided_by: str | None
    law: Law | None


@dataclass(frozen=True, slots=True)
class Procedure:
    """The steps under one rule set, in order, the range of a fine, and sanctions that are no step."""

    steps: tuple[Step, ...]
    amount_min: Decimal | None
    amount_max: Decimal | None
    others: tuple[Sanction, ...]

    def step(self, stage: Stage) -> Step | None:
        """The step of that stage, if the procedure has one."""
        return next((step for step in self.steps if step.stage == stage), None)

    @property
    def can_fine(self) -> bool:
        """Whether the sources give the range of a fine; without it there is none."""
        return self.amount_min is not None and self.amount_max is not None

    def role_of(self, stage: Stage) -> str:
        """Who acts: as the rule set says; where it does not, the office writes and whoever decides on the fine does the rest."""
        step = self.step(stage)
        if step and step.decided_by:
            return step.decided_by
        if stage in OFFICE_STAGES:
            return "counselor"
        decision = self.step(Stage.DECISION)
        return (decision.decided_by if decision else None) or "team_lead"


@dataclass(frozen=True, slots=True)
class Clock:
    """A term that the person was given. Not started: its letter has not been sent."""

    starts_on: dt.date | None
    ends_on: dt.date | None

    def is_over(self, on: dt.date) -> bool:
        """The last day belongs to the person."""
        return self.ends_on is not None and on > self.ends_on


class Refusal(StrEnum):
    """Why an act cannot be done now."""

    NOT_NOW = "not_now"
    NOT_IN_RULES = "not_in_rules"
    WARN_FIRST = "warn_first"
    TRANSFER_FIRST = "transfer_first"
    NOT_SENT = "not_sent"
    TERM_RUNS = "term_runs"
    NO_RANGE = "no_range"


def procedure_of(sanctions: Sequence[Sanction]) -> Procedure:
    """The procedure that these sanctions make."""
    found = {STAGE_OF_CODE[one.code]: one for one in reversed(sanctions) if one.code in STAGE_OF_CODE}
    steps = tuple(_step(stage, found) for stage in Stage if stage in found or stage in ALWAYS)
    fine = found.get(Stage.DECISION)
    return Procedure(
        steps=steps,
        amount_min=_money(fine.amount_min if fine else None),
        amount_max=_money(fine.amount_max if fine else None),
        others=tuple(one for one in sanctions if one.code not in STAGE_OF_CODE),
    )


def _money(amount: float | None) -> Decimal | None:
    return None if amount is None else Decimal(str(amount)).quantize(Decimal("0.01"))


def _step(stage: Stage, found: Mapping[Stage, Sanction]) -> Step:
    """A reminder "when unpaid after one month" tells the time to pay; how long the reminder itself gives is another question."""
    own, length = found.get(stage), None
    if stage == Stage.PAYMENT:
        own = found.get(Stage.REMINDER)
        length = own.length if own else None
        return Step(stage, None, None, length, None, own.law if own else None)
    if own and stage in CLOCKED - {Stage.REMINDER}:
        length = own.length
    return Step(
        stage,
        own.code if own else None,
        own.title if own else None,
        length,
        own.decided_by if own else None,
        own.law if own else None,
    )


def refusal(procedure: Procedure, state: State, act: Act, *, clock: Clock | None, on: dt.date) -> Refusal | None:
    """Why `act` cannot be done in `state` on day `on`; None where it can. `clock` is the term of the step before."""
    passage = PASSAGES.get((state, act))
    if passage is None:
        return Refusal.NOT_NOW
    if act != Act.CLOSE and procedure.step(passage.stage) is None:
        return Refusal.NOT_IN_RULES
    if (state, act) == (State.OPEN, Act.NOTICE) and procedure.step(Stage.WARNING):
        return Refusal.WARN_FIRST
    if (state, act) == (State.NOTICED, Act.INVITE) and procedure.step(Stage.TRANSFER):
        return Refusal.TRANSFER_FIRST
    if passage.waits and not (clock and clock.is_over(on)):
        return Refusal.TERM_RUNS if clock and clock.starts_on else Refusal.NOT_SENT
    if act in (Act.FINE, Act.REDUCE) and not procedure.can_fine:
        return Refusal.NO_RANGE
    return None


def possible_acts(procedure: Procedure, state: State, *, clock: Clock | None, on: dt.date) -> dict[Act, Refusal | None]:
    """The acts that the table has for `state` under this procedure, each with what stands in its way now."""
    found = {act: refusal(procedure, state, act, clock=clock, on=on) for (start, act) in PASSAGES if start == state}
    hidden = {Refusal.NOT_IN_RULES, Refusal.WARN_FIRST, Refusal.TRANSFER_FIRST}
    return {act: why for act, why in found.items() if why not in hidden}


def allowed(amount: Decimal, procedure: Procedure) -> bool:
    """Whether a fine of that amount lies within the range of the rule set."""
    low, high = procedure.amount_min, procedure.amount_max
    return low is not None and high is not None and low <= amount <= high
