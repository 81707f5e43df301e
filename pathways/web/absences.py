"""A reported absence as staff decide on it, at the desk and in the classroom: the same words, form and act."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pathways.attendance.actions import accept_absence, refuse_absence
from pathways.attendance.models import AbsenceReport, Presence
from pathways.attendance.queries.absences import if_decided, lessons_of
from pathways.cases.errors import CaseError
from pathways.web.attendance_words import lessons_left, state_words

if TYPE_CHECKING:
    from pathways.attendance.forecast import Forecast
    from pathways.attendance.queries.absences import Missed
    from pathways.web.gate import StaffRequest


class DecideForm(forms.Form):
    """Excused or not; the person reads the reason."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("accept", gettext_lazy("Accept as excused")), ("refuse", gettext_lazy("Do not accept"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The person reads this. It is needed where you do not accept."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """A refusal says why."""
        data = super().clean() or {}
        if data.get("decision") == "refuse" and not data.get("reason", "").strip():
            self.add_error("reason", _("Say why it is not accepted. The person reads this."))
        return data


@dataclass(frozen=True, slots=True)
class LessonRow:
    """A lesson in the days of a report, with its mark in words."""

    day: dt.date
    times: str
    title: str
    mark: str


def absence_parts(report: AbsenceReport, *, on: dt.date) -> dict[str, Any]:
    """What a page shows of a report: its lessons, and what each decision does to what may be missed."""
    lessons = lessons_of(report.case, first=report.first_on, last=report.last_on)
    found = if_decided(report.case, lessons, on=on) if report.state == AbsenceReport.State.REPORTED else None
    effects = []
    if found is not None and found.accepted.threshold is not None:
        effects = [(_("If accepted"), _left(found.accepted)), (_("If not accepted"), _left(found.refused))]
    return {"report": report, "lessons": [_row(one) for one in lessons], "effects": effects}


def _left(found: Forecast) -> str:
    return state_words(found) if found.state != "reachable" else lessons_left(found.can_miss_lessons)


def _row(one: Missed) -> LessonRow:
    starts, ends = localtime(one.session.starts_at), localtime(one.session.ends_at)
    mark = str(Presence.Mark(one.presence.state).label) if one.presence else _("no mark yet")
    return LessonRow(starts.date(), f"{starts:%H:%M}–{ends:%H:%M}", one.session.course.title, mark)


def decided(request: StaffRequest, report: AbsenceReport, form: DecideForm) -> bool:
    """Whether the decision was taken; the user is told what it did, or on the form why it could not be taken."""
    reason = form.cleaned_data["reason"]
    try:
        if form.cleaned_data["decision"] == "refuse":
            refuse_absence(actor=request.user, report=report, reason=reason, on=request.today)
            messages.success(request, _("The absence is not accepted. The person reads the reason."))
            return True
        done = accept_absence(actor=request.user, report=report, reason=reason, on=request.today)
    except CaseError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("The absence is excused."))
    if done.excused:
        text = ngettext("%(number)d mark is now excused.", "%(number)d marks are now excused.", done.excused)
        messages.info(request, text % {"number": done.excused})
    if done.waiting:
        text = ngettext(
            "%(number)d mark is locked: its correction waits for a second person.",
            "%(number)d marks are locked: their corrections wait for a second person.",
            done.waiting,
        )
        messages.warning(request, text % {"number": done.waiting})
    return True
