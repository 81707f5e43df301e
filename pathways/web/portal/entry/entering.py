"""The last step through every door of the portal: the user is signed in as allauth does it, and led to their page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from pathways.web.shell import route

if TYPE_CHECKING:
    from accounts.models import User


def sign_in_user(
    request: HttpRequest, user: User, *, means: str, shared: bool = False, onward: str = ""
) -> HttpResponse:
    """Sign in `user`, who came by `means` (paper, sent, eid); on to `onward`, else to their first page.

    Somebody else who was signed in on this phone is signed out first: nothing of theirs stays in the session.
    """
    if request.user.is_authenticated:
        get_adapter().logout(request)
    request.shared_phone = shared  # type: ignore[attr-defined]  # read when the session is marked
    record_authentication(request, user, method=means)
    address = onward if is_own_page(onward) else first_page()
    response: HttpResponse = perform_login(request, Login(user=user, redirect_url=address))
    return response


def is_own_page(address: str) -> bool:
    """Whether an address is one of the portal, on this site."""
    return address.startswith("/my/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


def first_page() -> str:
    """Where a newcomer begins."""
    return route("portal:home") or route("start")
