"""What a case has done of each component: from its contract, its lessons and results, and the levels among its facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pathways.agreements.models import ContractItem, How
from pathways.agreements.proposing import LANGUAGES
from pathways.attendance.queries import progress_facts
from pathways.cases.deciding import rule_set_by_id
from pathways.moves.matching import Asked, Done
from pathways.rules import LEVELS, Component, RuleSet

if TYPE_CHECKING:
    from pathways.cases.models import Case

ACTS = {"first_contact": "office_registered_on", "contract": "contract_signed_on"}
"""The fact that says when an act of the old office took place."""
BEFORE_CONTRACT = ("social_assessment", "rights_and_duties")
"""What lies behind whoever has signed."""


def done_of(case: Case, *, on: dt.date) -> list[Done]:
    """The components of which something was done, in the order of the old trajectory. At most six queries."""
    agreed = ContractItem.objects.filter(version__contract__case=case, version__state="signed").select_related(
        "version"
    )
    items = {item.component: item for item in agreed}
    pinned = next((item.version.rule_set_id for item in items.values()), None)
    decision = case.decision  # acts are known by facts also where no version of the trajectory was in force
    trajectory = rule_set_by_id(pinned or decision.trajectory_rule_set_id or decision.duty_rule_set_id)
    if trajectory is None:
        return []
    progress = progress_facts(case.pk, on)
    found = [_done(case, part, trajectory, items.get(part.code), progress) for part in trajectory.components]
    return [one for one in found if one is not None]


def _done(
    case: Case, part: Component, trajectory: RuleSet, item: ContractItem | None, progress: Mapping[str, Any]
) -> Done | None:
    if part.code in ACTS or part.code in BEFORE_CONTRACT:
        fact = ACTS.get(part.code, "contract_signed_on")
        behind = getattr(case.facts, fact) is not None
        return Done(component=part.code, line=trajectory.line, complete=True) if behind else None
    language = _language(part, trajectory, item)
    level = _level(case, part, item, language, progress)
    attended, planned = progress.get(f"{part.code}.attended_minutes"), progress.get(f"{part.code}.planned_minutes")
    recognised = item is not None and item.how == How.RECOGNISED
    if not (attended or level or recognised):
        return None
    return Done(
        component=part.code,
        line=trajectory.line,
        complete=recognised or _is_complete(part, trajectory, level, progress),
        language=language,
        level=level,
        planned_minutes=planned,
        attended_minutes=attended,
    )


def _language(part: Component, trajectory: RuleSet, item: ContractItem | None) -> str:
    """The language learnt: the one agreed, or the only one the line teaches."""
    if part.code != "language":
        return ""
    return (item.language if item else "") or LANGUAGES[trajectory.line][0]


def _level(case: Case, part: Component, item: ContractItem | None, language: str, progress: Mapping[str, Any]) -> str:
    """The highest level known of the language: from a result, from the facts, or recognised in the contract."""
    if part.code != "language":
        return ""
    held = [progress.get("language.level_reached"), getattr(case.facts, f"level_{language}")]
    held += [item.level] if item is not None and item.how == How.RECOGNISED else []
    known = [level for level in held if level and level != "none"]
    return max(known, key=LEVELS.index, default="")


def _is_complete(part: Component, trajectory: RuleSet, level: str, progress: Mapping[str, Any]) -> bool:
    """The level aimed at is reached, a test passed, or the attendance the rules ask of the planned lessons kept."""
    if part.target_level and level:
        return LEVELS.index(level) >= LEVELS.index(part.target_level)
    if progress.get(f"{part.code}.test_passed"):
        return True
    ratio, rule = progress.get(f"{part.code}.attendance_ratio"), trajectory.attendance
    return ratio is not None and rule is not None and rule.threshold is not None and ratio >= rule.threshold


def asked_of(trajectory: RuleSet | None, line: str, component: str) -> Asked:
    """What the new trajectory knows of a component; with the choice still open, that it exists is left open too."""
    part = next((one for one in trajectory.components if one.code == component), None) if trajectory else None
    return Asked(
        line=trajectory.line if trajectory else line,
        counterpart=part is not None or trajectory is None,
        languages=LANGUAGES[trajectory.line if trajectory else line] if component == "language" else (),
        target_level=(part.target_level or "") if part else "",
    )
