"""The person's talks: those to come, booking one of the counselor's free times, moving, cancelling in time."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from pathways.base.clock import now
from pathways.cases.errors import CaseError
from pathways.meetings.actions.own import MOST_MOVES, book_own, cancel_own, move_own
from pathways.meetings.models import Appointment
from pathways.meetings.queries import own_times
from pathways.meetings.slots import is_late
from pathways.web.names import language_name
from pathways.web.portal.acts.shared import refusal
from pathways.web.portal.gate import PortalRequest, portal_page
from pathways.web.portal.pathway.words import PlainWords, map_url

if TYPE_CHECKING:
    from accounts.models import User

Kind = Appointment.Kind
KINDS = {
    Kind.FIRST_CONTACT: gettext_lazy("First talk"),
    Kind.SOCIAL_ASSESSMENT: gettext_lazy("Talk about your situation"),
    Kind.LANGUAGE_ASSESSMENT: gettext_lazy("Talk about your languages"),
    Kind.FOLLOW_UP: gettext_lazy("Talk about how it goes"),
    Kind.CONTRACT: gettext_lazy("Talk about your contract"),
}
STATES = {
    Appointment.State.HELD: gettext_lazy("You were there."),
    Appointment.State.MISSED: gettext_lazy("You did not come."),
    Appointment.State.CANCELLED: gettext_lazy("It was cancelled."),
}
DAYS_SHOWN = 10
PAST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class TalkLine:
    """A talk as the page shows it; `state` is "" for one to come."""

    talk: Appointment
    title: str
    day: str
    times: str
    place: str
    map_url: str
    who: str
    interpreter: str
    moved_from: str
    state: str
    may_move: bool
    may_cancel: bool


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day with free times: each as the form sends it, and as it is read."""

    day: str
    times: list[tuple[str, str]]


class TimeForm(forms.Form):
    """One of the free times."""

    starts = forms.DateTimeField(
        input_formats=["%Y-%m-%dT%H:%M%z"],
        error_messages={
            "required": gettext_lazy("Choose a time."),
            "invalid": gettext_lazy("Choose a time."),
        },
    )


class CancelForm(forms.Form):
    """Why the person cannot come."""

    reason = forms.CharField(
        label=gettext_lazy("Why can you not come?"),
        help_text=gettext_lazy("You can write in your own language."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write why you cannot come.")},
    )


def talk_line(talk: Appointment, words: PlainWords, at: dt.datetime) -> TalkLine:
    """A talk in words."""
    starts, ends = localtime(talk.starts_at), localtime(talk.ends_at)
    place = ", ".join(dict.fromkeys(filter(None, [talk.place or talk.office.name, talk.office.city])))
    moved = localtime(talk.moved_from) if talk.moved_from and talk.state == Appointment.State.MOVED else None
    to_come = talk.is_to_come and talk.starts_at > at
    in_time = to_come and not is_late(talk.starts_at, at)
    state = STATES.get(Appointment.State(talk.state), "") if not to_come else ""
    return TalkLine(
        talk,
        str(KINDS[Kind(talk.kind)]),
        words.weekday(starts.date()),
        f"{starts:%H:%M}–{ends:%H:%M}",
        place,
        map_url(place),
        str(talk.counselor),
        language_name(talk.interpreter_language, words.language) if talk.interpreter_language else "",
        _("%(day)s at %(time)s") % {"day": words.weekday(moved.date()), "time": f"{moved:%H:%M}"} if moved else "",
        str(state),
        in_time and talk.times_changed < MOST_MOVES,
        in_time,
    )


def day_lines(times: list[dt.datetime], words: PlainWords) -> list[DayLine]:
    """Free times by day."""
    found = groupby(times, key=lambda one: one.date())
    lines = [
        DayLine(words.weekday(day), [(one.strftime("%Y-%m-%dT%H:%M%z"), f"{one:%H:%M}") for one in day_times])
        for day, day_times in found
    ]
    return lines[:DAYS_SHOWN]


@require_safe
@portal_page
def appointments(request: PortalRequest) -> HttpResponse:
    """The talks to come and the last ones; booking, where none is to come."""
    at, words = now(), PlainWords()
    talks = list(request.case.appointments.select_related("counselor", "office").order_by("starts_at", "pk"))
    coming = [one for one in talks if one.is_to_come and one.starts_at > at]
    past = [one for one in reversed(talks) if one not in coming]
    case = request.case
    context = {
        "coming": [talk_line(one, words, at) for one in coming],
        "past": [talk_line(one, words, at) for one in past[:PAST_SHOWN]],
        "counselor": case.counselor,
        "may_book": not coming and case.counselor is not None and case.closed_on is None,
    }
    return render(request, "portal/acts/appointments.html", context)


@portal_page
def appointment_book(request: PortalRequest) -> HttpResponse:
    """Books one of the counselor's free times."""
    at, case = now(), request.case
    counselor = case.counselor
    if counselor is None or case.closed_on or (request.method == "GET" and _to_come(request, at)):
        return redirect("portal:appointments")
    form = TimeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            book_own(actor=request.user, case=case, starts_at=form.cleaned_data["starts"], now=at, on=request.today)
        except CaseError as error:
            form.add_error(None, refusal(error))
        else:
            messages.success(request, _("Your talk is booked."))
            return redirect("portal:appointments")
    return _choose(request, form, counselor, at, moved=None)


def _to_come(request: PortalRequest, at: dt.datetime) -> bool:
    return request.case.appointments.to_come().filter(starts_at__gt=at).exists()


def _choose(
    request: PortalRequest, form: TimeForm, counselor: User, at: dt.datetime, *, moved: TalkLine | None
) -> HttpResponse:
    """The page of free times."""
    times = own_times(case=request.case, counselor=counselor, now=at)
    context = {"form": form, "days": day_lines(times, PlainWords()), "counselor": counselor, "moved": moved}
    return render(request, "portal/acts/appointment_time.html", context, status=422 if form.errors else 200)


def _own(request: PortalRequest, public_id: uuid.UUID) -> Appointment:
    talks = request.case.appointments.select_related("counselor", "office", "case")
    found = talks.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


@portal_page
def appointment_move(request: PortalRequest, public_id: uuid.UUID) -> HttpResponse:
    """Puts a talk at another free time of the same counselor."""
    at, talk = now(), _own(request, public_id)
    line = talk_line(talk, PlainWords(), at)
    form = TimeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            move_own(
                actor=request.user, appointment=talk, starts_at=form.cleaned_data["starts"], now=at, on=request.today
            )
        except CaseError as error:
            form.add_error(None, refusal(error))
        else:
            messages.success(request, _("Your talk is moved."))
            return redirect("portal:appointments")
    elif not line.may_move:
        return redirect("portal:appointments")
    return _choose(request, form, talk.counselor, at, moved=line)


@portal_page
def appointment_cancel(request: PortalRequest, public_id: uuid.UUID) -> HttpResponse:
    """Cancels a talk in time."""
    at, talk = now(), _own(request, public_id)
    line = talk_line(talk, PlainWords(), at)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_own(
                actor=request.user, appointment=talk, reason=form.cleaned_data["reason"], now=at, on=request.today
            )
        except CaseError as error:
            form.add_error(None, refusal(error))
        else:
            messages.success(request, _("Your talk is cancelled."))
            return redirect("portal:appointments")
    elif request.method == "GET" and not line.may_cancel:
        return redirect("portal:appointments")
    context = {"line": line, "form": form}
    return render(request, "portal/acts/appointment_cancel.html", context, status=422 if form.errors else 200)
