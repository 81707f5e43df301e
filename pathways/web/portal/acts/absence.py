"""An absence: reported with its reason and proof, looked at again with what came of it, taken back."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from pathways.attendance import actions
from pathways.attendance.actions.absences import FURTHEST_DAYS, LATEST_DAYS, LONGEST_DAYS
from pathways.attendance.forecast import Forecast, State
from pathways.attendance.models import AbsenceReport
from pathways.attendance.queries.absences import IfDecided, Missed, if_decided, lessons_of, reports_of
from pathways.cases.errors import CaseError
from pathways.web.portal.acts.shared import PaperLink, paper_links, refusal
from pathways.web.portal.gate import PortalRequest, portal_page
from pathways.web.portal.pathway.words import PlainWords
from pathways.web.uploads import UploadsField

if TYPE_CHECKING:
    from pathways.cases.models import Case

Reason = AbsenceReport.Reason
WHY = {
    Reason.ILL: gettext_lazy("I am ill."),
    Reason.CHILD: gettext_lazy("My child is ill, or nobody can look after my child."),
    Reason.APPOINTMENT: gettext_lazy("I have an appointment that I cannot move."),
    Reason.WORK: gettext_lazy("I must work."),
    Reason.TRANSPORT: gettext_lazy("I cannot get to the lesson."),
    Reason.FAMILY: gettext_lazy("There is a birth, a death or a wedding in my family."),
    Reason.OTHER: gettext_lazy("Another reason"),
}
STATES = {
    AbsenceReport.State.REPORTED: (gettext_lazy("Your office has received it."), "hourglass"),
    AbsenceReport.State.ACCEPTED: (gettext_lazy("This absence is excused."), "circle-check"),
    AbsenceReport.State.REFUSED: (gettext_lazy("This absence is not excused."), "circle-x"),
    AbsenceReport.State.WITHDRAWN: (gettext_lazy("You have taken it back."), "arrow-back-up"),
}
PROOFS = 3


def day_widget() -> forms.DateInput:
    """The phone's own control for a day."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AbsenceForm(forms.Form):
    """Which days, why, and the proof."""

    first_on = forms.DateField(label=gettext_lazy("First day"), widget=day_widget())
    last_on = forms.DateField(label=gettext_lazy("Last day"), widget=day_widget())
    reason = forms.ChoiceField(
        label=gettext_lazy("Why can you not come?"),
        choices=[(code.value, label) for code, label in WHY.items()],
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={"required": gettext_lazy("Choose a reason.")},
    )
    explanation = forms.CharField(
        label=gettext_lazy("Tell us more"),
        help_text=gettext_lazy("You can write in your own language."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    papers = UploadsField(
        label=gettext_lazy("Photo or PDF of your proof"),
        help_text=gettext_lazy("For example a paper of your doctor. You can also add it later."),
        required=False,
        most=PROOFS,
    )

    def __init__(self, *args: Any, case: Case, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.on = case, on

    def clean(self) -> dict[str, Any]:
        """The days are in order, not too far away, and have lessons."""
        data = super().clean() or {}
        first, last = data.get("first_on"), data.get("last_on")
        if not first or not last:
            return data
        if last < first:
            self.add_error("last_on", _("The last day is before the first day."))
        elif (last - first).days >= LONGEST_DAYS:
            self.add_error("last_on", _("This is longer than two months. Please ask your office."))
        elif (first - self.on).days < -LATEST_DAYS:
            self.add_error("first_on", _("This is too long ago. Please ask your office."))
        elif (first - self.on).days > FURTHEST_DAYS:
            self.add_error("first_on", _("This is too far ahead."))
        elif not any(one.open for one in lessons_of(self.case, first=first, last=last)):
            self.add_error("first_on", _("You have no lessons on these days."))
        return data


class ProofForm(forms.Form):
    """Proof that comes later."""

    papers = UploadsField(label=gettext_lazy("Photo or PDF of your proof"), most=PROOFS)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report as a list or its page shows it."""

    report: AbsenceReport
    days: str
    why: str
    state: str
    icon: str
    papers: list[PaperLink]


def report_line(report: AbsenceReport, words: PlainWords) -> ReportLine:
    """A report in words."""
    state, icon = STATES[AbsenceReport.State(report.state)]
    first, last = words.day(report.first_on), words.day(report.last_on)
    days = first if first == last else _("From %(first)s until %(last)s") % {"first": first, "last": last}
    papers = paper_links(paper.document for paper in report.papers.all())
    return ReportLine(report, days, str(WHY[Reason(report.reason)]), str(state), icon, papers)


@portal_page
def absence(request: PortalRequest) -> HttpResponse:
    """Reports an absence; below it those reported before."""
    case, on = request.case, request.today
    ahead = lessons_of(case, first=on, last=on + dt.timedelta(days=FURTHEST_DAYS))
    sent = request.method == "POST"
    initial = _days(request.GET.get("day", ""), ahead, on)
    form = AbsenceForm(
        request.POST if sent else None, request.FILES if sent else None, case=case, on=on, initial=initial
    )
    if sent and form.is_valid():
        try:
            made = actions.report_absence(actor=request.user, case=case, on=on, **form.cleaned_data)
        except CaseError as error:
            form.add_error(None, refusal(error))
        else:
            return redirect("portal:absence_report", made.public_id)
    context = {
        "form": form,
        "possible": case.closed_on is None and (bool(ahead) or _had_lessons(case, on)),
        "reports": [report_line(one, PlainWords()) for one in reports_of(case)],
    }
    return render(request, "portal/acts/absence.html", context, status=422 if form.errors else 200)


def _days(asked: str, ahead: list[Missed], on: dt.date) -> dict[str, dt.date]:
    """The day of the address, or that of the next lesson."""
    try:
        day = dt.date.fromisoformat(asked)
    except ValueError:
        day = localtime(ahead[0].session.starts_at).date() if ahead else on
    return {"first_on": day, "last_on": day}


def _had_lessons(case: Case, on: dt.date) -> bool:
    """Whether there were lessons lately, whose absence can still be reported."""
    return bool(lessons_of(case, first=on - dt.timedelta(days=LATEST_DAYS), last=on))


@portal_page
def absence_report(request: PortalRequest, public_id: uuid.UUID) -> HttpResponse:
    """One report: its lessons, what came of it, and what that does to what may be missed; more proof while it waits."""
    report, words = _own(request, public_id), PlainWords()
    sent = request.method == "POST"
    form = ProofForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        try:
            actions.add_proof(actor=request.user, report=report, papers=form.cleaned_data["papers"], on=request.today)
        except CaseError as error:
            form.add_error(None, refusal(error))
        else:
            messages.success(request, _("We have received your proof."))
            return redirect("portal:absence_report", public_id)
    lessons = lessons_of(request.case, first=report.first_on, last=report.last_on)
    waits = report.state == AbsenceReport.State.REPORTED
    context = {
        "line": report_line(report, words),
        "waits": waits,
        "lessons": [_lesson(one, words) for one in lessons],
        "consequences": _consequences(request, lessons) if waits else [],
        "form": form,
        "office_language": request.case.office.language if request.case.office else "nl",
    }
    return render(request, "portal/acts/absence_report.html", context, status=422 if form.errors else 200)


def _own(request: PortalRequest, public_id: uuid.UUID) -> AbsenceReport:
    found = next((one for one in reports_of(request.case) if one.public_id == public_id), None)
    if found is None:
        raise Http404
    found.case = request.case
    return found


def _lesson(one: Missed, words: PlainWords) -> tuple[str, str, str]:
    """Day, times and title of a lesson."""
    starts, ends = localtime(one.session.starts_at), localtime(one.session.ends_at)
    return words.weekday(starts.date()), f"{starts:%H:%M}–{ends:%H:%M}", one.session.course.title


def _consequences(request: PortalRequest, lessons: list[Missed]) -> list[tuple[str, str]]:
    """What may still be missed if it is accepted and if not; one line where that is the same."""
    found: IfDecided | None = if_decided(request.case, lessons, on=request.today)
    if found is None or found.accepted.threshold is None:
        return []
    if not found.differs:
        return [("", miss_words(found.accepted))]
    return [
        (_("If we excuse it:"), miss_words(found.accepted)),
        (_("If we do not excuse it:"), miss_words(found.refused)),
    ]


def miss_words(found: Forecast) -> str:
    """What may still be missed, in one sentence."""
    if found.state is State.REACHED:
        return _("You have reached this.")
    if found.state is State.OUT_OF_REACH:
        return _("You have then missed too many lessons. Talk to your office.")
    if not found.can_miss_lessons:
        return _("You cannot miss any more lessons.")
    number = found.can_miss_lessons
    return ngettext("You can miss %(number)d more lesson.", "You can miss %(number)d more lessons.", number) % {
        "number": number
    }


@require_POST
@portal_page
def absence_withdraw(request: PortalRequest, public_id: uuid.UUID) -> HttpResponse:
    """Takes a report back."""
    try:
        actions.withdraw_absence(actor=request.user, report=_own(request, public_id), on=request.today)
    except CaseError as error:
        messages.error(request, refusal(error))
    else:
        messages.success(request, _("You have taken it back."))
    return redirect("portal:absence")
