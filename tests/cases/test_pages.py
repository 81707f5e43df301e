"""What the case page and the page of reasons show: facts with sources, pathway, deadlines, reasons, what-if."""

from __future__ import annotations

import datetime as dt

import pytest

from pathways.audit.models import JournalEntry
from pathways.cases.actions import (
    assign_counselor,
    close_case,
    record_facts,
    record_first_contact,
    record_note,
    record_notice,
)
from pathways.cases.errors import FactError
from pathways.cases.models import Case, DecisionRecord, FactChange
from pathways.cases.queries import case_overview, case_reasons, what_if
from pathways.cases.stages import Stage
from tests.cases.conftest import BRUSSELS, LIEGE, TODAY

DAY = dt.timedelta(1)


def fetched(case) -> Case:
    return Case.objects.select_related("person", "office", "counselor", "facts", "decision").get(pk=case.pk)


def overview(case, on=TODAY):
    return case_overview(case=fetched(case), on=on)


def fact(page, name):
    return next(line for group in page.facts for line in group.facts if line.fact.name == name)


def test_a_fact_has_value_and_latest_source(new_case, counselor):
    case = new_case()
    record_facts(
        actor=counselor, case=case, facts={"permit_months": 12}, source="document", evidence="card 9", on=TODAY + DAY
    )
    line = fact(overview(case, TODAY + DAY), "permit_months")
    assert (line.value, line.known.source, line.known.evidence, line.known.on) == (
        12,
        "document",
        "card 9",
        TODAY + DAY,
    )
    assert fact(overview(case), "may_work").known.source == "municipality_list"
    assert fact(overview(case), "literacy").known is None


def test_the_status_names_the_rule_that_decides(new_case):
    page = overview(new_case())
    assert (page.decision.outcome, page.rule.code, page.duty.code, page.stage) == (
        "obliged",
        "newcomer",
        "FL-2014",
        Stage.INVITATION,
    )


def test_the_pathway_line_shows_how_far_the_person_is(new_case, counselor):
    case = new_case(level_nl="none")
    stops = [(stop.code, stop.state, stop.requirement) for stop in overview(case).stops]
    assert stops == [
        ("first_contact", "here", "required"),
        ("contract", "next", "required"),
        ("language", "later", "required"),
        ("certificate", "later", "required"),
    ]
    record_first_contact(actor=counselor, case=case, office_registered_on=TODAY, on=TODAY)
    assert [stop.state for stop in overview(case).stops] == ["done", "here", "next", "later"]


def test_a_deadline_says_how_its_date_came_about(new_case, counselor):
    case = new_case()
    assert overview(case).deadlines[0].state == "not_started"
    record_notice(actor=counselor, case=case, received_on=dt.date(2026, 3, 2), on=TODAY)
    (line,) = overview(case).deadlines
    assert (line.started_by, line.explained.started_on, line.due_on, line.state) == (
        "notified_on",
        dt.date(2026, 3, 2),
        dt.date(2026, 6, 2),
        "open",
    )
    assert (str(line.rule.length), line.rule.then.title["en"], line.explained.extended) == ("P3M", "Warning", False)


@pytest.mark.parametrize(
    ("on", "state"), [(dt.date(2026, 6, 1), "open"), (dt.date(2026, 6, 2), "today"), (dt.date(2026, 6, 3), "late")]
)
def test_a_deadline_becomes_late_the_day_after(new_case, counselor, on, state):
    case = new_case()
    record_notice(actor=counselor, case=case, received_on=dt.date(2026, 3, 2), on=TODAY)
    assert overview(case, on).deadlines[0].state == state


def test_a_deadline_ends_with_its_act(new_case, counselor):
    case = new_case()
    record_notice(actor=counselor, case=case, received_on=dt.date(2026, 3, 2), on=TODAY)
    record_first_contact(actor=counselor, case=case, office_registered_on=TODAY, on=TODAY)
    assert overview(case).deadlines[0].state == "done"
    assert fetched(case).decision.next_due_on is None


def test_who_is_not_obliged_has_no_deadlines(new_case):
    page = overview(new_case(nationality="FR", notified_on=dt.date(2026, 3, 2)))
    assert (page.decision.outcome, page.deadlines) == ("exempt", [])


def test_the_timeline_tells_all_newest_first(new_case, counselor):
    case = new_case(register=None)
    later = TODAY + DAY
    record_note(actor=counselor, case=case, kind="call", text="Called back", on=later)
    assign_counselor(actor=counselor, cases=[case], counselor=counselor, on=later)
    record_facts(actor=counselor, case=case, facts={"register": "foreigners"}, source="document", on=later + DAY)
    timeline = overview(case).timeline
    assert [(event.on, event.kind) for event in timeline] == [
        (later + DAY, "decision"),
        (later + DAY, "facts"),
        (later, "act"),
        (later, "note"),
        (TODAY, "decision"),
        (TODAY, "facts"),
    ]
    assert (timeline[3].by, timeline[3].data["text"], timeline[-1].data["first"]) == (
        "counselor GNT",
        "Called back",
        True,
    )


