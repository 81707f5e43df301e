"""Corrections: a reason, a second person, and before and after of what depends on the mark."""

from __future__ import annotations

import datetime as dt

import pytest

from pathways.attendance.actions import confirm_correction, refuse_correction, request_correction
from pathways.attendance.effects import Mark, effects_of
from pathways.attendance.models import Correction, Outlook, Presence
from pathways.cases.errors import ActRefused
from pathways.cases.models import Case
from tests.attendance.conftest import TODAY, mark

LATER = TODAY + dt.timedelta(days=30)


@pytest.fixture
def missed(enrolled) -> Presence:
    """The first of three missed lessons of ten: 70 %, out of reach."""
    one = enrolled()
    mark(one, "AAAPPPPPPP")
    return Presence.objects.filter(enrolment=one).earliest("session__starts_at")


@pytest.fixture
def asked(missed, counselor) -> Correction:
    """Asked for: it was present."""
    return request_correction(actor=counselor, presence=missed, state="present", reason="Wrong line", on=LATER)


def test_before_and_after_show_forecast_component_and_certificate_and_nothing_is_written(missed) -> None:
    case = Case.objects.select_related("decision").get(pk=missed.enrolment.case_id)
    found = {effect.code: (effect.before, effect.after) for effect in effects_of(
        case=case, presence=missed, new=Mark("present"), on=LATER
    )}  # fmt: skip
    assert found["attended"] == ([420, 600], [480, 600])
    assert found["state"] == ("out_of_reach", "reached")
    assert found["met"] == (False, True)
    assert found["certificate"] == (False, True)
    missed.refresh_from_db()
    assert missed.state == "absent"


def test_a_second_person_confirms_and_all_that_depends_follows(asked, staff, missed) -> None:
    second = staff("GNT", "team_lead")
    confirm_correction(actor=second, correction=asked, on=LATER)
    kept = confirm_correction(actor=second, correction=asked, on=LATER)
    missed.refresh_from_db()
    assert (missed.state, missed.minutes_attended, missed.source) == ("present", 60, "correction")
    assert Outlook.objects.get(case=asked.case, scope="overall").state == "reached"
    assert {"code": "certificate", "scope": "overall", "before": False, "after": True} in kept.effects


def test_who_asked_cannot_confirm(asked, counselor) -> None:
    with pytest.raises(ActRefused):
        confirm_correction(actor=counselor, correction=asked, on=LATER)


def test_of_two_who_decide_the_second_is_told(asked, staff) -> None:
    refuse_correction(actor=staff("GNT"), correction=asked, on=LATER)
    with pytest.raises(ActRefused):
        confirm_correction(actor=staff("GNT", "team_lead"), correction=asked, on=LATER)


@pytest.mark.parametrize(
    ("changes", "on"),
    [({"reason": " "}, LATER), ({"state": "absent"}, LATER), ({"state": "gone"}, LATER), ({}, dt.date(2026, 3, 9))],
)
def test_without_reason_or_change_or_before_the_lock_nothing_is_asked(missed, counselor, changes, on) -> None:
    wanted = {"state": "present", "reason": "Wrong line"} | changes
    with pytest.raises(ActRefused):
        request_correction(actor=counselor, presence=missed, on=on, **wanted)


def test_the_same_request_twice_is_one_and_another_is_refused(asked, missed, counselor, staff) -> None:
    again = request_correction(actor=counselor, presence=missed, state="present", reason="Wrong line", on=LATER)
    assert again == asked
    with pytest.raises(ActRefused):
        request_correction(actor=staff("GNT"), presence=missed, state="excused", reason="Ill", on=LATER)


def test_a_mark_that_changed_meanwhile_is_not_overwritten(asked, missed, staff) -> None:
    Presence.objects.filter(pk=missed.pk).update(state="excused")
    with pytest.raises(ActRefused):
        confirm_correction(actor=staff("GNT", "team_lead"), correction=asked, on=LATER)
