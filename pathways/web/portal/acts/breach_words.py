"""The steps of a breach file in plain words: what each one is, what has been done, how much time there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from babel.numbers import format_currency
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.outcomes.models import BreachAnswer, CloseReason, Duty
from pathways.outcomes.procedure import KEEPS_CLOCK, PASSAGES, Act, Procedure, Stage, State, Step
from pathways.rules import Period
from pathways.web.portal.acts.shared import PaperLink, paper_address, paper_links
from pathways.web.portal.pathway.words import LawLink, PlainWords, left_words, locale_of

if TYPE_CHECKING:
    import datetime as dt

    from pathways.outcomes.models import BreachFile, BreachStep
    from pathways.outcomes.queries import FileState

DUTIES = {
    Duty.NOT_REPORTED: gettext_lazy("You did not come to the office in time."),
    Duty.NOT_SIGNED: gettext_lazy("You did not sign the contract in time."),
    Duty.IRREGULAR: gettext_lazy("You missed too many lessons."),
    Duty.STOPPED_EARLY: gettext_lazy("You stopped before the end."),
    Duty.NOT_COMPLETED: gettext_lazy("You did not finish your pathway in time."),
}
STAGES = {
    Stage.WARNING: (gettext_lazy("A reminder"), gettext_lazy("We write to you what you still must do.")),
    Stage.NOTICE: (
        gettext_lazy("An official letter"),
        gettext_lazy("It says what was not done. You can still do it in time."),
    ),
    Stage.TRANSFER: (
        gettext_lazy("Other people look at it"),
        gettext_lazy("Your office gives the file to officers of the government."),
    ),
    Stage.HEARING: (
        gettext_lazy("You explain it"),
        gettext_lazy("You say what happened, in a talk or in a letter. You may bring somebody."),
    ),
    Stage.DECISION: (gettext_lazy("The decision"), gettext_lazy("A person decides if you must pay a fine.")),
    Stage.PAYMENT: (gettext_lazy("Time to pay"), gettext_lazy("This comes only after a fine.")),
    Stage.REMINDER: (gettext_lazy("A reminder to pay"), gettext_lazy("We write again if the fine is not paid.")),
    Stage.COLLECTION: (
        gettext_lazy("Somebody else collects the money"),
        gettext_lazy("This comes only if the fine is still not paid."),
    ),
    Stage.APPEAL: (
        gettext_lazy("You can object"),
        gettext_lazy("You say that the fine is wrong. The letter says where and until when."),
    ),
}
DONE = {
    Act.WARN: gettext_lazy("We wrote you a reminder."),
    Act.NOTICE: gettext_lazy("We wrote you an official letter."),
    Act.TRANSFER: gettext_lazy("Your office gave the file to the officers."),
    Act.INVITE: gettext_lazy("We asked you to explain it."),
    Act.RECORD_DEFENCE: gettext_lazy("We heard what you say."),
    Act.NO_FINE: gettext_lazy("Decision: you do not pay a fine."),
    Act.FINE: gettext_lazy("Decision: you must pay a fine."),
    Act.RECORD_PAYMENT: gettext_lazy("You have paid."),
    Act.REMIND: gettext_lazy("We reminded you to pay."),
    Act.COLLECT: gettext_lazy("Somebody else collects the money now."),
    Act.RECORD_APPEAL: gettext_lazy("You objected."),
    Act.UPHOLD: gettext_lazy("The fine stays."),
    Act.REDUCE: gettext_lazy("The fine is lower now."),
    Act.ANNUL: gettext_lazy("The fine is gone. You do not pay."),
    Act.CLOSE: gettext_lazy("The file is closed."),
}
ENDS = {
    CloseReason.MET: gettext_lazy("You have done what was asked."),
    CloseReason.MISTAKE: gettext_lazy("It was our mistake."),
    CloseReason.FREED: gettext_lazy("You no longer have this duty."),
    CloseReason.NO_FINE: gettext_lazy("You do not pay a fine."),
    CloseReason.PAID: gettext_lazy("The fine is paid."),
    CloseReason.ANNULLED: gettext_lazy("The fine is gone. You do not pay."),
    CloseReason.UNCOLLECTABLE: gettext_lazy("The fine is no longer collected."),
}
KINDS = {
    BreachAnswer.Kind.ANSWER: gettext_lazy("I write what happened"),
    BreachAnswer.Kind.HEARING: gettext_lazy("I want to explain it in a talk"),
}
ICONS = {"done": "check", "here": "map-pin", "later": "flag"}


@dataclass(frozen=True, slots=True)
class DoneLine:
    """What was done on a day. `reason` stands as it was written, in the language of the office."""

    text: str
    day: str
    reason: str
    amount: str
    time: str
    papers: list[PaperLink]


@dataclass(frozen=True, slots=True)
class StageLine:
    """A step of the procedure: `state` is done, here or later; `time` how long the person has."""

    title: str
    text: str
    state: str
    icon: str
    time: str
    law: LawLink | None
    done: list[DoneLine]


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """What the person has sent, and whether it was read."""

    answer: BreachAnswer
    kind: str
    day: str
    read: str
    papers: list[PaperLink]


@dataclass(frozen=True, slots=True)
class ClockLine:
    """The time that runs now: until which day, and how long that is."""

    until: str
    left: str


def duty_words(file: BreachFile) -> str:
    """What the file is about."""
    return str(DUTIES[Duty(file.duty)])


def end_words(file: BreachFile) -> str:
    """How it ended; "" while it is open."""
    return str(ENDS[CloseReason(file.close_reason)]) if file.close_reason else ""


def clock_line(state: FileState, words: PlainWords, on: dt.date) -> ClockLine | None:
    """The time that the person has now."""
    clock = state.clock
    if state.file.closed_on or clock is None or clock.ends_on is None or clock.is_over(on):
        return None
    return ClockLine(words.weekday(clock.ends_on), left_words(clock.ends_on, on=on))


def stage_lines(state: FileState, words: PlainWords) -> list[StageLine]:
    """Every step of the procedure, with what was done in it; the last one taken is where the file is."""
    return [_stage(step, state, words) for step in state.procedure.steps]


def rights_lines(procedure: Procedure, words: PlainWords) -> list[StageLine]:
    """The same for somebody about whom there is no file: what could come, and nothing has."""
    return [_line(step, procedure, words, "later", []) for step in procedure.steps]


def _stage(step: Step, state: FileState, words: PlainWords) -> StageLine:
    taken = [one for one in state.steps if PASSAGES[State(one.before), Act(one.act)].stage == step.stage]
    last = state.steps[-1] if state.steps else None
    here = last in taken and state.file.closed_on is None
    place = "here" if here else "done" if taken else "later"
    return _line(step, state.procedure, words, place, [_done(one, words) for one in taken])


def _line(step: Step, procedure: Procedure, words: PlainWords, state: str, done: list[DoneLine]) -> StageLine:
    title, text = STAGES[step.stage]
    said = str(text)
    if step.stage == Stage.DECISION and procedure.can_fine:
        assert procedure.amount_min is not None
        assert procedure.amount_max is not None
        amounts = {"least": euro(procedure.amount_min, words), "most": euro(procedure.amount_max, words)}
        said += " " + _("A fine is between %(least)s and %(most)s.") % amounts
    time = _("You have this much time: %(length)s") % {"length": words.period(step.length)} if step.length else ""
    return StageLine(str(title), said, state, ICONS[state], time, words.law(step.law), done)


def _done(step: BreachStep, words: PlainWords) -> DoneLine:
    documents = [one for one in (step.letter.document if step.letter else None, step.document) if one]
    return DoneLine(
        str(DONE[Act(step.act)]),
        words.day(step.on),
        step.reason,
        euro(step.amount, words) if step.amount is not None else "",
        " ".join(_time(step, words)),
        [PaperLink(one.name, address) for one in documents if (address := paper_address(one))],
    )


def _time(step: BreachStep, words: PlainWords) -> Iterator[str]:
    """The clock of a step: how long, and from when to when."""
    if not step.length or Act(step.act) in KEEPS_CLOCK:
        return
    yield _("You have this much time: %(length)s") % {"length": words.period(Period.parse(step.length))}
    if step.starts_on and step.ends_on:
        values = {"first": words.day(step.starts_on), "last": words.day(step.ends_on)}
        yield f"({_('From %(first)s until %(last)s') % values})"
    else:
        yield _("Your time begins when the letter is sent.")


def answer_line(answer: BreachAnswer, words: PlainWords) -> AnswerLine:
    """What the person has sent."""
    read = _("Read on %(day)s") % {"day": words.day(answer.read_on)} if answer.read_on else _("Not read yet")
    papers = paper_links(paper.document for paper in answer.papers.all())
    return AnswerLine(answer, str(KINDS[BreachAnswer.Kind(answer.kind)]), words.day(answer.on), read, papers)


def euro(amount: Decimal, words: PlainWords) -> str:
    """An amount as the language writes it, with Western digits."""
    digits = "#,##0 ¤" if amount == amount.to_integral() else "#,##0.00 ¤"
    return str(format_currency(amount, "EUR", digits, locale=locale_of(words.language), currency_digits=False))
