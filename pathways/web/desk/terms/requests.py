"""Requests and grounds in words: what was asked, who decides, what came of it, and what may be done now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.duties.models import GroundRequest
from pathways.duties.permissions import decides
from pathways.web.desk.terms.rows import count_days, paper_address
from pathways.web.names import outcome_word

if TYPE_CHECKING:
    from pathways.cases.models import Case
    from pathways.duties.planning import Moved
    from pathways.duties.queries import Preview, RequestLine
    from pathways.rules import Ground
    from pathways.web.desk.words import LawLine, Words

ROLES = {
    "counselor": gettext_lazy("The counselor decides."),
    "team_lead": gettext_lazy("The team lead decides."),
    "enforcement_officer": gettext_lazy("The enforcement officer decides."),
    None: gettext_lazy("The rule names nobody who decides; here the team lead does."),
}
ICONS = {
    "requested": "hourglass",
    "granted": "circle-check",
    "refused": "circle-x",
    "withdrawn": "arrow-back-up",
    "ended": "flag",
}


@dataclass(frozen=True, slots=True)
class GroundRow:
    """A ground one may ask on, as the rule set has it."""

    code: str
    kind: str
    title: str
    facts: list[str]
    law: LawLine
    href: str


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request as a page shows it; addresses are "" for what may not be done now."""

    public_id: str
    kind: str
    title: str
    state: str
    state_label: str
    icon: str
    facts: list[tuple[str, str]]
    papers: list[tuple[str, str]]
    law: LawLine
    waits: bool
    decide: str
    withdraw: str
    end: str
    renew: str


@dataclass(frozen=True, slots=True)
class MovedRow:
    """A term and its last day before and after."""

    title: str
    before: dt.date | None
    after: dt.date | None


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """What an act would do, in words."""

    title: str
    facts: list[str]
    moved: list[MovedRow]
    outcome_before: str
    outcome_after: str

    @property
    def nothing(self) -> bool:
        """Whether it would change nothing at all."""
        return not self.facts and not self.moved and self.outcome_before == self.outcome_after


def ground_rows(grounds: Iterable[Ground], case: Case, words: Words) -> list[tuple[str, list[GroundRow]]]:
    """The grounds by kind, each with what its rule says."""
    kinds: dict[str, list[GroundRow]] = {}
    for ground in grounds:
        address = f"{reverse('desk:term_request', args=[case.reference])}?ground={ground.code}"
        row = GroundRow(
            ground.code,
            ground.kind,
            words.text(ground.title),
            ground_facts(ground, words),
            words.law(ground.law),
            address,
        )
        kinds.setdefault(ground.kind, []).append(row)
    return [(str(GroundRequest.Kind(kind).label), rows) for kind, rows in kinds.items()]


def ground_facts(ground: Ground, words: Words) -> list[str]:
    """What the rule set says about a ground, a sentence each; what it does not say is said too."""
    said = []
    if ground.length:
        said.append(_("Length in the rule: %(length)s.") % {"length": words.period(ground.length)})
    elif ground.kind != "exemption":
        said.append(_("The rule names no length."))
    if ground.evidence:
        said.append(_("Evidence: %(evidence)s.") % {"evidence": words.text(ground.evidence)})
    if ground.kind == "suspension":
        stops = {True: _("Terms stop."), False: _("Terms go on."), None: _("The rule does not say if terms stop.")}
        said.append(stops[ground.stops_terms])
    if ground.renewable is not None:
        said.append(_("Can be renewed.") if ground.renewable else _("Cannot be renewed."))
    said.append(str(ROLES[ground.decided_by]))
    return said


def request_rows(lines: Iterable[RequestLine], case: Case, words: Words, *, roles: Collection[str]) -> list[RequestRow]:
    """The requests of a case with what somebody in these `roles` may do with them."""
    return [_request(line, case, words, roles) for line in lines]


