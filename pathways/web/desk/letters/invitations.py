"""Many invitations at once: chosen in the list of cases, or all that wait in Today; written by a worker, sent from the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.cases.letters.queueing import WRITE_INVITATIONS
from pathways.cases.models import Case
from pathways.notices.errors import LetterRefused
from pathways.notices.models import Letter
from pathways.web.desk.letters.jobs import after, start_jobs
from pathways.web.desk.today import work_scope
from pathways.web.gate import StaffRequest, desk_page
from pathways.work.queries import cases_with

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from pathways.programmes.models import Office

MOST_AT_ONCE = 500
"""Invitations that may be written at once."""


class WriteForm(forms.Form):
    """How the letters go."""

    channel = forms.ChoiceField(
        label=gettext_lazy("How do they go?"),
        help_text=gettext_lazy("Whoever has no e-mail address gets a letter by post."),
        choices=Letter.Channel.choices,
        initial=Letter.Channel.POST,
        widget=forms.RadioSelect,
    )


def _candidates(request: StaffRequest) -> tuple[list[Case], list[Case]]:
    """The cases that can be invited, and the chosen ones that cannot: closed, decided otherwise, or without office."""
    sent = request.POST if request.method == "POST" else request.GET
    references = sent.getlist("case")[:MOST_AT_ONCE]
    cases: QuerySet[Case]
    if references or request.method == "POST":
        cases = Case.objects.visible_to(request.user, on=request.today).filter(reference__in=references)
    else:
        _chosen, scope = work_scope(request, request.today)
        cases = cases_with("send_invitation", scope=scope, on=request.today)
    found = list(cases.select_related("person", "decision", "office").order_by("sort_name", "pk")[:MOST_AT_ONCE])
    fitting = [case for case in found if _may_be_invited(case)]
    return fitting, [case for case in found if case not in fitting]


def _may_be_invited(case: Case) -> bool:
    return case.closed_on is None and case.office_id is not None and case.decision.outcome in {"obliged", "entitled"}


@desk_page
def write_many(request: StaffRequest) -> HttpResponse:
    """Shows whom the letters go to; then lets them be written, with visible progress."""
    fitting, others = _candidates(request)
    form = WriteForm(request.POST if "channel" in request.POST else None)
    if form.is_valid():
        params: dict[str, Any] = {"channel": form.cleaned_data["channel"]}
        try:
            if not fitting:
                raise LetterRefused(_("Choose at least one case."))
            return after(start_jobs(request, act=WRITE_INVITATIONS, subjects=_by_office(fitting), params=params))
        except LetterRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("desk:cases")
    context = {"form": form, "cases": fitting, "others": others}
    return render(request, "desk/letters/invitations.html", context, status=422 if form.errors else 200)


def _by_office(cases: Iterable[Case]) -> dict[Office, list[str]]:
    found: dict[Office, list[str]] = {}
    for case in cases:
        assert case.office is not None
        found.setdefault(case.office, []).append(case.reference)
    return found
