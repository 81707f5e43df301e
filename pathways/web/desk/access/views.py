"""The access letter of a person: printed with a new code, which ends the old one; the code taken back; all ways closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pathways.access import actions
from pathways.access.errors import AccessRefused
from pathways.access.letters import letter_languages, typeset_access
from pathways.access.permissions import can_give_access
from pathways.access.queries import way_in
from pathways.base.clock import now
from pathways.web.gate import StaffRequest, desk_page, get_case
from pathways.web.names import language_name

if TYPE_CHECKING:
    from pathways.access.queries import WayIn


@require_safe
@desk_page
def access(request: StaffRequest, reference: str) -> HttpResponse:
    """How the person gets in, and what the counselor can do about it."""
    case = get_case(request, reference, can_give_access, page="access")
    language, found = get_language() or "en", way_in(person=case.person)
    context = {
        "case": case,
        "way": found,
        "tab": "desk:case_access",
        "closed": bool(case.person.user and not case.person.user.is_active),
        "state": _state(found),
        "languages": [language_name(code, language) for code in letter_languages(case)],
    }
    return render(request, "desk/access/access.html", context)


def _state(way: WayIn) -> dict[str, Any]:
    """What can be said of the latest code in a word."""
    code = way.code
    if code is None:
        return {"live": False, "word": _("No letter has been printed.")}
    if code.used_at:
        return {"live": False, "word": _("The code was used."), "at": code.used_at}
    if code.revoked_at:
        return {"live": False, "word": _("The code was taken back, or tried wrongly too often."), "at": code.revoked_at}
    if code.expires_at <= now():
        return {"live": False, "word": _("The code has run out."), "at": code.expires_at}
    return {"live": True, "word": _("The code was not used yet.")}


@require_POST
@desk_page
def letter(request: StaffRequest, reference: str) -> HttpResponse:
    """A new code, on a paper that is kept nowhere: it is printed now or made anew."""
    case = get_case(request, reference, can_give_access)
    try:
        code, figures = actions.issue_code(
            actor=request.user, person=case.person, case_id=case.pk, on=request.today, at=now()
        )
    except AccessRefused as error:
        messages.error(request, str(error))
        return redirect("desk:case_access", case.reference)
    address = request.build_absolute_uri(reverse("portal:code"))
    content = typeset_access(case=case, code=code, figures=figures, address=address, on=request.today)
    headers = {
        "Content-Disposition": f'inline; filename="{case.reference}-access.pdf"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_POST
@desk_page
def revoke(request: StaffRequest, reference: str) -> HttpResponse:
    """Takes back the code that was not used yet."""
    case = get_case(request, reference, can_give_access)
    was = actions.revoke_code(actor=request.user, person=case.person, case_id=case.pk, on=request.today, at=now())
    messages.success(request, _("The code works no more.") if was else _("There was no code that works."))
    return redirect("desk:case_access", case.reference)


@require_POST
@desk_page
def close(request: StaffRequest, reference: str) -> HttpResponse:
    """Ends every way in of a person whose phone is lost."""
    case = get_case(request, reference, can_give_access)
    actions.close_way_in(actor=request.user, person=case.person, case_id=case.pk, on=request.today, at=now())
    messages.success(request, _("The person is signed out everywhere. Print a new letter to let them in again."))
    return redirect("desk:case_access", case.reference)
