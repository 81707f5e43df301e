"""Today: the work queue by urgency and the caseload line; own cases first, for a team lead the office's."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.queries import own_and_covered
from accounts.roles import Role
from pathways.cases.models import Case
from pathways.web.desk.tasks import queue_rows
from pathways.web.gate import StaffRequest, desk_page
from pathways.work.queries import Stop, caseload, today_queue

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet

STOP_ICONS = {
    "invitation": "mail",
    "first_contact": "message-2",
    "contract": "signature",
    "courses": "school",
    "certificate": "certificate",
}


def work_scope(request: StaffRequest, on: dt.date) -> tuple[str, QuerySet[Case]]:
    """Whose work is shown: `mine` or `office`, by the query string or else by the user's role.

    Mine is also the work of the colleagues for whom the user stands in today.
    """
    visible = Case.objects.visible_to(request.user, on=on).open()
    chosen = request.GET.get("scope") or ("office" if Role.TEAM_LEAD in request.roles else "mine")
    if chosen != "mine":
        return "office", visible
    return chosen, visible.filter(counselor__in=own_and_covered(request.user, on=on))


def _stops(request: StaffRequest, stops: tuple[Stop, ...], chosen: str) -> list[dict[str, Any]]:
    """The caseload line for the pathway component; each stop leads to its part of the case list."""
    own = f"&counselor={request.user.pk}" if chosen == "mine" else ""
    return [
        {
            "title": str(stop.title),
            "state": "done",
            "icon": STOP_ICONS[stop.code],
            "count": stop.count,
            "href": f"{reverse('desk:cases')}?stage={stop.code}{own}",
            "attention": _late(stop.late),
            "tone": "bad",
            "gap": _usual(after.usual_days if after else None),
        }
        for stop, after in zip_longest(stops, stops[1:])
    ]


def _late(number: int) -> str:
    """How many are past their term."""
    return ngettext("%(number)d late", "%(number)d late", number) % {"number": number} if number else ""


def _usual(days: int | None) -> str:
    """The usual length of the way to the next stop."""
    if days is None:
        return ""
    return ngettext("usually %(number)d day", "usually %(number)d days", days) % {"number": days}


@desk_page
def today(request: StaffRequest) -> HttpResponse:
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
        "stops": _stops(request, caseload(scope=scope, on=on), chosen),
        "queue": queue,
        "invitations": queue.by_cause["send_invitation"],
        "chosen": chosen,
        "rows": queue_rows(queue, language=get_language() or "en", reader=request.user if chosen == "mine" else None),
    }
    return render(request, "desk/today.html", context)
