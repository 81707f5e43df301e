"""Which version decides: by the dates of a case, or taken over by a version that transfers cases."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathways.rules import content_hash, evaluation_sql, parse_rule_set, rule_set_problems
from tests.rules.documents import document, status
from tests.rules.strategies import relation

relaxed = settings(suppress_health_check=list(HealthCheck), max_examples=60)
POLICIES = ("new_starts", "all_open", "pinned")
Row = dict[str, dt.date | None]


def day(year: int) -> dt.date:
    return dt.date(year, 1, 1)


def version(start: int, policy: str, end: int | None = None, **more: Any) -> dict[str, Any]:
    """A version whose one rule is named after its year."""
    return document(status(f"of_{start}", "obliged", True)) | {
        "code": f"FL-{start}",
        "valid_from": day(start).isoformat(),
        "valid_to": day(end).isoformat() if end else None,
        "transition": {"policy": policy},
        **more,
    }


def chosen(pg: Any, versions: list[dict[str, Any]], people: list[Row], on: dt.date) -> list[int | None]:
    """The first year of the version that decides each, None where no version does or its dates are not known."""
    rule_sets = [(int(one["code"][3:]), parse_rule_set(one)) for one in versions]
    rows = pg(evaluation_sql(rule_sets=rule_sets, relation=relation(people), on=on))
    return [row["duty_rule_set_id"] for row in sorted(rows, key=lambda row: row["case_id"])]


def expected(versions: list[dict[str, Any]], row: Row, on: dt.date) -> int | None:
    """The same in plain Python: a version takes what is older, except that `pinned` leaves contracts of before."""
    selected, signed = row.get("registered_in_region_on"), row.get("contract_signed_on")
    ordered = sorted(versions, key=lambda one: one["valid_from"], reverse=True)
    for one in ordered:
        start, end = parse(one["valid_from"]), parse(one["valid_to"])
        takes = one["transition"]["policy"] != "new_starts" and start <= on
        if one["transition"]["policy"] == "pinned" and signed and signed < start:
            takes = False
        if takes and (end is None or on < end):
            return start.year
    for one in ordered:
        start, end = parse(one["valid_from"]), parse(one["valid_to"])
        policy = one["transition"]["policy"]
        takes = policy != "new_starts" and start <= on and not (policy == "pinned" and signed and signed < start)
        if selected and (takes or selected >= start) and (end is None or selected < end):
            return start.year
        if policy == "all_open" and start <= on:
            return None
    return None


def parse(text: str | None) -> Any:
    return dt.date.fromisoformat(text) if text else None


@st.composite
def lines(draw: Any) -> list[dict[str, Any]]:
    """Two to four versions one after the other, now and then with a gap."""
    starts = sorted(draw(st.sets(st.integers(2010, 2030), min_size=2, max_size=4)))
    ends = [draw(st.sampled_from([following, following, following - 1])) for following in starts[1:]]
    closed = [
        end if end > start else following for start, end, following in zip(starts, ends, starts[1:], strict=False)
    ]
    last = draw(st.sampled_from([None, None, starts[-1] + 2]))
    policies = [draw(st.sampled_from(POLICIES)) for _ in starts]
    return [version(*each) for each in zip(starts, policies, [*closed, last], strict=True)]


years = st.none() | st.integers(2008, 2033).map(day)
people = st.fixed_dictionaries({"registered_in_region_on": years, "contract_signed_on": years})


@relaxed
@given(versions=lines(), rows=st.lists(people, min_size=3, max_size=8), on=st.integers(2009, 2034).map(day))
def test_the_version_is_the_one_of_the_policies(pg, versions, rows, on):
    versions = [one | {"duty_selector": ["registered_in_region_on"]} for one in versions]
    assert chosen(pg, versions, rows, on) == [expected(versions, row, on) for row in rows]


OLD: Row = {"registered_in_region_on": dt.date(2020, 6, 1), "contract_signed_on": None}
SIGNED: Row = {"registered_in_region_on": dt.date(2020, 6, 1), "contract_signed_on": dt.date(2021, 1, 1)}
SIGNED_LATER: Row = {"registered_in_region_on": dt.date(2020, 6, 1), "contract_signed_on": dt.date(2027, 5, 1)}
NEW: Row = {"registered_in_region_on": dt.date(2027, 2, 1), "contract_signed_on": None}
BLANK: Row = {"registered_in_region_on": None, "contract_signed_on": None}


@pytest.mark.parametrize(
    ("policy", "years"),
    [
        ("new_starts", [2014, 2014, 2014, 2027, None]),
        ("all_open", [2027, 2027, 2027, 2027, 2027]),
        ("pinned", [2027, 2014, 2027, 2027, 2027]),
    ],
)
def test_who_follows_a_new_version(pg, policy, years):
    versions = [version(2014, "new_starts", 2027), version(2027, policy)]
    assert chosen(pg, versions, [OLD, SIGNED, SIGNED_LATER, NEW, BLANK], dt.date(2027, 6, 1)) == years


def test_before_its_first_day_a_version_takes_nobody(pg):
    versions = [version(2014, "new_starts", 2027), version(2027, "all_open")]
    assert chosen(pg, versions, [OLD, SIGNED], dt.date(2026, 12, 31)) == [2014, 2014]


def test_everybody_is_looked_at_on_the_day_a_version_takes_them(pg):
    versions = [version(2014, "new_starts", 2027), version(2027, "all_open")]
    rule_sets = [(int(one["code"][3:]), parse_rule_set(one)) for one in versions]
    (row,) = pg(evaluation_sql(rule_sets=rule_sets, relation=relation([OLD]), on=dt.date(2026, 12, 1)))
    assert row["next_check_on"] == day(2027)


def test_whom_a_version_took_it_keeps_when_the_next_takes_new_starts_only(pg):
    versions = [version(2014, "new_starts", 2022), version(2022, "all_open", 2027), version(2027, "new_starts")]
    assert chosen(pg, versions, [OLD, SIGNED, NEW], dt.date(2028, 1, 1)) == [2022, 2022, 2027]


def test_after_a_line_has_ended_nobody_falls_back_to_an_older_version(pg):
    versions = [version(2014, "new_starts", 2022), version(2022, "new_starts", 2025)]
    assert chosen(pg, versions, [NEW], dt.date(2027, 6, 1)) == [None]


def test_a_rule_set_says_which_cases_follow_it():
    data = version(2027, "all_open")
    del data["transition"]
    assert [problem.code for problem in rule_set_problems(data)] == ["missing_key"]


def test_new_starts_leaves_the_hash_of_versions_written_before_there_was_a_policy():
    usual, other = (parse_rule_set(version(2027, policy)) for policy in ("new_starts", "all_open"))
    assert content_hash(usual) != content_hash(other)
    reasoned = parse_rule_set(version(2027, "new_starts", transition={"policy": "new_starts", "reason": "As ever."}))
    assert content_hash(reasoned) != content_hash(usual)
