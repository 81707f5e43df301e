"""The demo fills the calendar and the files of a counselor, and gives the same talks again for the same seed."""

from __future__ import annotations

import pytest

from pathways.cases.actions import assign_counselor, record_facts
from pathways.cases.models import Case
from pathways.demo.meetings import hold_meetings
from pathways.meetings.models import Appointment, Assessment, PaperAsked
from tests.cases.conftest import TODAY

pytestmark = pytest.mark.django_db


def test_the_demo_fills_the_week_of_a_counselor(rules, new_case, counselor):
    cases = [new_case() for _number in range(10)]
    for case in cases[:3]:
        record_facts(actor=None, case=case, facts={"office_registered_on": TODAY}, source="office", on=TODAY)
    assign_counselor(actor=None, cases=Case.objects.all(), counselor=counselor, on=TODAY)
    hold_meetings(on=TODAY)
    assert Appointment.objects.to_come().count() >= 6
    assert set(Assessment.objects.values_list("state", flat=True)) == {"draft", "finished"}
    assert set(PaperAsked.objects.values_list("state", flat=True)) == {"asked", "received"}
