"""What new rules mean for an office: tasks and letters that wait for its team lead, and cases to look at again."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.roles import Role
from pathways.notices.tasks import run_job
from pathways.programmes.models import Office
from pathways.publishing import actions
from pathways.publishing.errors import PublishingError
from pathways.publishing.models import Publication
from pathways.publishing.queries import letters_of, office_shares, outcome_moves, releases_for, waiting_cases
from pathways.web.gate import StaffRequest, page_for

lead_page = page_for(frozenset({Role.TEAM_LEAD}))
SIZE = 50


def _led(request: StaffRequest) -> list[Office]:
    """The offices that the reader leads, by name."""
    held = [post.organisation_id for post in request.posts if post.role == Role.TEAM_LEAD]
    return list(Office.objects.filter(organisation__in=[one for one in held if one]).order_by("name"))


@require_safe
@lead_page
def releases(request: StaffRequest) -> HttpResponse:
    """The versions of which something waits in one of the reader's offices."""
    offices = _led(request)
    numbers = [office.pk for office in offices]
    waiting = [(one, office_shares(one, offices=numbers)) for one in releases_for(numbers)]
    return render(request, "policy/publishing/releases.html", {"waiting": waiting})


@require_safe
@lead_page
def office(request: StaffRequest, public_id: uuid.UUID, slug: str) -> HttpResponse:
    """What one version means for one office."""
    publication, place = _get(request, public_id, slug)
    after = request.GET.get("after", "")
    return render(
        request,
        "policy/publishing/office.html",
        _context(publication, place, int(after) if after.isdecimal() else 0),
    )


def _get(request: StaffRequest, public_id: uuid.UUID, slug: str) -> tuple[Publication, Office]:
    """The version and the office, for those who lead it; otherwise 404."""
    publication = get_object_or_404(Publication.objects.select_related("rule_set"), public_id=public_id)
    place = next((one for one in _led(request) if one.code == slug), None)
    if place is None:
        raise Http404
    return publication, place


def _context(publication: Publication, place: Office, after: int) -> dict[str, Any]:
    held = waiting_cases(publication, place, review=False, after=after, size=SIZE)
    review = waiting_cases(publication, place, review=True, size=SIZE)
    letters = letters_of([*held, *review])
    share = next(iter(office_shares(publication, offices=[place.pk])), None)
    return {
        "publication": publication,
        "office": place,
        "share": share,
        "moves": outcome_moves(publication, office=place),
        "held": [(row, letters.get(row.letter)) for row in held[:SIZE]],
        "more": held[SIZE - 1].case_id if len(held) > SIZE else 0,
        "review": review[:SIZE],
        "reason": "",
        "refused": "",
    }


@require_POST
@lead_page
def release(request: StaffRequest, public_id: uuid.UUID, slug: str) -> HttpResponse:
    """Lets the tasks and letters of the office go; the letters are approved in the background."""
    publication, place = _get(request, public_id, slug)
    try:
        jobs = actions.release(
            actor=request.user,
            publication=publication,
            office=place,
            language=get_language() or "en",
            on=request.today,
        )
    except PublishingError as error:
        messages.warning(request, str(error))
        return redirect("policy:release_office", public_id, slug)
    for job in jobs:
        transaction.on_commit(partial(run_job.delay, job.pk))
    messages.success(request, _("Released. The tasks are there now, and the letters are in the letters to be sent."))
    return redirect("policy:release_office", public_id, slug)


@require_POST
@lead_page
def review(request: StaffRequest, public_id: uuid.UUID, slug: str) -> HttpResponse:
    """Settles chosen cases of the review list."""
    publication, place = _get(request, public_id, slug)
    chosen = [int(one) for one in request.POST.getlist("case") if one.isdecimal()]
    reason, apply = request.POST.get("reason", ""), request.POST.get("do") == "apply"
    try:
        number = actions.settle_review(
            actor=request.user,
            publication=publication,
            office=place,
            cases=chosen,
            apply=apply,
            reason=reason,
            on=request.today,
        )
    except PublishingError as error:
        context = _context(publication, place, 0) | {"refused": str(error), "chosen": chosen, "reason": reason}
        return render(request, "policy/publishing/office.html", context, status=422)
    if number:
        done = ngettext("%(number)d case is settled.", "%(number)d cases are settled.", number)
        messages.success(request, done % {"number": number})
    else:
        messages.info(request, _("Choose at least one case."))
    return redirect("policy:release_office", public_id, slug)
