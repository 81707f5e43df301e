"""What a first draft proposes: every part the rules require, as they plan it, and recognised what is known already."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from pathways.agreements.letters import first_goal
from pathways.agreements.models import How
from pathways.agreements.proposing import Proposal
from pathways.agreements.terms import Ask, ItemTerms, Terms, is_lower
from pathways.cases.models import FactChange
from pathways.documents.typesetting import letter_date

if TYPE_CHECKING:
    from pathways.cases.models import Case

USUAL_DAYS = 365
"""How long a contract is proposed to run where the law gives no end."""


def suggested_terms(*, case: Case, proposal: Proposal, on: dt.date) -> Terms:
    """The terms to begin from: until the legal end where it lies ahead."""
    end = proposal.legal_end
    ends_on = end if end and end > on else on + dt.timedelta(days=USUAL_DAYS)
    items = tuple(_suggested(case, ask, proposal) for ask in proposal.asks)
    return Terms(starts_on=on, ends_on=ends_on, reason="", items=items)


def _suggested(case: Case, ask: Ask, proposal: Proposal) -> ItemTerms:
    assert case.office is not None
    language = ask.languages[0] if ask.languages else ""
    level = ask.component.target_level or ""
    for taught in ask.languages:
        known = getattr(case.facts, f"level_{taught}")
        if known and level and not is_lower(known, level):
            evidence = _proof(case, f"level_{taught}", known)
            return ItemTerms(component=ask.code, how=How.RECOGNISED, level=known, language=taught, evidence=evidence)
    if ask.requirement == "offered" and proposal.decision.outcome == "obliged":
        return ItemTerms(component=ask.code, how=How.LEFT_OUT)
    hours = ask.component.planned_hours
    return ItemTerms(
        component=ask.code,
        how=How.FOLLOW,
        hours=None if hours is None else Decimal(str(hours)),
        level=level,
        language=language,
        goal=first_goal(ask.code, level, case.office.language),
    )


def _proof(case: Case, fact: str, level: str) -> str:
    """Where a level is known from: the level, the day it was recorded, and the evidence given then."""
    assert case.office is not None
    change = FactChange.objects.filter(case=case, changes__has_key=fact).order_by("-pk").first()
    day = letter_date(change.on, case.office.language) if change else ""
    return ", ".join(filter(None, [level, change.evidence if change else "", day]))[:300]
