"""A draft of the rules of Flanders, for the addresses of the workbench."""

from __future__ import annotations

import datetime as dt

from accounts.models import User
from pathways.programmes.actions import start_draft
from pathways.programmes.models import RuleSet

DRAFT = "FL-2099"


def begin_draft(editor: User, *, on: dt.date) -> RuleSet:
    """FL-2099, from FL-2022."""
    source = RuleSet.objects.get(code="FL-2022")
    return start_draft(actor=editor, source=source, code=DRAFT, valid_from=dt.date(2099, 1, 1), on=on)
