"""The iCalendar feed of a counselor: what, when and where, and for whom only reference and initials. Never a name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Event

from pathways.meetings.models import Appointment

if TYPE_CHECKING:
    from pathways.people.models import Person

STATUS: Final = {Appointment.State.CANCELLED: "CANCELLED", Appointment.State.MISSED: "CANCELLED"}


def initials(person: Person) -> str:
    """The first letters of first and last name, and nothing more of them."""
    words = [person.first_names.strip(), person.last_name.strip()]
    return " ".join(f"{word[0].upper()}." for word in words if word)


def calendar_feed(appointments: Iterable[Appointment], *, language: str) -> bytes:
    """The calendar as a subscribing program reads it, worded in `language`; times in UTC."""
    with override(language):
        calendar = Calendar()
        calendar.add("prodid", "-//Pathways//Calendar//EN")
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        calendar.add("x-wr-calname", "Pathways")
        calendar.add("refresh-interval", dt.timedelta(minutes=30), parameters={"value": "DURATION"})
        for appointment in appointments:
            calendar.add_component(_event(appointment))
        found: bytes = calendar.to_ical()
        return found


def _event(appointment: Appointment) -> Event:
    event = Event()
    event.add("uid", f"{appointment.public_id}@pathways")
    event.add("dtstamp", appointment.changed_at.astimezone(dt.UTC))
    event.add("last-modified", appointment.changed_at.astimezone(dt.UTC))
    event.add("dtstart", appointment.starts_at.astimezone(dt.UTC))
    event.add("dtend", appointment.ends_at.astimezone(dt.UTC))
    event.add("sequence", appointment.times_changed)
    event.add("status", STATUS.get(Appointment.State(appointment.state), "CONFIRMED"))
    event.add("class", "PRIVATE")
    case = appointment.case
    event.add("summary", f"{appointment.get_kind_display()}: {case.reference}, {initials(case.person)}")
    event.add("location", appointment.place or appointment.office.name)
    if appointment.interpreter_language:
        event.add("description", _("Interpreter: %(language)s") % {"language": appointment.interpreter_language})
    return event