def test_a_case_page_takes_three_queries(new_case, counselor, django_assert_num_queries):
    case = new_case()
    overview(case)
    for number in range(5):
        record_note(actor=counselor, case=case, kind="call", text=f"Call {number}", on=TODAY)
    with django_assert_num_queries(3):
        overview(case)


def test_reasons_have_each_condition_with_its_truth(new_case):
    reasons = case_reasons(case=fetched(new_case()), on=TODAY)
    assert [(rule.code, rule.truth) for rule in reasons.before] == [
        ("minor", False),
        ("diploma", False),
        ("eu_citizen", False),
    ]
    assert [(node.facts, node.truth) for node in reasons.rule.condition.children] == [
        (("register",), True),
        (("permit_months",), True),
        (("age",), True),
    ]
    assert reasons.facts["register"].source == "municipality_list"


def test_a_missing_fact_says_what_each_answer_would_lead_to(new_case):
    reasons = case_reasons(case=fetched(new_case(register=None)), on=TODAY)
    (missing,) = reasons.missing
    answers = {answer.value: answer.outcome for answer in missing.answers}
    assert missing.fact.name == "register"
    assert (answers["foreigners"], answers["waiting"]) == ("obliged", "not_targeted")


def test_an_answer_may_leave_the_case_undecided(new_case):
    reasons = case_reasons(case=fetched(new_case(register=None, permit_months=None)), on=TODAY)
    asked = {
        missing.fact.name: {answer.value: answer.outcome for answer in missing.answers} for missing in reasons.missing
    }
    assert asked["register"]["foreigners"] == "undecided"
    assert asked["permit_months"] == {}


def test_the_page_can_be_seen_as_it_was(new_case, counselor):
    case = new_case(register=None)
    record_facts(actor=counselor, case=case, facts={"register": "foreigners"}, source="document", on=TODAY + 3 * DAY)
    now = case_reasons(case=fetched(case), on=TODAY + 9 * DAY)
    then = case_reasons(case=fetched(case), on=TODAY + 9 * DAY, as_of=TODAY + 2 * DAY)
    assert (now.outcome, now.is_past, len(now.earlier)) == ("obliged", False, 2)
    assert (then.outcome, then.is_past, len(then.earlier)) == ("undecided", True, 1)
    assert (then.values["register"], then.missing[0].fact.name) == (None, "register")


def test_before_its_first_decision_a_case_has_no_reasons(new_case):
    then = case_reasons(case=fetched(new_case()), on=TODAY, as_of=TODAY - DAY)
    assert (then.outcome, then.explanation, then.rule) == (None, None, None)


def test_reasons_take_a_fixed_number_of_queries(new_case, person, django_assert_num_queries):
    clear, asking = fetched(new_case()), fetched(new_case(person("Other"), register=None))
    for case, queries in ((clear, 2), (asking, 4)):
        case_reasons(case=case, on=TODAY)
        with django_assert_num_queries(queries):
            case_reasons(case=case, on=TODAY)


def test_what_if_changes_nothing(new_case):
    case = fetched(new_case())
    before = (FactChange.objects.count(), DecisionRecord.objects.count(), JournalEntry.objects.count())
    tried = what_if(case=case, changes={"nationality": "FR"}, on=TODAY)
    assert (tried.before.result.outcome, tried.after.result.outcome) == ("obliged", "exempt")
    assert tried.changes == {"nationality": "FR", "nationality_group": "eu"}
    assert (FactChange.objects.count(), DecisionRecord.objects.count(), JournalEntry.objects.count()) == before


def test_what_if_elsewhere_means_the_rules_there(new_case):
    case = fetched(new_case())
    liege = what_if(case=case, changes={"municipality": LIEGE}, on=TODAY)
    brussels = what_if(case=case, changes={"municipality": BRUSSELS}, on=TODAY)
    assert (liege.programme, liege.after.duty.code) == ("wallonia-parcours", "WA-2014")
    assert (brussels.programme, brussels.after.trajectory) == (None, None)


def test_what_if_shows_the_deadlines(new_case):
    case = fetched(new_case())
    tried = what_if(case=case, changes={"notified_on": dt.date(2026, 3, 2), "medical_suspension": True}, on=TODAY)
    assert [line.due_on for line in tried.after.deadlines] == [dt.date(2026, 12, 2)]


def test_what_if_refuses_what_cannot_be(new_case):
    with pytest.raises(FactError):
        what_if(case=fetched(new_case()), changes={"register": "moon"}, on=TODAY)


def test_a_closed_case_still_has_its_page(new_case, counselor):
    case = close_case(actor=counselor, case=new_case(), reason="emigrated", on=TODAY)
    page = overview(case)
    assert (page.stage, page.rule.code) == (Stage.CLOSED, "newcomer")
