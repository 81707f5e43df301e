"""What is coming: lessons, talks at the office and last days of law, in one list by day. The same for the page and for the feed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from pathways.courses.models import TAKES_PART, Session
from pathways.duties.queries import ledger
from pathways.meetings.models import Appointment
from pathways.web.portal.pathway.lessons import Place, lesson_line, place_of

if TYPE_CHECKING:
    from pathways.cases.models import Case
    from pathways.duties.queries import Term
    from pathways.web.portal.pathway.words import PlainWords

CANCELLED = frozenset({Appointment.State.CANCELLED, Appointment.State.MISSED})


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on a day; a last day of law has no hours. `uid` names it to other calendars."""

    kind: str
    uid: str
    icon: str
    title: str
    day: dt.date
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    hours: str
    place: Place
    online: bool = False
    cancelled: bool = False
    moved_from: str = ""
    href: str = ""
    provider: str = ""


def agenda(case: Case, words: PlainWords, *, first: dt.datetime, last: dt.datetime, on: dt.date) -> list[Entry]:
    """Everything between two times, in order; cancelled lessons and talks included. Four queries."""
    found = [_lesson(one, words) for one in _sessions(case, first, last)]
    found += [_talk(one) for one in _appointments(case, first, last)]
    found += [_term(one, words) for one in ledger(case=case, on=on) if one.due_on and one.met_on is None]
    days = first.date(), last.date()
    shown = [one for one in found if one.starts_at or days[0] <= one.day <= days[1]]
    return sorted(shown, key=lambda one: (one.day, one.hours, one.uid))


def _sessions(case: Case, first: dt.datetime, last: dt.datetime) -> list[Session]:
    found = Session.objects.filter(
        course__enrolments__case=case,
        course__enrolments__state__in=TAKES_PART,
        starts_at__date__gte=F("course__enrolments__starts_on"),
        ends_at__gte=first,
        starts_at__lt=last,
    )
    return list(found.select_related("course__municipality", "course__provider").order_by("starts_at", "pk").distinct())


def _appointments(case: Case, first: dt.datetime, last: dt.datetime) -> list[Appointment]:
    found = case.appointments.filter(ends_at__gte=first, starts_at__lt=last)
    return list(found.select_related("office").order_by("starts_at", "pk"))


def _lesson(session: Session, words: PlainWords) -> Entry:
    line = lesson_line(session, words)
    return Entry(
        kind="lesson",
        uid=str(session.public_id),
        icon="school",
        title=line.title,
        day=line.day,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        hours=f"{line.starts}–{line.ends}",
        place=line.place,
        online=line.online,
        cancelled=line.cancelled,
        moved_from=line.moved_from,
        provider=line.provider,
    )


def _talk(talk: Appointment) -> Entry:
    start, end = localtime(talk.starts_at), localtime(talk.ends_at)
    return Entry(
        kind="talk",
        uid=str(talk.public_id),
        icon="message",
        title=_("Talk at your office"),
        day=start.date(),
        starts_at=talk.starts_at,
        ends_at=talk.ends_at,
        hours=f"{start:%H:%M}–{end:%H:%M}",
        place=place_of(talk.place or talk.office.name, talk.office.city),
        cancelled=talk.state in CANCELLED,
    )


def _term(term: Term, words: PlainWords) -> Entry:
    assert term.due_on is not None
    return Entry(
        kind="term",
        uid=f"{term.code}-{term.due_on}",
        icon="calendar-due",
        title=_("Last day: %(what)s") % {"what": words.text(term.title)},
        day=term.due_on,
        starts_at=None,
        ends_at=None,
        hours="",
        place=Place("", ""),
        href=reverse("portal:why_date", args=[term.code]),
    )
