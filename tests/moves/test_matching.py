"""What was done, held against another programme: the table decides, always, and says how sure it is."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.moves.matching import Asked, Done, TableError, compare, parse_table, periods, rule_text
from pathways.rules import COMPONENT_CODES, LEVELS

TODAY = dt.date(2026, 3, 17)
FRENCH = Asked(line="WA", counterpart=True, languages=("fr",), target_level="A2")
LAST = {"code": "last", "when": {}, "match": "partly", "source": "s", "confidence": "inference"}
TEXT = dict.fromkeys(("en", "nl", "fr", "de"), "x")


def found(asked: Asked = FRENCH, component: str = "language", line: str = "BX", **done) -> tuple[str, str]:
    rule = compare(Done(component=component, line=line, **{"complete": True, **done}), asked, on=TODAY)
    return rule.match, rule.code


def test_the_same_language_at_the_level_aimed_at_is_equivalent():
    assert found(language="fr", level="A2") == ("equivalent", "level_reached")


def test_the_same_language_below_that_level_counts_partly():
    assert found(language="fr", level="A1") == ("partly", "level_below")


def test_another_language_does_not_count():
    assert found(language="nl", level="B1", line="FL") == ("not", "other_language")


def test_what_the_new_programme_does_not_have_does_not_count():
    assert found(Asked(line="WA", counterpart=False), "participation", "FL") == ("not", "no_counterpart")


def test_between_flanders_and_the_dutch_pathway_in_brussels_a_completed_part_is_equivalent():
    assert found(Asked(line="FL", counterpart=True), "social_orientation", "FL") == (
        "equivalent",
        "same_trajectory_completed",
    )


def test_contract_and_first_contact_begin_anew():
    assert found(Asked(line="FL", counterpart=True), "contract", "FL")[0] == "not"


def test_nothing_is_presented_as_law():
    assert {rule.confidence for period in periods() for rule in period.rules} == {"inference"}


@given(
    component=st.sampled_from(COMPONENT_CODES),
    level=st.sampled_from(["", *LEVELS]),
    target=st.sampled_from(["", *LEVELS]),
    complete=st.booleans(),
    counterpart=st.booleans(),
    line=st.sampled_from(["FL", "BX", "WA", "DG"]),
)
def test_the_table_always_decides_and_a_higher_level_is_never_worth_less(
    component, level, target, complete, counterpart, line
):
    asked = Asked(line="WA", counterpart=counterpart, languages=("fr",), target_level=target)
    worth = {"not": 0, "partly": 1, "equivalent": 2}
    held = [one for one in LEVELS if not level or LEVELS.index(one) >= LEVELS.index(level)]
    matches = [worth[found(asked, component, line, language="fr", level=one, complete=complete)[0]] for one in held]
    assert matches == sorted(matches)


@pytest.mark.parametrize("wrong", [{"when": {"moon": 1}}, {"match": "perhaps"}, {"confidence": "law"}])
def test_a_table_with_an_unknown_word_is_refused(wrong):
    with pytest.raises(TableError):
        parse_table([{"valid_from": "2014-01-01", "valid_to": None, "rules": [{**LAST, "text": TEXT, **wrong}]}])


def test_a_rule_is_worded_in_the_language_asked_for():
    assert rule_text("office_decides", "nl", on=TODAY).startswith("Geen regel")
