"""Ends of pathways in the demo: certificates that were issued, replaced and revoked, and breach files in each state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from django.db.models import QuerySet

from accounts.models import User
from pathways.attendance.actions import record_result
from pathways.cases.actions import record_facts
from pathways.cases.errors import ActRefused, CaseError
from pathways.cases.models import Case, Source
from pathways.courses.actions import Offer, create_course, enrol
from pathways.courses.models import Course, Enrolment
from pathways.notices.actions import approve_letters, send_letters
from pathways.notices.models import Letter
from pathways.outcomes.actions import (
    decide_term,
    issue_certificate,
    open_breach,
    refresh_readiness,
    replace_certificate,
    revoke_certificate,
    take_step,
)
from pathways.outcomes.models import BreachFile, Certificate, Duty
from pathways.outcomes.queries import cases_failing

CHECK_AT = "http://localhost:8000/verify/"
READY = 6
HEARING_DAYS = 21
GROUNDS = {
    Duty.NOT_REPORTED: "Twee keer gebeld en een brief gestuurd. Geen antwoord.",
    Duty.NOT_SIGNED: "Kwam niet naar drie afspraken om het contract te tekenen.",
    Duty.IRREGULAR: "Mist al weken de meeste lessen. Twee gesprekken, telkens beterschap beloofd.",
}
Users = Mapping[str, User]


def end_pathways(*, users: Users, on: dt.date) -> None:
    """Give certificates in Ghent and Liège, and take overdue cases of Flanders through the breach procedure."""
    ready = _make_ready(users, on)
    for case in ready[:4]:
        issue_certificate(
            actor=users["counselor.ghent"],
            case=case,
            kind="certificate",
            on=on,
            check_at=CHECK_AT,
        )
    refresh_readiness(case_ids=[case.pk for case in ready], on=on)
    _assessed(users, on)
    given = list(Certificate.objects.filter(state="issued", kind="certificate").order_by("pk")[:2])
    if len(given) == 2:
        reason = "De naam was verkeerd gespeld."
        replace_certificate(
            actor=users["lead.ghent"],
            certificate=given[0],
            reason=reason,
            on=on,
            check_at=CHECK_AT,
        )
        reason = "Het testresultaat hoorde bij iemand anders."
        revoke_certificate(actor=users["lead.ghent"], certificate=given[1], reason=reason, on=on)
    _breaches(users, on)


def _make_ready(users: Users, on: dt.date) -> list[Case]:
    """People of Ghent who attend well get what the certificate still asks: level, tests of the other courses, and work."""
    learning = Enrolment.objects.filter(
        course__component="language", course__starts_on__lt=on, state="enrolled", case__office__code="amal",
        case__facts__certified_on__isnull=True, case__facts__contract_signed_on__isnull=False,
    )  # fmt: skip
    cases = Case.objects.open().filter(pk__in=learning.values("case"), person__user__isnull=True)
    cases = cases.exclude(outlooks__state="out_of_reach").select_related("decision").order_by("pk")
    ready: list[Case] = []
    _career_course(learning, on)
    for case in cases:
        if len(ready) < READY and all(
            _tested(case, part, users, on) for part in ("social_orientation", "career_orientation")
        ):
            one = learning.filter(case=case).earliest("pk")
            record_result(actor=users["teacher.ghent"], enrolment=one, kind="level", level="A2", passed=True, on=on)
            facts = {"works_half_time_months": 8}
            record_facts(actor=users["counselor.ghent"], case=case, facts=facts, source=Source.DOCUMENT, on=on)
            ready.append(case)
    return ready


def _career_course(learning: QuerySet[Enrolment], on: dt.date) -> None:
    """A short course about work that has just begun, with the provider of the language courses."""
    first = learning.select_related("course__provider").order_by("pk").first()
    if first is None:
        return
    offer = Offer(
        title="Loopbaanoriëntatie", component="career_orientation", language="nl", hours=Decimal(12), capacity=12,
        timetable=({"weekday": 6, "starts": "16:00", "ends": "18:00"},), calendar="flemish",
        starts_on=on - dt.timedelta(days=2),
    )  # fmt: skip
    create_course(actor=None, provider=first.course.provider, offer=offer, teachers=[], on=on - dt.timedelta(days=2))


def _tested(case: Case, component: str, users: Users, on: dt.date) -> bool:
    """A test passed in a course of this component, which the person is enrolled in if need be."""
    taken = Enrolment.objects.filter(case=case, course__component=component).exclude(state__in=["waiting", "withdrawn"])
    one = taken.first() or _enrolled(case, component, on)
    if one is None:
        return False
    record_result(actor=users["teacher.ghent"], enrolment=one, kind="test", level="", passed=True, on=on)
    return True


def _enrolled(case: Case, component: str, on: dt.date) -> Enrolment | None:
    courses = Course.objects.filter(component=component, provider__region=case.region, ends_on__gt=on).order_by(
        "starts_on"
    )
    for course in courses:
        try:
            return enrol(actor=None, course=course, case=case, on=on)
        except ActRefused:
            continue
    return None


def _assessed(users: Users, on: dt.date) -> None:
    """Where the rules have no condition, a team lead issues: in Wallonia, and a declaration of effort in Ghent."""
    for office, kind, name, reason in (
        ("cri-cripel", "attendance_certificate", "lead.liege", "La convention a été respectée."),
        ("amal", "declaration_of_effort", "lead.ghent", "Beperkt leervermogen; alle andere onderdelen zijn bereikt."),
    ):
        signed = Case.objects.open().filter(
            office__code=office, facts__contract_signed_on__isnull=False, facts__certified_on__isnull=True,
            person__user__isnull=True, readiness__isnull=True,
        )  # fmt: skip
        for case in signed.select_related("decision").order_by("facts__contract_signed_on", "pk")[:2]:
            issue_certificate(
                actor=users[name],
                case=case,
                kind=kind,
                on=on,
                check_at=CHECK_AT,
                assessment=reason,
            )


WAYS: Sequence[tuple[int, tuple[str, ...]]] = (
    (0, ()),
    (20, ("notice",)),
    (100, ("notice", "transfer")),
    (125, ("notice", "transfer", "invite")),
    (125, ("notice", "transfer", "invite", "record_defence")),
    (130, ("notice", "transfer", "invite", "record_defence", "no_fine")),
    (175, ("notice", "transfer", "invite", "fine", "remind")),
    (150, ("notice", "transfer", "invite", "fine", "record_appeal")),
)
"""How many days ago a file was opened, and what has been done in it since."""
WAITS = {"transfer": 94, "fine": HEARING_DAYS + 1, "remind": 33, "record_defence": 8}
SAID = {
    "record_defence": "Zegt dat hij de brief niet begreep en drie weken in het ziekenhuis lag. Toont een attest.",
    "no_fine": "Het attest van het ziekenhuis dekt de periode. Volgt nu de lessen.",
    "fine": "Geen antwoord op twee aangetekende brieven, geen reden bekend.",
    "record_appeal": "Vraagt om de boete te verlagen: leeft van een leefloon.",
}
OFFICE_ACTS = frozenset({"notice", "transfer"})


def _breaches(users: Users, on: dt.date) -> None:
    """Overdue cases of Ghent, the longest overdue first, each taken as far as one of WAYS."""
    waiting = list(_overdue(on))
    for ago, acts in sorted(WAYS, reverse=True):
        opened = on - dt.timedelta(days=ago)
        found = next((one for one in waiting if one[2] < opened), None)
        if found is not None:
            waiting.remove(found)
            _take(users, found[0], found[1], opened, acts)


def _overdue(on: dt.date) -> Iterator[tuple[Case, str, dt.date]]:
    """Cases of Ghent with the duty they fail, and the day since when a file could be opened."""
    cases = Case.objects.filter(office__code="amal", counselor__isnull=False, person__user__isnull=True)
    for duty in (Duty.NOT_REPORTED, Duty.NOT_SIGNED, Duty.IRREGULAR):
        for case in cases_failing([duty], cases, on=on).select_related("decision", "facts").order_by("opened_on", "pk"):
            since = case.facts.contract_signed_on if duty == Duty.IRREGULAR else case.decision.next_due_on
            if since is not None:
                yield case, duty, since


def _take(users: Users, case: Case, duty: str, opened: dt.date, acts: Sequence[str]) -> None:
    """One file from its opening through these acts, each letter sent on the day it was written."""
    lead, officer = users["lead.ghent"], users["enforcement.flanders"]
    try:
        file = open_breach(actor=users["counselor.ghent"], case=case, duty=duty, grounds=GROUNDS[Duty(duty)], on=opened)
    except CaseError:
        return
    day = opened
    for act in acts:
        day += dt.timedelta(days=WAITS.get(act, 2))
        _decide_terms(file, act, lead, day)
        amount = Decimal(100) if act == "fine" else None
        actor = lead if act in OFFICE_ACTS else officer
        file = take_step(actor=actor, file=file, act=act, on=day, reason=SAID.get(act, ""), amount=amount)
        _send(file, lead, day)


def _decide_terms(file: BreachFile, act: str, lead: User, day: dt.date) -> None:
    """The terms that were not found in the sources."""
    days = {"invite": ("hearing", HEARING_DAYS), "remind": ("reminder", 30)}
    if act in days:
        stage, length = days[act]
        decide_term(
            actor=lead, file=file, stage=stage, days=length, reason="Redelijke termijn, zoals gebruikelijk.", on=day
        )


def _send(file: BreachFile, lead: User, day: dt.date) -> None:
    waiting = Letter.objects.filter(breach_step__file=file).select_related("office")
    approve_letters(actor=lead, letters=list(waiting.filter(state="draft")), on=day)
    send_letters(actor=lead, letters=list(waiting.filter(state="approved")), on=day, language="nl")
