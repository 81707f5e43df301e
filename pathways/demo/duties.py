"""The demo's requests on grounds: granted, refused, waiting, ended and about to end, with the terms that moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from accounts.models import User
from pathways.cases.errors import CaseError
from pathways.cases.models import Case, FactChange
from pathways.documents.typesetting import typeset
from pathways.duties.actions import Paper, decide_ground, end_ground, extend_term, request_ground, settle_grounds
from pathways.duties.models import GroundRequest
from pathways.duties.queries import grounds_of
from pathways.rules import Ground

LEADS = {"AMAL": "lead.ghent", "BAPA-BXL": "lead.brussels", "CRI-CRIPEL": "lead.liege", "DG-INFOINT": "lead.eupen"}
QUIET_DAYS, ASKED_DAYS, DECIDED_DAYS = 40, 30, 20
"""Cases where nothing was recorded lately, and how long ago it was asked and decided."""
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Story:
    """What is asked in one case, for which days seen from today, and what comes of it."""

    kind: str
    state: str
    first: int = 0
    last: int = 0


STORIES = (
    Story("suspension", "granted", -15, 45),
    Story("suspension", "requested", 3, 62),
    Story("suspension", "granted", -60, 9),
    Story("suspension", "ended", -50, 40),
    Story("suspension", "refused", -10, 80),
    Story("suspension", "over", -120, -25),
    Story("exemption", "requested"),
    Story("exemption", "refused"),
    Story("exemption", "granted"),
    Story("postponement", "granted"),
    Story("postponement", "requested"),
)
WORDS = {
    "nl": {
        "paper": "Attest",
        "asked": "Heeft het attest meegebracht.",
        "granted": "Het attest is nagekeken.",
        "refused": "Het attest zegt niets over deze periode.",
        "ended": "Volgt de lessen weer.",
        "longer": "De brief kwam te laat aan.",
    },
    "fr": {
        "paper": "Attestation",
        "asked": "A apporté l'attestation.",
        "granted": "L'attestation a été vérifiée.",
        "refused": "L'attestation ne dit rien de cette période.",
        "ended": "Suit de nouveau les cours.",
        "longer": "La lettre est arrivée trop tard.",
    },
    "de": {
        "paper": "Bescheinigung",
        "asked": "Hat die Bescheinigung mitgebracht.",
        "granted": "Die Bescheinigung wurde geprüft.",
        "refused": "Die Bescheinigung sagt nichts über diesen Zeitraum.",
        "ended": "Besucht den Kurs wieder.",
        "longer": "Der Brief kam zu spät an.",
    },
}


def ask_and_decide(*, cases: Iterable[Case], users: dict[str, User], on: dt.date) -> None:
    """Tell each story once in every office that has a team lead. `cases` come with office, facts and decision."""
    quiet = set(FactChange.objects.filter(on__gt=on - DAY * QUIET_DAYS).values_list("case", flat=True))
    running = [case for case in cases if case.pk not in quiet and case.decision.outcome == "obliged"]
    for office, name in LEADS.items():
        mine = [case for case in running if case.office and case.office.code.upper() == office and _runs(case)]
        for story, case in zip(_stories_of(mine), reversed(mine), strict=False):
            _tell(story, case, users[name], on)
        if mine:
            _lengthen(mine[0], users[name], on)
    settle_grounds(on=on)


def _runs(case: Case) -> bool:
    """Whether a term of law runs."""
    return case.decision.next_due_on is not None and case.facts.certified_on is None


def _stories_of(cases: list[Case]) -> Iterator[Story]:
    """The stories that the rules of this office have a ground for."""
    kinds = {ground.kind for case in cases[-1:] for ground in grounds_of(case) if _fits(ground)}
    yield from (story for story in STORIES if story.kind in kinds)


def _fits(ground: Ground) -> bool:
    return bool(ground.sets or ground.extends or ground.kind == "suspension")


def _tell(story: Story, case: Case, lead: User, on: dt.date) -> None:
    choices = [ground for ground in grounds_of(case) if ground.kind == story.kind and _fits(ground)]
    if not choices or case.office is None:
        return
    ground = choices[case.pk % len(choices)]
    words = WORDS[case.office.language]
    first, last = (on + DAY * story.first, on + DAY * story.last) if story.last else (None, None)
    recent = story.state == "requested"
    asked_on = on - DAY * (4 if recent else ASKED_DAYS)
    try:
        request = request_ground(
            actor=case.counselor or lead, case=case, ground=ground.code, explanation=words["asked"],
            papers=[_paper(words["paper"], case, asked_on)], term_days=90 if ground.extends else None,
            first_on=first, last_on=last, on=asked_on,
        )  # fmt: skip
        if not recent:
            _decide(story, request, lead, words, on)
    except CaseError:
        return  # the rules of this one case do not know it


def _decide(story: Story, request: GroundRequest, lead: User, words: dict[str, str], on: dt.date) -> None:
    granted = story.state != "refused"
    day = on - DAY * DECIDED_DAYS
    reason = words["granted" if granted else "refused"]
    decide_ground(actor=lead, request=request, granted=granted, reason=reason, stops_terms=True, on=day)
    if story.state == "ended":
        end_ground(actor=lead, request=request, last_on=on - 6 * DAY, reason=words["ended"], on=on - 5 * DAY)


def _lengthen(case: Case, lead: User, on: dt.date) -> None:
    code = case.decision.next_due
    if case.office and code:
        words = WORDS[case.office.language]
        extend_term(actor=lead, case=case, code=code, days=21, reason=words["longer"], on=on - 5 * DAY)


def _paper(title: str, case: Case, on: dt.date) -> Paper:
    """A paper as somebody would bring it."""
    part = {
        "language": case.office.language if case.office else "nl", "direction": "ltr", "subject": title,
        "reference_label": "Nr.", "paragraphs": [str(case.person)], "sections": [], "closing": "", "notice": "",
    }  # fmt: skip
    data = {
        "office": {"name": title, "city": ""}, "person": {"address": [str(case.person)]}, "reference": "0000",
        "place_date": on.isoformat(), "legal": part, "translation": None,
    }  # fmt: skip
    made_at = dt.datetime.combine(on, dt.time(12), tzinfo=dt.UTC)
    return Paper(f"{title}.pdf", typeset("letter", data, made_at=made_at))
