"""Reads made for a screen, each with a fixed number of queries; nothing here writes."""

from pathways.cases.queries.as_of import Reading, TwoReadings, facts_as_of, two_readings
from pathways.cases.queries.filters import CaseFilters
from pathways.cases.queries.history import Event, KnownFact, history_of
from pathways.cases.queries.lists import SORTS, CasePage, CaseRow, case_page, export_rows, find_cases
from pathways.cases.queries.overview import CaseOverview, DeadlineLine, FactGroup, FactLine, case_overview
from pathways.cases.queries.pathway import Stop
from pathways.cases.queries.reasons import Answer, CaseReasons, MissingFact, Tried, WhatIf, case_reasons, what_if

__all__ = [
    "SORTS",
    "Answer",
    "CaseFilters",
    "CaseOverview",
    "CasePage",
    "CaseReasons",
    "CaseRow",
    "DeadlineLine",
    "Event",
    "FactGroup",
    "FactLine",
    "KnownFact",
    "MissingFact",
    "Reading",
    "Stop",
    "Tried",
    "TwoReadings",
    "WhatIf",
    "case_overview",
    "case_page",
    "case_reasons",
    "export_rows",
    "facts_as_of",
    "find_cases",
    "history_of",
    "two_readings",
    "what_if",
]
