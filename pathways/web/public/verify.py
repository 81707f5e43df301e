"""Is this certificate genuine? Anyone with the code of a paper sees what must stand on it; a guesser learns nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pathways.outcomes.letters.certificate import spaced
from pathways.outcomes.queries import Checked, certificate_of_code
from pathways.rules import LEVELS
from pathways.web.dates import language_of
from pathways.web.names import programme_title
from pathways.web.public.limiting import WINDOW, asks_too_often
from pathways.web.texts import said

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

STATES = {
    "issued": ("ok", _("This certificate is genuine and valid")),
    "replaced": ("warn", _("This certificate was replaced by a newer one")),
    "revoked": ("bad", _("This certificate was revoked and is no longer valid")),
}


@require_safe
@never_cache
def verify(request: HttpRequest) -> HttpResponse:
    """The form; a code that was typed leads to its own address, which a QR code holds too."""
    if code := "".join(request.GET.get("code", "").split())[:40]:
        safe = "".join(sign for sign in code if sign.isascii() and (sign.isalnum() or sign == "-"))
        return redirect("verify_code", safe or "-")
    return render(request, "public/verify.html", {})


@require_safe
@never_cache
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """What the code proves. Unknown and malformed ones are answered alike."""
    if asks_too_often(request, "verify"):
        context = {"too_often": True, "minutes": WINDOW // 60}
        return render(request, "public/verify.html", context, status=429)
    found = certificate_of_code(code)
    context = _found(found, code) if found else {"unknown": True}
    return render(request, "public/verify.html", context, status=200 if found else 404)


def _found(found: Checked, code: str) -> dict[str, Any]:
    language = language_of(get_language() or "en")
    kind, title = STATES[found.state]
    return {
        "found": found,
        "note": kind,
        "says": title,
        "title": said(found.title, language),
        "programme": programme_title(found.programme, language),
        "components": [_component(one, language) for one in found.components],
        "code": spaced(code.upper().replace("-", "")),
    }


def _component(one: dict[str, Any], language: str) -> dict[str, Any]:
    level = one["level"] if one["level"] in LEVELS else ""
    return {
        "title": said(one["title"], language),
        "hours": one["minutes"] / 60,
        "tested": one["tested"],
        "level": level,
    }
