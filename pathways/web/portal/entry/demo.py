"""What a demonstration shows beside the ways in: a code that is known, and the text message as it was sent. Nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from pathways.access.actions import issue_code
from pathways.access.codes import HALF, KNOWN, grouped
from pathways.access.models import AccessCode
from pathways.access.sms import latest_text
from pathways.base.clock import now, today
from pathways.people.models import Person

if TYPE_CHECKING:
    from pathways.access.queries import Contact


def paper() -> dict[str, Any] | None:
    """The letter that everybody may try: its code, birth date and phone, and whether the code still works."""
    letter = _letter()
    if letter is None:
        return None
    works = letter.used_at is None and letter.revoked_at is None and letter.expires_at > now()
    return {"code": grouped(KNOWN), "figures": KNOWN, "person": letter.person, "works": works}


def _letter() -> AccessCode | None:
    if not settings.DEMO:
        return None
    return AccessCode.objects.filter(handle=KNOWN[:HALF]).select_related("person").order_by("-pk").first()


def remember(contact: Contact) -> dict[str, str]:
    """In a demonstration the session keeps where the message goes, so that it can be shown."""
    return {"to": contact.value} if settings.DEMO else {}


def sent(pending: dict[str, Any]) -> dict[str, str] | None:
    """The text message that a phone would show by now."""
    if not settings.DEMO or "to" not in pending:
        return None
    is_text = pending["channel"] == "sms" and settings.SMS_BACKEND == "file"
    return {"text": latest_text(to=pending["to"]) if is_text else ""}


@require_POST
def renew(_request: HttpRequest) -> HttpResponse:
    """Make the known code work again: the next visitor wants to try it too."""
    letter = _letter()
    if letter is None:
        raise Http404
    person = Person.objects.get(pk=letter.person_id)
    issue_code(actor=None, person=person, case_id=None, on=today(), at=now(), figures=KNOWN)
    return redirect("portal:code")
