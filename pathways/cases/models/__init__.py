"""The case and what is known and decided about it.

`Facts` is all that rules may see. What was recorded (`FactChange`) and decided (`DecisionRecord`) is append-only: a trigger
refuses changes.
"""

from __future__ import annotations

from pathways.cases.models.cases import Case, SearchWord
from pathways.cases.models.decisions import DUE_KEY, NEVER_DUE, Decision, DecisionBase, DecisionRecord
from pathways.cases.models.exports import CaseExport
from pathways.cases.models.facts import FactChange, Facts, FactsBase, Source
from pathways.cases.models.papers import CaseDocument, Note, SavedView

__all__ = [
    "DUE_KEY",
    "NEVER_DUE",
    "Case",
    "CaseDocument",
    "CaseExport",
    "Decision",
    "DecisionBase",
    "DecisionRecord",
    "FactChange",
    "Facts",
    "FactsBase",
    "Note",
    "SavedView",
    "SearchWord",
    "Source",
]
