"""Drafts are edited part by part: every part of every shipped rule set, faulty or not, by one editor or two."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from pathways.programmes.models import OwnFact, RuleSet
from pathways.programmes.parts import GENERAL, SECTIONS, keys, value_of
from pathways.programmes.shipped import read_document, rule_set_files
from pathways.web.policy.editor.controls import Control
from pathways.web.policy.parts import Part, skeleton
from tests.web.people import make_user


def sent(controls: list[Control]) -> Iterator[tuple[str, str]]:
    """What a browser sends of these controls when nobody touches them."""
    for each in (inner for top in controls for inner in top.walk()):
        if each.data.get("none"):
            yield f"{each.name}.__none", "1"
        match each.widget:
            case "group" if each.optional and each.on:
                yield f"{each.name}.__on", "1"
            case "checks":
                yield from ((each.name, code) for code in each.value)
            case "length":
                yield each.name, each.value
                yield f"{each.name}.unit", each.data["unit"]
            case "raw":
                yield f"{each.name}.__raw", each.value
            case "group" | "texts" | "many" | "map" | "facts" | "selects":
                continue
            case _:
                yield each.name, str(each.value)
        if each.data.get("null") is True:
            yield f"{each.name}.__null", "1"


def form(part: Part, **changes: str) -> QueryDict:
    """The form of a part as a browser sends it, with some fields typed in anew."""
    data = QueryDict(mutable=True)
    for name, value in sent(part.controls()):
        data.appendlist(name, value)
    for name, value in changes.items():
        data[name] = value
    return data


def every_part(document: dict[str, Any]) -> Iterator[Part]:
    yield Part(document, GENERAL, "", "en")
    for name, section in SECTIONS.items():
        if section.many:
            yield from (Part(document, name, key, "en") for key in keys(document, name))
        elif document.get(name) is not None:
            yield Part(document, name, "", "en")


@pytest.mark.parametrize("file", rule_set_files(), ids=lambda file: file.stem)
def test_a_form_that_is_sent_as_it_came_changes_nothing(file: Any) -> None:
    document = json.loads(json.dumps(read_document(file), default=str))
    for part in every_part(document):
        assert part.posted(form(part)) == part.raw, (file.stem, part.section, part.key)


@pytest.mark.parametrize("section", SECTIONS)
def test_a_new_item_can_be_filled_in(section: str) -> None:
    document: dict[str, Any] = {"code": "FL-2027", "line": "FL"}
    made = skeleton(section, document, "en")
    document[section] = [made] if SECTIONS[section].many else made
    part = Part(document, section, keys(document, section)[0] if SECTIONS[section].many else "", "en")
    assert part.problems()
    assert any(control.errors for top in part.controls() for control in top.walk())


FAULTY = {
    "statuses": [{"code": "x", "title": "no map", "when": {"?": 1}, "law": [], "outcome": 5, "more": {"a": 1}}, "text"],
    "deadlines": [{"starts_at": [{}], "length": 12, "extension": "no", "then": {"title": {"xx": "?"}, "law": []}}],
    "examples": [
        {
            "name": "A",
            "facts": {"age": "old", "nope": 1, "born_abroad": "perhaps"},
            "expect": {"outcome": "x", "fees": []},
        }
    ],
    "components": "none",
    "attendance": {"threshold": "80%"},
    "valid_from": "soon",
    "duty_selector": {"a": 1},
}


def test_a_new_rule_says_what_is_missing_in_plain_words() -> None:
    new = skeleton("statuses", {}, "en")
    part = Part({"statuses": [{**new, "code": "new_1"}]}, "statuses", "new_1", "en")
    said = {each.name: each.errors for top in part.controls() for each in top.walk() if each.errors}
    assert part.title == "Not named yet"
    assert said["title.en"] == ["The English text is missing."]
    assert said["outcome"] == said["law.confidence"] == said["when"] == ["This is missing."]


def test_what_cannot_be_shown_by_its_control_is_shown_as_text_and_stays() -> None:
    for part in every_part(FAULTY):
        if isinstance(part.raw, dict):
            assert {**part.raw, **part.posted(form(part))} == part.posted(form(part)), (part.section, part.key)
            again = part.posted(form(part))
            assert {key: again[key] for key in part.raw} == part.raw, (part.section, part.key)


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    """The client of the editor."""
    client.force_login(editor)
    return client


def first_rule(draft: RuleSet) -> str:
    return keys(draft.content, "statuses")[0]


def send(client: Client, draft: RuleSet, key: str, base: int = 1, *, quiet: bool = False, **changes: str) -> Any:
    """Send the form of a status rule as it stood in the draft at first, with changes."""
    data = form(Part(draft.content, "statuses", key, "en"), **changes)
    data["base"] = str(base)
    headers = {"X-Autosave": "1"} if quiet else {}
    address = f"/policy/{draft.code}/part/statuses/{key}/"
    return client.post(address, data.urlencode(), content_type="application/x-www-form-urlencoded", headers=headers)


def rule(draft: RuleSet, key: str) -> Any:
    return value_of(RuleSet.objects.get(pk=draft.pk).content, "statuses", key)


def test_every_page_of_a_draft_opens(desk: Client, draft: RuleSet) -> None:
    base = f"/policy/{draft.code}/"
    pages = ["", "read/", "history/", "discard/", "new/", "compare/FL-2022/", "catalogue/", "export.yaml"]
    pages += [f"part/{name}/" for name in ("general", *SECTIONS)]
    pages += [f"part/{name}/{keys(draft.content, name)[0]}/" for name in SECTIONS if keys(draft.content, name)]
    assert [page for page in pages if desk.get(base + page).status_code != 200] == []


def test_a_rule_is_changed_and_the_draft_says_so(desk: Client, draft: RuleSet) -> None:
    key = first_rule(draft)
    answer = send(desk, draft, key, outcome="postponed", **{"title.en": "Another title"})
    assert answer["Location"] == f"/policy/{draft.code}/"
    assert rule(draft, key)["outcome"] == "postponed"
    assert "Another title" in desk.get(f"/policy/{draft.code}/").content.decode()


def test_autosave_keeps_a_faulty_rule_and_names_the_place(desk: Client, draft: RuleSet) -> None:
    key = first_rule(draft)
    answer = send(desk, draft, key, quiet=True, when='{"==": [{"var": "agee"}, 18]}', **{"title.nl": ""})
    told = answer.json()
    assert told["base"] == 2
    assert "Unknown fact" in told["faults"]["f-when"][0]
    assert told["faults"]["f-title-nl"]
    assert rule(draft, key)["when"] == {"==": [{"var": "agee"}, 18]}


def test_a_condition_that_is_no_json_stays_as_it_was_typed(desk: Client, draft: RuleSet) -> None:
    key = first_rule(draft)
    send(desk, draft, key, quiet=True, when="{and: [")
    page = desk.get(f"/policy/{draft.code}/part/statuses/{key}/").content.decode()
    assert "{and: [" in page


def test_yaml_is_a_condition_too(desk: Client, draft: RuleSet) -> None:
    key = first_rule(draft)
    send(
        desk, draft, key, quiet=True, when="and:\n  - '>=': [{var: age}, 18]\n  - '<=': [{var: notified_on}, {var: on}]"
    )
    wanted = [{">=": [{"var": "age"}, 18]}, {"<=": [{"var": "notified_on"}, {"var": "on"}]}]
    assert rule(draft, key)["when"] == {"and": wanted}


def test_a_rule_whose_code_is_changed_gets_another_address(desk: Client, draft: RuleSet) -> None:
    answer = send(desk, draft, first_rule(draft), quiet=True, code="renamed")
    assert answer.json()["address"] == f"/policy/{draft.code}/part/statuses/renamed/"


def test_the_second_of_two_editors_is_told_and_may_keep_either(desk: Client, draft: RuleSet, colleague: User) -> None:
    key, other = first_rule(draft), Client()
    other.force_login(colleague)
    send(other, draft, key, outcome="entitled")
    assert send(desk, draft, key, quiet=True, outcome="postponed").status_code == 409
    page = send(desk, draft, key, outcome="postponed")
    assert page.status_code == 409
    assert "Pieter Maes" in page.content.decode()
    mine = page.context["mine"]
    desk.post(f"/policy/{draft.code}/part/statuses/{key}/", {"base": page.context["head"].number, "mine": mine})
    assert rule(draft, key)["outcome"] == "postponed"


def test_editors_of_different_rules_do_not_hinder_each_other(desk: Client, draft: RuleSet, colleague: User) -> None:
    first, second = keys(draft.content, "statuses")[:2]
    other = Client()
    other.force_login(colleague)
    send(other, draft, second, outcome="entitled")
    assert send(desk, draft, first, quiet=True, outcome="postponed").status_code == 200
    assert (rule(draft, first)["outcome"], rule(draft, second)["outcome"]) == ("postponed", "entitled")


def test_rules_are_added_copied_moved_removed_and_that_is_undone(desk: Client, draft: RuleSet) -> None:
    before = keys(draft.content, "statuses")
    base = f"/policy/{draft.code}/"
    assert desk.post(f"{base}add/statuses/")["Location"] == f"{base}part/statuses/new_1/"
    assert desk.post(f"{base}add/statuses/", {"like": before[0]})["Location"] == f"{base}part/statuses/new_2/"
    desk.post(f"{base}move/statuses/{before[0]}/", {"to": "down"})
    desk.post(f"{base}remove/statuses/{before[2]}/")
    now = keys(RuleSet.objects.get(pk=draft.pk).content, "statuses")
    assert now == ["new_2", before[0], before[1], *before[3:-1], "new_1", before[-1]]
    desk.post(f"{base}undo/", {"base": 5})
    assert before[2] in keys(RuleSet.objects.get(pk=draft.pk).content, "statuses")
    desk.post(f"{base}history/", {"base": 6, "number": 1})
    assert keys(RuleSet.objects.get(pk=draft.pk).content, "statuses") == before


def test_who_is_of_another_line_or_role_changes_nothing(client: Client, draft: RuleSet) -> None:
    counselor = make_user("analyst", Role.ANALYST)
    client.force_login(counselor)
    assert client.get(f"/policy/{draft.code}/").status_code == 200
    assert client.get(f"/policy/{draft.code}/part/general/").status_code == 404
    assert send(client, draft, first_rule(draft), outcome="exempt").status_code == 404
    assert client.get("/policy/FL-2022/part/general/").status_code == 404


def test_a_section_that_the_sheet_does_not_draw_has_its_name_too(desk: Client, draft: RuleSet) -> None:
    fact = {"code": "housing", "label": dict.fromkeys(("en", "nl", "fr", "de"), "Housing"), "type": "bool"}
    RuleSet.objects.filter(pk=draft.pk).update(content={**draft.content, "facts": [fact]})
    assert b'<h2 id="h-facts">Own facts</h2>' in desk.get("/policy/FL-2027/part/facts/").content


def test_a_published_version_has_no_forms(desk: Client, draft: RuleSet) -> None:
    assert desk.get("/policy/FL-2022/part/general/").status_code == 404
    assert desk.get("/policy/WA-2025/new/").status_code == 404


def test_a_draft_takes_over_an_own_fact_as_an_administrator_defined_it(desk: Client, draft: RuleSet) -> None:
    labels = dict.fromkeys(("en", "nl", "fr", "de"), "Has a child at school")
    OwnFact.objects.create(code="child_at_school", labels=labels, type="bool", programmes=["flanders-inburgering"])
    base = f"/policy/{draft.code}/"
    assert "Has a child at school" in desk.get(f"{base}part/facts/").content.decode()
    assert desk.post(f"{base}add/facts/").status_code == 404
    desk.post(f"{base}add/facts/", {"own": "child_at_school"})
    sent = {"condition": '{"var": "own_child_at_school"}'}
    told = desk.post(f"{base}condition/", sent).json()
    assert (told["problems"], told["words"]["text"]) == ([], "Has a child at school: yes")
    assert "own_child_at_school" in desk.get(f"{base}catalogue/").content.decode()
