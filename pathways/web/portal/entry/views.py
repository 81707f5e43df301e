"""Getting in with the code of a letter, or with a code that is sent; staying, and leaving without a trace.

Every answer is the same whether or not somebody is known: who guesses learns nothing.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.actions import choose_language
from pathways.access import actions, tasks
from pathways.access.limiting import BY_ADDRESS, BY_CONTACT, WINDOW, too_often
from pathways.base.clock import now, today
from pathways.web.languages import asks_language
from pathways.web.portal.entry import demo
from pathways.web.portal.entry.entering import is_own_page, sign_in_user
from pathways.web.portal.entry.forms import AskCodeForm, PaperCodeForm, SentCodeForm
from pathways.web.portal.entry.sessions import is_shared
from pathways.web.portal.entry.ways import how_next_time
from pathways.web.portal.gate import NewcomerRequest, newcomer_page
from pathways.web.shell import route

if TYPE_CHECKING:
    from accounts.models import User

PENDING = "sign_in"
"""Where the session keeps which code was asked for."""


@asks_language
@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """The code on the letter and the birth date: the first way in."""
    form = PaperCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if _tries_too_often(request, "code"):
            return _wait(request)
        data = form.cleaned_data
        user = actions.redeem_code(figures=data["code"], birth_date=data["birth_date"], on=today(), at=now())
        if user:
            return _first_time(request, user, shared=data["shared"])
        form.add_error(None, _("The code or the date is not right. Look at your letter again."))
    return render(request, "portal/entry/code.html", {"form": form}, status=422 if form.errors else 200)


def _first_time(request: HttpRequest, user: User, *, shared: bool) -> HttpResponse:
    """Sign in; the language chosen on this phone is the person's from now on, and they hear how to come back."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in settings.OFFERED_LANGUAGES:
        choose_language(actor=user, language=chosen)
    answer = sign_in_user(request, user, means="paper", shared=shared)
    next_time = how_next_time(user)
    if not next_time:
        return redirect("portal:ways")
    messages.success(request, next_time)
    return answer


@asks_language
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """All ways in; and the form that asks for a code by text message or e-mail."""
    home = route("portal:home")
    if request.method == "GET" and home and "newcomer" in request.session:
        return redirect(home)
    form = AskCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if _tries_too_often(request, "ask"):
            return _wait(request)
        return _asked(request, form)
    context = {
        "form": form,
        "onward": _onward(request),
        "ended": "ended" in request.GET,
        "left": "left" in request.GET,
        "eid": settings.EID["name"] if settings.EID["server_url"] else "",
    }
    return render(request, "portal/entry/sign_in.html", context, status=422 if form.errors else 200)


def _asked(request: HttpRequest, form: AskCodeForm) -> HttpResponse:
    """Note what was asked for and let a worker send it, if there is somebody to send it to."""
    data, at = form.cleaned_data, now()
    contact = data["contact"]
    pending: dict[str, Any] = {"code": str(uuid.uuid4()), "channel": contact.channel, "shared": data["shared"]}
    if not too_often("contact", contact.value, most=BY_CONTACT, at=at):
        asked = actions.ask_sign_in_code(
            contact=contact, birth_date=data["birth_date"], handle=data["handle"], on=today(), at=at
        )
        pending["code"] = str(asked.public_id)
        transaction.on_commit(lambda: tasks.send_sign_in_code.delay(asked.pk))
    request.session[PENDING] = pending | {"onward": _onward(request)} | demo.remember(contact)
    return redirect("portal:sign_in_code")


@never_cache
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """The code that was sent."""
    pending = request.session.get(PENDING)
    if not pending:
        return redirect("portal:sign_in")
    form = SentCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if _tries_too_often(request, "sent"):
            return _wait(request)
        user = actions.confirm_sign_in_code(
            public_id=uuid.UUID(pending["code"]), figures=form.cleaned_data["code"], on=today(), at=now()
        )
        if user:
            del request.session[PENDING]
            return sign_in_user(request, user, means="sent", shared=pending["shared"], onward=pending["onward"])
        form.add_error("code", _("This code is not right, or it is too old."))
    context = {"form": form, "channel": pending["channel"], "demo": demo.sent(pending)}
    return render(request, "portal/entry/sign_in_code.html", context, status=422 if form.errors else 200)


def _onward(request: HttpRequest) -> str:
    """The page of the portal that was asked for before signing in."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    return asked if is_own_page(asked) else ""


def _tries_too_often(request: HttpRequest, what: str) -> bool:
    address = str(get_adapter().get_client_ip(request))
    return too_often(what, address, most=BY_ADDRESS, at=now())


def _wait(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/entry/wait.html", {"minutes": WINDOW // 60}, status=429)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave: the session ends and the browser forgets what it kept; on a phone of several people everything."""
    shared = is_shared(request)
    if request.user.is_authenticated:
        get_adapter().logout(request)
    onward = _onward(request)
    word = "ended" if request.POST.get("ended") else "left"
    query = {word: "1"} | ({"next": onward} if onward else {})
    return forget(redirect(reverse("portal:sign_in", query=query)), shared=shared)


def forget(answer: HttpResponse, *, shared: bool) -> HttpResponse:
    """Tell the browser to throw away copies of pages; where others use the phone, the choice of language too."""
    kinds = ("cache", "storage", *(("cookies",) if shared else ()))
    answer["Clear-Site-Data"] = ", ".join(f'"{kind}"' for kind in kinds)
    return answer


@require_POST
@newcomer_page
def stay(request: NewcomerRequest) -> HttpResponse:
    """Still there: the session goes on. The sign of life itself is noted for every request."""
    return HttpResponse(status=204)
