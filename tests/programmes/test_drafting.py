"""Drafts: begun from any version, changed step by step, undone; two editors never lose what the other wrote."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from accounts.roles import Role
from pathways.audit.models import JournalEntry
from pathways.programmes.actions import (
    DraftConflictError,
    DraftError,
    change_draft,
    discard_draft,
    import_draft,
    load_rule_sets,
    redo_edit,
    restore_edit,
    save_draft,
    start_draft,
    undo_edit,
)
from pathways.programmes.models import RuleSet
from pathways.programmes.parts import Add, GoneError, Move, Put, Remove, keys, value_of
from pathways.programmes.permissions import can_edit_rule_sets
from tests.web.people import make_user

TODAY = dt.date(2026, 3, 17)
START = dt.date(2027, 1, 1)


@pytest.fixture
def editor(db: None) -> User:
    """A policy editor of Flanders."""
    return make_user("editor", Role.POLICY_EDITOR)


@pytest.fixture
def other(db: None) -> User:
    """Another one."""
    return make_user("other", Role.POLICY_EDITOR)


@pytest.fixture
def draft(editor: User) -> RuleSet:
    """FL-2027, begun from FL-2022."""
    load_rule_sets(on=TODAY)
    return start_draft(
        actor=editor, source=RuleSet.objects.get(code="FL-2022"), code="FL-2027", valid_from=START, on=TODAY
    )


def put(actor: User, draft: RuleSet, key: str, base: int, **fields: object) -> int:
    """Change fields of a status rule; the number of the new state."""
    draft.refresh_from_db()
    value = {**value_of(draft.content, "statuses", key), **fields}
    change = Put("statuses", value, key)
    edit = change_draft(actor=actor, rule_set=draft, change=change, base=base, on=TODAY, place=f"/statuses/{key}")
    return edit.number


def test_a_draft_has_the_content_of_its_source_and_a_code_and_day_of_its_own(draft: RuleSet) -> None:
    source = RuleSet.objects.get(code="FL-2022")
    assert (draft.state, draft.line, draft.valid_from) == ("draft", "FL", START)
    own = {"code": "FL-2027", "valid_from": "2027-01-01", "valid_to": None, "title": draft.content["title"]}
    assert draft.content == {**source.content, **own}
    assert JournalEntry.objects.filter(act="programmes.start_draft", subject="FL-2027").exists()


def test_a_title_with_the_first_day_of_its_source_gets_the_new_one(draft: RuleSet) -> None:
    titles = draft.content["title"]
    assert titles["en"] == "Flemish civic integration, from 1 January 2027"
    assert titles["fr"].endswith("à partir du 1er janvier 2027")


@pytest.mark.parametrize("code", ["FL-2022", "BX-2027", "nonsense", "FL-2027"])
def test_a_code_that_is_taken_or_of_another_line_is_refused(draft: RuleSet, editor: User, code: str) -> None:
    with pytest.raises(DraftError):
        start_draft(actor=editor, source=draft, code=code, valid_from=START, on=TODAY)


def test_every_change_is_kept_and_can_be_undone_and_repeated(draft: RuleSet, editor: User) -> None:
    first = keys(draft.content, "statuses")[0]
    before = draft.content_hash
    number = put(editor, draft, first, 1, outcome="obliged")
    number = put(editor, draft, first, number, outcome="entitled")
    after = RuleSet.objects.get(pk=draft.pk).content_hash
    for _ in range(2):
        number = undo_edit(actor=editor, rule_set=draft, base=number, on=TODAY).number
    assert RuleSet.objects.get(pk=draft.pk).content_hash == before
    with pytest.raises(DraftError):
        undo_edit(actor=editor, rule_set=draft, base=number, on=TODAY)
    for _ in range(2):
        number = redo_edit(actor=editor, rule_set=draft, base=number, on=TODAY).number
    assert RuleSet.objects.get(pk=draft.pk).content_hash == after
    with pytest.raises(DraftError):
        redo_edit(actor=editor, rule_set=draft, base=number, on=TODAY)
    assert list(draft.edits.values_list("number", flat=True)) == list(range(1, number + 1))


def test_a_change_after_undoing_leaves_nothing_to_repeat_but_loses_nothing(draft: RuleSet, editor: User) -> None:
    first = keys(draft.content, "statuses")[0]
    number = put(editor, draft, first, 1, outcome="obliged")
    number = undo_edit(actor=editor, rule_set=draft, base=number, on=TODAY).number
    number = put(editor, draft, first, number, outcome="postponed")
    with pytest.raises(DraftError):
        redo_edit(actor=editor, rule_set=draft, base=number, on=TODAY)
    restored = restore_edit(actor=editor, rule_set=draft, number=2, base=number, on=TODAY)
    assert value_of(restored.content, "statuses", first)["outcome"] == "obliged"


def test_two_editors_of_different_rules_both_keep_their_change(draft: RuleSet, editor: User, other: User) -> None:
    first, second = keys(draft.content, "statuses")[:2]
    mine = {**value_of(draft.content, "statuses", second), "outcome": "postponed"}
    put(other, draft, first, 1, outcome="obliged")
    edit = change_draft(
        actor=editor, rule_set=draft, change=Put("statuses", mine, second), base=1, on=TODAY, place="/statuses/1"
    )
    assert value_of(edit.content, "statuses", first)["outcome"] == "obliged"
    assert value_of(edit.content, "statuses", second)["outcome"] == "postponed"


def test_the_second_of_two_editors_of_one_rule_is_told(draft: RuleSet, editor: User, other: User) -> None:
    first = keys(draft.content, "statuses")[0]
    put(other, draft, first, 1, outcome="obliged")
    with pytest.raises(DraftConflictError) as conflict:
        change_draft(actor=editor, rule_set=draft, change=Remove("statuses", first), base=1, on=TODAY, place="")
    assert (conflict.value.head.by, conflict.value.head.number) == (other, 2)
    with pytest.raises(DraftConflictError):
        save_draft(actor=editor, rule_set=draft, content={}, base=1, on=TODAY)


def test_a_rule_that_somebody_moved_is_still_found_by_its_code(draft: RuleSet, editor: User, other: User) -> None:
    first, second, third = keys(draft.content, "statuses")[:3]
    mine = {**value_of(draft.content, "statuses", second), "outcome": "postponed"}
    moved = change_draft(
        actor=other, rule_set=draft, change=Move("statuses", third, 0), base=1, on=TODAY, place="/statuses"
    )
    assert keys(moved.content, "statuses")[:3] == [third, first, second]
    edit = change_draft(actor=editor, rule_set=draft, change=Put("statuses", mine, second), base=1, on=TODAY, place="")
    assert value_of(edit.content, "statuses", second)["outcome"] == "postponed"


def test_a_rule_is_added_before_another_and_removed(draft: RuleSet, editor: User) -> None:
    last = keys(draft.content, "statuses")[-1]
    added = change_draft(
        actor=editor, rule_set=draft, change=Add("statuses", {"code": "new"}, last), base=1, on=TODAY, place=""
    )
    assert keys(added.content, "statuses")[-2:] == ["new", last]
    removed = change_draft(actor=editor, rule_set=draft, change=Remove("statuses", "new"), base=2, on=TODAY, place="")
    assert keys(removed.content, "statuses")[-1] == last
    with pytest.raises(GoneError):
        change_draft(actor=editor, rule_set=draft, change=Remove("statuses", "new"), base=3, on=TODAY, place="")


def test_a_draft_may_be_faulty_and_keeps_what_its_columns_can_keep(draft: RuleSet, editor: User) -> None:
    faulty = {**draft.content, "valid_from": "soon", "code": "FL-2022", "line": "BX", "statuses": "none"}
    save_draft(actor=editor, rule_set=draft, content=faulty, base=1, on=TODAY)
    stored = RuleSet.objects.get(pk=draft.pk)
    assert (stored.code, stored.line, stored.valid_from) == ("FL-2027", "FL", START)
    assert stored.content["valid_from"] == "soon"
    assert (stored.content["code"], stored.content["line"]) == ("FL-2027", "FL")


def test_a_published_version_cannot_be_changed(draft: RuleSet, editor: User) -> None:
    published = RuleSet.objects.get(code="FL-2022")
    with pytest.raises(DraftError):
        save_draft(actor=editor, rule_set=published, content={}, base=0, on=TODAY)


@pytest.mark.parametrize("document", [[], "text", None, {}, {"code": 5, "statuses": [{"when": {"?": 1}}]}])
def test_a_faulty_file_becomes_a_draft_with_its_faults(editor: User, document: object) -> None:
    draft = import_draft(actor=editor, document=document, line="FL", on=TODAY)
    assert (draft.code, draft.line, draft.state) == ("FL-2026", "FL", "draft")


def test_an_imported_code_that_is_taken_gets_a_number(draft: RuleSet, editor: User) -> None:
    again = import_draft(actor=editor, document=draft.content, line="FL", on=TODAY)
    assert (again.code, again.content["code"]) == ("FL-2027-2", "FL-2027-2")


def test_a_draft_is_thrown_away_but_the_journal_knows(draft: RuleSet, editor: User) -> None:
    discard_draft(actor=editor, rule_set=draft, on=TODAY)
    assert not RuleSet.objects.filter(code="FL-2027").exists()
    assert JournalEntry.objects.filter(act="programmes.discard_draft", subject="FL-2027").exists()


def test_only_editors_and_approvers_of_a_programme_on_the_line_edit(editor: User, db: None) -> None:
    approver, counselor = make_user("approver", Role.POLICY_APPROVER), make_user("analyst", Role.ANALYST)
    assert can_edit_rule_sets(editor, "FL", TODAY)
    assert can_edit_rule_sets(approver, "FL", TODAY)
    assert not can_edit_rule_sets(editor, "WA", TODAY)
    assert not can_edit_rule_sets(counselor, "FL", TODAY)
