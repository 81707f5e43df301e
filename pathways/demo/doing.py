"""Something to do for the newcomers of the demo: a contract to sign, a course to choose, lessons to miss, talks to move.

It comes last and touches people with an account only, and three who get one here.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from pathways.agreements.actions import draft_contract, offer_contract, save_draft
from pathways.agreements.models import ContractVersion
from pathways.agreements.terms import terms_of
from pathways.attendance.actions import accept_absence, refuse_absence, report_absence
from pathways.cases.errors import CaseError
from pathways.cases.models import Case
from pathways.courses.models import Enrolment, Session
from pathways.courses.queries import components_to_follow, matching_by_component
from pathways.courses.queries.needed import without_enrolment
from pathways.demo.users import create_newcomer
from pathways.documents.uploads import Upload
from pathways.meetings.actions import book_appointment
from pathways.meetings.queries import own_times
from pathways.meetings.slots import at
from pathways.people.actions import connect_user

if TYPE_CHECKING:
    from accounts.models import User

DAY = dt.timedelta(days=1)
REASONS = {
    "nl": "Werkt nu overdag: twee maanden langer, en de lessen zijn voortaan 's avonds.",
    "fr": "Travaille désormais en journée : deux mois de plus, et les cours ont lieu le soir.",
    "de": "Arbeitet jetzt tagsüber: zwei Monate länger, und der Kurs ist abends.",
}
NO_PROOF = {
    "nl": "Het bewijs is van een andere dag.",
    "fr": "Le justificatif porte sur un autre jour.",
    "de": "Der Nachweis ist von einem anderen Tag.",
}
PROOF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def give_something_to_do(*, nour: User, on: dt.date) -> None:
    """Let Nour and three others find something to sign, to choose, to report and to come to."""
    own = _cases().filter(person__user=nour).first()
    if own is not None:
        _offer_change(own, on - 2 * DAY)
        _book(own, on)
        _report(own, on)
    _account("sign", _to_sign(), on)
    chooses = _account("choose", _to_choose(on), on)
    if chooses is not None:
        _book(chooses, on)
    learns = _account("learn", _in_lessons(on), on)
    if learns is not None:
        _book(learns, on)
        _report(learns, on)


def _cases() -> QuerySet[Case]:
    found = Case.objects.open().select_related("person", "office", "counselor", "facts", "decision")
    return found.order_by("counselor", "-opened_on", "pk")


def _free() -> QuerySet[Case]:
    """Cases with a counselor, of people without an account."""
    return _cases().filter(person__user__isnull=True, counselor__isnull=False, decision__outcome="obliged")


def _to_sign() -> QuerySet[Case]:
    offered = ContractVersion.objects.filter(contract__case=OuterRef("pk"), state="offered")
    return _free().filter(Exists(offered))


def _to_choose(on: dt.date) -> QuerySet[Case]:
    signed = _free().filter(facts__contract_signed_on__isnull=False, facts__certified_on__isnull=True)
    able = [case.pk for case in without_enrolment(signed)[:40] if _has_offers(case, on)]
    return _free().filter(pk__in=able[:1])


def _has_offers(case: Case, on: dt.date) -> bool:
    """Whether the person finds something to choose."""
    wanted = components_to_follow(case)
    matches = matching_by_component(case, wanted, on)
    return any(match.suits for code in wanted for match in matches[code])


def _in_lessons(on: dt.date) -> QuerySet[Case]:
    lessons = Session.objects.to_come().filter(course=OuterRef("course"), starts_at__date__gt=on)
    learning = Enrolment.objects.filter(Exists(lessons), case=OuterRef("pk"), state="enrolled")
    return _free().filter(Exists(learning))


def _account(name: str, cases: QuerySet[Case], on: dt.date) -> Case | None:
    """The first of these cases, whose person gets an account."""
    case = cases.first()
    if case is not None:
        user = create_newcomer(name=name, full_name=str(case.person), language="en", on=on)
        connect_user(actor=None, person=case.person, user=user, on=on)
        case.person.user = user
    return case


def _offer_change(case: Case, on: dt.date) -> None:
    """A change of the contract that waits for the signature of the person: two months more."""
    assert case.office is not None
    try:
        version = draft_contract(actor=case.counselor, case=case, on=on)
        terms = terms_of(version)
        longer = replace(terms, ends_on=terms.ends_on + 61 * DAY, reason=REASONS[case.office.language])
        kept = save_draft(actor=case.counselor, version=version, revision=version.revision, terms=longer, on=on)
        offer_contract(actor=case.counselor, version=kept, revision=kept.revision, on=on)
    except CaseError:  # something is being prepared already
        return


def _book(case: Case, on: dt.date) -> None:
    """A talk in the next days, where none is booked: late enough that the person may still move it."""
    if (
        case.counselor is None
        or case.appointments.to_come().filter(starts_at__gte=at(on + 2 * DAY, dt.time())).exists()
    ):
        return
    times = own_times(case=case, counselor=case.counselor, now=at(on + 3 * DAY, dt.time(8)))
    if times:
        book_appointment(
            actor=case.counselor,
            case=case,
            counselor=case.counselor,
            kind="follow_up",
            starts_at=times[0],
            minutes=60,
            on=on,
        )


def _report(case: Case, on: dt.date) -> None:
    """One absence that was refused, one that was excused, and one that waits."""
    enrolled = Q(course__enrolments__case=case, course__enrolments__state="enrolled")
    lessons = Session.objects.counting().filter(enrolled, course__enrolments__starts_on__lte=on)
    past = list(lessons.filter(starts_at__date__lt=on, starts_at__date__gte=on - 20 * DAY).order_by("-starts_at")[:2])
    ahead = lessons.filter(starts_at__date__gt=on).order_by(F("starts_at"))[:1]
    for number, session in enumerate([*past, *ahead]):
        day = session.starts_at.date()
        papers = [Upload("attest.pdf", "application/pdf", PROOF)] if number != 1 else []
        try:
            report = report_absence(
                actor=case.person.user, case=case, first_on=day, last_on=day, reason="ill", papers=papers, on=on
            )
            if session in past and case.counselor and case.office:
                if number == 0:
                    accept_absence(actor=case.counselor, report=report, on=on)
                else:
                    refuse_absence(actor=case.counselor, report=report, reason=NO_PROOF[case.office.language], on=on)
        except CaseError:  # the person was there that day
            continue
