"""Every write of this floor: keyword-only, atomic, with actor and day, journal entry inside, safe to send twice."""

from pathways.cases.actions.acts import (
    CloseReason,
    close_case,
    record_document,
    record_first_contact,
    record_invitation,
    record_note,
    record_notice,
)
from pathways.cases.actions.exporting import expire_exports, request_export, run_export
from pathways.cases.actions.inserting import NEXT_CASE
from pathways.cases.actions.listing import open_listed_cases
from pathways.cases.actions.moving import assign_counselor, assign_office, choose_programme, share_out_cases
from pathways.cases.actions.opening import NewCase, open_case, open_cases
from pathways.cases.actions.recording import FactsRecorded, record_facts, record_facts_of_cases
from pathways.cases.actions.searching import index_cases
from pathways.cases.actions.views import delete_view, save_view

__all__ = [
    "NEXT_CASE",
    "CloseReason",
    "FactsRecorded",
    "NewCase",
    "assign_counselor",
    "assign_office",
    "choose_programme",
    "close_case",
    "delete_view",
    "expire_exports",
    "index_cases",
    "open_case",
    "open_cases",
    "open_listed_cases",
    "record_document",
    "record_facts",
    "record_facts_of_cases",
    "record_first_contact",
    "record_invitation",
    "record_note",
    "record_notice",
    "request_export",
    "run_export",
    "save_view",
    "share_out_cases",
]
