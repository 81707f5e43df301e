"""Two dates: what held on one day, by what was known on another; a fact that was put right reads both ways."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from pathways.cases.actions import record_facts
from pathways.cases.queries import facts_as_of, two_readings
from pathways.cases.queries.history import Event
from tests.cases.conftest import TODAY

DAY = dt.timedelta(days=1)
FIRST = dt.date(2026, 1, 1)


def event(number: int, on: int, since: int | None, value: str | None) -> Event:
    """The fact `register` recorded on a day, counted from the first, holding since another."""
    return Event(
        kind="facts",
        id=number,
        on=FIRST + on * DAY,
        at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(days=on, seconds=number),
        by="",
        data={
            "changes": {"register": [None, value]},
            "source": "document",
            "evidence": "",
            "valid_since": None if since is None else str(FIRST + since * DAY),
            "first": number == 0,
        },
    )


def drawn_upon(sayings: list[tuple[int, int | None, str | None]], held: int, known: int) -> str | None:
    """The same by brute force: each saying, in order, paints all days from its first one on."""
    painted: dict[int, str | None] = {}
    for on, since, value in sorted(sayings, key=lambda saying: saying[0]):
        if on <= known:
            painted |= dict.fromkeys(range(-1 if since is None else since, 31), value)
    return painted.get(held)


DAYS = st.integers(0, 30)
SAYINGS = st.lists(
    st.tuples(DAYS, st.none() | DAYS, st.sampled_from(["foreigners", "population", "waiting", None])), max_size=6
)


@given(sayings=SAYINGS, held=DAYS, known=DAYS)
def test_a_fact_reads_as_if_each_saying_had_painted_the_days_from_its_first(sayings, held, known):
    events = [event(number, *saying) for number, saying in enumerate(sayings)]
    found = facts_as_of(reversed(events), held_on=FIRST + held * DAY, known_on=FIRST + known * DAY)
    assert (found["register"].value if "register" in found else None) == drawn_upon(sayings, held, known)


def test_a_fact_put_right_reads_both_ways(new_case, counselor):
    case = new_case(register="waiting")
    record_facts(actor=counselor, case=case, facts={"register": "foreigners"}, source="document", on=TODAY + 5 * DAY)
    found = two_readings(case=case, held_on=TODAY + DAY, known_on=TODAY + 2 * DAY, on=TODAY + 9 * DAY)
    assert (found.then.value("register"), found.now.value("register")) == ("waiting", "foreigners")
    assert (found.then.result.outcome, found.now.result.outcome) == ("not_targeted", "obliged")
    assert found.changed == ["register"]
    assert found.record is not None
    assert (found.record.number, found.record.outcome) == (1, "not_targeted")


def test_a_change_does_not_reach_back_behind_its_day(new_case, counselor):
    case = new_case()
    facts = {"belgian_diploma": True}
    since = TODAY + 3 * DAY
    record_facts(actor=counselor, case=case, facts=facts, source="document", valid_since=since, on=TODAY + 5 * DAY)
    before, after = (
        two_readings(case=case, held_on=day, known_on=TODAY + 5 * DAY, on=TODAY + 5 * DAY).then.result.outcome
        for day in (since - DAY, since)
    )
    assert (before, after) == ("obliged", "exempt")


def test_before_anything_was_known_the_facts_would_decide(new_case):
    case = new_case()
    found = two_readings(case=case, held_on=TODAY, known_on=TODAY - DAY, on=TODAY)
    assert (dict(found.then.facts), found.record) == ({}, None)
    assert found.now.result.outcome == "obliged"
