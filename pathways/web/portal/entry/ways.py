"""How I get in: the ways that a newcomer has next time, their passkeys, and what to do when the phone is lost."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import flows
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pathways.audit.actions import record_act
from pathways.base.clock import now
from pathways.people.models import Person
from pathways.web.portal.entry.sessions import is_shared
from pathways.web.portal.gate import NewcomerRequest, newcomer_page

if TYPE_CHECKING:
    from accounts.models import User

FRESH = dt.timedelta(minutes=10)
"""So long after signing in a passkey may be added: nobody else adds theirs to a page that was left open."""


def how_next_time(user: User) -> str:
    """The sentence that says how to come back, "" where the office knows no phone and no address of this person."""
    person = Person.objects.filter(user=user).first()
    if person and person.phone and settings.SMS_BACKEND:
        return _("Next time we send you a code by text message.")
    if person and person.email:
        return _("Next time we send you a code by e-mail.")
    return ""


@require_safe
@newcomer_page
def ways(request: NewcomerRequest) -> HttpResponse:
    """How this person gets in next time."""
    person = Person.objects.filter(user=request.user).first()
    context = {
        "phone": person.phone[-2:] if person and settings.SMS_BACKEND else "",
        "email": person.email if person else "",
        "passkeys": Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN),
        "shared": is_shared(request),
    }
    return render(request, "portal/entry/ways.html", context)


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]  # allauth brings no types
    """allauth's own adding of a passkey, in the words and the frame of the portal."""

    template_name = "portal/entry/passkey_add.html"

    def get_success_url(self) -> str:
        """Back to the ways in."""
        return reverse("portal:ways")

    def form_valid(self, form: Any) -> HttpResponse:
        """On record, and said."""
        answer: HttpResponse = super().form_valid(form)
        user = self.request.user
        record_act(actor=user, act="access.add_passkey", subject=str(user.public_id))
        messages.success(self.request, _("Next time you can sign in with this passkey."))
        return answer


@newcomer_page
def passkey_add(request: NewcomerRequest) -> HttpResponse:
    """Adds a passkey; only soon after signing in, and not on a phone that others use."""
    if is_shared(request):
        return redirect("portal:ways")
    if not _is_fresh(request):
        return render(request, "portal/entry/again.html", {"onward": reverse("portal:ways")})
    answer: HttpResponse = AddPasskey.as_view()(request)
    return answer


@newcomer_page
def passkey_remove(request: NewcomerRequest, pk: int) -> HttpResponse:
    """Takes a passkey away, after a question."""
    passkey = get_object_or_404(Authenticator, pk=pk, user=request.user, type=Authenticator.Type.WEBAUTHN)
    if request.method == "POST":
        flows.remove_authenticator(request, passkey)
        record_act(actor=request.user, act="access.remove_passkey", subject=str(request.user.public_id))
        return redirect("portal:ways")
    return render(request, "portal/entry/passkey_remove.html", {"passkey": passkey})


def _is_fresh(request: NewcomerRequest) -> bool:
    records: list[dict[str, Any]] = get_authentication_records(request, request.user)
    latest = max((float(record.get("at", 0)) for record in records), default=0.0)
    return now().timestamp() - latest < FRESH.total_seconds()
