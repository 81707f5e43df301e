"""Work on many letters: asked for from the queue, seen while it goes on, found again, its paper fetched."""

from __future__ import annotations

import uuid
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from pathways.notices import actions, queries, tasks
from pathways.notices.errors import LetterRefused
from pathways.notices.models import Letter, LetterJob
from pathways.programmes.models import Office
from pathways.web.desk.letters.views import address
from pathways.web.desk.letters.words import job_title
from pathways.web.gate import StaffRequest, desk_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet


def get_job(request: StaffRequest, public_id: uuid.UUID) -> LetterJob:
    """The job, if it is one of the user's offices; otherwise 404."""
    visible = LetterJob.objects.visible_to(request.user, on=request.today)
    found = visible.select_related("office", "requested_by", "document").defer("document__content")
    return get_object_or_404(found, public_id=public_id)


def start_jobs(
    request: StaffRequest, *, act: str, subjects: Mapping[Office, list[str]], params: dict[str, Any]
) -> list[LetterJob]:
    """Ask for the act, a job for each office, and send them to a worker. Raises LetterRefused."""
    jobs = [
        actions.request_job(
            actor=request.user,
            office=office,
            act=act,
            subjects=ids,
            language=get_language() or "en",
            on=request.today,
            params=params,
        )
        for office, ids in subjects.items()
    ]
    for job in jobs:
        transaction.on_commit(partial(tasks.run_job.delay, job.pk))
    return jobs


def after(jobs: list[LetterJob]) -> HttpResponse:
    """To the job; to the queue, which shows all of them, where there are several."""
    return redirect("desk:letter_job", jobs[0].public_id) if len(jobs) == 1 else redirect("desk:letters")


@require_POST
@desk_page
def act(request: StaffRequest) -> HttpResponse:
    """Approves, sends or cancels the chosen letters, or all that fit the filters of the list."""
    name, filters = request.POST.get("act", ""), _filters(request)
    chosen = _chosen(request, filters)
    reason = request.POST.get("reason", "").strip()
    params = {"reason": reason, "own_sheets": not request.POST.get("one_sided")}
    try:
        if not chosen:
            raise LetterRefused(_("Choose at least one letter."))
        if name == "cancel" and not reason:
            raise LetterRefused(_("Say why the letters are cancelled."))
        with transaction.atomic():
            return after(start_jobs(request, act=name, subjects=chosen, params=params))
    except LetterRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(address(filters.active))


def _filters(request: StaffRequest) -> queries.LetterFilters:
    """The filters of the list that the form was sent from."""
    return queries.LetterFilters.from_query(dict(parse_qsl(request.POST.get("query", ""))))


def _chosen(request: StaffRequest, filters: queries.LetterFilters) -> dict[Office, list[str]]:
    """The public ids of the chosen letters by office, oldest first, as they will lie in the printer."""
    letters: QuerySet[Letter] = Letter.objects.visible_to(request.user, on=request.today)
    if request.POST.get("all"):
        letters = filters.apply(letters, actor=request.user)
    else:
        sent = [text for text in request.POST.getlist("letter") if _is_uuid(text)]
        letters = letters.filter(public_id__in=sent)
    found: dict[Office, list[str]] = {}
    for letter in letters.select_related("office").order_by("pk")[: actions.MOST_ITEMS + 1]:
        found.setdefault(letter.office, []).append(str(letter.public_id))
    return found


def _is_uuid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def _context(job: LetterJob) -> dict[str, Any]:
    counts = queries.item_counts(job)
    open_items = counts["waiting"] + counts["claimed"]
    return {"job": job, "title": job_title(job), "counts": counts, "done": job.items_total - open_items}


@require_safe
@desk_page
def show(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """One job: how far it is, what came of it, the paper to print."""
    job = get_job(request, public_id)
    return render(request, "desk/letters/job.html", {**_context(job), "troubles": queries.trouble_items(job)})


@require_safe
@desk_page
def progress(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """How far it is, for htmx; once it is over the page is loaded again."""
    job = get_job(request, public_id)
    if not request.headers.get("HX-Request"):
        return redirect("desk:letter_job", job.public_id)
    return (
        render(request, "desk/letters/_progress.html", _context(job)) if job.under_way else HttpResponseClientRefresh()
    )


@require_safe
@desk_page
def paper(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """The letters of the job as one paper to print."""
    document = get_job(request, public_id).document
    if document is None:
        raise Http404
    headers = {"Content-Disposition": f'inline; filename="{document.name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(bytes(document.content), content_type=document.media_type, headers=headers)


@require_POST
@desk_page
def restart(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Lets a stopped job go on with what is left."""
    job = actions.restart_job(actor=request.user, job=get_job(request, public_id), on=request.today)
    transaction.on_commit(lambda: tasks.run_job.delay(job.pk))
    return redirect("desk:letter_job", job.public_id)
