"""The calendar of a newcomer for other programs: what, when and where. It names nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from icalendar import Calendar, Event

if TYPE_CHECKING:
    from pathways.web.portal.pathway.agenda import Entry


def calendar_file(entries: Iterable[Entry], *, name: str, made_at: dt.datetime) -> bytes:
    """The calendar as a subscribing program reads it; times in UTC, last days of law as whole days."""
    calendar = Calendar()
    calendar.add("prodid", "-//Pathways//My calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", dt.timedelta(hours=2), parameters={"value": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, made_at))
    found: bytes = calendar.to_ical()
    return found


def _event(entry: Entry, made_at: dt.datetime) -> Event:
    event = Event()
    event.add("uid", f"{entry.uid}@pathways")
    event.add("dtstamp", made_at.astimezone(dt.UTC))
    if entry.starts_at and entry.ends_at:
        event.add("dtstart", entry.starts_at.astimezone(dt.UTC))
        event.add("dtend", entry.ends_at.astimezone(dt.UTC))
    else:
        event.add("dtstart", entry.day)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("summary", entry.title)
    if entry.place.name:
        event.add("location", entry.place.name)
    return event
