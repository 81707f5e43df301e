"""Today: the work queue by urgency and where the caseload stands. Opens on the user's own cases, a team lead's on the office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.roles import Role
from pathways.cases.models import Case
from pathways.web.desk.tasks import queue_rows
from pathways.web.gate import desk_page
from pathways.work.queries import Stop, caseload, today_queue

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet

STOP_ICONS = {"first_contact": "message-2", "contract": "signature", "courses": "school", "certificate": "certificate"}


def work_scope(request: HttpRequest, on: dt.date) -> tuple[str, QuerySet[Case]]:
    """Whose work is shown: `mine` or `office`, by the query string or else by the user's role."""
    visible = Case.objects.visible_to(request.user, on=on).open()
    leads = request.user.memberships.held_on(on).filter(role=Role.TEAM_LEAD).exists()
    chosen = request.GET.get("scope") or ("office" if leads else "mine")
    return (chosen, visible.filter(counselor=request.user)) if chosen == "mine" else ("office", visible)


def _stop(stop: Stop, chosen: str) -> dict[str, Any]:
    """A stop of the caseload line for the pathway component; leads to its part of the case list."""
    late = ngettext("%(number)d late", "%(number)d late", stop.late) % {"number": stop.late} if stop.late else ""
    gap = (
        ngettext("usually %(number)d day", "usually %(number)d days", stop.usual_days) % {"number": stop.usual_days}
        if stop.usual_days is not None
        else ""
    )
    return {
        "title": str(stop.title),
        "state": "done",
        "icon": STOP_ICONS[stop.code],
        "count": stop.count,
        "href": f"{reverse('desk:cases')}?stage={stop.code}" + ("&counselor=me" if chosen == "mine" else ""),
        "attention": late,
        "tone": "bad",
        "lines": [_("since January")] if stop.code == "certificate" else [],
        "gap": gap,
    }


@desk_page
def today(request: HttpRequest) -> HttpResponse:
    """The page a counselor starts the day with."""
    on = request.today
    chosen, scope = work_scope(request, on)
    queue = today_queue(scope=scope, on=on)
    context = {
        "on": on,
        "scopes": [
            {"label": _("My cases"), "href": "?scope=mine", "current": chosen == "mine"},
            {"label": _("Whole office"), "href": "?scope=office", "current": chosen == "office"},
        ],
        "stops": [_stop(stop, chosen) for stop in caseload(scope=scope, on=on)],
        "queue": queue,
        "rows": queue_rows(queue, language=get_language() or "en"),
    }
    return render(request, "desk/today.html", context)
