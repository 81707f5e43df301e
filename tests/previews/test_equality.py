"""A preview says what publication then does: to every case, over random worlds, drafts, days and transition policies."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from typing import Any

import pytest

from pathways.cases.deciding import published_rule_sets, redecide_all, redecide_due
from pathways.cases.models import Decision
from pathways.previews.actions import making, run_preview, start_preview
from pathways.previews.models import Preview, PreviewCase
from pathways.programmes.actions.publishing import _publish
from tests.cases.rule_sets import content
from tests.previews.conftest import MILDER, NEWCOMER, TODAY, draft

POLICIES = ("new_starts", "all_open", "pinned")


def random_draft(chance: random.Random) -> dict[str, Any]:
    """A version of a random line that differs at random: rules, components, deadlines, selectors, period, policy."""
    statuses = [one for one in MILDER[:-1] if chance.random() < 0.8] + MILDER[-1:]
    base = content(
        chance.choice(["FL", "FL", "BX", "WA", "DG"]), since=chance.choice(["2025-07-01", "2026-01-01", "2026-03-17"])
    )
    document = content(
        base["line"],
        since=chance.choice(["2025-07-01", "2026-01-01", "2026-03-17", "2026-06-01", "2027-01-01"]),
        statuses=chance.choice([statuses, base["statuses"]]),
        duty_selector=chance.choice([base["duty_selector"], ["first_registered_on"], ["first_registered_on", "on"]]),
        trajectory_selector=chance.choice([base["trajectory_selector"], ["contract_signed_on"]]),
    )
    if chance.random() < 0.5:
        document["deadlines"][0]["length"] = chance.choice(["P2M", "P6M"])
        document["deadlines"].append({**document["deadlines"][0], "code": "contract", "applies_when": NEWCOMER})
    if chance.random() < 0.5:
        document["components"][2]["required_when"] = chance.choice([False, {"<": [{"var": "level_nl"}, "B1"]}])
    return {**document, "transition": {"policy": chance.choice(POLICIES), "reason": "Test"}}


def decided() -> dict[int, dict[str, Any]]:
    """What is decided about every open case."""
    names = ("case_id", "outcome", "rule", "components", "obliged_since", "next_due_on")
    return {row["case_id"]: row for row in Decision.objects.filter(is_open=True).values(*names)}


def visible(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("outcome", "components", "obliged_since", "next_due_on"))


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("part", [1_000_000, 7])
def test_a_preview_is_what_publication_then_does(crowd, rules, monkeypatch, seed, part):
    monkeypatch.setattr(making, "PART", part)
    chance = random.Random(seed)
    crowd(seed)
    new = draft(random_draft(chance))
    preview = start_preview(
        actor=None, rule_set=new, on=TODAY, day=TODAY + dt.timedelta(chance.choice([0, 0, 90, 400]))
    )
    run_preview(preview_id=preview.pk)
    preview.refresh_from_db()
    assert (preview.state, preview.failure) == ("finished", "")

    redecide_due(on=preview.on)
    before = decided()
    _publish(None, new, preview.on)
    redecide_all(on=preview.on)
    after = decided()

    pairs = Counter((before[pk]["outcome"], after[pk]["outcome"]) for pk in before)
    assert {(was, becomes): number for was, becomes, number in preview.matrix} == pairs
    assert figures(preview) == Counter((was, becomes) for was, becomes in pairs.elements() if was != becomes)
    differing = {pk for pk in before if visible(before[pk]) != visible(after[pk])}
    listed = {one.case_id: one for one in PreviewCase.objects.filter(preview=preview)}
    assert differing <= set(listed)
    for pk, one in listed.items():
        assert (one.was, one.rule_was, one.components_were) == tuple(
            before[pk][name] for name in ("outcome", "rule", "components")
        )
        assert (one.becomes, one.rule_becomes, one.components_become, one.obliged_since_becomes) == tuple(
            after[pk][name] for name in ("outcome", "rule", "components", "obliged_since")
        )
        assert earliest(one.dues_were) == before[pk]["next_due_on"]
        assert earliest(one.dues_become) == after[pk]["next_due_on"]


def figures(preview: Preview) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for _office, kind, _code, was, becomes, number in preview.figures["changes"]:
        if kind == "outcome":
            found[was, becomes] += number
    return found


def earliest(days: list[dt.date | None]) -> dt.date | None:
    return min((day for day in days if day), default=None)


def test_the_drafts_of_this_test_change_something(crowd, rules):
    crowd(0)
    new = draft(content("FL", since="2026-01-01", statuses=MILDER))
    preview = start_preview(actor=None, rule_set=new, on=TODAY)
    run_preview(preview_id=preview.pk)
    preview.refresh_from_db()
    assert any(was != becomes for was, becomes, _number in preview.matrix)
    assert len(published_rule_sets()) == 4
