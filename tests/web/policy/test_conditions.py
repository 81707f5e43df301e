"""The editor of conditions: what it writes means what it read, and the server accepts it or names the place."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from config.runtime.install import ROOT, VENV, node_folder
from pathways.programmes.models import RuleSet
from pathways.rules import FACTS, PROGRESS_FACTS, check_condition
from pathways.rules.conditions import read_condition
from tests.rules.interpreter import Person
from tests.rules.strategies import conditions, evaluation_days, rows

SLOW = settings(max_examples=15, suppress_health_check=list(HealthCheck), deadline=None)
LOGIC = ROOT / "static" / "js" / "islands" / "condition" / "logic.js"
TYPES = {name: {"type": fact.type} for name, fact in {**FACTS, **PROGRESS_FACTS}.items()}
PROGRAM = f"""
import {{ fromQuery, toQuery, written }} from {json.dumps(str(LOGIC))};
let text = "";
process.stdin.on("data", (part) => {{ text += part; }}).on("end", () => {{
  const {{ facts, conditions }} = JSON.parse(text);
  console.log(JSON.stringify(conditions.map((each) => JSON.parse(written(fromQuery(toQuery(each, facts)))))));
}});
"""
json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6) | st.sampled_from(list(FACTS)),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["and", "or", "!", "==", "<", "<=", "in", "var", "?"]), inner, max_size=2)
    ),
    max_leaves=10,
)


def through_the_editor(listed: list[Any]) -> list[Any]:
    """Conditions as the editor writes them when one touches everything and changes nothing."""
    if not (VENV / "bin").exists():
        pytest.skip("the editor's script needs Node.js, which make setup installs")
    command = [str(node_folder() / "bin" / "node"), "--no-warnings", "--input-type=module", "--eval", PROGRAM]
    sent = json.dumps({"facts": TYPES, "conditions": listed})
    done = subprocess.run(command, input=sent, capture_output=True, text=True, check=True)
    found: list[Any] = json.loads(done.stdout)
    return found


@SLOW
@given(st.lists(conditions(), min_size=20, max_size=20), st.lists(rows, min_size=5, max_size=5), evaluation_days)
def test_a_condition_means_the_same_after_the_editor(listed: list[Any], people: list[Any], on: dt.date) -> None:
    for before, after in zip(listed, through_the_editor(listed), strict=True):
        assert check_condition(after) == []
        for facts in people:
            person = Person(facts, on)
            assert person.truth(before) is person.truth(after), (before, after)


@SLOW
@given(st.lists(json_like, min_size=20, max_size=20))
def test_what_the_editor_has_no_controls_for_goes_through_it_unchanged_in_meaning(listed: list[Any]) -> None:
    for before, after in zip(listed, through_the_editor(listed), strict=True):
        assert bool(read_condition(before)[1]) >= bool(read_condition(after)[1]), (before, after)


@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
@given(raw=json_like, progress=st.booleans())
def test_any_json_is_accepted_and_worded_or_refused_with_a_place(reader: Client, raw: Any, progress: bool) -> None:
    sent = {"condition": json.dumps(raw), "progress": "true" if progress else "false"}
    told = reader.post("/policy/FL-2027/condition/", sent).json()
    if told["problems"]:
        assert all(each["message"] for each in told["problems"])
        assert told["words"] is None
    else:
        assert told["words"]["text"]


@pytest.fixture
def reader(client: Client, draft: RuleSet, editor: Any) -> Client:
    """The client of the editor."""
    client.force_login(editor)
    return client


def test_a_condition_is_checked_as_it_is_typed_with_the_place_of_each_fault(reader: Client) -> None:
    text = '{"and": [{"==": [{"var": "agee"}, 18]}, {"==": [{"var": "register"}, "nowhere"]}]}'
    told = reader.post("/policy/FL-2027/condition/", {"condition": text}).json()
    assert [each["place"] for each in told["problems"]] == ["1", "2"]  # which part, as a reader counts


def test_a_condition_is_worded_in_the_language_of_the_editor(reader: Client) -> None:
    User.objects.update(language="nl")
    told = reader.post("/policy/FL-2027/condition/", {"condition": '{">=": [{"var": "age"}, 18]}'}).json()
    assert told["words"]["text"] == "Leeftijd is minstens 18"


def test_a_text_that_is_no_yaml_is_refused_with_line_and_column(reader: Client) -> None:
    told = reader.post("/policy/FL-2027/condition/", {"condition": "and: ["}).json()
    assert "line 1" in told["problems"][0]["message"]


def test_the_catalogue_has_every_fact_with_its_choices(reader: Client) -> None:
    found = {fact["name"]: fact for fact in reader.get("/policy/FL-2027/catalogue/").json()["facts"]}
    assert found.keys() >= FACTS.keys() | PROGRESS_FACTS.keys()
    assert {"code": "eu", "label": "EU"} in found["nationality_group"]["choices"]
