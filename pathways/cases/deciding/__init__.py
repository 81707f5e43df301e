"""Deciding cases: the one place that runs the SQL compiled by `pathways.rules` and stores what it says."""

from pathways.cases.deciding.explaining import Result, Unsaved, explain_case, explain_facts, try_facts
from pathways.cases.deciding.rule_sets import published_rule_sets, rule_set_by_id
from pathways.cases.deciding.running import decide_cases, decide_first, deciding_new, redecide_all, redecide_due

__all__ = [
    "Result",
    "Unsaved",
    "decide_cases",
    "decide_first",
    "deciding_new",
    "explain_case",
    "explain_facts",
    "published_rule_sets",
    "redecide_all",
    "redecide_due",
    "rule_set_by_id",
    "try_facts",
]
