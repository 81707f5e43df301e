"""What is recorded of courses: places, wishes, lessons, absences, results, certificates."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pathways.attendance.models import AbsenceReport, Correction, Presence, Result
from pathways.courses.models import CourseWish, Enrolment
from pathways.outcomes.models import Certificate
from pathways.web.portal.pathway.recorded.section import Section

SECTIONS: tuple[Section, ...] = (
    Section(
        "courses",
        _("Your courses"),
        Enrolment,
        "case",
        (
            "course__title",
            "state",
            "starts_on",
            "trial_until",
            "offered_on",
            "offered_until",
            "ended_on",
            "end_reason",
            "needs_childcare",
            "needs_transport",
            "needs_evening",
        ),
    ),
    Section(
        "wishes",
        _("Courses you wish for"),
        CourseWish,
        "case",
        ("said_on", "component", "note", "answer", "answered_on"),
    ),
    Section(
        "lessons",
        _("Your lessons"),
        Presence,
        "enrolment__case",
        (
            "session__starts_at",
            "session__course__title",
            "state",
            "minutes_planned",
            "minutes_attended",
            "minutes_late",
            "reason",
        ),
        "-session__starts_at",
    ),
    Section(
        "absences",
        _("Lessons you could not come to"),
        AbsenceReport,
        "case",
        ("first_on", "last_on", "reason", "explanation", "state", "reported_on", "decided_on", "decision_reason"),
    ),
    Section(
        "corrections",
        _("Corrections of your lessons"),
        Correction,
        "case",
        ("presence__session__starts_at", "state", "reason", "requested_on", "decided_on"),
    ),
    Section(
        "results",
        _("Your results"),
        Result,
        "enrolment__case",
        ("on", "enrolment__course__title", "kind", "level", "passed"),
    ),
    Section(
        "certificates",
        _("Your certificates"),
        Certificate,
        "case",
        ("number", "kind", "state", "issued_on", "ended_on", "end_reason"),
    ),
)
