"""Something has changed: address, work, phone or e-mail, told to the office, which checks it and takes it over."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from pathways.cases.errors import CaseError
from pathways.correspondence import actions
from pathways.correspondence.models import ChangeReport
from pathways.web.portal.gate import PortalRequest, portal_page
from pathways.web.portal.messages.forms import FORMS

Kind = ChangeReport.Kind
ICONS = {Kind.ADDRESS: "map-pin", Kind.WORK: "briefcase", Kind.PHONE: "phone", Kind.EMAIL: "mail"}
TITLES = {
    Kind.ADDRESS: gettext_lazy("I have a new address"),
    Kind.WORK: gettext_lazy("My work has changed"),
    Kind.PHONE: gettext_lazy("I have a new phone number"),
    Kind.EMAIL: gettext_lazy("I have a new e-mail address"),
}


@require_safe
@portal_page
def changes(request: PortalRequest) -> HttpResponse:
    """Shows what one can report, and what waits already."""
    waiting = set(ChangeReport.objects.waiting().filter(case=request.case).values_list("kind", flat=True))
    rows = [{"kind": kind, "title": TITLES[kind], "icon": ICONS[kind], "waits": kind in waiting} for kind in Kind]
    context = {"rows": rows, "open": request.case.closed_on is None}
    return render(request, "portal/messages/changes.html", context)


@portal_page
def change(request: PortalRequest, kind: str) -> HttpResponse:
    """Asks the few questions of one kind of change."""
    if kind not in Kind.values:
        raise Http404
    if request.case.closed_on:
        messages.error(request, _("This file is closed."))
        return redirect("portal:messages")
    posted = request.method == "POST"
    data = (request.POST, request.FILES) if posted else ()
    form = FORMS[kind](*data, person=request.person, on=request.today)
    if posted and form.is_valid():
        sent: dict[str, Any] = {name: form.cleaned_data.get(name) for name in ("since", "text", "papers", "language")}
        try:
            actions.report_change(
                actor=request.user, case=request.case, kind=kind, values=form.values, on=request.today, **sent
            )
        except CaseError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("We have your report. Your counselor looks at it."))
            return redirect("portal:messages")
    context = {"form": form, "title": TITLES[Kind(kind)]}
    return render(request, "portal/messages/change.html", context, status=422 if form.errors else 200)


@require_POST
@portal_page
def withdraw(request: PortalRequest, public_id: uuid.UUID) -> HttpResponse:
    """Takes a report back that nobody has looked at."""
    report = get_object_or_404(ChangeReport.objects.select_related("case"), case=request.case, public_id=public_id)
    try:
        actions.withdraw_change(actor=request.user, report=report, on=request.today)
        messages.success(request, _("It is taken back."))
    except CaseError as error:
        messages.error(request, str(error))
    return redirect("portal:messages")
