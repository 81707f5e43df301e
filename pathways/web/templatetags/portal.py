"""The parts of a newcomer's page, as tags: `{% load portal %}`. The rest is in `pw`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import template
from django.utils.translation import gettext_lazy as _

from pathways.correspondence.queries import unread_for
from pathways.web.shell import route

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

register = template.Library()


@dataclass(frozen=True)
class Tab:
    """A place at the foot of every portal page; `routes` are the further routes that belong to it."""

    url_name: str
    label: _StrPromise
    icon: str
    routes: frozenset[str] = frozenset()


LESSONS = frozenset(
    {
        *("courses", "course_choose", "course_none", "absence", "absence_report"),
        *("appointments", "appointment_book", "appointment_move", "appointment_cancel"),
    }
)
TABS = (
    Tab("portal:home", _("Home"), "home", frozenset({"why", "why_date"})),
    Tab("portal:calendar", _("Lessons"), "calendar", LESSONS),
    Tab("portal:messages", _("Messages"), "message", frozenset({"correction", "changes", "change"})),
    Tab("portal:papers", _("Papers"), "file-text", frozenset({"paper", "contract", "contract_sign"})),
    Tab("portal:more", _("More"), "dots"),
)


@register.inclusion_tag("portal/_way.html")
def way(href: str, sign: str, title: str, text: str = "") -> dict[str, str]:
    """One place to go to in a list "pw-links": an icon ("" for none), its title, and a line that says more."""
    return {"href": href, "sign": sign, "title": title, "text": text}


@register.inclusion_tag("portal/_tabs.html", takes_context=True)
def portal_tabs(context: template.Context) -> dict[str, Any]:
    """The places at the foot; none before sign-in. A place whose route does not exist yet is not shown."""
    request: HttpRequest = context["request"]
    if not request.user.is_authenticated:
        return {"tabs": []}
    found = [(tab, address) for tab in TABS if (address := route(tab.url_name))]
    current, case = current_tab(request), getattr(request, "own_case", None)
    new = {"portal:messages": unread_for(case.person) if case else 0}
    return {
        "tabs": [
            {"tab": tab, "href": address, "current": tab is current, "new": new.get(tab.url_name, 0)}
            for tab, address in found
        ]
    }


def current_tab(request: HttpRequest) -> Tab | None:
    """The place that this page belongs to: its own, the one that claims its route, or else "More"."""
    match = request.resolver_match
    if match is None or match.namespace != "portal":
        return None
    name = match.url_name or ""
    return next((tab for tab in TABS if tab.url_name == f"portal:{name}" or name in tab.routes), TABS[-1])


@register.simple_tag
def go(name: str) -> str:
    """The address of a route without arguments, "" while no such route exists: `{% go "portal:contract" as href %}`."""
    return route(name)


@register.inclusion_tag("portal/_back.html")
def back(href: str, text: str) -> dict[str, str]:
    """The way back, above the heading of a page: `{% back href _("Home") %}`."""
    return {"href": href, "text": text}
