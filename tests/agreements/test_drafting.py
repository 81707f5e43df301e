"""A draft proposes what the rules ask, and may deviate only as they allow; every problem names the field and a remedy."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from pathways.agreements.actions import draft_contract, offer_contract, revise_offer, save_draft, withdraw_version
from pathways.agreements.errors import TermsRefused
from pathways.cases.actions import close_case, record_facts
from pathways.cases.errors import ActRefused
from tests.agreements.conftest import changed
from tests.cases.conftest import BRUSSELS, TODAY

DAY = dt.timedelta(1)


def save(counselor, version, **changes):
    return save_draft(
        actor=counselor, version=version, revision=version.revision, terms=changed(version, **changes), on=TODAY
    )


def problems(counselor, version, **changes):
    with pytest.raises(TermsRefused) as refused:
        save(counselor, version, **changes)
    return [(problem.component, problem.field) for problem in refused.value.problems]


def test_a_draft_proposes_what_the_rules_ask(draft):
    items = {item.component: item for item in draft().items.all()}
    assert {code: (item.requirement, item.how) for code, item in items.items()} == {
        "language": ("required", "follow"),
        "social_orientation": ("required", "follow"),
        "career_orientation": ("offered", "left_out"),
    }
    assert (items["language"].level, items["language"].language) == ("A2", "nl")
    assert items["language"].goal.endswith("op niveau A2")
    assert (items["social_orientation"].hours, items["social_orientation"].rule_hours) == (60, 60)


def test_a_level_that_is_known_is_recognised_with_where_it_is_known_from(draft, new_case, counselor):
    case = new_case()
    record_facts(actor=counselor, case=case, facts={"level_nl": "B1"}, source="document", evidence="ITNA", on=TODAY)
    language = draft(case).items.get(component="language")
    assert (language.how, language.level, language.evidence) == ("recognised", "B1", "B1, ITNA, 17 maart 2026")


def test_beginning_twice_is_beginning_once(draft, new_case):
    case = new_case()
    assert draft(case) == draft(case)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"register": None}, "not yet known"),
        ({"municipality": BRUSSELS}, "not chosen a programme"),
    ],
)
def test_without_a_decision_or_a_programme_there_is_nothing_to_agree(new_case, counselor, facts, words):
    with pytest.raises(ActRefused, match=words):
        draft_contract(actor=counselor, case=new_case(**facts), on=TODAY)


def test_a_closed_case_gets_no_contract(new_case, counselor):
    case = close_case(actor=counselor, case=new_case(), reason="emigrated", on=TODAY)
    with pytest.raises(ActRefused, match="closed"):
        draft_contract(actor=counselor, case=case, on=TODAY)


@pytest.mark.parametrize(
    ("component", "entry", "field"),
    [
        ("social_orientation", {"hours": Decimal(40)}, "hours"),
        ("social_orientation", {"hours": None}, "hours"),
        ("social_orientation", {"hours": Decimal(-1)}, "hours"),
        ("language", {"level": "A1"}, "level"),
        ("language", {"level": ""}, "level"),
        ("language", {"language": "fr"}, "language"),
        ("language", {"goal": ""}, "goal"),
        ("language", {"starts_on": TODAY - DAY}, "starts_on"),
        ("language", {"starts_on": TODAY + 9 * DAY, "ends_on": TODAY + DAY}, "ends_on"),
        ("language", {"how": "recognised"}, "evidence"),
        ("language", {"how": "left_out"}, "ground"),
        ("language", {"how": "left_out", "ground": "holiday"}, "ground"),
        ("language", {"how": "later"}, "how"),
    ],
)
def test_what_the_rules_do_not_allow_is_refused_by_field(draft, counselor, component, entry, field):
    assert problems(counselor, draft(), items={component: entry}) == [(component, field)] * (
        2 if entry.get("hours") == -1 else 1
    )


@pytest.mark.parametrize(
    ("component", "entry"),
    [
        ("social_orientation", {"hours": Decimal(40), "reason": "Followed a third elsewhere"}),
        ("social_orientation", {"hours": Decimal(90)}),
        ("language", {"level": "A1", "reason": "Learns to read first"}),
        ("language", {"level": "B1"}),
        ("language", {"how": "recognised", "evidence": "Certificate of 3 May 2025"}),
        ("language", {"how": "left_out", "ground": "hardship"}),
        ("career_orientation", {"how": "follow", "hours": Decimal(20), "goal": "Find work"}),
    ],
)
def test_what_the_rules_allow_is_kept(draft, counselor, component, entry):
    version = save(counselor, draft(), items={component: entry})
    item = version.items.get(component=component)
    assert {name: getattr(item, name) for name in entry} == entry


def test_what_does_not_belong_to_a_part_left_out_is_dropped(draft, counselor):
    version = save(counselor, draft(), items={"language": {"how": "left_out", "ground": "hardship"}})
    language = version.items.get(component="language")
    assert (language.level, language.goal, language.language) == ("", "", "")


def test_a_contract_cannot_end_before_it_begins(draft, counselor):
    assert ("", "ends_on") in problems(counselor, draft(), ends_on=TODAY - DAY)


def test_who_writes_over_anothers_change_is_told_and_nothing_is_lost(draft, counselor):
    version = draft()
    save(counselor, version, items={"language": {"goal": "First"}})
    with pytest.raises(ActRefused, match="Somebody else has changed"):
        save(counselor, version, items={"language": {"goal": "Second"}})
    assert version.items.get(component="language").goal == "First"


def test_the_same_change_sent_twice_is_made_once(draft, counselor):
    version = draft()
    first = save(counselor, version, items={"language": {"goal": "Talk"}})
    assert save(counselor, version, items={"language": {"goal": "Talk"}}).revision == first.revision == 2


def test_an_offer_keeps_its_paper_and_is_made_once(draft, counselor):
    version = draft()
    offered = offer_contract(actor=counselor, version=version, revision=1, on=TODAY)
    again = offer_contract(actor=counselor, version=version, revision=1, on=TODAY)
    assert (offered.state, offered.offered_on) == ("offered", TODAY)
    assert offered.offered_paper == again.offered_paper
    assert bytes(offered.offered_paper.content).startswith(b"%PDF-")


def test_an_offer_taken_back_goes_on_as_the_next_number(offer, counselor):
    version = offer(items={"language": {"goal": "Talk"}})
    later = revise_offer(actor=counselor, version=version, on=TODAY)
    version.refresh_from_db()
    assert (version.state, later.number, later.state) == ("withdrawn", 2, "draft")
    assert later.items.get(component="language").goal == "Talk"


def test_a_draft_withdrawn_leaves_room_for_another(draft, counselor, new_case):
    case = new_case()
    withdraw_version(actor=counselor, version=draft(case), on=TODAY)
    assert draft(case).number == 2
