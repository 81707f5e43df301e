"""Tests and levels of a class."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.attendance.actions import record_result
from pathways.attendance.models import Result
from pathways.attendance.queries.register import people_of, results_of
from pathways.cases.errors import ActRefused
from pathways.rules import LEVELS
from pathways.web.classroom.gate import classroom_page, get_course

if TYPE_CHECKING:
    import datetime as dt

    from django.http import HttpResponse

    from pathways.courses.models import Course, Enrolment
    from pathways.web.gate import StaffRequest

TEST, FAILED = "test", "failed"


class ResultForm(forms.Form):
    """One result of one person: a level, or a test passed or not."""

    person = forms.ChoiceField(label=gettext_lazy("Person"))
    found = forms.ChoiceField(label=gettext_lazy("Result"))
    day = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: object, people: list[Enrolment], on: dt.date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        self.on = on
        self.fields["person"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (str(one.public_id), f"{one.case.person.last_name}, {one.case.person.first_names}") for one in people
        ]
        self.fields["found"].choices = [  # type: ignore[attr-defined]
            *((level, _("Level %(level)s reached") % {"level": level}) for level in LEVELS if level != "none"),
            (TEST, _("Test passed")),
            (FAILED, _("Test not passed")),
        ]
        self.fields["day"].initial = on

    def clean_day(self) -> dt.date:
        """A result is not of tomorrow."""
        day: dt.date = self.cleaned_data["day"]
        if day > self.on:
            raise forms.ValidationError(_("This day is still to come."))
        return day


@classroom_page
def results(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Who reached which level, and a form for one more."""
    course = get_course(request, public_id)
    people = people_of(course)
    form = ResultForm(request.POST or None, people=people, on=request.today)
    if request.method == "POST" and form.is_valid():
        _record(request, course, form.cleaned_data)
        return redirect("classroom:results", public_id)
    found = results_of(course)
    context = {
        "course": course,
        "form": form,
        "rows": [(one, found.get(one.pk, [])) for one in people],
    }
    return render(request, "classroom/results.html", context, status=422 if form.errors else 200)


def _record(request: StaffRequest, course: Course, data: dict[str, object]) -> None:
    enrolment = get_object_or_404(course.enrolments.select_related("course", "case"), public_id=data["person"])
    found, day = str(data["found"]), data["day"]
    is_test = found in (TEST, FAILED)
    try:
        record_result(
            actor=request.user,
            enrolment=enrolment,
            kind=Result.Kind.TEST if is_test else Result.Kind.LEVEL,
            level="" if is_test else found,
            passed=found != FAILED,
            on=day,  # type: ignore[arg-type]  # cleaned as a date
        )
        messages.success(request, _("The result is recorded."))
    except ActRefused as error:
        messages.error(request, str(error))
