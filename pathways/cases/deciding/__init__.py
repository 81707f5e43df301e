"""Deciding cases: the one place that runs the SQL compiled by `pathways.rules` and stores what it says."""

from pathways.cases.deciding.rule_sets import published, published_rule_sets
from pathways.cases.deciding.running import decide_cases, decide_first, redecide_all, redecide_due

__all__ = ["decide_cases", "decide_first", "published", "published_rule_sets", "redecide_all", "redecide_due"]
