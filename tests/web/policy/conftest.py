"""An editor of Flanders, a colleague, and a draft of theirs."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from accounts.roles import Role
from pathways.base.clock import today
from pathways.programmes.actions import load_rule_sets, start_draft
from pathways.programmes.models import RuleSet
from tests.web.people import make_user


@pytest.fixture
def editor(db: None) -> User:
    """A policy editor of Flanders."""
    return make_user("lea.claes", Role.POLICY_EDITOR)


@pytest.fixture
def colleague(db: None) -> User:
    """The approver of Flanders, who may edit too."""
    return make_user("pieter.maes", Role.POLICY_APPROVER)


@pytest.fixture
def draft(editor: User) -> RuleSet:
    """FL-2027, begun from FL-2022."""
    on = today()
    load_rule_sets(on=on)
    source = RuleSet.objects.get(code="FL-2022")
    return start_draft(actor=editor, source=source, code="FL-2027", valid_from=dt.date(2027, 1, 1), on=on)
