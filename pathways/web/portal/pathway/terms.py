"""The terms of law in plain words: the last day, and every step that made it, so that anybody can count along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.duties.planning import ground_of
from pathways.web.portal.pathway.reasons import wrong_address
from pathways.web.portal.pathway.words import PlainWords, left_words

if TYPE_CHECKING:
    import datetime as dt

    from django.utils.functional import _StrPromise

    from pathways.duties.models import TermEntry
    from pathways.duties.queries import LedgerRow, Term
    from pathways.web.portal.pathway.words import LawLink

STATES: dict[str, _StrPromise] = {
    "stopped": gettext_lazy("This term is paused."),
    "resting": gettext_lazy("This term does not run now."),
    "not_started": gettext_lazy("This term has not started yet."),
    "done": gettext_lazy("You did this in time."),
}


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step to the last day: a sentence, the days it adds ("" for the start), and the day it leads to."""

    text: str
    days: str
    until: dt.date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TermLine:
    """A term: what is to be done, until when, how that day came about, and what follows if it passes."""

    code: str
    title: str
    href: str
    state: str
    due_on: dt.date | None
    met_on: dt.date | None
    said: str
    late: bool
    steps: list[StepLine]
    then: str
    ends_with: str
    law: LawLink | None
    wrong: str


def term_lines(terms: list[Term], words: PlainWords, *, on: dt.date) -> list[TermLine]:
    """Each term that binds the person."""
    return [_line(term, words, on) for term in terms]


def _line(term: Term, words: PlainWords, on: dt.date) -> TermLine:
    rule = term.rule
    return TermLine(
        code=term.code,
        title=words.text(rule.title),
        href=reverse("portal:why_date", args=[term.code]),
        state=term.state,
        due_on=term.due_on,
        met_on=term.met_on,
        said=_said(term, on),
        late=term.state == "late",
        steps=[_step(row, term, words) for row in term.rows],
        then=words.text(rule.then.title) if rule.then else "",
        ends_with=words.fact(rule.ends_at) if rule.ends_at else "",
        law=words.law(rule.law),
        wrong=wrong_address(f"deadline:{term.code}"),
    )


def _said(term: Term, on: dt.date) -> str:
    """How the term stands."""
    if term.state in STATES:
        late = term.state == "done" and term.due_on and term.met_on and term.met_on > term.due_on
        return _("You did this, but too late.") if late else str(STATES[term.state])
    return left_words(term.due_on, on=on) if term.due_on else ""


def _step(row: LedgerRow, term: Term, words: PlainWords) -> StepLine:
    if row.entry is not None:
        return StepLine(_entry(row.entry, words), _signed(row.days, words), row.until, row.entry.reason)
    if row.kind == "start":
        event = words.fact(term.started_by) if term.started_by else ""
        return StepLine(_("The term starts: %(event)s") % {"event": event}, "", row.until)
    extension = term.rule.extension
    if row.kind == "longer" and extension:
        text = _("You get more time: %(reason)s") % {"reason": words.text(extension.title)}
        return StepLine(text, _signed(row.days, words), row.until)
    text = _("The law gives %(length)s.") % {"length": words.period(term.rule.length)}
    return StepLine(text, _signed(row.days, words), row.until)


def _signed(days: int, words: PlainWords) -> str:
    return f"{'+' if days >= 0 else '−'}{words.days(abs(days))}"


def _entry(entry: TermEntry, words: PlainWords) -> str:
    """A row of the ledger as a sentence."""
    ground = ground_of(entry.request) if entry.request else None
    said = {
        "suspension": _("Your programme was paused."),
        "extension": _("Your office gave you more time."),
        "shift": _("The last day was in a weekend or a holiday."),
        "correction": _("We counted again."),
    }[entry.kind]
    return f"{said} {words.text(ground.title)}." if ground else said
