"""The list of offers and the page of one course."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from pathways.base.clock import now
from pathways.courses.models import ACTIVE, Enrolment
from pathways.courses.permissions import can_manage_course, can_manage_courses
from pathways.courses.queries import course_list, participants_of, sessions_of, sum_needs
from pathways.web.desk.courses import words
from pathways.web.desk.courses.forms import CourseFilterForm
from pathways.web.desk.courses.gates import courses_page, get_course
from pathways.web.gate import StaffRequest

PER_PAGE = 25
SESSIONS_SHOWN = 8
"""Sessions to come that the page of a course shows at first."""


@require_safe
@courses_page
def courses(request: StaffRequest) -> HttpResponse:
    """The offers of the user's regions; to htmx only the table."""
    language = get_language() or "en"
    form = CourseFilterForm(request.GET, language=language)
    found = course_list(actor=request.user, filters=form.filters, on=request.today)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "on": request.today,
        "form": form,
        "filtered": form.filters.active,
        "page": page,
        "rows": [words.course_line(course, language) for course in page],
    }
    if request.headers.get("HX-Request") and request.headers.get("HX-Target") == "list":
        return render(request, "desk/courses/_list.html", context)
    context["may_manage"] = can_manage_courses(request.user, request.today)
    return render(request, "desk/courses/list.html", context)


@require_safe
@courses_page
def course(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """One course: its people as far as the user may know them, its sessions, and what the planner needs."""
    course, language = get_course(request, public_id), get_language() or "en"
    people = participants_of(course, actor=request.user, on=request.today)
    context = {
        "on": request.today,
        "course": course,
        "line": words.course_line(course, language),
        "may_manage": can_manage_course(request.user, course, request.today),
        "needs": sum_needs(people),
        "teachers": list(course.teachers.all()),
        **_people(people),
        **_sessions(request, list(sessions_of(course))),
    }
    return render(request, "desk/courses/course.html", context)


def _people(enrolments: list[Enrolment]) -> dict[str, list[dict[str, Any]]]:
    """Who takes part, who waits, who has left."""
    lines: list[dict[str, Any]] = [{"enrolment": one, "needs": words.need_words(one)} for one in enrolments]
    return {
        "taking_part": [line for line in lines if line["enrolment"].state in ("trial", "enrolled")],
        "waiting": [line for line in lines if line["enrolment"].state == "waiting"],
        "left": [line for line in lines if line["enrolment"].state not in ACTIVE],
    }


def _sessions(request: StaffRequest, sessions: list[Any]) -> dict[str, Any]:
    """Past sessions, and those to come: the next few, or all when asked for."""
    lines = [words.session_line(session, now()) for session in sessions]
    coming = [line for line in lines if not line["past"]]
    shown = coming if "all" in request.GET else coming[:SESSIONS_SHOWN]
    return {
        "past": [line for line in lines if line["past"]],
        "coming": shown,
        "coming_in_all": len(coming),
        "sessions_in_all": len(lines),
    }
