"""The calendar: what is coming, day by day, and the secret address under which another calendar reads it."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from pathways.base.clock import now, today
from pathways.cases.models import Case
from pathways.meetings.actions import close_calendar, renew_calendar_key
from pathways.meetings.models import CalendarKey
from pathways.meetings.queries import newcomer_of_calendar
from pathways.web.portal.gate import PortalRequest, portal_page
from pathways.web.portal.pathway.agenda import agenda
from pathways.web.portal.pathway.feeds import calendar_file
from pathways.web.portal.pathway.keeping import keep_offline
from pathways.web.portal.pathway.words import PlainWords

if TYPE_CHECKING:
    from pathways.web.portal.pathway.agenda import Entry

SHOWN_DAYS, MORE_DAYS = 28, 366
FEED_DAYS = (30, 366)
"""How far back and ahead another calendar reads."""


@require_safe
@portal_page
@keep_offline
def calendar(request: PortalRequest) -> HttpResponse:
    """The next four weeks, or with `?all` the next year."""
    at, everything = now(), "all" in request.GET
    last = at + dt.timedelta(days=MORE_DAYS if everything else SHOWN_DAYS)
    found = agenda(request.case, PlainWords(), first=at, last=last, on=request.today)
    context = {
        "on": request.today,
        "days": [(day, list(entries)) for day, entries in groupby(found, key=lambda entry: entry.day)],
        "everything": everything,
    }
    return render(request, "portal/pathway/calendar.html", context)


@portal_page
def calendar_address(request: PortalRequest) -> HttpResponse:
    """The secret address for other calendars: a new one is shown once, on the answer to the form itself."""
    shown = ""
    if request.method == "POST" and request.POST.get("act") == "close":
        close_calendar(actor=request.user, on=request.today)
    elif request.method == "POST":
        secret = renew_calendar_key(actor=request.user, on=request.today)
        shown = request.build_absolute_uri(reverse("portal:calendar_feed", args=[secret]))
    key = CalendarKey.objects.filter(user=request.user).first()
    return render(request, "portal/pathway/calendar_address.html", {"key": key, "shown": shown})


@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar of whoever has this secret. No sign-in; a wrong secret is a 404. It names nobody."""
    on, at = today(), now()
    user = newcomer_of_calendar(secret=secret, on=on)
    case = Case.objects.open().filter(person__user=user).select_related("facts", "decision").first() if user else None
    if user is None:
        raise Http404
    back, ahead = (dt.timedelta(days=days) for days in FEED_DAYS)
    with override(user.language):
        entries: list[Entry] = (
            agenda(case, PlainWords(user.language), first=at - back, last=at + ahead, on=on) if case else []
        )
        body = calendar_file(entries, name=_("My pathway"), made_at=at)
    headers = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)
