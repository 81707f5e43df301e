"""What makes the portal installable and readable without a net: manifest, service worker, and the page for when nothing is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from pathways.web.portal.pathway.keeping import HEADER

if TYPE_CHECKING:
    from typing import Any

KEPT = ("portal:home", "portal:calendar", "portal:papers")
"""The pages that can be read without a net: the next step, the calendar, the list of papers."""


@require_safe
@cache_control(public=True, max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    """How the portal looks on the first screen of a phone. Says nothing about anybody."""
    icons = [{"src": static("img/favicon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}]
    for size in (192, 512):
        src = static(f"img/portal-{size}.png")
        icons.append({"src": src, "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any"})
        icons.append({"src": src, "sizes": f"{size}x{size}", "type": "image/png", "purpose": "maskable"})
    content: dict[str, Any] = {
        "id": reverse("portal:home"),
        "name": _("My pathway"),
        "short_name": "Pathways",
        "lang": get_language(),
        "dir": "rtl" if get_language_bidi() else "ltr",
        "start_url": reverse("portal:home"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#f4f2ed",
        "theme_color": "#f4f2ed",
        "icons": icons,
    }
    return JsonResponse(content, content_type="application/manifest+json")


@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps what may be kept. It knows addresses and nobody."""
    context = {
        "kept": [reverse(name) for name in KEPT],
        "offline": reverse("portal:offline"),
        "static": settings.STATIC_URL,
        "header": HEADER,
    }
    return render(request, "portal/pathway/sw.js", context, content_type="text/javascript; charset=utf-8")


@require_safe
@cache_control(no_cache=True)
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown without a net where nothing is kept. It names nobody, whoever asks."""
    return render(request, "portal/pathway/offline.html", {"pages": KEPT})
