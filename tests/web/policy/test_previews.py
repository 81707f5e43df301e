"""Pages on which a rule set is tried: who sees which figures, the job from start to reading, examples, one person."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Membership, User
from pathways.previews import actions
from pathways.previews.models import Preview, PreviewReading
from pathways.programmes.models import RuleSet
from tests.previews.conftest import (
    TODAY,
    counselor,
    crowd,
    draft,
    editor,
    milder,
    new_case,
    offices,
    person,
    places,
    rules,
    staff,
)

__all__ = ["counselor", "crowd", "editor", "milder", "new_case", "offices", "person", "places", "rules", "staff"]


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pathways.web.gate.today", lambda: TODAY)


@pytest.fixture
def finished(crowd: Callable[..., Any], milder: RuleSet, editor: User) -> Preview:
    """A preview of the milder draft that is there."""
    crowd()
    preview = actions.start_preview(actor=editor, rule_set=milder, on=TODAY)
    actions.run_preview(preview_id=preview.pk)
    preview.refresh_from_db()
    return preview


def page(user: User, name: str, *args: Any, **query: Any) -> str:
    client = Client()
    client.force_login(user)
    response = client.get(reverse(f"policy:{name}", args=args), query)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_planned_hours_that_change_stand_beside_the_figures(finished: Preview, editor: User) -> None:
    first = finished.content["components"][0]
    changed = [{**first, "planned_hours": 30}, *finished.content["components"][1:]]
    Preview.objects.filter(pk=finished.pk).update(content={**finished.content, "components": changed})
    shown = plain(page(editor, "preview", finished.rule_set.code))
    assert "Planned hours, compared with FL-" in shown
    assert f"{first['title']['en']} {first.get('planned_hours') or 'not found'} → 30" in shown


def test_an_editor_starts_a_preview_and_finds_it_again(
    client, milder, crowd, editor, django_capture_on_commit_callbacks
):
    crowd()
    client.force_login(editor)
    assert "Start the preview" in page(editor, "preview", milder.code)
    with django_capture_on_commit_callbacks(execute=False):
        client.post(reverse("policy:preview_start", args=[milder.code]))
    assert "The cases are being counted" in page(editor, "preview", milder.code)
    actions.run_preview(preview_id=Preview.objects.get().pk)
    assert "Who gets another outcome" in page(editor, "preview", milder.code)


def test_no_small_figure_is_on_the_page_of_who_sees_no_case(finished, editor, milder):
    html = page(editor, "preview", milder.code)
    numbers = [int(found) for found in re.findall(r"<td[^>]*>\s*(\d+)\s*</td>", html)]
    assert [number for number in numbers if 0 < number < 10] == []
    assert "fewer than ten people are hidden" in html
    assert "See who" not in html


def test_a_counselor_sees_the_figures_of_their_office_and_its_cases(finished, counselor, milder):
    html = page(counselor, "preview", milder.code)
    assert 'href="' + reverse("policy:preview_cases", args=[milder.code, finished.public_id]) in html
    listed = page(counselor, "preview_cases", milder.code, finished.public_id)
    shown = set(re.findall(r"/cases/([A-Z0-9-]+)/", listed))
    own = set(finished.cases.filter(office__code="gnt").values_list("case__reference", flat=True)[:25])
    assert own
    assert {reference for reference in shown if not reference.startswith("GNT")} == set()
    assert own <= shown


def test_who_sees_no_case_gets_no_list(finished, editor, milder, client):
    client.force_login(editor)
    assert client.get(reverse("policy:preview_cases", args=[milder.code, finished.public_id])).status_code == 404


def test_reading_is_said_once_and_shown(finished, editor, milder, client):
    client.force_login(editor)
    for _ in range(2):
        client.post(reverse("policy:preview_read", args=[milder.code, finished.public_id]))
    assert PreviewReading.objects.count() == 1
    assert editor.full_name in plain(page(editor, "preview", milder.code)).split("Read by")[-1]


def test_a_counselor_cannot_start_a_preview(counselor, milder, client):
    client.force_login(counselor)
    client.post(reverse("policy:preview_start", args=[milder.code]))
    assert not Preview.objects.exists()


def test_the_page_of_the_draft_shows_its_preview_in_short(finished, editor, milder):
    assert "change outcome" in page(editor, "rule_set", milder.code)


def test_a_changed_draft_makes_the_preview_stale(finished, editor, milder):
    RuleSet.objects.filter(pk=milder.pk).update(content={**milder.content, "valid_from": "2026-02-01"})
    assert "This preview is out of date" in page(editor, "preview", milder.code)


def test_a_faulty_draft_says_so_and_is_not_tried(milder, editor):
    RuleSet.objects.filter(pk=milder.pk).update(content={"code": milder.code})
    for name in ("what_if", "analysis", "examples"):
        assert "faults" in page(editor, name, milder.code)


def example(form: dict[str, str], **more: str) -> dict[str, str]:
    return {"name": "Adult", "on": "2026-03-17", "outcome": "obliged", "rule": "", "act": "save", **form, **more}


ADULT = {"fact-age": "30", "fact-register": "foreigners", "fact-permit_months": "12"}


def test_an_example_is_tried_kept_and_run(milder, editor, client):
    client.force_login(editor)
    address = reverse("policy:example_new", args=[milder.code])
    tried = client.post(address, example(ADULT, act="try")).content.decode()
    assert "Nothing is kept yet" in tried
    milder.refresh_from_db()
    assert not milder.content.get("examples")
    client.post(address, example(ADULT))
    milder.refresh_from_db()
    (kept,) = milder.content["examples"]
    assert (kept["facts"], kept["expect"]) == (
        {"age": 30, "register": "foreigners", "permit_months": 12},
        {"outcome": "obliged"},
    )
    html = plain(page(editor, "examples", milder.code))
    assert "1 passes" in html
    assert "A proposal needs at least 5 examples" in html
    assert "No example reaches" in html


def test_a_failing_example_says_what_came_out(milder, editor, client):
    client.force_login(editor)
    client.post(reverse("policy:example_new", args=[milder.code]), example(ADULT, outcome="exempt"))
    assert "Outcome: expected Exempt, got Obliged" in plain(page(editor, "examples", milder.code))


def test_a_missing_example_is_accepted_with_what_comes_out(milder, editor, client):
    client.force_login(editor)
    html = page(editor, "examples_missing", milder.code)
    keys = re.findall(r'name="key" value="([^"]+)"', html)
    assert "statuses.minor.age.17" in keys
    client.post(reverse("policy:example_accept", args=[milder.code]), {"key": "statuses.minor.age.17"})
    milder.refresh_from_db()
    (kept,) = milder.content["examples"]
    assert (kept["facts"]["age"], kept["expect"]["outcome"], kept["expect"]["rule"]) == (17, "not_targeted", "minor")
    assert "statuses.minor.age.17" not in page(editor, "examples_missing", milder.code)


def test_an_example_is_removed(milder, editor, client):
    client.force_login(editor)
    client.post(reverse("policy:example_new", args=[milder.code]), example(ADULT))
    client.post(reverse("policy:example_remove", args=[milder.code, 0]))
    milder.refresh_from_db()
    assert milder.content["examples"] == []


def test_a_made_up_person_stands_under_both_versions(milder, editor):
    html = plain(
        page(
            editor,
            "what_if",
            milder.code,
            **{"other": "FL-2014", "on": "2026-03-17", "programme": "flanders-inburgering", **ADULT, "fact-age": "55"},
        )
    )
    assert "Obliged" in html
    assert "Exempt" in html


def test_a_case_stands_under_both_versions_for_those_who_may_see_it(milder, counselor, new_case, editor, client):
    case = new_case()
    query = {"other": "FL-2014", "on": "2026-03-17", "programme": "flanders-inburgering", "case": case.reference}
    assert str(case.person) in page(counselor, "what_if", milder.code, **query)
    assert str(case.person) not in page(editor, "what_if", milder.code, **query)


def test_the_case_of_another_office_is_no_case(milder, staff, new_case, client):
    client.force_login(staff("LIE"))
    query = {"other": "FL-2014", "on": "2026-03-17", "programme": "flanders-inburgering", "case": new_case().reference}
    assert client.get(reverse("policy:what_if", args=[milder.code]), query).status_code == 422


def test_the_analysis_tells_hidden_rules_and_what_nobody_records(rules, crowd, editor):
    crowd()
    base = rules["FL"].content
    hidden = {**base["statuses"][0], "code": "child", "when": {"<": [{"var": "age"}, 12]}}
    unrecorded = {**base["statuses"][0], "code": "priest", "when": {"==": [{"var": "literacy"}, "non_literate"]}}
    statuses = [base["statuses"][0], hidden, unrecorded, *base["statuses"][1:]]
    new = draft({**base, "statuses": statuses, "valid_from": "2026-01-01"})
    html = plain(page(editor, "analysis", new.code))
    assert "It never decides: whoever meets it meets an earlier rule (rule 1" in html
    assert "Literacy" in html


def test_a_membership_that_is_over_opens_nothing(milder, editor, client):
    Membership.objects.filter(user=editor).update(valid_to=TODAY)
    client.force_login(editor)
    assert client.get(reverse("policy:preview", args=[milder.code])).status_code == 404
