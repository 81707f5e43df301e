"""The set-based progress says what attendance says of one case, and a recognised part counts as done."""

from __future__ import annotations

from pathways.attendance.actions import record_result
from pathways.attendance.queries import progress_facts
from pathways.courses.models import Enrolment
from pathways.outcomes.progress import progress_of_cases
from tests.outcomes.conftest import TODAY


def test_many_at_once_are_as_one_by_one(followed, teacher) -> None:
    cases = [followed(marks) for marks in ("PPPPPPPPAA", "PLPEA", "")]
    enrolment = Enrolment.objects.get(case=cases[1])
    record_result(actor=teacher, enrolment=enrolment, kind="test", level="A2", passed=True, on=TODAY)
    found = progress_of_cases([case.pk for case in cases], on=TODAY)
    assert found == {case.pk: progress_facts(case.pk, TODAY) for case in cases}
