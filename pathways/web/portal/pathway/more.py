"""Everything else in one place: what one can do, one's own data, language, and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pathways.web.portal.gate import NewcomerRequest, newcomer_page
from pathways.web.shell import route

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_safe
@newcomer_page
def more(request: NewcomerRequest) -> HttpResponse:
    """Places that have no tab of their own. No query beside the gate's."""
    context = {"acts": _shown(_acts()), "data": _shown(_data()), "sign_out": route("portal:sign_out")}
    return render(request, "portal/pathway/more.html", context if request.own_case else {"acts": [], "data": []})


def _acts() -> list[tuple[str, str, str]]:
    return [
        ("portal:contract", "signature", _("My contract")),
        ("portal:courses", "school", _("Choose a course")),
        ("portal:absence", "calendar-due", _("I cannot come")),
        ("portal:appointments", "calendar-event", _("Talks at your office")),
        ("portal:requests", "hand-stop", _("Ask for a pause or to be freed")),
        ("portal:breach", "alert-triangle", _("My file about a duty")),
        ("portal:changes", "refresh", _("Something changed")),
        ("portal:correction", "pencil", _("Something is wrong")),
    ]


def _data() -> list[tuple[str, str, str]]:
    return [
        ("portal:why", "help", _("Why does this apply to me?")),
        ("portal:data", "database", _("My data")),
        ("portal:views", "eye", _("Who looked at my file")),
        ("portal:ways", "key", _("How I sign in")),
    ]


def _shown(places: list[tuple[str, str, str]]) -> list[dict[str, str]]:
    """Those whose pages exist."""
    return [
        {"href": href, "icon": icon, "title": title, "text": ""}
        for name, icon, title in places
        if (href := route(name))
    ]
