"""Presences, results, corrections, outlooks; and the absences that people report themselves."""

from __future__ import annotations

from pathways.attendance.models.absences import AbsencePaper, AbsenceReport
from pathways.attendance.models.presences import (
    LOCK_DAYS,
    OVERALL,
    Correction,
    FollowedEnrolment,
    FollowedSession,
    Outlook,
    Practice,
    Presence,
    Result,
)

__all__ = [
    "LOCK_DAYS",
    "OVERALL",
    "AbsencePaper",
    "AbsenceReport",
    "Correction",
    "FollowedEnrolment",
    "FollowedSession",
    "Outlook",
    "Practice",
    "Presence",
    "Result",
]
