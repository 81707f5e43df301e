"""Safe to send twice: a form with `{% idempotency %}` does its work once; a second sending gets the first answer.

What counts is token and content: a form changed after going back is a new one. The sending is claimed in the transaction
of the work itself, so a second one at the same moment waits, and a first one that fails leaves nothing behind. Only what
succeeded is remembered, that is, what answered with a redirect.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect

from pathways.web.actions import claim_sending, drop_claim, keep_answer

if TYPE_CHECKING:
    from django.http import HttpRequest

    from accounts.models import User
    from pathways.web.models import SentForm

FIELD = "_once"
LONGEST = 2000
HEADERS = ("HX-Redirect", "HX-Location")
"""How a redirect is told to htmx."""
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,40}\Z")


def new_token() -> str:
    """A token for one form on one page."""
    return secrets.token_urlsafe(18)


def send_once(request: HttpRequest, *, actor: User, work: Callable[[], HttpResponse]) -> HttpResponse:
    """Do the `work` of a POST, or give the answer it had the first time."""
    if request.method != "POST" or not _TOKEN.match(request.POST.get(FIELD, "")):
        return work()
    with transaction.atomic():
        claim = claim_sending(actor=actor, token=_key(request), path=request.path)
        if claim.location:
            return _answer(claim)
        response = work()
        _settle(claim, response)
    return response


def _key(request: HttpRequest) -> str:
    """What identifies a sending: the form's token and all that was filled in."""
    fields = sorted((name, request.POST.getlist(name)) for name in request.POST if name != "csrfmiddlewaretoken")
    sent = [(name, file) for name, file in request.FILES.items() if isinstance(file, UploadedFile)]
    files = sorted((name, str(file.name), file.size or 0) for name, file in sent)
    return hashlib.sha256(repr((request.path, fields, files)).encode()).hexdigest()[:40]


def _answer(sent: SentForm) -> HttpResponse:
    if sent.header:
        return HttpResponse(status=204, headers={sent.header: sent.location})
    return HttpResponseRedirect(sent.location)


def _settle(claim: SentForm, response: HttpResponse) -> None:
    """Remember a redirect; anything else did no work and may be sent again."""
    header = next((name for name in HEADERS if name in response.headers), "")
    location = response.headers.get(header or "Location", "")
    if location and len(location) <= LONGEST and response.status_code < 400:
        keep_answer(claim=claim, location=location, header=header)
    else:
        drop_claim(claim=claim)
