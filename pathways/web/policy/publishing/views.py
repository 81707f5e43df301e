"""The page of a version's way into force, and each act on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from pathways.previews.disclosure import disclose
from pathways.programmes.models import RuleSet
from pathways.publishing import actions, permissions, tasks
from pathways.publishing.errors import PublishingError
from pathways.publishing.models import Publication
from pathways.publishing.queries import latest_publication, outcome_moves, publications_of
from pathways.web.gate import StaffRequest
from pathways.web.policy.gates import get_rule_set, writer_page
from pathways.web.policy.publishing.forms import NoteForm, ReasonForm, ScheduleForm
from pathways.web.policy.publishing.panel import steps_context

if TYPE_CHECKING:
    import datetime as dt

State = Publication.State
Act = Callable[..., object]


@require_safe
@writer_page
def publishing(request: StaffRequest, code: str) -> HttpResponse:
    """Where a version stands on its way into force, and what the reader may do next."""
    return _page(request, get_rule_set(code))


def _page(request: StaffRequest, rule_set: RuleSet, failed: str = "", form: forms.Form | None = None) -> HttpResponse:
    context = {"rule_set": rule_set, **steps_context(request, rule_set), "failed": failed}
    publication: Publication | None = context["publication"]
    shown = publication if publication and publication.switched_at else None
    context |= {
        "may": _allowed(request, rule_set, publication),
        "forms": _forms(rule_set, request.today, failed, form),
        "history": list(publications_of(rule_set)),
        "backdated": rule_set.valid_from <= request.today,
        "moves": _disclosed(outcome_moves(shown)) if shown else [],
    }
    return render(request, "policy/publishing/publishing.html", context, status=422 if failed else 200)


def _disclosed(moves: list[tuple[str, str, int]]) -> list[tuple[str, str, int | None]]:
    """The figures as those may see them who see no case: None where so few changed that it might be told who."""
    shown = disclose({(was, becomes): number for was, becomes, number in moves}).cells
    return [(was, becomes, shown[was, becomes]) for was, becomes, _number in moves]


def _allowed(request: StaffRequest, rule_set: RuleSet, publication: Publication | None) -> dict[str, bool]:
    """Which acts are open to the reader now."""
    actor, on = request.user, request.today
    found = {"propose": permissions.can_propose(actor, rule_set, on), "end": permissions.can_end(actor, rule_set, on)}
    if publication is None:
        return found
    return found | {
        "approve": permissions.can_approve(actor, publication, on),
        "send_back": permissions.can_send_back(actor, publication, on),
        "schedule": permissions.can_schedule(actor, publication, on),
        "withdraw": permissions.can_withdraw(actor, publication, on),
    }


def _forms(rule_set: RuleSet, on: dt.date, failed: str, form: forms.Form | None) -> dict[str, forms.Form]:
    """The form of each act; the one that was sent comes back with its faults."""
    found: dict[str, forms.Form] = {
        "propose": NoteForm(prefix="propose"),
        "approve": forms.Form(prefix="approve"),
        "send_back": ReasonForm(prefix="send_back"),
        "schedule": ScheduleForm(prefix="schedule", backdated=rule_set.valid_from <= on),
        "withdraw": ReasonForm(prefix="withdraw"),
        "end": ReasonForm(prefix="end"),
    }
    return found | ({failed: form} if failed and form is not None else {})


def _do(request: StaffRequest, code: str, name: str, form: forms.Form, act: Act, done: str) -> HttpResponse:
    """Run an act with what its form says, and go back to the page; what it refuses is said there."""
    rule_set = get_rule_set(code)
    if not form.is_valid():
        return _page(request, rule_set, name, form)
    try:
        act(actor=request.user, on=request.today, **form.cleaned_data)
    except PublishingError as error:
        form.add_error(None, str(error))
        return _page(request, get_rule_set(code), name, form)
    messages.success(request, done)
    return redirect("policy:publishing", code)


def _publication(code: str) -> Publication:
    found = latest_publication(get_rule_set(code))
    return found or get_object_or_404(Publication, pk=None)


@require_POST
@writer_page
def propose(request: StaffRequest, code: str) -> HttpResponse:
    """Asks a second person for approval."""
    rule_set = get_rule_set(code)

    def act(**given: Any) -> object:
        return actions.propose(rule_set=rule_set, **given)

    form = NoteForm(request.POST, prefix="propose")
    return _do(request, code, "propose", form, act, _("Proposed. A second person is asked to approve."))


@require_POST
@writer_page
def approve(request: StaffRequest, code: str) -> HttpResponse:
    """The second person approves."""
    publication = _publication(code)

    def act(**given: Any) -> object:
        return actions.approve(publication=publication, **given)

    form = forms.Form(request.POST, prefix="approve")
    return _do(request, code, "approve", form, act, _("Approved. Now its day can be set."))


@require_POST
@writer_page
def send_back(request: StaffRequest, code: str) -> HttpResponse:
    """Makes a proposal a draft again."""
    return _stop(request, code, "send_back", actions.send_back, _("Sent back. It is a draft again."))


@require_POST
@writer_page
def withdraw(request: StaffRequest, code: str) -> HttpResponse:
    """Takes back a version that is approved or scheduled."""
    return _stop(request, code, "withdraw", actions.withdraw, _("Withdrawn. It is a draft again."))


def _stop(request: StaffRequest, code: str, name: str, stop: Act, done: str) -> HttpResponse:
    publication = _publication(code)

    def act(**given: Any) -> object:
        return stop(publication=publication, **given)

    return _do(request, code, name, ReasonForm(request.POST, prefix=name), act, done)


@require_POST
@writer_page
def schedule(request: StaffRequest, code: str) -> HttpResponse:
    """Sets the day of an approved version."""
    publication = _publication(code)

    def act(**given: Any) -> object:
        return actions.schedule(publication=publication, **given)

    backdated = publication.rule_set.valid_from <= request.today
    form = ScheduleForm(request.POST, prefix="schedule", backdated=backdated)
    return _do(request, code, "schedule", form, act, _("The day is set. The version comes into force by itself."))


@require_POST
@writer_page
def end(request: StaffRequest, code: str) -> HttpResponse:
    """Ends the version in force, in an emergency."""
    rule_set = get_rule_set(code)

    def act(**given: Any) -> object:
        ending = actions.end_in_emergency(rule_set=rule_set, **given)
        transaction.on_commit(lambda: tasks.follow.delay(ending.pk))
        return ending

    form = ReasonForm(request.POST, prefix="end")
    return _do(request, code, "end", form, act, _("Ended. The version before it decides again."))


@require_safe
@writer_page
def progress(request: StaffRequest, code: str) -> HttpResponse:
    """How far the cases have followed, for htmx; once all have, the whole page is loaded again."""
    rule_set = get_rule_set(code)
    publication = latest_publication(rule_set)
    if not request.headers.get("HX-Request"):
        return redirect("policy:publishing", code)
    if publication is None or publication.letters_at is not None:
        return HttpResponseClientRefresh()
    context = {"rule_set": rule_set, "publication": publication}
    return render(request, "policy/publishing/_progress.html", context)
