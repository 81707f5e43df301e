"""The ledger of a term in words: every step with its cause, law and paper, and the day it leads to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pathways.duties.planning import ground_of
from pathways.rules import Law

if TYPE_CHECKING:
    from pathways.cases.models import Case
    from pathways.cases.queries import KnownFact
    from pathways.duties.models import TermEntry
    from pathways.duties.queries import LedgerRow, Term
    from pathways.web.desk.words import LawLine, Words

_DAY = dt.timedelta(days=1)
STATES = {
    "late": gettext_lazy("Overdue"),
    "today": gettext_lazy("Today"),
    "open": gettext_lazy("Running"),
    "stopped": gettext_lazy("Stopped"),
    "resting": gettext_lazy("Resting while postponed"),
    "not_started": gettext_lazy("Not started"),
    "done": gettext_lazy("Met"),
}
CORRECTED = {
    "suspension": gettext_lazy("Suspension counted anew"),
    "shift": gettext_lazy("Working day counted anew"),
    "extension": gettext_lazy("Extension counted anew"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the ledger: what, how many days ("" for the start), and the day it leads to."""

    label: str
    text: str
    days: str
    until: dt.date
    law: LawLine | None
    paper: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term with the steps that add up to its date, and what else is to know."""

    code: str
    title: str
    state: str
    state_label: str
    due_on: dt.date | None
    met_on: dt.date | None
    stopped_until: dt.date | None
    brief: str
    then: str
    law: LawLine
    steps: list[Step]
    notes: list[tuple[str, str, LawLine | None]]


def term_rows(
    terms: list[Term], case: Case, words: Words, known: Mapping[str, KnownFact] | None = None
) -> list[TermRow]:
    """Each term in words; `known` tells the source of the date on which it started."""
    return [_term(term, case, words, known or {}) for term in terms]


def _term(term: Term, case: Case, words: Words, known: Mapping[str, KnownFact]) -> TermRow:
    rule = term.rule
    return TermRow(
        code=term.code,
        title=words.text(rule.title),
        state=term.state,
        state_label=str(STATES[term.state]),
        due_on=term.due_on,
        met_on=term.met_on,
        stopped_until=term.stopped_until,
        brief=_brief(term, words),
        then=words.text(rule.then.title) if rule.then else "",
        law=words.law(rule.law),
        steps=[_step(row, term, case, words, known) for row in term.rows],
        notes=_notes(term, words),
    )


def _brief(term: Term, words: Words) -> str:
    """The date in one line: what started it, when, how long, and what was added."""
    extension = term.rule.extension
    length = words.period(extension.length if extension and term.explained.extended else term.rule.length)
    if not term.rows or not term.started_by:
        starts = _(" or ").join(words.fact(name) for name in term.rule.starts_at)
        return _("%(length)s, but the start is not known: %(facts)s.") % {"length": length, "facts": starts}
    values = {"event": words.fact(term.started_by), "date": words.date(term.rows[0].until), "length": length}
    added = term.explained.extra_days
    if not added:
        return _("%(event)s %(date)s, plus %(length)s.") % values
    return _("%(event)s %(date)s, plus %(length)s and %(days)s.") % {**values, "days": count_days(added)}


def count_days(days: int) -> str:
    """A number of days in words."""
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


def signed_days(days: int) -> str:
    """Days added or taken: "+30 days"."""
    return f"{'+' if days >= 0 else '−'}{count_days(abs(days))}"


def _step(row: LedgerRow, term: Term, case: Case, words: Words, known: Mapping[str, KnownFact]) -> Step:
    days = signed_days(row.days) if row.kind != "start" else ""
    if row.entry is None:
        label, text, law = _rule_step(row.kind, term, words, known)
        return Step(label, text, days, row.until, law, None)
    label, text = _entry_words(row.entry, words)
    law = words.law(Law(**row.entry.law)) if row.entry.law else None
    return Step(label, text, days, row.until, law, _paper(row.entry, case))


def _rule_step(kind: str, term: Term, words: Words, known: Mapping[str, KnownFact]) -> tuple[str, str, LawLine | None]:
    """The start, the length, or the longer term that the rules give this person."""
    extension = term.rule.extension
    if kind == "start":
        fact = known.get(term.started_by or "")
        source = [words.source(fact.source), fact.evidence, fact.by] if fact else []
        event = words.fact(term.started_by) if term.started_by else ""
        return _("Starts"), ", ".join(filter(None, [event, *source])), None
    if kind == "longer" and extension:
        text = f"{words.text(extension.title)}, {words.period(extension.length)}"
        return _("Longer term"), text, words.law(extension.law)
    return _("Length"), words.period(term.rule.length), words.law(term.rule.law)


def _entry_words(entry: TermEntry, words: Words) -> tuple[str, str]:
    ground = ground_of(entry.request) if entry.request else None
    title = words.text(ground.title) if ground else ""
    by = str(entry.granted_by) if entry.granted_by else _("the software")
    told = _("recorded %(date)s by %(by)s") % {"date": words.date(entry.on), "by": by}
    if entry.kind == "correction":
        return str(CORRECTED[entry.corrects]), "; ".join(filter(None, [title, told]))
    if entry.kind == "suspension" and entry.period and not entry.period.isempty and entry.request:
        last = entry.period.upper - _DAY
        period = _("%(first)s to %(last)s") % {"first": words.date(entry.period.lower), "last": words.date(last)}
        return _("Suspension"), "; ".join(filter(None, [title, period, told]))
    if entry.kind == "shift":
        return _("Next working day"), _("The last day fell on a weekend or holiday.")
    silent = "" if entry.law else _("decided by the office, the rules name no ground")
    return _("Extension"), "; ".join(filter(None, [title, entry.reason, silent, told]))


def _paper(entry: TermEntry, case: Case) -> tuple[str, str] | None:
    """The address and name of the paper behind a row: its own, or the letter about the request."""
    document = entry.document or (entry.request.letter if entry.request else None)
    return (paper_address(case, document), document.name) if document else None


def paper_address(case: Case, document: Any) -> str:
    """Where a paper of a request or an extension is opened."""
    return reverse("desk:term_paper", args=[case.reference, document.public_id])


def _notes(term: Term, words: Words) -> list[tuple[str, str, LawLine | None]]:
    """What ends the term, and what follows when it passes."""
    rule = term.rule
    found: list[tuple[str, str, LawLine | None]] = []
    if rule.extension and not term.explained.extended:
        said = _("Does not hold for this person") if term.explained.extended is False else _("Not known if it holds")
        text = f"{said}: {words.text(rule.extension.title)} ({words.period(rule.extension.length)})"
        found.append((_("Longer term"), text, words.law(rule.extension.law)))
    if rule.ends_at:
        met = words.date(term.met_on) if term.met_on else _("not yet")
        found.append((_("Met by"), f"{words.fact(rule.ends_at)}: {met}", None))
    if rule.then:
        found.append((_("If it passes"), words.text(rule.then.title), words.law(rule.then.law)))
    return found
