"""The queue, and one letter with its acts. A letter is found only by people of its office."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pathways.cases.models import Case
from pathways.notices import actions, permissions, queries
from pathways.notices.errors import LetterRefused
from pathways.notices.models import Letter, LetterJob
from pathways.web.desk.letters.words import is_doubtful, job_rows, kind_choices, kind_title, letter_rows
from pathways.web.gate import StaffRequest, desk_page
from pathways.web.names import language_name

JOBS_SHOWN = 5
STATES = [("open", gettext_lazy("Not sent yet")), *Letter.State.choices, ("all", gettext_lazy("All"))]


class FilterForm(forms.Form):
    """The filters of the queue; all optional, read by `LetterFilters.from_query`."""

    q = forms.CharField(label=gettext_lazy("Recipient or reference"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False, choices=STATES)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    channel = forms.ChoiceField(
        label=gettext_lazy("Way"), required=False, choices=[("", gettext_lazy("All")), *Letter.Channel.choices]
    )
    mine = forms.ChoiceField(
        label=gettext_lazy("Written by"),
        required=False,
        choices=[("", gettext_lazy("Everybody")), ("1", gettext_lazy("Me"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The kinds are those that some floor has named."""
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("All")), *kind_choices()]


def get_letter(request: StaffRequest, public_id: uuid.UUID) -> Letter:
    """The letter, if it is one of the user's offices; otherwise 404."""
    visible = Letter.objects.visible_to(request.user, on=request.today)
    found = visible.select_related("office", "document", "job", "prepared_by", "approved_by", "sent_by", "cancelled_by")
    return get_object_or_404(found.defer("document__content"), public_id=public_id)


def address(query: dict[str, str], **more: str) -> str:
    """The queue with this query string."""
    values = {key: value for key, value in {**query, **more}.items() if value}
    return f"{reverse('desk:letters')}?{urlencode(values)}" if values else reverse("desk:letters")


@require_safe
@desk_page
def letters(request: StaffRequest) -> HttpResponse:
    """The queue; to htmx only its table."""
    filters = queries.LetterFilters.from_query(request.GET.dict())
    visible = Letter.objects.visible_to(request.user, on=request.today)
    page = queries.letter_page(
        letters=filters.apply(visible, actor=request.user),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "page": page,
        "rows": letter_rows(page.letters),
        "filters": filters,
        "query": urlencode(filters.active),
        "previous": address(filters.active, before=page.newer) if page.newer else "",
        "next": address(filters.active, after=page.older) if page.older else "",
        "approver": "team_lead" in request.roles,
    }
    if request.headers.get("HX-Request") and request.headers.get("HX-Target") == "list":
        return render(request, "desk/letters/_list.html", context)
    jobs = LetterJob.objects.visible_to(request.user, on=request.today).select_related("requested_by")
    context |= {
        "form": FilterForm({"state": filters.state, **filters.active}),
        "counts": queries.state_counts(visible),
        "jobs": job_rows(jobs[:JOBS_SHOWN]),
    }
    return render(request, "desk/letters/letters.html", context)


@require_safe
@desk_page
def letter(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """One letter: to whom, how far, and what can be done with it."""
    one = get_letter(request, public_id)
    user, on = request.user, request.today
    visible = Case.objects.visible_to(user, on=on)
    context = {
        "letter": one,
        "kind": kind_title(one.kind) or one.title,
        "language": language_name(one.language, get_language() or "en"),
        "doubtful": is_doubtful(one),
        "may_approve": permissions.can_approve_letter(user, one, on),
        "case_seen": bool(one.case_reference) and visible.filter(reference=one.case_reference).exists(),
    }
    return render(request, "desk/letters/letter.html", context)


@require_safe
@desk_page
def paper(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """The letter itself."""
    document = get_letter(request, public_id).document
    headers = {"Content-Disposition": f'inline; filename="{document.name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(bytes(document.content), content_type=document.media_type, headers=headers)


@require_POST
@desk_page
def approve(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """A team lead approves one letter."""
    one = get_letter(request, public_id)
    try:
        actions.approve_letters(actor=request.user, letters=[one], on=request.today)
        messages.success(request, _("The letter is approved; it may be sent."))
    except LetterRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:letter", one.public_id)


@require_POST
@desk_page
def cancel(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Keeps one letter from being sent."""
    one = get_letter(request, public_id)
    try:
        actions.cancel_letter(actor=request.user, letter=one, reason=request.POST.get("reason", ""), on=request.today)
        messages.success(request, _("The letter is cancelled; it will not be sent."))
    except LetterRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:letter", one.public_id)


@require_POST
@desk_page
def number(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Records the number under which the post office took a registered letter."""
    one = get_letter(request, public_id)
    try:
        actions.record_registered_number(
            actor=request.user, letter=one, number=request.POST.get("number", ""), on=request.today
        )
        messages.success(request, _("The number is recorded."))
    except LetterRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:letter", one.public_id)


@require_POST
@desk_page
def settle(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Takes a person's word on whether a letter in doubt left."""
    one, sent = get_letter(request, public_id), request.POST.get("sent") == "yes"
    try:
        actions.settle_doubtful(actor=request.user, letter=one, sent=sent, on=request.today)
        messages.success(request, _("The letter counts as sent.") if sent else _("The letter may be sent again."))
    except LetterRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:letter", one.public_id)
