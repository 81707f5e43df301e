"""The ledger: its rows add up whatever is granted, ended and extended, and the database lets nothing else stand."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathways.cases.actions import record_facts
from pathways.cases.errors import ActRefused, CaseError
from pathways.cases.models import Case, Facts, Source
from pathways.duties.actions import decide_ground, end_ground, extend_term, request_ground
from pathways.duties.models import GroundRequest, TermEntry
from pathways.duties.queries import ledger, preview_extension
from tests.duties.conftest import DAY, DUE, NOTIFIED, TODAY, check_now, days_of, due

inside = settings(suppress_health_check=list(HealthCheck), max_examples=12)
days = st.integers(-20, 200)
acts = st.lists(
    st.tuples(st.sampled_from(["suspend", "end", "extend", "notify", "contact"]), days, st.integers(0, 60)),
    min_size=1,
    max_size=6,
)


def do(act, case, lead, offset, length):
    """One act; what is refused changes nothing."""
    day = NOTIFIED + DAY * offset
    lasting = GroundRequest.objects.filter(case=case, state="granted").order_by("pk").first()
    ground = "birth" if length % 2 else "work"
    match act:
        case "suspend":
            request = request_ground(
                actor=lead, case=case, ground=ground, first_on=day, last_on=day + DAY * length, on=TODAY
            )
            try:
                decide_ground(actor=lead, request=request, granted=True, reason="Yes", on=TODAY)
            except ActRefused:
                decide_ground(actor=lead, request=request, granted=False, reason="No", on=TODAY)
        case "end" if lasting:
            end_ground(
                actor=lead, request=lasting, last_on=lasting.first_day + DAY * (length - 1), reason="x", on=TODAY
            )
        case "extend":
            extend_term(actor=lead, case=case, code="first_contact", days=length, reason="Late letter", on=TODAY)
        case "notify" if day <= TODAY:
            record_facts(actor=lead, case=case, facts={"notified_on": day}, source=Source.OFFICE, on=TODAY)
        case "contact" if day <= TODAY:
            record_facts(actor=lead, case=case, facts={"office_registered_on": day}, source=Source.OFFICE, on=TODAY)


@inside
@given(sequence=acts)
def test_whatever_is_done_the_rows_add_up_to_the_date(case, lead, sequence):
    with transaction.atomic():
        for act, offset, length in sequence:
            try:
                with transaction.atomic():
                    do(act, case, lead, offset, length)
            except CaseError:
                continue
        check_now()
        found = Case.objects.select_related("facts", "decision").get(pk=case.pk)
        for term in ledger(case=found, on=TODAY):
            if term.rows:
                assert term.rows[0].until + DAY * sum(row.days for row in term.rows) == term.due_on
            assert sum(days_of(case, term.code)) == (getattr(found.facts, f"extra_days_{term.code}") or 0)
        transaction.set_rollback(True)


@inside
@given(first=st.tuples(days, st.integers(0, 60)), gap=st.integers(1, 90), second=st.integers(0, 60))
def test_the_order_in_which_two_suspensions_are_granted_does_not_matter(case, lead, first, gap, second):
    start = NOTIFIED + DAY * first[0]
    one = (start, start + DAY * first[1], "work")
    after = one[1] + DAY * gap
    two = (after, after + DAY * second, "birth")
    found = []
    for order in ((one, two), (two, one)):
        with transaction.atomic():
            for begins, ends, ground in order:
                request = request_ground(actor=lead, case=case, ground=ground, first_on=begins, last_on=ends, on=TODAY)
                decide_ground(actor=lead, request=request, granted=True, reason="Yes", on=TODAY)
            found.append((due(case), due(case, "completion")))
            transaction.set_rollback(True)
    assert found[0] == found[1]


def test_the_database_refuses_days_without_a_row(case):
    Facts.objects.filter(pk=case.pk).update(extra_days_first_contact=10)
    with pytest.raises(IntegrityError, match="does not add up"), transaction.atomic():
        check_now()
    Facts.objects.filter(pk=case.pk).update(extra_days_first_contact=None)


def test_the_database_refuses_a_row_without_days(case):
    TermEntry.objects.create(case=case, code="completion", kind="extension", days=5, on=TODAY)
    with pytest.raises(IntegrityError, match="does not add up"), transaction.atomic():
        check_now()
    Facts.objects.filter(pk=case.pk).update(extra_days_completion=5)


def test_a_row_is_never_changed(case, suspend):
    suspend(dt.date(2026, 4, 1), dt.date(2026, 4, 30))
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        TermEntry.objects.update(days=1)


def test_the_office_extends_a_term_with_a_reason_once(case, lead, counselor):
    preview = preview_extension(case=case, code="first_contact", days=14, on=TODAY)
    for _time in range(2):
        extend_term(actor=lead, case=case, code="first_contact", days=14, reason="Letter came late", on=TODAY)
    assert due(case) == DUE + 14 * DAY == preview.moved[0].after
    with pytest.raises(ActRefused, match="team lead"):
        extend_term(actor=counselor, case=case, code="first_contact", days=1, reason="x", on=TODAY)
    check_now()


def test_a_suspension_counts_in_the_days_that_an_extension_added(case, suspend, lead):
    suspend(DUE + 5 * DAY, DUE + 9 * DAY)
    assert days_of(case) == []
    extend_term(actor=lead, case=case, code="first_contact", days=10, reason="Letter came late", on=TODAY)
    assert due(case) == DUE + 15 * DAY


def test_where_the_rule_says_nothing_a_last_day_stays_on_its_saturday(case):
    assert due(case).weekday() == 5
    assert days_of(case) == []
