"""Pages that a phone keeps for when there is no net: the service worker keeps what is marked here, for one person at a time.

On a shared phone nothing is marked, so nothing is kept. A page of somebody else, another language, or the way to sign-in
makes the service worker forget what it had (`templates/portal/pathway/sw.js`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, Final, ParamSpec, TypeVar

from django.utils.crypto import salted_hmac
from django.utils.translation import get_language

from pathways.base.clock import now
from pathways.web.portal.entry.sessions import is_shared

if TYPE_CHECKING:
    import datetime as dt

    from django.http import HttpResponse

    from pathways.web.gate import StaffRequest

P = ParamSpec("P")
R = TypeVar("R", bound="StaffRequest")
HEADER: Final = "X-Pathways-Keep"


def keep_offline(view: Callable[Concatenate[R, P], HttpResponse]) -> Callable[Concatenate[R, P], HttpResponse]:
    """Lets the phone keep the page; it then says since when. `request.kept_at` is read by the frame."""

    @wraps(view)
    def kept(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if is_shared(request):
            return view(request, *args, **kwargs)
        at: dt.datetime = now()
        request.kept_at = at  # type: ignore[attr-defined]  # for the frame
        answer = view(request, *args, **kwargs)
        answer[HEADER] = owner_key(request)
        return answer

    return kept


def owner_key(request: StaffRequest) -> str:
    """Whose pages these are, in which language; says nothing about the person to whoever reads it."""
    return salted_hmac("portal.keeping", f"{request.user.pk}:{get_language()}").hexdigest()[:20]
