"""What the offices did with the demo's cases, day by day: invitations, contacts, contracts, certificates, notes."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from accounts.models import User
from pathways.cases.actions import assign_counselor, choose_programme, record_facts_of_cases, record_note
from pathways.cases.letters.writing import write_invitation
from pathways.cases.models import Case, Source
from pathways.cases.values import FactValue
from pathways.notices.actions import send_letters
from pathways.notices.models import Letter

NOTES = {
    "nl": ("Gebeld, niet bereikt. Morgen opnieuw.", "Kwam langs met de huurovereenkomst.", "Vraagt een avondcursus."),
    "fr": ("Appel sans réponse. À rappeler demain.", "Est passée avec son bail.", "Demande un cours du soir."),
    "de": ("Angerufen, nicht erreicht.", "War mit dem Mietvertrag hier.", "Wünscht einen Abendkurs."),
}
SETTLED_DAYS = 200
INVITED_BY_LETTER_DAYS = 120
"""Invitations of the last days are real letters; older ones are known by the day they arrived."""
DAYS_IN_QUEUE = 4
"""Letters written since are still to be sent."""


@dataclass(frozen=True)
class Step:
    """One office act on a case: the fact it records, the shares who reach it, and how many days it takes."""

    fact: str
    share: float
    days: tuple[int, int]


STEPS = (
    Step("notified_on", 0.9, (4, 15)),
    Step("office_registered_on", 0.72, (8, 100)),
    Step("contract_signed_on", 0.85, (7, 70)),
    Step("certified_on", 0.6, (220, 480)),
)


def follow_cases(*, cases: list[Case], chance: random.Random, on: dt.date) -> None:
    """Let the offices work on obliged and entitled `cases` from their opening until `on`, in the order of the days."""
    planned: dict[dt.date, dict[int, dict[str, FactValue | None]]] = defaultdict(dict)
    for case in cases:
        for day, facts in _plan(case, chance, on):
            typed = _typed_on(day, on)
            planned[typed][case.pk] = {**planned[typed].get(case.pk, {}), **facts}
    for day in sorted(planned):
        record_facts_of_cases(actor=None, facts_of=planned[day], source=Source.OFFICE, on=day)


def _typed_on(day: dt.date, on: dt.date) -> dt.date:
    """The Friday on which an act is typed in: the rules are compiled for every day they decide on, so fewer are quicker."""
    return min(on, day + dt.timedelta(days=(4 - day.weekday()) % 7))


def _plan(case: Case, chance: random.Random, on: dt.date) -> Iterator[tuple[dt.date, dict[str, FactValue]]]:
    """The acts that happened to one case, each with its day."""
    day = case.opened_on
    for step in STEPS:
        day += dt.timedelta(days=chance.randint(*step.days))
        if day > on or chance.random() > _share(step, case, on):
            return
        facts: dict[str, FactValue] = {step.fact: day}
        if step.fact == "office_registered_on":
            facts |= {
                "literacy": chance.choices(["literate", "other_alphabet", "non_literate"], [7, 2, 1])[0],
                "may_work": chance.random() < 0.85,
                "level_nl": chance.choices(["none", "A1", "A2"], [6, 3, 1])[0],
                "level_fr": chance.choices(["none", "A1", "A2", "B1"], [5, 2, 2, 1])[0],
            }
        yield day, facts


def _share(step: Step, case: Case, on: dt.date) -> float:
    """An office has long finished with its old files: what is late is late by weeks, seldom by years."""
    if step.fact == "certified_on" or (on - case.opened_on).days < SETTLED_DAYS:
        return step.share
    return 0.995


def choose_programmes(*, cases: list[Case], chance: random.Random) -> None:
    """Most people in Brussels have chosen; the French-language side has most of them."""
    for case in cases:
        if case.region == "brussels" and chance.random() < 0.75:
            programme = chance.choices(["brussels-parcours", "brussels-inburgering"], [7, 3])[0]
            day = case.opened_on
            choose_programme(actor=None, case=case, programme=programme, on=day)


def invite(*, case: Case, actor: User, chance: random.Random, on: dt.date) -> Letter | None:
    """Write a real invitation some days after the opening, if that day has come."""
    day = case.opened_on + dt.timedelta(days=chance.randint(2, 9))
    return write_invitation(actor=actor, case=case, on=day) if day <= on else None


def send_written(*, letters: list[Letter], on: dt.date) -> None:
    """Print the letters of each day and office on that day; those of the last days still wait in the queue."""
    days: dict[dt.date, list[Letter]] = defaultdict(list)
    for letter in letters:
        if letter.prepared_on < on - dt.timedelta(days=DAYS_IN_QUEUE):
            days[letter.prepared_on].append(letter)
    for day, written in sorted(days.items()):
        send_letters(actor=written[0].prepared_by, letters=written, on=day)


def share_out(*, cases: list[Case], counselors: list[User], chance: random.Random) -> None:
    """Give most cases of an office to its counselors, evenly, on the day they were opened."""
    for counselor in counselors:
        given: dict[dt.date, list[Case]] = defaultdict(list)
        for case in cases[counselors.index(counselor) :: len(counselors)]:
            if chance.random() < 0.9:
                given[case.opened_on].append(case)
        for day, opened in sorted(given.items()):
            assign_counselor(actor=None, cases=opened, counselor=counselor, on=day)


def write_notes(*, cases: list[Case], chance: random.Random, on: dt.date) -> None:
    """A note on some cases that have a counselor."""
    for case in cases:
        if case.counselor and case.office and chance.random() < 0.15:
            day = min(on, case.opened_on + dt.timedelta(days=chance.randint(1, 30)))
            text = chance.choice(NOTES[case.office.language])
            record_note(
                actor=case.counselor, case=case, kind=chance.choice(["note", "call", "visit"]), text=text, on=day
            )
