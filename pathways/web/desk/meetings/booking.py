"""Talks of a case: book one in a free time, move, cancel, and record whether the person came."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pathways.base.clock import now
from pathways.meetings import actions
from pathways.meetings.models import Appointment
from pathways.meetings.permissions import can_book_appointment
from pathways.meetings.queries import colleagues, free_slots
from pathways.meetings.slots import BRUSSELS, monday_of
from pathways.web.desk.meetings.forms import CancelForm, OutcomeForm, SlotForm, WhenForm
from pathways.web.desk.meetings.gates import act, act_at_once, get_appointment, sent
from pathways.web.desk.meetings.words import talk_line
from pathways.web.gate import StaffRequest, desk_page, get_case

if TYPE_CHECKING:
    from accounts.models import User
    from pathways.cases.models import Case

DAYS_SHOWN = 5
USUAL_MINUTES = 60


@desk_page
def book(request: StaffRequest, reference: str) -> HttpResponse:
    """Chooses counselor, length and week, then one of the free times."""
    case = get_case(request, reference, can_book_appointment)
    people = colleagues(offices=[case.office_id or 0], on=request.today)
    when = _when(request, case, people, kind=_first_kind(case))
    form, context = _slots(request, case, people, when)

    def run() -> object:
        data = form.cleaned_data
        chosen = {name: data[name] for name in ("starts_at", "place", "interpreter_language", "letter")}
        return actions.book_appointment(
            actor=request.user, case=case, counselor=_counselor(people, when), kind=when["kind"],
            minutes=when["minutes"], on=request.today, **chosen,
        )  # fmt: skip

    context |= {"title": _("Book a talk"), "button": _("Book"), "template": "desk/meetings/book.html"}
    return act(request, case, form, run, done=_("The talk is booked."), **context)


@desk_page
def move(request: StaffRequest, reference: str, public_id: uuid.UUID) -> HttpResponse:
    """Puts a talk at another time, or with a colleague."""
    case = get_case(request, reference, can_book_appointment)
    talk = get_appointment(case, public_id)
    people = colleagues(offices=[case.office_id or 0], on=request.today)
    when = _when(request, case, people, kind=talk.kind, talk=talk)
    form, context = _slots(request, case, people, when, move=True)

    def run() -> object:
        chosen = {name: form.cleaned_data[name] for name in ("starts_at", "reason", "letter")}
        return actions.move_appointment(
            actor=request.user, appointment=talk, counselor=_counselor(people, when), minutes=when["minutes"],
            on=request.today, **chosen,
        )  # fmt: skip

    line = talk_line(talk, get_language() or "en", now=now())
    context |= {"title": _("Move the talk"), "button": _("Move"), "line": line, "template": "desk/meetings/book.html"}
    return act(request, case, form, run, done=_("The talk is moved."), **context)


def _first_kind(case: Case) -> str:
    """What this case probably comes for."""
    if case.facts.office_registered_on is None:
        return Appointment.Kind.FIRST_CONTACT
    return Appointment.Kind.SOCIAL_ASSESSMENT if case.facts.contract_signed_on is None else Appointment.Kind.FOLLOW_UP


def _when(
    request: StaffRequest, case: Case, people: list[User], *, kind: str, talk: Appointment | None = None
) -> dict[str, Any]:
    """With whom, how long and in which week; what the query string does not say in a usable way is proposed."""
    mine = next((one for one in people if one == (talk.counselor if talk else case.counselor)), None)
    proposed = mine or next((one for one in people if one == request.user), None)
    first: dict[str, Any] = {
        "kind": kind,
        "counselor": str(proposed.public_id) if proposed else "",
        "minutes": _length(talk) if talk else USUAL_MINUTES,
        "week": request.today,
    }
    asked = WhenForm({**first, **{name: request.GET[name] for name in first if request.GET.get(name)}}, people=people)
    if not asked.is_valid():
        asked = WhenForm({**first, "counselor": first["counselor"] or "-"}, people=people)
        asked.full_clean()
    return {**first, **asked.cleaned_data, "form": asked}


def _length(talk: Appointment) -> int:
    return round((talk.ends_at - talk.starts_at).total_seconds() / 60)


def _counselor(people: list[User], when: dict[str, Any]) -> User:
    return next(one for one in people if str(one.public_id) == when["counselor"])


def _slots(
    request: StaffRequest, case: Case, people: list[User], when: dict[str, Any], *, move: bool = False
) -> tuple[SlotForm, dict[str, Any]]:
    """The form with the free times, and what its page shows."""
    week = max(monday_of(when["week"]), monday_of(request.today))
    known = [one for one in people if str(one.public_id) == when["counselor"]]
    slots = (
        free_slots(counselor=known[0], case=case, first=week, days=DAYS_SHOWN, minutes=when["minutes"], after=now())
        if known
        else []
    )
    office = case.office.language if case.office else ""
    spoken = case.person.contact_language
    first = {"interpreter_language": spoken if spoken != office else "", "letter": "email" if case.person.email else ""}
    form = SlotForm(
        sent(request), slots=slots, language=get_language() or "en", email=case.person.email, move=move, initial=first
    )
    step = dt.timedelta(days=7)
    query = {name: when[name] for name in ("kind", "counselor", "minutes")}
    context = {
        "when": when["form"],
        "on": request.today,
        "days": _by_day(form),
        "week": week,
        "last": week + dt.timedelta(days=DAYS_SHOWN - 1),
        "earlier": _address(query, week - step) if week > request.today else "",
        "later": _address(query, week + step),
        "nobody": not known,
    }
    return form, context


def _address(query: dict[str, Any], week: dt.date) -> str:
    pairs = "&".join(f"{name}={value}" for name, value in {**query, "week": week}.items())
    return f"?{pairs}"


def _by_day(form: SlotForm) -> list[dict[str, Any]]:
    """The radio buttons of the free times, day by day; the last one, another time, stands alone."""
    days: dict[dt.date, list[Any]] = {}
    for option in form["slot"]:
        if option.data["value"] != "other":
            day = dt.datetime.fromisoformat(option.data["value"]).astimezone(BRUSSELS).date()
            days.setdefault(day, []).append(option)
    return [{"day": day, "options": options} for day, options in days.items()]


@desk_page
def cancel(request: StaffRequest, reference: str, public_id: uuid.UUID) -> HttpResponse:
    """Cancels a talk, with the reason."""
    case = get_case(request, reference, can_book_appointment)
    talk = get_appointment(case, public_id)
    form = CancelForm(sent(request), initial={"letter": "email" if case.person.email else "post"})

    def run() -> object:
        return actions.cancel_appointment(actor=request.user, appointment=talk, on=request.today, **form.cleaned_data)

    line = talk_line(talk, get_language() or "en", now=now())
    title, button = _("Cancel the talk"), _("Cancel the talk")
    return act(request, case, form, run, done=_("The talk is cancelled."), title=title, button=button, line=line)


@desk_page
def outcome(request: StaffRequest, reference: str, public_id: uuid.UUID) -> HttpResponse:
    """Records whether the person came."""
    case = get_case(request, reference, can_book_appointment)
    talk = get_appointment(case, public_id)
    form = OutcomeForm(sent(request), initial={"state": talk.state if talk.state == "missed" else "held"})

    def run() -> object:
        return actions.record_outcome(actor=request.user, appointment=talk, on=request.today, **form.cleaned_data)

    line = talk_line(talk, get_language() or "en", now=now())
    title = _("Record the talk")
    return act(request, case, form, run, done=_("The talk is recorded."), title=title, button=_("Record"), line=line)


@require_POST
@desk_page
def seen(request: StaffRequest, reference: str, public_id: uuid.UUID) -> HttpResponse:
    """Says that the office has seen what the person did with the talk."""
    case = get_case(request, reference, can_book_appointment)
    talk = get_appointment(case, public_id)

    def run() -> object:
        return actions.see_own_change(actor=request.user, appointment=talk, on=request.today)

    return act_at_once(request, case, run, done=_("Seen: this is no longer a task."))
