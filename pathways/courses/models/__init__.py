"""Providers, their course offers, the sessions of a course, and who is enrolled.

A course is of one component; its sessions sum to its hours. A session that was moved keeps its row: `starts_at` is when
it takes place, `moved_from` when it was to. An enrolment holds a place (on trial, enrolled, or offered to the first of
the waiting list) or waits. Triggers (walls.py) keep places and timetables, whoever writes.
"""

from __future__ import annotations

from pathways.courses.models.enrolments import ACTIVE, HOLDS_PLACE, TAKES_PART, Enrolment, EnrolmentQuerySet
from pathways.courses.models.offers import MANAGERS, WORKERS, Course, CourseQuerySet, Provider
from pathways.courses.models.sessions import Session, SessionQuerySet
from pathways.courses.models.wishes import CourseWish

__all__ = [
    "ACTIVE",
    "HOLDS_PLACE",
    "MANAGERS",
    "TAKES_PART",
    "WORKERS",
    "Course",
    "CourseQuerySet",
    "CourseWish",
    "Enrolment",
    "EnrolmentQuerySet",
    "Provider",
    "Session",
    "SessionQuerySet",
]
