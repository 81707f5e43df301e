"""People of Ghent who have followed lessons, under rules that ask for 80 %; who may issue and who decides."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import Membership, User
from pathways.attendance.models import Presence
from pathways.cases.actions import open_case
from pathways.cases.models import Case, Source
from pathways.outcomes.actions import issue_certificate, open_breach
from pathways.outcomes.models import Certificate
from pathways.programmes.models import LINES, RuleSet
from tests.attendance.conftest import *  # noqa: F403  lessons, enrolments, marks
from tests.attendance.conftest import TODAY, attendance_content, mark
from tests.cases.conftest import ADULT
from tests.cases.rule_sets import LAW, publish, text
from tests.outcomes.breaches import SANCTIONS, Hands

CHECK_AT = "https://pathways.example/verify/"


@pytest.fixture
def followed(enrolled) -> Callable[..., Case]:
    """`followed("PPPPPPPPAA")`: the case of somebody with these marks; `late` minutes are missed of one lesson."""

    def make(marks: str = "PPPPPPPPAA", *, late: int = 0, **more: Any) -> Case:
        one = enrolled(**more)
        mark(one, marks)
        if late:
            first = Presence.objects.filter(enrolment=one, state="present").earliest("pk")
            Presence.objects.filter(pk=first.pk).update(
                state="late", minutes_late=late, minutes_attended=first.minutes_planned - late
            )
        return Case.objects.select_related("person", "office", "facts", "decision").get(pk=one.case_id)

    return make


@pytest.fixture
def lead(staff) -> User:
    """The team lead in Ghent."""
    return staff("GNT", "team_lead")


@pytest.fixture
def officer(db) -> User:
    """The enforcement officer of Flanders."""
    return make_officer("flanders-inburgering")


def make_officer(programme: str) -> User:
    """An enforcement officer of that programme."""
    user = User.objects.create_user(f"officer.{uuid.uuid4().hex[:8]}@authority.example", full_name="Officer")
    Membership.objects.create(
        user=user, role="enforcement_officer", programme=programme, valid_from=TODAY.replace(year=2020)
    )
    return user


@pytest.fixture
def issue(counselor) -> Callable[..., Certificate]:
    """`issue(case)`: the certificate, issued today by the counselor."""

    def make(case: Case, kind: str = "certificate", **more: Any) -> Certificate:
        return issue_certificate(actor=counselor, case=case, kind=kind, on=TODAY, check_at=CHECK_AT, **more)

    return make


@pytest.fixture
def strict_rules(db: None) -> dict[str, RuleSet]:
    """The rule set of attendance with the sanctions of Flanders."""
    sanctions = [{"title": text(one["code"]), "law": LAW, **one} for one in SANCTIONS]
    return {line: publish({**attendance_content(line), "sanctions": sanctions}) for line in LINES}


@pytest.fixture
def late_case(strict_rules, counselor, person) -> Case:
    """Somebody who got the letter in autumn, had three months, and did not come."""
    noticed = TODAY - dt.timedelta(days=120)
    facts = {**ADULT, "notified_on": noticed}
    case = open_case(actor=counselor, person=person(), facts=facts, source=Source.MUNICIPALITY_LIST, on=TODAY)
    return Case.objects.select_related("person", "office", "decision", "facts").get(pk=case.pk)


@pytest.fixture
def hands(late_case, counselor, lead, officer) -> Hands:
    """A file about not reporting, just opened, and who works on it."""
    file = open_breach(actor=counselor, case=late_case, duty="not_reported", grounds="Did not come.", on=TODAY)
    return Hands(file, counselor, lead, officer, TODAY)
