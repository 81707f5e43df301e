"""Breach files: clocks that block, roles, ranges, and what the database refuses whoever writes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from pathways.cases.actions import record_first_contact
from pathways.cases.errors import ActRefused
from pathways.notices.actions import cancel_letter
from pathways.notices.models import Letter
from pathways.outcomes.actions import decide_term, open_breach, renew_letter, take_step
from pathways.outcomes.models import BreachFile, BreachStep
from pathways.outcomes.queries.duties import failed_duties
from tests.outcomes.conftest import TODAY, make_officer


def test_a_term_that_has_passed_is_proposed_and_one_that_runs_is_not(late_case, counselor) -> None:
    assert failed_duties(late_case, on=TODAY) == ["not_reported"]
    record_first_contact(actor=counselor, case=late_case, office_registered_on=TODAY, on=TODAY)
    assert failed_duties(late_case, on=TODAY) == []
    with pytest.raises(ActRefused, match="do not say"):
        open_breach(actor=counselor, case=late_case, duty="not_reported", grounds="Late.", on=TODAY)


def test_irregular_attendance_is_proposed_when_it_is_out_of_reach(strict_rules, followed) -> None:
    case = followed("AAAA")
    assert failed_duties(case, on=TODAY) == ["irregular"]


@pytest.fixture
def rules(strict_rules):
    """Here the rules have sanctions."""
    return strict_rules


def test_a_second_opening_gives_the_same_file(hands, late_case, counselor) -> None:
    again = open_breach(actor=counselor, case=late_case, duty="not_reported", grounds="Again.", on=TODAY)
    assert again == hands.file


def test_the_clock_starts_when_the_letter_is_sent(hands) -> None:
    hands.step("notice")
    assert BreachStep.objects.get().ends_on is None
    hands.wait(5)
    hands.send()
    step = BreachStep.objects.get()
    assert (step.starts_on, step.ends_on) == (dt.date(2026, 3, 22), dt.date(2026, 6, 22))


def test_nothing_follows_before_the_term_has_ended(hands) -> None:
    hands.step("notice")
    with pytest.raises(ActRefused, match="has not been sent"):
        hands.step("transfer")
    hands.send()
    hands.day = dt.date(2026, 6, 17)
    with pytest.raises(ActRefused, match="until 17 June 2026"):
        hands.step("transfer")
    hands.wait(1)
    assert hands.step("transfer").state == "transferred"


def test_a_term_that_was_not_found_is_decided_by_a_team_lead_with_a_reason(hands) -> None:
    hands.step("notice")
    hands.send()
    hands.wait(100)
    hands.step("transfer")
    with pytest.raises(ActRefused, match="team lead decides it first"):
        hands.step("invite")
    for actor, reason in ((hands.counselor, "x"), (hands.officer, "x"), (hands.lead, "")):
        with pytest.raises(ActRefused):
            decide_term(actor=actor, file=hands.file, stage="hearing", days=21, reason=reason, on=hands.day)
    decide_term(actor=hands.lead, file=hands.file, stage="hearing", days=21, reason="Usual.", on=hands.day)
    hands.step("invite")
    step = BreachStep.objects.get(act="invite")
    assert (step.length, step.length_decided) == ("P21D", True)


def test_a_term_that_the_rule_set_names_cannot_be_decided(hands) -> None:
    with pytest.raises(ActRefused, match="says how long"):
        decide_term(actor=hands.lead, file=hands.file, stage="notice", days=1, reason="Quick.", on=TODAY)


def test_counselors_prepare_and_officers_decide(hands) -> None:
    with pytest.raises(ActRefused, match="another role"):
        take_step(actor=hands.officer, file=hands.file, act="notice", on=TODAY)
    hands.to_hearing()
    hands.wait(22)
    for actor in (hands.counselor, hands.lead, make_officer("wallonia-parcours")):
        with pytest.raises(ActRefused, match="another role"):
            take_step(actor=actor, file=hands.file, act="no_fine", reason="Kind.", on=hands.day)


@pytest.mark.parametrize("amount", ["49.99", "5000.01", "-1", None])
def test_a_fine_outside_the_range_is_refused(hands, amount) -> None:
    hands.to_hearing()
    hands.wait(22)
    with pytest.raises(ActRefused, match="between"):
        hands.step("fine", amount=Decimal(amount) if amount else None, reason="Much.")


def test_a_decision_needs_a_reason(hands) -> None:
    hands.to_hearing()
    hands.wait(22)
    with pytest.raises(ActRefused, match="Say why"):
        hands.step("no_fine", reason=" ")


def test_heard_and_no_fine(hands) -> None:
    hands.to_hearing()
    hands.wait(3)
    hands.step("record_defence", reason="Was in hospital.")
    file = hands.step("no_fine", reason="Ill, with proof.")
    assert (file.state, file.close_reason, file.amount) == ("closed", "no_fine", None)
    assert Letter.objects.filter(kind="breach_no_fine").count() == 1


def test_a_fine_reminded_objected_to_lowered_and_paid(hands) -> None:
    hands.to_fine("500")
    hands.send()
    hands.wait(40)
    decide_term(actor=hands.lead, file=hands.file, stage="reminder", days=30, reason="Usual.", on=hands.day)
    hands.step("remind")
    hands.step("record_appeal", reason="Cannot pay.")
    with pytest.raises(ActRefused, match="lower"):
        hands.step("reduce", amount=Decimal(500), reason="Same.")
    file = hands.step("reduce", amount=Decimal(100), reason="Low income.")
    assert (file.state, file.amount) == ("fined", 100)
    file = hands.step("record_payment")
    assert (file.state, file.close_reason) == ("closed", "paid")


def test_a_fine_of_before_is_seen(hands, late_case, counselor) -> None:
    hands.to_fine()
    hands.step("record_payment")
    file = open_breach(actor=counselor, case=late_case, duty="not_reported", grounds="Still not.", on=hands.day)
    hands.file = file
    assert hands.to_fine("200").repetition == 1


def test_a_cancelled_letter_is_written_anew(hands) -> None:
    hands.step("notice")
    cancel_letter(actor=hands.lead, letter=Letter.objects.get(), reason="Wrong address.", on=TODAY)
    with pytest.raises(ActRefused, match="has not been sent"):
        hands.step("transfer")
    renew_letter(actor=hands.lead, file=hands.file, on=TODAY)
    hands.send()
    assert BreachStep.objects.get().starts_on == TODAY


def test_a_counselors_notice_waits_for_the_team_lead(hands) -> None:
    take_step(actor=hands.counselor, file=hands.file, act="notice", on=TODAY)
    assert Letter.objects.get().state == "draft"


def test_the_same_step_sent_twice_is_one_step(hands) -> None:
    hands.step("notice")
    hands.step("notice")
    assert BreachStep.objects.count() == 1


def test_who_acts_on_what_is_no_longer_so_is_told(hands) -> None:
    hands.step("notice")
    with pytest.raises(ActRefused, match="Somebody else"):
        take_step(actor=hands.lead, file=hands.file, act="close", reason="x", close_reason="met", seen=0, on=TODAY)


def test_a_file_closes_when_the_duty_is_met_after_all(hands) -> None:
    hands.step("notice")
    file = hands.step("close", reason="Came on Monday.", close_reason="met")
    assert (file.state, file.close_reason) == ("closed", "met")


def test_the_database_refuses_a_fine_without_notice_and_hearing(hands) -> None:
    fine = {"state": "fined", "amount": 100, "amount_min": 50, "amount_max": 5000, "decided_on": TODAY}
    with pytest.raises(IntegrityError, match="notice and hearing"), transaction.atomic():
        BreachFile.objects.update(**fine, decided_by=hands.officer)


def test_the_database_refuses_a_fine_before_the_term_of_the_hearing_has_ended(hands) -> None:
    hands.to_hearing()
    hands.step("record_defence", reason="Said all.")
    fine = {"state": "fined", "amount": 100, "amount_min": 50, "amount_max": 5000, "decided_on": hands.day}
    with pytest.raises(IntegrityError, match="notice and hearing"), transaction.atomic():
        BreachFile.objects.update(**fine, decided_by=hands.officer)


def test_the_database_refuses_an_amount_outside_the_range(hands) -> None:
    hands.to_fine()
    with pytest.raises(IntegrityError, match="breach_amount_in_range"), transaction.atomic():
        BreachFile.objects.update(amount=6000)


def test_the_database_refuses_a_passage_that_is_not_in_the_table(hands) -> None:
    with pytest.raises(Exception, match="Invalid transition"), transaction.atomic():
        BreachFile.objects.update(state="heard")


def test_the_database_holds_one_open_file_for_a_duty(hands) -> None:
    file = BreachFile.objects.get()
    file.pk, file.public_id = None, file.case.person.public_id
    with pytest.raises(IntegrityError, match="breach_open_once"), transaction.atomic():
        file.save(force_insert=True)


@pytest.mark.parametrize("change", [{"starts_on": None, "ends_on": None}, {"reason": "Other."}])
def test_what_was_done_in_a_file_does_not_change(hands, change) -> None:
    hands.step("notice")
    hands.send()
    with pytest.raises(Exception, match="annot"), transaction.atomic():
        BreachStep.objects.update(**change)


def test_officers_of_another_programme_and_strangers_see_nothing(hands, staff) -> None:
    seen = [
        BreachFile.objects.visible_to(actor, on=TODAY).count()
        for actor in (hands.counselor, hands.officer, staff("ANT"), make_officer("wallonia-parcours"))
    ]
    assert seen == [1, 1, 0, 0]
