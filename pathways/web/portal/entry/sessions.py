"""A newcomer's session: it ends after minutes without a sign of life, sooner on a phone that others use too.

The mark in the session is set when a newcomer signs in, by whichever door. Their own sign-in pages are the portal's: those
of allauth about addresses and passwords, which newcomers do not have, lead there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypedDict

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.adapter import is_newcomer
from pathways.base.clock import now

if TYPE_CHECKING:
    from accounts.models import User

    Answer = Callable[[HttpRequest], HttpResponse]

KEY: Final = "newcomer"
WARNING: Final = 120
"""Seconds before the end at which the page warns."""
NOTED_EVERY: Final = 20
"""Seconds within which a further sign of life is not written down again."""
STAFF_DOORS: Final = ("/accounts/email/", "/accounts/password/change/", "/accounts/password/set/")
CONNECTIONS: Final = "/accounts/3rdparty/"
SECOND_STEP: Final = "/accounts/2fa/"
PASSKEY_DOORS: Final = ("/accounts/2fa/webauthn/login/", "/accounts/2fa/authenticate/")


class Mark(TypedDict):
    """When the newcomer was last seen (seconds), and whether others use this phone."""

    seen: float
    shared: bool


@receiver(user_logged_in)
def mark_newcomer(request: HttpRequest, user: User, **_signal: Any) -> None:
    """Remember in the session that it is a newcomer's, and which kind of phone they said it is."""
    if is_newcomer(user):
        shared = bool(getattr(request, "shared_phone", False))
        request.session[KEY] = Mark(seen=now().timestamp(), shared=shared)
        if shared:
            request.session.set_expiry(0)  # the cookie ends with the browser


def is_shared(request: HttpRequest) -> bool:
    """Whether the newcomer said that others use this phone: then nothing may stay on it."""
    mark: Mark | None = request.session.get(KEY)
    return bool(mark and mark["shared"])


def idle_seconds(*, shared: bool) -> int:
    """How long a session lasts without a sign of life."""
    return 60 * int(settings.PORTAL_SHARED_IDLE_MINUTES if shared else settings.PORTAL_IDLE_MINUTES)


def newcomer_sessions(get_response: Answer) -> Answer:
    """End a newcomer's idle session, note signs of life in the others, and keep the doors of staff shut."""

    def answer(request: HttpRequest) -> HttpResponse:
        mark: Mark | None = request.session.get(KEY)
        if mark is None or not request.user.is_authenticated:
            return get_response(request)
        moment = now().timestamp()
        if moment - mark["seen"] > idle_seconds(shared=mark["shared"]):
            return end_session(request)
        if moment - mark["seen"] > NOTED_EVERY:
            request.session[KEY] = {**mark, "seen": moment}
        if _is_staff_door(request.path):
            return redirect("portal:ways")
        return get_response(request)

    return answer


def _is_staff_door(path: str) -> bool:
    second_step = path.startswith(SECOND_STEP) and not path.startswith(PASSKEY_DOORS)
    return second_step or path == CONNECTIONS or path.startswith(STAFF_DOORS)


def end_session(request: HttpRequest) -> HttpResponse:
    """Sign out, and lead to the sign-in page; from there back to the page that was asked for."""
    get_adapter().logout(request)
    query = {"ended": "1"}
    if request.method == "GET" and request.path.startswith("/my/"):
        query["next"] = request.get_full_path()
    address = f"{reverse('portal:sign_in')}?{urlencode(query)}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    if request.headers.get("X-Stay"):  # the script that answers the warning
        return HttpResponse(status=401)
    return redirect(address)
