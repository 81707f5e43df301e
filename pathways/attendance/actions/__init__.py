"""Every write about attendance: marks, results, corrections, files of marks, and the outlook that follows from them."""

from pathways.attendance.actions.absences import (
    Accepted,
    accept_absence,
    add_proof,
    refuse_absence,
    report_absence,
    withdraw_absence,
)
from pathways.attendance.actions.correcting import confirm_correction, refuse_correction, request_correction
from pathways.attendance.actions.importing import import_presences
from pathways.attendance.actions.outlook import refresh_outlooks, refresh_stale
from pathways.attendance.actions.practices import set_practice
from pathways.attendance.actions.recording import Entry, Recorded, record_presences
from pathways.attendance.actions.results import record_result

__all__ = [
    "Accepted",
    "Entry",
    "Recorded",
    "accept_absence",
    "add_proof",
    "confirm_correction",
    "import_presences",
    "record_presences",
    "record_result",
    "refresh_outlooks",
    "refresh_stale",
    "refuse_absence",
    "refuse_correction",
    "report_absence",
    "request_correction",
    "set_practice",
    "withdraw_absence",
]
