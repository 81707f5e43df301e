"""Talks, assessments and papers of the demo: a full calendar this week for each counselor, and what was recorded before."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Iterator

from accounts.models import User
from pathways.cases.errors import CaseError
from pathways.cases.models import Case
from pathways.meetings.actions import (
    ask_paper,
    book_appointment,
    finish_assessment,
    plan_follow_ups,
    receive_paper,
    record_outcome,
    save_assessment,
)
from pathways.meetings.models import Appointment
from pathways.meetings.slots import at, is_open, monday_of

DAY = dt.timedelta(days=1)
HOURS = ((9, 0), (10, 30), (13, 0), (14, 30), (16, 0))
TALKS_A_DAY = 3
ASSESSED = 6
"""Cases of each counselor whose situation was assessed."""
JOBS = ("Baker", "Electrician", "Nurse", "Teacher", "Driver", "Cook", "Tailor", "Accountant")
PAPER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def hold_meetings(*, on: dt.date) -> None:
    """Fill the calendars and files of the demo's counselors; the same seed gives the same talks."""
    chance = random.Random(20260103)  # noqa: S311  invented people
    mine: dict[User, list[Case]] = defaultdict(list)
    cases = Case.objects.open().filter(counselor__isnull=False, office__isnull=False)
    for case in cases.select_related("counselor", "person", "office", "facts", "decision").order_by("-opened_on", "pk"):
        if case.counselor and case.decision.outcome in ("obliged", "entitled") and not case.facts.certified_on:
            mine[case.counselor].append(case)
    for counselor, own in mine.items():
        _assess(counselor, [case for case in own if case.facts.office_registered_on][:ASSESSED], chance, on)
        _fill_week(counselor, own, chance, on)
        _ask_papers(counselor, own[3:7], on)
    plan_follow_ups(on=on)


def _assess(counselor: User, cases: list[Case], chance: random.Random, on: dt.date) -> None:
    """The forms of some cases; the last one is still a draft."""
    for number, case in enumerate(cases):
        draft = save_assessment(actor=counselor, case=case, kind="social", data=_social(chance), on=on)
        if number < len(cases) - 1:
            finish_assessment(actor=counselor, assessment=draft, on=on)
            spoken = save_assessment(actor=counselor, case=case, kind="language", data=_spoken(case, on), on=on)
            finish_assessment(actor=counselor, assessment=spoken, on=on)


def _social(chance: random.Random) -> dict[str, object]:
    began = chance.randint(2008, 2018)
    return {
        "household": chance.choice(["alone", "partner", "family"]),
        "children": [{"birth_year": chance.randint(2012, 2021), "at_school": True}],
        "housing": chance.choice(["rented", "rented", "with_others"]),
        "income": chance.choice(["integration_income", "family", "none"]),
        "health_insurance": True,
        "school_years": chance.randint(6, 16),
        "schooling": chance.choice(["primary", "upper_secondary", "higher"]),
        "jobs": [{"occupation": chance.choice(JOBS), "from_year": began, "to_year": began + chance.randint(2, 6)}],
        "driving_licence": chance.random() < 0.4,
        "wish": chance.choice(JOBS),
    }


def _spoken(case: Case, on: dt.date) -> dict[str, object]:
    found: dict[str, object] = {"tested_on": (on - DAY).isoformat(), "method": "test", "pace": "usual"}
    if case.person.contact_language:
        found["first_language"] = case.person.contact_language
        found["languages"] = [{"language": case.person.contact_language, "spoken": "native", "written": "native"}]
    return found


def _times(on: dt.date) -> Iterator[dt.datetime]:
    """Some hours of each open day from today to the end of next week."""
    monday = monday_of(on)
    for number in range(14):
        day = monday + number * DAY
        if day >= on and is_open(day):
            shift = day.toordinal() % 2
            for hour, minute in HOURS[shift : shift + TALKS_A_DAY]:
                yield at(day, dt.time(hour, minute))


def _fill_week(counselor: User, cases: list[Case], chance: random.Random, on: dt.date) -> None:
    """Talks from last week to the end of next week; some of the past ones are not recorded yet."""
    waiting = list(cases)
    past = [at(on - number * DAY, dt.time(14)) for number in (1, 4, 6) if is_open(on - number * DAY)]
    for number, start in enumerate(past):
        made = _book(counselor, waiting, start, on=start.date())
        if made and number:
            record_outcome(actor=counselor, appointment=made, state="held" if number == 1 else "missed", on=on)
    for start in _times(on):
        if chance.random() < 0.8:
            _book(counselor, waiting, start, on=on)


def _book(counselor: User, waiting: list[Case], start: dt.datetime, *, on: dt.date) -> Appointment | None:
    """The next case that waits comes at this time."""
    while waiting:
        case = waiting.pop(0)
        spoken, office = case.person.contact_language, case.office
        interpreter = spoken if office and spoken not in (office.language, "en", "fr", "nl", "de") else ""
        try:
            return book_appointment(
                actor=counselor, case=case, counselor=counselor, kind=_kind(case), starts_at=start, minutes=60,
                interpreter_language=interpreter, on=on,
            )  # fmt: skip
        except CaseError:
            continue
    return None


def _kind(case: Case) -> str:
    """What the case comes for, by where it stands."""
    if case.facts.office_registered_on is None:
        return "first_contact"
    if case.facts.contract_signed_on is None:
        return "contract" if case.pk % 2 else "language_assessment"
    return "follow_up"


def _ask_papers(counselor: User, cases: list[Case], on: dt.date) -> None:
    """A permit that expires soon, and one paper that has not come."""
    for number, case in enumerate(cases):
        code = "residence_permit" if number % 2 == 0 else "diploma"
        asked = ask_paper(actor=counselor, case=case, code=code, due_on=on + (2 + number) * DAY, on=on)
        if code == "residence_permit":
            expires_on = on + (20 + 40 * number) * DAY
            receive_paper(actor=counselor, paper=asked, name="permit.pdf", content=PAPER, expires_on=expires_on, on=on)
