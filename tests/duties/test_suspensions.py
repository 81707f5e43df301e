"""Suspensions move the terms that run, and only those; they begin, end and are taken back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from pathways.cases.actions import record_facts
from pathways.cases.errors import ActRefused
from pathways.cases.models import Case, Source
from pathways.duties.actions import decide_ground, end_ground, request_ground, settle_grounds
from pathways.duties.models import GroundRequest
from pathways.duties.queries import ledger, preview_end, preview_grant
from tests.duties.conftest import DAY, DUE, NOTIFIED, TODAY, check_now, days_of, due

D = dt.date


def decision(case):
    return Case.objects.select_related("decision", "facts").get(pk=case.pk).decision


def test_granting_moves_each_running_term_by_the_days_of_the_suspension(case, suspend):
    suspend(D(2026, 4, 1), D(2026, 4, 30))
    assert due(case) == DUE + 30 * DAY
    assert due(case, "completion") == D(2027, 8, 2) + 30 * DAY
    assert decision(case).next_due_on == DUE + 30 * DAY
    check_now()


def test_the_rows_of_a_term_add_up_to_its_date(case, suspend):
    suspend(D(2026, 4, 1), D(2026, 4, 30))
    suspend(D(2026, 5, 1), D(2026, 5, 10), "birth")
    case = Case.objects.select_related("facts", "decision").get(pk=case.pk)
    for term in ledger(case=case, on=TODAY):
        if term.rows:
            assert term.rows[0].until + DAY * sum(row.days for row in term.rows) == term.rows[-1].until == term.due_on


def test_days_before_the_term_began_do_not_count(case, suspend):
    suspend(NOTIFIED - 10 * DAY, NOTIFIED + 4 * DAY)
    assert days_of(case) == [5]


def test_a_suspension_after_the_last_day_adds_nothing(case, suspend):
    suspend(DUE + DAY, DUE + 30 * DAY)
    assert days_of(case) == []
    assert days_of(case, "completion") == [30]


def test_a_term_that_starts_later_within_the_suspension_counts_from_its_start(case, suspend):
    suspend(D(2026, 3, 1), D(2026, 3, 31))
    record_facts(actor=None, case=case, facts={"office_registered_on": TODAY}, source=Source.OFFICE, on=TODAY)
    assert days_of(case, "contract") == [15]
    assert due(case, "contract") == D(2026, 4, 17) + 15 * DAY
    check_now()


def test_a_mended_start_moves_what_the_suspension_adds(case, suspend):
    suspend(D(2026, 3, 1), D(2026, 3, 31))
    record_facts(actor=None, case=case, facts={"notified_on": D(2026, 3, 11)}, source=Source.OFFICE, on=TODAY)
    assert days_of(case) == [31, -10]
    assert due(case) == D(2026, 6, 11) + 21 * DAY


def test_granting_and_ending_at_once_leaves_the_date_as_it_was(case, suspend, lead):
    before = due(case)
    request = suspend(D(2026, 4, 1), D(2026, 4, 30))
    end_ground(actor=lead, request=request, last_on=D(2026, 3, 31), reason="Mistake", on=TODAY)
    assert due(case) == before
    assert GroundRequest.objects.get(pk=request.pk).state == "ended"
    suspend(D(2026, 4, 1), D(2026, 4, 30), "birth")
    check_now()


def test_ending_earlier_takes_back_the_days_that_are_left(case, suspend, lead):
    request = suspend(D(2026, 3, 1), D(2026, 4, 30))
    moved = end_ground(actor=lead, request=request, last_on=TODAY, reason="Back at work", on=TODAY)
    assert days_of(case) == [61, -44]
    assert {one.code: (one.before, one.after) for one in moved}["first_contact"] == (DUE + 61 * DAY, DUE + 17 * DAY)
    check_now()


def test_overlapping_suspensions_are_refused_in_words_and_by_the_database(case, suspend, lead):
    suspend(D(2026, 4, 1), D(2026, 4, 30))
    with pytest.raises(ActRefused, match="may not overlap"):
        suspend(D(2026, 4, 30), D(2026, 5, 5), "birth")
    other = GroundRequest.objects.get(ground="work")
    other.pk = None
    other.public_id = "5f0c1c56-1111-4111-8111-111111111111"
    with pytest.raises(IntegrityError, match="suspensions_no_overlap"), transaction.atomic():
        other.save(force_insert=True)


def test_two_requests_for_the_same_days_cannot_both_be_granted(case, lead):
    first, second = (
        request_ground(actor=lead, case=case, ground=ground, first_on=D(2026, 4, 1), last_on=D(2026, 4, 9), on=TODAY)
        for ground in ("work", "birth")
    )
    decide_ground(actor=lead, request=first, granted=True, reason="Yes", on=TODAY)
    with pytest.raises(ActRefused, match="may not overlap"):
        decide_ground(actor=lead, request=second, granted=True, reason="Yes", on=TODAY)


def test_an_illness_postpones_while_it_lasts_and_ends_by_itself_on_its_last_day(case, suspend):
    suspend(TODAY, TODAY + 9 * DAY, "illness")
    assert decision(case).outcome == "postponed"
    assert [term.state for term in _terms(case)] == ["resting", "resting", "not_started"]
    assert settle_grounds(on=TODAY + 9 * DAY) == 0
    assert settle_grounds(on=TODAY + 10 * DAY) == 1
    assert settle_grounds(on=TODAY + 10 * DAY) == 0
    assert (decision(case).outcome, decision(case).next_due_on) == ("obliged", DUE + 10 * DAY)
    check_now()


def test_an_illness_that_begins_later_is_recorded_on_its_first_day(case, suspend):
    suspend(TODAY + 5 * DAY, TODAY + 9 * DAY, "illness")
    assert decision(case).outcome == "obliged"
    settle_grounds(on=TODAY + 5 * DAY)
    assert decision(case).outcome == "postponed"


def _terms(case):
    return ledger(case=Case.objects.select_related("facts", "decision").get(pk=case.pk), on=TODAY)


@pytest.mark.parametrize(("stops", "days"), [(True, [30]), (False, [])])
def test_where_the_rule_does_not_say_who_grants_it_decides_whether_terms_stop(case, suspend, stops, days):
    suspend(D(2026, 4, 1), D(2026, 4, 30), "study", stops_terms=stops)
    assert days_of(case) == days


def test_the_preview_is_what_then_happens(case, lead):
    request = request_ground(
        actor=lead, case=case, ground="illness", first_on=TODAY, last_on=TODAY + 29 * DAY, on=TODAY
    )
    preview = preview_grant(request=request, stops_terms=None, on=TODAY)
    decided = decide_ground(actor=lead, request=request, granted=True, reason="Certificate", on=TODAY)
    assert preview.moved == decided.moved
    assert (preview.outcome_before, preview.outcome_after) == ("obliged", "postponed")
    end = preview_end(request=decided.request, last_on=TODAY + 4 * DAY, on=TODAY)
    assert end.moved == end_ground(
        actor=lead, request=decided.request, last_on=TODAY + 4 * DAY, reason="Well again", on=TODAY
    )
