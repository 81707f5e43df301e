"""The first page: what to do next, how the lessons go, where one is on the path, and whom to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pathways.base.clock import now
from pathways.courses.models import Session
from pathways.web.portal.gate import NewcomerRequest, newcomer_page
from pathways.web.portal.pathway.keeping import keep_offline
from pathways.web.portal.pathway.lessons import attendance_lines, lesson_line
from pathways.web.portal.pathway.next_step import next_step
from pathways.web.portal.pathway.path import path_stops
from pathways.web.portal.pathway.reads import read_home
from pathways.web.portal.pathway.states import no_case, situation_of
from pathways.web.portal.pathway.words import PlainWords
from pathways.web.shell import route

if TYPE_CHECKING:
    from django.http import HttpResponse

    from pathways.cases.models import Case
    from pathways.web.portal.pathway.reads import HomeReads
    from pathways.web.portal.pathway.states import Situation

STILL = frozenset({"closed", "finished", "suspended"})
"""States in which nothing is to be done next."""


@require_safe
@newcomer_page
@keep_offline
def home(request: NewcomerRequest) -> HttpResponse:
    """The first page of a newcomer."""
    case = request.own_case
    if case is None:
        context: dict[str, Any] = {"name": request.user.get_short_name(), "situation": no_case()}
    else:
        context = _context(read_home(case, on=request.today, at=now()))
    return render(request, "portal/pathway/home.html", context)


def _context(reads: HomeReads) -> dict[str, Any]:
    words, case = PlainWords(), reads.case
    certificate = reverse("portal:paper", args=[reads.certificate.document.public_id]) if reads.certificate else ""
    situation = situation_of(reads, words, certificate_href=certificate)
    lines = attendance_lines(reads.progress, words)
    coming = next((one for one in reads.lessons if one.state != Session.State.CANCELLED), None)
    following = lesson_line(coming, words) if coming and situation.code not in STILL else None
    step = None if situation.code in STILL else next_step(reads, words)
    return {
        "name": case.person.first_names or str(case.person),
        "on": reads.on,
        "situation": situation,
        "step": step,
        "attendance": lines,
        "lesson": None if step and step.route == "portal:calendar" else following,
        "stops": path_stops(reads, lines, following, words) if situation.has_path else [],
        "links": _links(case, situation),
    }


def _links(case: Case, situation: Situation) -> list[dict[str, str]]:
    """Where to go from here; a page that does not exist is left out."""
    counselor, office = case.counselor, case.office.name if case.office else ""
    ask = (
        _("Ask %(name)s, your counselor") % {"name": counselor.get_short_name()} if counselor else _("Ask your office")
    )
    obliged = situation.code in ("obliged", "breach", "suspended")
    why = _("Why must I do this?") if obliged else _("Why does this apply to me?")
    since = situation.texts[0] if situation.code == "obliged" and situation.texts else ""
    found = [
        ("portal:why", "help", why, since or _("The law and what we know about you")),
        ("portal:papers", "file-text", _("My papers"), _("Letters, contract, certificates")),
        ("portal:messages", "message", ask, office),
        ("portal:changes", "refresh", _("Something changed"), _("Your address, your work, your phone")),
    ]
    return [
        {"href": href, "icon": icon, "title": title, "text": text}
        for name, icon, title, text in found
        if (href := route(name))
    ]
