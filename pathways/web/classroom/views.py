"""The first page of a teacher: today's sessions, and those that nobody has filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from pathways.attendance.queries.register import courses_to_teach
from pathways.web.classroom.gate import classroom_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from pathways.web.gate import StaffRequest


@require_safe
@classroom_page
def today(request: StaffRequest) -> HttpResponse:
    """The teacher's courses, those of today first."""
    courses = courses_to_teach(request.user, on=request.today)
    context = {
        "courses": sorted(courses, key=lambda one: (one.today is None, one.course.ends_on < request.today)),
        "sessions_today": sum(one.today is not None for one in courses),
        "unfilled": sum(len(one.unfilled) for one in courses),
    }
    return render(request, "classroom/today.html", context)
