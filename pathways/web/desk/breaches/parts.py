"""A breach file in words: the procedure step by step with law, term and who acts, and what may follow now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.roles import Role
from pathways.outcomes.breach_words import ACTS, DONE, STAGES, word_act_refusal
from pathways.outcomes.letters import money
from pathways.outcomes.permissions import may_act
from pathways.outcomes.procedure import CLOCKED, PASSAGES, STARTS, Act, Refusal, State, Step
from pathways.rules import Period
from pathways.web.desk.words import LawLine, Words

if TYPE_CHECKING:
    import datetime as dt

    from pathways.outcomes.models import BreachStep
    from pathways.outcomes.queries import FileState

PRIMARY = (Act.WARN, Act.NOTICE, Act.TRANSFER, Act.INVITE, Act.RECORD_DEFENCE, Act.RECORD_PAYMENT)
"""Of what may follow, the first of these is the obvious next step."""


@dataclass(frozen=True, slots=True)
class DoneRow:
    """One step that was taken."""

    title: str
    on: dt.date
    by: str
    reason: str
    amount: str
    length: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    waits: bool
    papers: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class StageRow:
    """One step of the procedure, with what the rule set says of it; `missing`: not found in the sources."""

    stage: str
    title: str
    law: LawLine | None
    length: str
    decided: str
    decide_href: str
    clocked: bool
    role: str
    here: bool
    done: list[DoneRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class NextRow:
    """One step that may follow; `refused` says what stands in its way, "" for nothing."""

    label: str
    href: str
    refused: str
    primary: bool
    role: str


def stage_rows(state: FileState, words: Words, *, lead: bool) -> list[StageRow]:
    """The procedure from its first step to the last."""
    taken = list(state.steps)
    return [_stage(step, state, words, taken, lead=lead) for step in state.procedure.steps]


def _stage(step: Step, state: FileState, words: Words, taken: list[BreachStep], *, lead: bool) -> StageRow:
    done = [one for one in taken if PASSAGES[State(one.before), Act(one.act)].stage == step.stage]
    term = state.terms.get(step.stage.value)
    undecided = step.stage in CLOCKED and step.length is None and term is None and state.file.closed_on is None
    length = words.period(step.length) if step.length else words.period(Period(term.days, "D")) if term else ""
    return StageRow(
        stage=step.stage.value,
        title=words.text(step.title) if step.title else str(STAGES[step.stage]),
        law=words.law(step.law) if step.law else None,
        length=length,
        decided=_("Decided by %(who)s: %(reason)s") % {"who": term.decided_by, "reason": term.reason} if term else "",
        decide_href=reverse("desk:breach_term", args=[state.file.public_id, step.stage.value])
        if lead and undecided
        else "",
        clocked=step.stage in CLOCKED,
        role=str(Role(state.procedure.role_of(step.stage)).label),
        here=bool(done) and done[-1] is taken[-1],
        done=[_done(one, state, words) for one in done],
    )


def _done(step: BreachStep, state: FileState, words: Words) -> DoneRow:
    return DoneRow(
        title=str(DONE[Act(step.act)]),
        on=step.on,
        by=str(step.by or ""),
        reason=step.reason,
        amount=money(step.amount, words.language) if step.amount is not None else "",
        length=words.period(Period.parse(step.length)) if step.length else "",
        starts_on=step.starts_on,
        ends_on=step.ends_on,
        waits=bool(step.length) and step.starts_on is None,
        papers=list(_papers(step, state)),
    )


def _papers(step: BreachStep, state: FileState) -> Iterator[tuple[str, str, str]]:
    """Address, name and state of each paper of a step."""
    if step.letter is not None:
        number = step.letter.registered_number
        said = str(step.letter.get_state_display()) + (f", {number}" if number else "")
        yield _address(state, step.letter.document), step.letter.title, said
    if step.document is not None:
        yield _address(state, step.document), step.document.name, ""


def _address(state: FileState, document: Any) -> str:
    return reverse("desk:breach_paper", args=[state.file.public_id, document.public_id])


def next_rows(state: FileState, roles: frozenset[str]) -> list[NextRow]:
    """What may follow: what the user may do now first, with the reason for what cannot be done yet."""
    rows = []
    for act, refused in state.acts.items():
        role = state.procedure.role_of(PASSAGES[State(state.file.state), act].stage)
        mine = may_act(role, roles)
        why = word_act_refusal(refused, state.clock) if refused else _term_missing(act, state)
        rows.append(
            NextRow(
                label=str(ACTS[act]),
                href=reverse("desk:breach_step", args=[state.file.public_id, act.value]) if mine and not why else "",
                refused=why,
                primary=mine and not why and act in PRIMARY,
                role="" if mine else str(Role(role).label),
            )
        )
    return sorted(rows, key=lambda row: not row.primary)


def _term_missing(act: Act, state: FileState) -> str:
    """What stands in the way of a step whose term was not found in the sources, until a team lead has decided it."""
    stage = STARTS.get(act)
    step = state.procedure.step(stage) if stage else None
    if step is None or step.length is not None or step.stage.value in state.terms:
        return ""
    return _("How long this term is was not found in the sources: a team lead decides it first.")


def who_acts(state: FileState) -> str:
    """Whose turn it is."""
    for act, refused in state.acts.items():
        if refused in (None, Refusal.TERM_RUNS, Refusal.NOT_SENT) and act is not Act.CLOSE:
            return str(Role(state.procedure.role_of(PASSAGES[State(state.file.state), act].stage)).label)
    return ""
