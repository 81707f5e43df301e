"""Reads made for a screen, each with a fixed number of queries; nothing here writes."""

from pathways.cases.queries.filters import CaseFilters
from pathways.cases.queries.lists import SORTS, CasePage, CaseRow, case_page, export_rows, find_cases

__all__ = ["SORTS", "CaseFilters", "CasePage", "CaseRow", "case_page", "export_rows", "find_cases"]
