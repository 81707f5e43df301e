"""Which papers a case can be asked for: those of the offices, and the evidence of the grounds of its rule set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from pathways.cases.deciding import rule_set_by_id
from pathways.cases.models import Case
from pathways.cases.references import DUTY_LINE, trajectory_line

GROUND = "ground:"
"""Before the code of a ground whose evidence is asked for."""
LEAD_DAYS = 30
LONGEST_LEAD = 60


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper; `lead` days before its last day it is asked for again."""

    code: str
    title: Mapping[str, str]
    expires: bool = False
    lead: int = LEAD_DAYS
    lines: frozenset[str] = frozenset()


@cache
def office_papers() -> dict[str, Paper]:
    """The papers that offices ask for, by code."""
    raw = yaml.safe_load((Path(__file__).parent / "papers.yaml").read_text(encoding="utf-8"))
    return {one["code"]: Paper(**{**one, "lines": frozenset(one.get("lines", ()))}) for one in raw}


def lines_of(case: Case) -> frozenset[str]:
    """The lines of rules that a case follows: that of its duty, and that of its trajectory."""
    return frozenset(filter(None, [DUTY_LINE[case.region], trajectory_line(case.programme)]))


def papers_of(case: Case) -> list[Paper]:
    """What this case can be asked for; its decision is fetched with it."""
    lines = lines_of(case)
    papers = [paper for paper in office_papers().values() if not paper.lines or paper.lines & lines]
    decision = getattr(case, "decision", None)
    rule_set = rule_set_by_id(decision.duty_rule_set_id) if decision else None
    grounds = rule_set.grounds if rule_set else ()
    return papers + [
        Paper(f"{GROUND}{ground.code}", _evidence(ground.title, ground.evidence), expires=True)
        for ground in grounds
        if ground.evidence
    ]


def _evidence(ground: Mapping[str, str], evidence: Mapping[str, str]) -> dict[str, str]:
    """The paper with what it is for."""
    return {language: f"{text} ({ground.get(language) or ground['en']})" for language, text in evidence.items()}


def title_of(case: Case, code: str) -> Mapping[str, str]:
    """What a paper is called; its code where the rule set of today no longer names it."""
    if code in office_papers():
        return office_papers()[code].title
    return next((paper.title for paper in papers_of(case) if paper.code == code), {"en": code.removeprefix(GROUND)})
