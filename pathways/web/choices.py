"""The reader's choice of theme and language, kept in a cookie; a user's language also with the user, for every device."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import i18n
from django.views.decorators.http import require_POST, require_safe

from accounts.actions import choose_language
from pathways.web.languages import named
from pathways.web.shell import THEMES

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

YEAR = 365 * 24 * 3600


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Remember `theme` (light, dark, or empty to follow the system) and go back to `next`."""
    wanted, back = request.POST.get("theme", ""), request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    response = redirect(back if safe else "/")
    if wanted in THEMES:
        response.set_cookie("theme", wanted, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Read on in `language` and go back to `next`; for a signed-in user also from the next sign-in on."""
    if request.user.is_authenticated and request.POST.get("language") in settings.OFFERED_LANGUAGES:
        choose_language(actor=request.user, language=request.POST["language"])
    response: HttpResponse = i18n.set_language(request)
    return response


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The first page of a newcomer: every language in its own script; the choice leads on to `next`."""
    onward = request.GET.get("next", "/")
    safe = url_has_allowed_host_and_scheme(
        onward, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    context = {"onward": onward if safe else "/", "offered": named(settings.OFFERED_LANGUAGES)}
    return render(request, "public/language.html", context)
