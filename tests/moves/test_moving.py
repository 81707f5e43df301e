"""A move from the new address to the case in the other region: once, whole, with consent or without what was done."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from pathways.agreements.models import ContractVersion
from pathways.audit.models import JournalEntry
from pathways.cases.actions import close_case, record_facts, record_facts_of_cases
from pathways.cases.errors import ActRefused
from pathways.cases.models import Case
from pathways.courses.models import Course, Enrolment, Provider
from pathways.documents.sealing import find_seal
from pathways.moves.actions import (
    cancel_move,
    change_address,
    confirm_move,
    decide_recognition,
    draft_with_recognised,
    receive_move,
    record_consent,
    start_move,
)
from pathways.moves.actions.preparing import Address
from pathways.moves.models import Move, Recognition
from pathways.moves.previewing import preview_move
from pathways.work.queries import tasks_of
from tests.moves.conftest import MOVED, PLACES, TODAY, fresh, worker

DAY = dt.timedelta(days=1)


def causes(case):
    return {task.cause.code for task in tasks_of(case=case, on=TODAY)}


def agreed(move, given=True):
    return record_consent(actor=move.started_by, move=move, given=given, evidence="Form", on=TODAY)


def confirmed(move):
    return confirm_move(actor=move.started_by, move=move, name=move.started_by.full_name, on=TODAY)


def test_a_fact_in_another_region_begins_a_move_and_a_task(begun):
    case = begun("wallonia")
    facts = {"municipality": PLACES["flanders"], "registered_in_region_on": MOVED}
    assert record_facts(actor=None, case=case, facts=facts, source="statement", on=TODAY) is None
    move = Move.objects.get(case_from=case)
    assert (move.to_region, move.moved_on, move.origin, move.state) == ("flanders", MOVED, "facts", "started")
    assert (fresh(case).region, "move_region" in causes(case)) == ("wallonia", True)


def test_a_list_begins_it_once_however_often_it_comes(begun):
    case = begun("wallonia")
    for _again in range(2):
        recorded = record_facts_of_cases(
            actor=None,
            facts_of={case.pk: {"municipality": PLACES["brussels"]}},
            source="municipality_list",
            evidence="march.csv",
            on=TODAY,
        )
        assert (recorded.moving, recorded.changed) == (frozenset({case.pk}), frozenset())
    move = Move.objects.get(case_from=case)
    assert (move.origin, move.origin_evidence, move.programme) == ("list", "march.csv", None)


def test_the_preview_is_what_then_happens_and_writes_nothing(begun, start):
    case = begun("wallonia")
    move = start(case, "flanders")
    place = {"municipality": PLACES["flanders"], "region": "flanders", "moved_on": MOVED}
    side = preview_move(case=case, **place, on=TODAY).after.result
    assert (side.outcome, side.rule, Case.objects.count()) == ("obliged", "moved_within_5_years", 1)
    agreed(move)
    decision = fresh(confirmed(move)).decision
    names = ("outcome", "rule", "components", "obliged_since", "next_due_on", "duty_rule_set_id")
    assert [getattr(decision, name) for name in names] == [getattr(side, name) for name in names]


def test_brussels_keeps_the_choice_open_and_shows_both(begun):
    place = {"municipality": PLACES["brussels"], "region": "brussels", "moved_on": MOVED}
    preview = preview_move(case=begun("flanders"), **place, on=TODAY)
    assert [side.programme for side in preview.choices] == ["brussels-inburgering", "brussels-parcours"]
    assert preview.after.programme is None
    assert {side.result.outcome for side in (preview.after, *preview.choices)} == {"obliged"}


def test_confirming_closes_the_old_case_and_opens_the_new_one(begun, move):
    old = begun("wallonia")
    new = move(old, "flanders")
    old = fresh(old)
    assert (old.closed_on, old.close_reason, new.closed_on) == (TODAY, "moved", None)
    assert (new.person_id, new.programme, new.office.region) == (old.person_id, "flanders-inburgering", "flanders")
    assert (new.facts.nationality, old.facts.contract_signed_on) == ("SY", dt.date(2025, 3, 20))
    version = ContractVersion.objects.get(contract__case=old)
    assert (version.state, version.end_reason) == ("ended", "moved")
    assert new.person.city == "Gent"


def test_courses_end_with_the_old_case(begun, move):
    case = begun("flanders")
    provider = Provider.objects.create(organisation=case.office.organisation, name="School", region="flanders")
    course = Course.objects.create(
        provider=provider, title="Dutch", component="language", language="nl", hours=10, timetable=[],
        calendar="flemish", starts_on=TODAY - DAY, ends_on=TODAY + 9 * DAY, capacity=5,
    )  # fmt: skip
    enrolment = Enrolment.objects.create(
        course=course, case=case, state="enrolled", enrolled_on=TODAY - DAY, starts_on=TODAY - DAY
    )
    move(case, "wallonia")
    enrolment.refresh_from_db()
    assert (enrolment.state, enrolment.end_reason) == ("stopped", "moved")


def test_the_brief_is_sealed_and_kept_with_both_cases(begun, move):
    new = move(begun("wallonia"), "flanders")
    stored = new.move_here
    seal = find_seal(bytes(stored.document.content))
    assert seal is not None
    assert (seal.intact, stored.signed_name) == (True, "Lotte Verbeeck")
    acts = JournalEntry.objects.filter(act__startswith="moves.").values_list("act", flat=True)
    assert {"moves.start_move", "moves.record_consent", "moves.confirm_move", "moves.open_moved_case"} <= set(acts)


def test_without_consent_nothing_that_was_done_is_passed_on(begun, move):
    new = move(begun("wallonia"), "flanders", consent=False)
    assert not Recognition.objects.filter(move=new.move_here).exists()


def test_the_database_passes_nothing_on_without_consent(begun, move):
    stored = move(begun("wallonia"), "flanders", consent=False).move_here
    values = {"match": "partly", "rule": "office_decides", "source": "x", "confidence": "inference"}
    with pytest.raises(IntegrityError, match="consent"), transaction.atomic():
        Recognition.objects.create(move=stored, component="language", position=1, **values)


def test_consent_is_asked_before_confirming(begun, start):
    with pytest.raises(ActRefused, match="Ask the person first"):
        confirmed(start(begun("wallonia"), "flanders"))


def test_only_the_own_name_signs(begun, start):
    move = agreed(start(begun("wallonia"), "flanders"))
    with pytest.raises(ActRefused, match="own name"):
        confirm_move(actor=move.started_by, move=move, name="Somebody Else", on=TODAY)
    assert Case.objects.count() == 1


def test_confirming_twice_does_it_once(begun, start):
    move = agreed(start(begun("wallonia"), "flanders"))
    assert confirmed(move) == confirmed(move)
    assert Case.objects.open().count() == 1


def test_a_cancelled_move_leaves_the_case_as_it_is(begun, start):
    case = begun("wallonia")
    move = agreed(start(case, "flanders"))
    cancel_move(actor=move.started_by, move=move, reason="Stays after all", on=TODAY)
    assert (fresh(case).closed_on, causes(case) & {"move_region"}) == (None, set())
    with pytest.raises(ActRefused, match="another state"):
        confirmed(move)


@pytest.mark.parametrize(
    ("address", "message"),
    [
        (Address(PLACES["flanders"], TODAY + DAY), "future"),
        (Address(PLACES["flanders"], dt.date(2020, 1, 1)), "before the first registration"),
        (Address(PLACES["wallonia"], MOVED), "region of the case"),
        (Address("99999", MOVED), "not in the list"),
        (Address(PLACES["flanders"], MOVED, "brussels-parcours"), "does not exist in the region"),
    ],
)
def test_an_address_that_is_no_move_is_refused(begun, address, message):
    case = begun("wallonia")
    with pytest.raises(ActRefused, match=message):
        start_move(actor=worker(case.office), case=case, address=address, on=TODAY)


def test_the_address_can_be_corrected_until_it_is_confirmed(begun, start):
    move = start(begun("wallonia"), "flanders")
    address = Address(PLACES["brussels"], MOVED - DAY, "brussels-inburgering")
    changed = change_address(actor=move.started_by, move=move, address=address, on=TODAY)
    assert (changed.to_region, changed.programme, changed.moved_on) == (
        "brussels",
        "brussels-inburgering",
        MOVED - DAY,
    )


def test_a_closed_case_does_not_move(begun):
    case = begun("wallonia")
    actor = worker(case.office)
    close_case(actor=actor, case=case, reason="emigrated", on=TODAY)
    with pytest.raises(ActRefused, match="closed"):
        start_move(actor=actor, case=case, address=Address(PLACES["flanders"], MOVED), on=TODAY)


def test_the_receiving_office_reads_the_brief_and_its_task_is_done(begun, move):
    new = move(begun("wallonia"), "flanders")
    assert "read_brief" in causes(new)
    receive_move(actor=worker(new.office, "Jonas De Clercq"), move=new.move_here, on=TODAY)
    assert "read_brief" not in causes(new)


def test_what_the_receiving_office_accepts_is_recognised_in_its_contract(begun, move):
    new = move(begun("wallonia", level_fr="A2"), "brussels", programme="brussels-parcours")
    actor = worker(new.office, "Jonas De Clercq")
    part = new.move_here.recognitions.get(component="language")
    assert (part.match, part.level, part.language, part.accepted) == ("equivalent", "A2", "fr", None)
    decide_recognition(actor=actor, recognition=part, accepted=True, on=TODAY)
    version = draft_with_recognised(actor=actor, move=new.move_here, on=TODAY)
    item = version.items.filter(component="language").first()
    assert item is None or (item.how, bool(item.evidence)) == ("recognised", True)


def test_refusing_to_recognise_needs_a_reason(begun, move):
    new = move(begun("wallonia", level_fr="A2"), "brussels", programme="brussels-parcours")
    part = new.move_here.recognitions.first()
    with pytest.raises(ActRefused, match="why"):
        decide_recognition(actor=worker(new.office, "Jonas De Clercq"), recognition=part, accepted=False, on=TODAY)


def test_somebody_who_moves_back_gets_a_third_case(begun, move):
    first = begun("wallonia")
    third = move(move(first, "flanders", moved_on=MOVED), "wallonia", moved_on=TODAY)
    assert (third.region, Case.objects.filter(person=first.person_id).count()) == ("wallonia", 3)
    assert Case.objects.open().filter(person=first.person_id).count() == 1


def listed(case, since):
    facts = {"municipality": PLACES["flanders"], "registered_in_region_on": since}
    record_facts_of_cases(actor=None, facts_of={case.pk: facts}, source="municipality_list", on=TODAY)
    return Move.objects.started().filter(case_from=case).exists()


def test_a_list_that_repeats_a_cancelled_move_begins_nothing_and_later_news_does(begun):
    case = begun("wallonia")
    assert listed(case, MOVED)
    move = Move.objects.get(case_from=case)
    cancel_move(actor=None, move=move, reason="Stays after all", on=TODAY - DAY)
    assert not listed(case, MOVED)
    assert listed(case, TODAY)


def test_a_person_who_records_the_address_again_begins_the_move_again(begun):
    case = begun("wallonia")
    listed(case, MOVED)
    cancel_move(actor=None, move=Move.objects.get(case_from=case), reason="Stays", on=TODAY)
    facts = {"municipality": PLACES["flanders"], "registered_in_region_on": MOVED}
    record_facts(actor=None, case=case, facts=facts, source="statement", on=TODAY)
    assert Move.objects.started().filter(case_from=case).exists()