def _request(line: RequestLine, case: Case, words: Words, roles: Collection[str]) -> RequestRow:
    request, ground = line.request, line.ground
    may = case.closed_on is None and decides(roles, ground)
    waits = request.state == GroundRequest.State.REQUESTED
    lasts = request.state == GroundRequest.State.GRANTED
    renewable = ground.kind == "suspension" and ground.renewable is not False and case.closed_on is None
    address = reverse("desk:term_request", args=[case.reference])
    documents = [one.document for one in request.evidence.all()] + ([request.letter] if request.letter else [])
    return RequestRow(
        public_id=str(request.public_id),
        kind=str(GroundRequest.Kind(request.kind).label),
        title=words.text(ground.title),
        state=request.state,
        state_label=state_label(request),
        icon=ICONS[request.state],
        facts=_facts(request, words),
        papers=[(paper_address(case, one), one.name) for one in documents],
        law=words.law(ground.law),
        waits=waits,
        decide=_act("term_decide", case, request) if waits and may else "",
        withdraw=_act("term_withdraw", case, request) if waits and case.closed_on is None else "",
        end=_act("term_end", case, request) if lasts and may and not ground.extends else "",
        renew=f"{address}?ground={ground.code}&renews={request.public_id}" if lasts and renewable else "",
    )


def state_label(request: GroundRequest) -> str:
    """The state in a word; one that was ended before it began never held."""
    if request.state == GroundRequest.State.ENDED and request.period is not None and request.period.isempty:
        return _("Taken back before it began")
    return str(GroundRequest.State(request.state).label)


def _act(route: str, case: Case, request: GroundRequest) -> str:
    return reverse(f"desk:{route}", args=[case.reference, request.public_id])


def _facts(request: GroundRequest, words: Words) -> list[tuple[str, str]]:
    """Period, who asked, who decided and why."""
    found = []
    if request.first_day and request.last_day:
        days = count_days((request.last_day - request.first_day).days + 1)
        found.append((_("Period"), f"{words.date(request.first_day)} – {words.date(request.last_day)} ({days})"))
    if request.term_days:
        found.append((_("Longer by"), count_days(request.term_days)))
    asked = ", ".join(filter(None, [words.date(request.requested_on), str(request.requested_by or "")]))
    wish = GroundRequest.AskedBy(request.asked_by).label
    found.append((_("Asked"), _("%(wish)s; recorded %(asked)s") % {"wish": wish, "asked": asked}))
    if request.explanation:
        found.append((_("Explanation"), request.explanation))
    if request.decided_on:
        by = ", ".join(filter(None, [words.date(request.decided_on), str(request.decided_by or "")]))
        found += [(_("Decided"), by), (_("Reason"), request.reason)]
    if request.kind == GroundRequest.Kind.SUSPENSION and request.decided_on and request.stops_terms is not None:
        found.append((_("Terms"), _("stop while it lasts") if request.stops_terms else _("go on")))
    return found


def preview_row(preview: Preview, words: Words, title: str) -> PreviewRow:
    """What an act would do, under a heading."""
    return PreviewRow(
        title=title,
        facts=[words.fact(name) for name in preview.facts],
        moved=moved_rows(preview.moved, words),
        outcome_before=outcome_word(preview.outcome_before),
        outcome_after=outcome_word(preview.outcome_after),
    )


def moved_rows(moved: Iterable[Moved], words: Words) -> list[MovedRow]:
    """Terms that move, in the reader's language."""
    return [MovedRow(words.text(one.title), one.before, one.after) for one in moved]


def moved_words(moved: Iterable[Moved], words: Words) -> str:
    """The same in a sentence each, for the message after an act."""
    said = [
        _("%(term)s: from %(before)s to %(after)s.")
        % {
            "term": words.text(one.title),
            "before": words.date(one.before) if one.before else _("no date"),
            "after": words.date(one.after) if one.after else _("no date"),
        }
        for one in moved
    ]
    return " ".join(said) or _("No term moved.")
