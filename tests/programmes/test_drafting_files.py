"""Export and import: what is imported again and exported again is the same file, to the letter."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from accounts.roles import Role
from pathways.programmes.actions import import_draft
from pathways.programmes.models import RuleSet
from pathways.programmes.shipped import read_document, rule_set_files
from pathways.programmes.writing import FORMATS, UnreadableError, read_text, written
from pathways.rules import rule_set_problems
from tests.programmes.kinds import rule_sets
from tests.web.people import make_user

TODAY = dt.date(2026, 3, 17)
SLOW = settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**12), 10**12)
    | st.floats(-1e6, 1e6).map(lambda n: round(n, 4))
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)


@pytest.fixture
def editor(db: None) -> User:
    """A policy editor of Flanders."""
    return make_user("editor", Role.POLICY_EDITOR)


def exported(editor: User, text: str, line: str, form: str) -> str:
    """The text of a draft that was begun from a text; the draft does not stay."""
    with transaction.atomic():
        draft = import_draft(actor=editor, document=read_text(text.encode()), line=line, on=TODAY)
        again = written(RuleSet.objects.get(pk=draft.pk).content, form)
        transaction.set_rollback(True)
    return again


@SLOW
@given(document=rule_sets, form=st.sampled_from(FORMATS), then=st.sampled_from(FORMATS))
def test_export_import_export_is_identical(editor: User, document: dict[str, Any], form: str, then: str) -> None:
    line = document["line"]
    document["code"] = f"{line}-2027"
    first = exported(editor, written(document, form), line, then)
    assert exported(editor, first, line, then) == first
    assert exported(editor, exported(editor, first, line, form), line, then) == first


@SLOW
@given(document=rule_sets)
def test_nothing_is_lost_or_changed_on_the_way(editor: User, document: dict[str, Any]) -> None:
    document["code"] = f"{document['line']}-2027"
    text = written(document, "json")
    assert json.loads(exported(editor, text, document["line"], "json")) == json.loads(text)


@SLOW
@given(document=anything)
def test_whatever_a_file_holds_becomes_a_draft_with_faults_or_is_refused_in_words(editor: User, document: Any) -> None:
    try:
        data = read_text(json.dumps(document).encode())
    except UnreadableError:
        return
    with transaction.atomic():
        draft = import_draft(actor=editor, document=data, line="FL", on=TODAY)
        assert rule_set_problems(draft.content)
        transaction.set_rollback(True)


@pytest.mark.parametrize("file", rule_set_files(), ids=lambda file: file.stem)
def test_shipped_rule_sets_keep_their_content(file: Any) -> None:
    document = json.loads(json.dumps(read_document(file), default=str))
    assert read_text(written(document, "yaml").encode()) == read_text(written(document, "json").encode()) == document


@pytest.mark.parametrize(
    "text", [b"\xff\xfe", b"a: [", b"a: &x [1]\nb: *x", b"a: \x00", b'"\\ud800"', b"- " * 3000, b"x" * 2_000_001]
)
def test_what_is_no_document_is_refused_with_a_reason(text: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"\w"):
        read_text(text)
