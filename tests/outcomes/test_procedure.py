"""The state table, walked whole: under every shipped rule set a fine comes only after notice, hearing and their terms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
import yaml

from pathways.outcomes.procedure import (
    ALWAYS,
    CLOCKED,
    KEEPS_CLOCK,
    PASSAGES,
    STAGE_OF_CODE,
    STARTS,
    Act,
    Clock,
    Procedure,
    Refusal,
    Stage,
    State,
    allowed,
    possible_acts,
    procedure_of,
    refusal,
)
from pathways.rules import parse_rule_set

TODAY = dt.date(2026, 3, 17)
DAY = dt.timedelta(days=1)
RUNNING, OVER, NOT_SENT = Clock(TODAY - DAY, TODAY), Clock(TODAY - 9 * DAY, TODAY - DAY), Clock(None, None)
FILES = sorted((Path(__file__).parents[2] / "pathways/programmes/rule_sets").glob("*.yaml"))
PROCEDURES = {
    path.stem: procedure_of(parse_rule_set(yaml.safe_load(path.read_text(encoding="utf-8"))).sanctions)
    for path in FILES
}
every_rule_set = pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=PROCEDURES)
Walk = tuple[tuple[Act, Clock | None], ...]


def walks(
    procedure: Procedure, state: State = State.OPEN, done: Walk = (), clock: Clock | None = None
) -> Iterator[Walk]:
    """Every way through the table, each act with the clock it found; an objection is lodged at most once."""
    ways = 0
    for act, given in product(Act, (RUNNING, OVER, NOT_SENT) if clock is RUNNING else (clock,)):
        if act == Act.RECORD_APPEAL and any(before == act for before, _clock in done):
            continue
        if refusal(procedure, state, act, clock=given, on=TODAY) is None:
            ways += 1
            after = clock if act in KEEPS_CLOCK else RUNNING if act in STARTS else None
            yield from walks(procedure, PASSAGES[state, act].to, (*done, (act, given)), after)
    if not ways:
        yield done


@every_rule_set
def test_no_fine_without_notice_and_hearing_and_their_terms(procedure) -> None:
    for walk in walks(procedure):
        acts = [act for act, _clock in walk]
        if Act.FINE in acts:
            assert acts.index(Act.NOTICE) < acts.index(Act.INVITE) < acts.index(Act.FINE)
            after_notice = walk[acts.index(Act.NOTICE) + 1][1]
            assert after_notice is OVER
            assert walk[acts.index(Act.FINE)][1] is OVER


@every_rule_set
def test_every_way_ends_closed(procedure) -> None:
    found = list(walks(procedure))
    assert found
    for walk in found:
        state = State.OPEN
        for act, _clock in walk:
            state = PASSAGES[state, act].to
        assert state == State.CLOSED


@every_rule_set
@pytest.mark.parametrize("clock", [None, RUNNING, NOT_SENT])
def test_nothing_that_waits_comes_before_its_term_has_ended(procedure, clock) -> None:
    for (state, act), passage in PASSAGES.items():
        if passage.waits:
            assert refusal(procedure, state, act, clock=clock, on=TODAY) is not None


@every_rule_set
def test_whatever_is_not_in_the_table_is_refused(procedure) -> None:
    for pair in product(State, Act):
        if pair not in PASSAGES:
            assert refusal(procedure, *pair, clock=OVER, on=TODAY) == Refusal.NOT_NOW


@every_rule_set
def test_a_fine_needs_a_range_in_the_rule_set(procedure) -> None:
    fined = any(act == Act.FINE for walk in walks(procedure) for act, _clock in walk)
    assert fined == procedure.can_fine


def test_which_rule_sets_know_the_range_of_a_fine() -> None:
    known = {code: (one.amount_min, one.amount_max) for code, one in PROCEDURES.items() if one.can_fine}
    assert known == {
        **dict.fromkeys(("FL-2014", "FL-2016", "FL-2022"), (Decimal(50), Decimal(5000))),
        **dict.fromkeys(("BX-2022", "BX-2024"), (Decimal(100), Decimal(2500))),
        "WA-2014": (Decimal(50), Decimal(2500)),
    }


def test_the_regions_differ_in_their_steps() -> None:
    optional = {
        code: [step.stage.value for step in one.steps if step.stage not in ALWAYS] for code, one in PROCEDURES.items()
    }
    assert optional["FL-2022"] == ["transfer", "reminder", "collection"]
    assert optional["BX-2024"] == ["transfer"]
    assert optional["WA-2018"] == ["warning"]
    assert optional["DG-2018"] == []


def test_terms_are_those_of_the_rule_set_or_not_found() -> None:
    def lengths(code: str) -> dict[str, str | None]:
        steps = [step for step in PROCEDURES[code].steps if step.stage in CLOCKED]
        return {step.stage.value: str(step.length) if step.length else None for step in steps}

    assert lengths("FL-2022") == {"notice": "P3M", "hearing": None, "payment": "P1M", "reminder": None}
    assert lengths("BX-2024") == {"notice": "P2M", "hearing": None, "payment": None}
    assert lengths("WA-2018") == {"warning": None, "notice": None, "hearing": None, "payment": None}


def test_who_acts_is_whom_the_rule_set_names() -> None:
    flanders, community = PROCEDURES["FL-2022"], PROCEDURES["DG-2018"]
    assert [flanders.role_of(stage) for stage in (Stage.NOTICE, Stage.HEARING, Stage.DECISION, Stage.APPEAL)] == [
        "counselor",
        "enforcement_officer",
        "enforcement_officer",
        "enforcement_officer",
    ]
    assert community.role_of(Stage.DECISION) == "team_lead"


def test_the_last_day_of_a_term_belongs_to_the_person() -> None:
    flanders = PROCEDURES["FL-2022"]
    clock = Clock(TODAY - 9 * DAY, TODAY)
    assert refusal(flanders, State.NOTICED, Act.TRANSFER, clock=clock, on=TODAY) == Refusal.TERM_RUNS
    assert refusal(flanders, State.NOTICED, Act.TRANSFER, clock=clock, on=TODAY + DAY) is None


def test_an_ending_without_a_fine_need_not_wait_for_the_rest_of_the_term() -> None:
    acts = possible_acts(PROCEDURES["FL-2022"], State.HEARD, clock=RUNNING, on=TODAY)
    assert (acts[Act.NO_FINE], acts[Act.FINE]) == (None, Refusal.TERM_RUNS)


@pytest.mark.parametrize(
    ("amount", "fits"), [("49.99", False), ("50", True), ("5000", True), ("5000.01", False), ("-100", False)]
)
def test_a_fine_lies_within_the_range(amount, fits) -> None:
    assert allowed(Decimal(amount), PROCEDURES["FL-2022"]) is fits


def test_every_sanction_of_the_shipped_rule_sets_has_a_place_or_is_shown_beside() -> None:
    others = {one.code for procedure in PROCEDURES.values() for one in procedure.others}
    assert others == {"repetition", "control_and_penalty"}
    assert set(STAGE_OF_CODE.values()) == set(Stage) - {Stage.PAYMENT, Stage.APPEAL}
