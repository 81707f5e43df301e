"""The preview of a rule set: started, watched, stopped, read; and the cases it changes, for those who may see them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from pathways.cases.models import Case
from pathways.previews import actions, queries, tasks
from pathways.previews.errors import PreviewRefused, failure_sentence
from pathways.previews.models import Preview
from pathways.previews.permissions import READERS, can_make_preview
from pathways.programmes.models import RuleSet
from pathways.web.gate import DESK_ROLES, StaffRequest, page_for
from pathways.web.policy.gates import get_rule_set, reading_language
from pathways.web.policy.previews.cases import cases_context, which_cases
from pathways.web.policy.previews.figures import PreviewFigures
from pathways.web.policy.previews.hours import hours_changes
from pathways.web.policy.previews.tabs import tabs

if TYPE_CHECKING:
    from collections.abc import Collection

State = Preview.State
reader_page = page_for(READERS)
case_reader_page = page_for(DESK_ROLES)


@require_safe
@reader_page
def preview(request: StaffRequest, code: str) -> HttpResponse:
    """The newest preview of a rule set, or the way to start one."""
    rule_set = get_rule_set(code)
    return render(request, "policy/previews/preview.html", _page(request, rule_set, queries.latest_preview(rule_set)))


@require_safe
@reader_page
def show(request: StaffRequest, code: str, public_id: uuid.UUID) -> HttpResponse:
    """One preview, an older one too."""
    rule_set = get_rule_set(code)
    found = _get_preview(rule_set, public_id)
    return render(request, "policy/previews/preview.html", _page(request, rule_set, found))


def _get_preview(rule_set: RuleSet, public_id: uuid.UUID) -> Preview:
    return get_object_or_404(Preview.objects.select_related("asked_by"), rule_set=rule_set, public_id=public_id)


def _page(request: StaffRequest, rule_set: RuleSet, found: Preview | None) -> dict[str, Any]:
    published = rule_set.state in (RuleSet.State.PUBLISHED, RuleSet.State.SUPERSEDED)
    may = can_make_preview(request.user, rule_set.line, request.today)
    context: dict[str, Any] = {
        "rule_set": rule_set,
        "tabs": tabs(rule_set, "preview"),
        "may_make": may and not published,
        "published": published,
        "earlier": queries.earlier_previews(rule_set),
        "preview": found,
    }
    return context | (preview_context(request, rule_set, found) if found else {})


def preview_context(request: StaffRequest, rule_set: RuleSet, found: Preview) -> dict[str, Any]:
    """What a preview shows: how far it is, and its figures as this reader may see them."""
    seen = _offices_seen(request)
    figures, language = PreviewFigures(found, seen), reading_language()
    finished = found.state == State.FINISHED
    readings = queries.readings(found)
    return {
        "under_way": found.state in Preview.UNDER_WAY,
        "done": _done(found),
        "failure": failure_sentence(found.failure) if found.state == State.FAILED else "",
        "counted": found.counted_at is not None and found.state in (State.LISTING, State.FINISHED),
        "figures": figures,
        "duties": figures.duties() if finished else [],
        "deadlines": figures.deadlines(language) if finished else [],
        "components": figures.components(language) if finished else [],
        "hours": hours_changes(found, language) if finished else [],
        "offices": figures.offices() if finished else [],
        "listed": finished and found.cases.exists(),
        "stale": queries.staleness(found, rule_set) if found.state != State.FAILED else None,
        "readings": readings,
        "has_read": any(reading.user_id == request.user.pk for reading in readings),
        "sees_cases": bool(seen),
    }


def _offices_seen(request: StaffRequest) -> Collection[int]:
    """The offices whose cases the reader sees."""
    if not request.roles & DESK_ROLES:
        return ()
    return queries.offices_seen(Case.objects.visible_to(request.user, on=request.today))


def _done(found: Preview) -> int:
    """How far, in hundredths: half the way the cases are counted, then the changes are listed."""
    share = 50 * found.cursor // found.last_case if found.last_case else 0
    return {State.WAITING: 0, State.COUNTING: share, State.LISTING: 50 + share}.get(State(found.state), 100)


@require_safe
@reader_page
def progress(request: StaffRequest, code: str, public_id: uuid.UUID) -> HttpResponse:
    """How far the preview is, for htmx; when there is something new to see, the whole page is loaded again."""
    rule_set = get_rule_set(code)
    found = _get_preview(rule_set, public_id)
    if not request.headers.get("HX-Request"):
        return redirect("policy:preview_shown", rule_set.code, found.public_id)
    counted = request.GET.get("counted") == "1"
    if found.state not in Preview.UNDER_WAY or (found.state == State.LISTING and not counted):
        return HttpResponseClientRefresh()
    return render(request, "policy/previews/_progress.html", _page(request, rule_set, found))


@require_POST
@reader_page
def start(request: StaffRequest, code: str) -> HttpResponse:
    """Asks for a preview; the work begins once this is stored."""
    rule_set = get_rule_set(code)
    if not can_make_preview(request.user, rule_set.line, request.today):
        messages.error(request, _("Only policy editors and approvers of this line start a preview."))
        return redirect("policy:preview", rule_set.code)
    try:
        asked = actions.start_preview(actor=request.user, rule_set=rule_set, on=request.today)
    except PreviewRefused as error:
        messages.error(request, str(error))
    else:
        transaction.on_commit(lambda: tasks.run_preview.delay(asked.pk))
    return redirect("policy:preview", rule_set.code)


@require_POST
@reader_page
def cancel(request: StaffRequest, code: str, public_id: uuid.UUID) -> HttpResponse:
    """Stops a preview that is under way."""
    rule_set = get_rule_set(code)
    if can_make_preview(request.user, rule_set.line, request.today):
        actions.cancel_preview(actor=request.user, preview=_get_preview(rule_set, public_id), on=request.today)
        messages.info(request, _("The preview was stopped."))
    return redirect("policy:preview", rule_set.code)


@require_POST
@reader_page
def read(request: StaffRequest, code: str, public_id: uuid.UUID) -> HttpResponse:
    """The reader says that they have read a finished preview."""
    rule_set = get_rule_set(code)
    found = _get_preview(rule_set, public_id)
    if found.state == State.FINISHED:
        actions.read_preview(actor=request.user, preview=found, on=request.today)
    return redirect(reverse("policy:preview_shown", args=[rule_set.code, found.public_id]) + "#read")


@require_safe
@case_reader_page
def cases(request: StaffRequest, code: str, public_id: uuid.UUID) -> HttpResponse:
    """The cases of the reader's offices that change, narrowed by what changes."""
    rule_set = get_rule_set(code)
    found = _get_preview(rule_set, public_id)
    context = cases_context(request, found, which_cases(request), reading_language())
    return render(request, "policy/previews/cases.html", {"rule_set": rule_set, "preview": found, **context})
