"""The tag that every page of a newcomer carries: `{% load entry %}{% newcomer_session %}`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.middleware.csrf import get_token
from django.utils.html import format_html

from pathways.web.portal.entry.demo import paper
from pathways.web.portal.entry.sessions import KEY, NOTED_EVERY, WARNING, idle_seconds

if TYPE_CHECKING:
    from django.http import HttpRequest

register = template.Library()


@register.inclusion_tag("portal/entry/_session.html", takes_context=True)
def newcomer_session(context: template.Context) -> dict[str, Any]:
    """The warning before the session ends, which can be answered; and "Leave" where others use the phone."""
    request: HttpRequest | None = context.get("request")
    mark = request.session.get(KEY) if request and request.user.is_authenticated else None
    if request is None or mark is None:
        return {"seconds": 0, "shared": False}
    return {
        "seconds": idle_seconds(shared=mark["shared"]) - NOTED_EVERY,
        "warning": WARNING,
        "shared": mark["shared"],
        "here": request.get_full_path() if request.method == "GET" else "",
        "csrf_field": format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request)),
    }


@register.inclusion_tag("portal/entry/_demo.html", takes_context=True)
def known_letter(context: template.Context) -> dict[str, Any]:
    """In a demonstration: the letter whose code everybody may try. Nothing otherwise."""
    return {"demo": paper(), "csrf_token": context.get("csrf_token")}
