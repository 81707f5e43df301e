"""In which languages a page can be read, and in which one this reader gets it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language, get_language_info
from django.utils.translation.trans_real import parse_accept_lang_header

if TYPE_CHECKING:
    from django.http import HttpRequest

STAFF_PATHS = (
    "/desk/",
    "/classroom/",
    "/policy/",
    "/rules/",
    "/admin/",
    "/api/",
    "/style/",
    "/accounts/email/",
    "/accounts/password/",
    "/accounts/3rdparty/",
    "/accounts/2fa/totp/",
    "/accounts/2fa/recovery-codes/",
)
"""Pages that newcomers do not see; they are written in the languages of the regions and English."""


def languages_at(path: str) -> tuple[str, ...]:
    """The codes of the languages in which the page at `path` can be read, in the order in which they are offered."""
    offered: tuple[str, ...] = settings.STAFF_LANGUAGES if path.startswith(STAFF_PATHS) else settings.OFFERED_LANGUAGES
    return offered


def language_for(request: HttpRequest) -> str:
    """The first language this reader wishes in which the page can be read; English where there is none."""
    offered = languages_at(request.path_info)
    return next((code for code in _wishes(request) if code in offered), settings.LANGUAGE_CODE)


def _wishes(request: HttpRequest) -> Iterator[str]:
    """The user's choice, that of this device, what the browser asks for (`fr-be` and then `fr`)."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        yield user.language
    yield request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    for code, _weight in parse_accept_lang_header(request.headers.get("accept-language", "")):
        yield code
        yield code.split("-")[0]


def named(codes: tuple[str, ...]) -> list[dict[str, Any]]:
    """The languages for a chooser, each by its own name and with the direction of its script."""
    found = [get_language_info(code) for code in codes]
    return [{"code": one["code"], "name": one["name_local"], "dir": "rtl" if one["bidi"] else "ltr"} for one in found]


def direction(code: str) -> str:
    """`rtl` for a language written from right to left, otherwise `ltr`."""
    return "rtl" if code in settings.LANGUAGES_BIDI else "ltr"


def has_chosen(request: HttpRequest) -> bool:
    """Whether this reader has chosen a language: on this device, or by signing in."""
    return settings.LANGUAGE_COOKIE_NAME in request.COOKIES or request.user.is_authenticated


def asks_language(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Shows a first page of newcomers only after its reader has chosen a language, each in its own script."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "GET" and not has_chosen(request):
            return HttpResponseRedirect(f"{reverse('choose_language')}?{urlencode({'next': request.get_full_path()})}")
        return view(request, *args, **kwargs)

    return asked


def current() -> str:
    """The language of the page that is being made."""
    return get_language() or settings.LANGUAGE_CODE
