"""Sharing out: even, complete, in order; and what was previewed is what happens, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.cases.actions import assign_counselor, share_out_cases
from pathways.cases.errors import ActRefused
from pathways.cases.models import Case
from pathways.cases.sharing import share_evenly
from tests.cases.conftest import TODAY

LOADS = st.dictionaries(st.integers(0, 9), st.integers(0, 30), min_size=1)


@given(loads=LOADS, number=st.integers(0, 60))
def test_every_thing_is_given_once_and_no_step_could_be_more_even(loads, number):
    shares = share_evenly(range(number), loads)
    assert sorted(thing for given_ in shares.values() for thing in given_) == list(range(number))
    after = {who: loads[who] + len(given_) for who, given_ in shares.items()}
    got = [after[who] for who, given_ in shares.items() if given_]
    assert not got or max(got) - min(after.values()) <= 1


def test_without_anybody_nothing_is_given():
    assert share_evenly([1, 2], {}) == {}


@pytest.fixture
def held(new_case, person, counselor):
    """Three cases of the counselor."""
    cases = [new_case(person(f"Name{number}")) for number in range(3)]
    assign_counselor(actor=counselor, cases=cases, counselor=counselor, on=TODAY)
    return list(Case.objects.order_by("pk"))


def test_cases_go_to_colleagues_once(held, counselor, staff):
    lead, other = staff("GNT", "team_lead"), staff("GNT")
    shares = {lead: held[:1], other: held[1:]}
    assert share_out_cases(actor=lead, shares=shares, source=counselor, on=TODAY) == 3
    assert share_out_cases(actor=lead, shares=shares, source=counselor, on=TODAY) == 0
    assert Case.objects.filter(counselor=other).count() == 2


def test_a_case_that_somebody_else_gave_away_stops_all(held, counselor, staff):
    lead, other = staff("GNT", "team_lead"), staff("GNT")
    assign_counselor(actor=lead, cases=held[:1], counselor=other, on=TODAY)
    with pytest.raises(ActRefused):
        share_out_cases(actor=lead, shares={lead: held}, source=counselor, on=TODAY)
    assert Case.objects.filter(counselor=counselor).count() == 2


def test_nobody_of_another_office_gets_a_case(held, counselor, staff):
    with pytest.raises(ActRefused):
        share_out_cases(actor=counselor, shares={staff("ANT"): held}, source=counselor, on=TODAY)
    assert Case.objects.filter(counselor=counselor).count() == 3
