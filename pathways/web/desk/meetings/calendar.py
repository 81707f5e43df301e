"""The calendar: one's own week with its free times, the week of the office, and the address for other calendars."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pathways.base.clock import now, today
from pathways.meetings import actions
from pathways.meetings.feeds import calendar_feed
from pathways.meetings.models import CalendarKey
from pathways.meetings.queries import appointments_between, colleagues, feed_of, free_slots, user_of_calendar
from pathways.meetings.slots import BRUSSELS, monday_of
from pathways.programmes.models import Office
from pathways.web.desk.meetings.words import FIRST_HOUR, LAST_HOUR, SLOT, day_column, talk_line
from pathways.web.gate import DESK_ROLES, StaffRequest, desk_page

if TYPE_CHECKING:
    from accounts.models import User

WORKDAYS, WEEK = 5, 7


@require_safe
@desk_page
def calendar(request: StaffRequest) -> HttpResponse:
    """One's own week, a colleague's, or everybody's of the office."""
    week = read_week(request)
    people = colleagues(offices=offices_of(request), on=request.today)
    whose = _whose(request, people)
    talks = appointments_between(actor=request.user, first=week, days=WEEK, on=request.today, counselor=whose)
    lines = [talk_line(talk, get_language() or "en", now=now()) for talk in talks]
    shown = WEEK if any(line["day"].weekday() >= WORKDAYS for line in lines) else WORKDAYS
    days = [week + dt.timedelta(days=number) for number in range(shown)]
    context = {
        "on": request.today,
        "week": week,
        "last": days[-1],
        "weeks": _weeks(request, week),
        "whose": whose,
        "people": people,
        "scopes": _scopes(request, whose, week),
        "hours": range(FIRST_HOUR, LAST_HOUR),
        "number_of_talks": len(lines),
        **(_own(request, whose, days, lines) if whose else _office(request, people, days, lines)),
    }
    return render(request, "desk/meetings/calendar.html", context)


def read_week(request: HttpRequest) -> dt.date:
    """The Monday of the week that the query string asks for; this week without one."""
    try:
        asked = dt.date.fromisoformat(request.GET.get("week", ""))
        return monday_of(min(max(asked, dt.date(2000, 1, 3)), dt.date(2100, 1, 4)))
    except ValueError:
        return monday_of(today())


def offices_of(request: StaffRequest) -> list[int]:
    """The offices in which the user works on cases. One query."""
    organisations = [post.organisation_id for post in request.posts if post.role in DESK_ROLES]
    return list(Office.objects.filter(organisation__in=organisations).order_by("pk").values_list("pk", flat=True))


def _whose(request: StaffRequest, people: list[User]) -> User | None:
    """Whose week: a colleague's by their public number; None for everybody's. 404 for somebody of another office."""
    if request.GET.get("scope") == "office":
        return None
    wanted = request.GET.get("counselor", "")
    if not wanted:
        return request.user
    found = next((one for one in people if str(one.public_id) == wanted), None)
    if found is None:
        raise Http404
    return found


def _weeks(request: StaffRequest, week: dt.date) -> dict[str, str]:
    """The addresses of the weeks before and after, and of this one."""

    def address(day: dt.date) -> str:
        query = request.GET.copy()
        query["week"] = day.isoformat()
        return f"?{query.urlencode()}"

    step = dt.timedelta(days=WEEK)
    return {"before": address(week - step), "after": address(week + step), "now": address(monday_of(request.today))}


def _scopes(request: StaffRequest, whose: User | None, week: dt.date) -> list[dict[str, Any]]:
    return [
        {"label": _("My week"), "href": f"?week={week}", "current": whose == request.user},
        {"label": _("Whole office"), "href": f"?scope=office&week={week}", "current": whose is None},
    ]


def _own(request: StaffRequest, whose: User, days: list[dt.date], lines: list[dict[str, Any]]) -> dict[str, Any]:
    free = free_slots(counselor=whose, first=days[0], days=len(days), minutes=SLOT, after=now())
    columns = [
        day_column(
            day,
            [line for line in lines if line["day"] == day],
            [start for start in free if start.astimezone(BRUSSELS).date() == day],
            today=request.today,
        )
        for day in days
    ]
    return {"columns": columns, "rows": []}


def _office(
    request: StaffRequest, people: list[User], days: list[dt.date], lines: list[dict[str, Any]]
) -> dict[str, Any]:
    """Each colleague's week as a row."""
    known = {one.pk: one for one in people} | {line["talk"].counselor_id: line["talk"].counselor for line in lines}
    rows = [
        {
            "person": person,
            "days": [
                {"day": day, "talks": [x for x in lines if x["talk"].counselor_id == number and x["day"] == day]}
                for day in days
            ],
        }
        for number, person in sorted(known.items(), key=lambda pair: str(pair[1]))
    ]
    heads = [{"day": day, "today": day == request.today} for day in days]
    return {"columns": heads, "rows": rows}


@desk_page
def address(request: StaffRequest) -> HttpResponse:
    """The secret address for other calendars: a new one is shown once, on the answer to the form itself."""
    shown = ""
    if request.method == "POST" and request.POST.get("act") == "close":
        actions.close_calendar(actor=request.user, on=request.today)
    elif request.method == "POST":
        secret = actions.renew_calendar_key(actor=request.user, on=request.today)
        shown = request.build_absolute_uri(reverse("desk:calendar_feed", args=[secret]))
    key = CalendarKey.objects.filter(user=request.user).first()
    response = render(request, "desk/meetings/address.html", {"key": key, "shown": shown})
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The appointments of whoever has this secret: reference and initials only. No sign-in; a wrong secret is a 404."""
    on = today()
    user = user_of_calendar(secret=secret, on=on)
    if user is None:
        raise Http404
    body = calendar_feed(feed_of(user=user, on=on), language=user.language)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
