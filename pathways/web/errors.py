"""Pages for what went wrong: said in plain words, with a way on. They ask nothing of the database."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template import loader
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.http import HttpRequest

PLAIN = """<!doctype html><html lang="en"><title>Pathways</title>
<h1>Something went wrong</h1><p>Please try again in a minute.</p></html>"""
"""What is left to say where even the template fails."""


def _page(request: HttpRequest, name: str, status: int) -> HttpResponse:
    context = {"theme": request.COOKIES.get("theme", "") if request.COOKIES.get("theme") in {"light", "dark"} else ""}
    try:
        return HttpResponse(loader.render_to_string(f"errors/{name}.html", context), status=status)
    except Exception:  # an error page must never fail
        return HttpResponse(PLAIN, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the browser sent what nobody can read."""
    return _page(request, "400", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the act isn't allowed to this user."""
    return _page(request, "403", 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that was open too long or came from elsewhere."""
    return _page(request, "csrf", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page, or not for this user: a stranger can't tell which."""
    if request.headers.get("HX-Request"):
        return HttpResponse(_("This is no longer here. Load the page again."), status=404)
    return _page(request, "404", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 where it is the database that doesn't answer, so that nobody looks for a fault of their own."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        response = _page(request, "database", 503)
        response["Retry-After"] = "30"
        return response
    return _page(request, "500", 500)
