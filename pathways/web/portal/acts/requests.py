"""Asking to be freed, to wait, or for more time, on a ground of the rules; and what came of it."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from pathways.cases.errors import CaseError
from pathways.duties import actions
from pathways.duties.actions import Paper
from pathways.duties.models import GroundRequest
from pathways.duties.queries import RequestLine, Term, grounds_of, ledger, requests_of
from pathways.web.portal.acts.absence import day_widget
from pathways.web.portal.acts.shared import PaperLink, paper_address, paper_links, refusal
from pathways.web.portal.gate import PortalRequest, portal_page
from pathways.web.portal.pathway.words import LawLink, PlainWords
from pathways.web.uploads import UploadsField

if TYPE_CHECKING:
    from pathways.rules import Ground

State = GroundRequest.State
KINDS = {
    "exemption": (gettext_lazy("You do not have to take part"), gettext_lazy("For good, or for one part.")),
    "postponement": (gettext_lazy("You start later or get more time"), gettext_lazy("Your last day becomes later.")),
    "suspension": (gettext_lazy("You stop for some time"), gettext_lazy("You go on after it.")),
}
STATES = {
    State.REQUESTED: (gettext_lazy("Your office has received it."), "hourglass"),
    State.GRANTED: (gettext_lazy("Your office said yes."), "circle-check"),
    State.REFUSED: (gettext_lazy("Your office said no."), "circle-x"),
    State.WITHDRAWN: (gettext_lazy("You have taken it back."), "arrow-back-up"),
    State.ENDED: (gettext_lazy("This has ended."), "flag"),
}
DECIDERS = {
    "counselor": gettext_lazy("Your counselor decides."),
    "enforcement_officer": gettext_lazy("An officer of the government decides."),
}


class RequestForm(forms.Form):
    """From when to when, why, and the proof."""

    first_on = forms.DateField(label=gettext_lazy("First day"), widget=day_widget())
    last_on = forms.DateField(label=gettext_lazy("Last day"), widget=day_widget())
    until = forms.DateField(label=gettext_lazy("Which new last day do you ask for?"), widget=day_widget())
    explanation = forms.CharField(
        label=gettext_lazy("Why do you ask this?"),
        help_text=gettext_lazy("You can write in your own language."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write why you ask this.")},
    )
    papers = UploadsField(label=gettext_lazy("Photos or PDF of your papers"), required=False)

    def __init__(self, *args: Any, ground: Ground, term: Term | None, **kwargs: Any) -> None:
        """Asks for days where the ground has any."""
        super().__init__(*args, **kwargs)
        self.term = term
        asked = ("until",) if ground.extends else () if ground.kind == "exemption" else ("first_on", "last_on")
        for name in {"first_on", "last_on", "until"}.difference(asked):
            del self.fields[name]
        if ground.kind == "postponement" and not ground.extends:
            self.fields["first_on"].required = self.fields["last_on"].required = False

    def clean(self) -> dict[str, Any]:
        """The days are in order; a new last day is later than the one there is."""
        data = super().clean() or {}
        first, last, until = (data.get(name) for name in ("first_on", "last_on", "until"))
        if last and (first is None or last < first):
            self.add_error("last_on", _("The last day is before the first day."))
        due = self.term.due_on if self.term else None
        if until and due is None:
            self.add_error("until", _("You have no last day yet. Please ask your office."))
        elif until and due and until <= due:
            self.add_error("until", _("Choose a day after %(day)s.") % {"day": PlainWords().day(due)})
        return data

    @property
    def asked(self) -> dict[str, Any]:
        """What the action takes."""
        data = dict(self.cleaned_data)
        until, due = data.pop("until", None), self.term.due_on if self.term else None
        papers = [Paper(one.name, one.content) for one in data.pop("papers")]
        return {**data, "papers": papers, "term_days": (until - due).days if until and due else None}


@dataclass(frozen=True, slots=True)
class GroundLine:
    """A reason on which one can ask, and what the rules say about it."""

    code: str
    title: str
    said: list[str]
    law: LawLink | None


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A request as a list or its page shows it."""

    request: GroundRequest
    title: str
    kind: str
    state: str
    icon: str
    period: str
    decided: str
    papers: list[PaperLink]
    letter: str
    law: LawLink | None


def ground_line(ground: Ground, words: PlainWords) -> GroundLine:
    """A ground in words; what the rules do not say is not said."""
    said = []
    if ground.length:
        said.append(_("How long: %(length)s") % {"length": words.period(ground.length)})
    if ground.evidence:
        said.append(_("Proof: %(proof)s") % {"proof": words.text(ground.evidence)})
    said.append(str(DECIDERS.get(ground.decided_by or "", gettext_lazy("The head of your office decides."))))
    return GroundLine(ground.code, words.text(ground.title), said, words.law(ground.law))


def asked_line(line: RequestLine, words: PlainWords) -> AskedLine:
    """A request in words."""
    request = line.request
    state, icon = STATES[State(request.state)]
    first, last = request.first_day, request.last_day
    period = ""
    if first and last:
        period = _("From %(first)s until %(last)s") % {"first": words.day(first), "last": words.day(last)}
    return AskedLine(
        request,
        words.text(line.ground.title),
        str(KINDS[request.kind][0]),
        str(state),
        icon,
        period,
        words.day(request.decided_on) if request.decided_on else "",
        paper_links(one.document for one in request.evidence.all()),
        paper_address(request.letter) if request.letter else "",
        words.law(line.ground.law),
    )


@require_safe
@portal_page
def requests(request: PortalRequest) -> HttpResponse:
    """What the person has asked, and on which grounds one can ask."""
    words = PlainWords()
    kinds: dict[str, list[GroundLine]] = {}
    for ground in grounds_of(request.case) if request.case.closed_on is None else ():
        kinds.setdefault(ground.kind, []).append(ground_line(ground, words))
    context = {
        "asked": [asked_line(one, words) for one in requests_of(request.case)],
        "kinds": [(kind, *KINDS[kind], kinds[kind]) for kind in KINDS if kind in kinds],
    }
    return render(request, "portal/acts/requests.html", context)


@portal_page
def request_new(request: PortalRequest, ground: str) -> HttpResponse:
    """Asks on one ground."""
    case, words = request.case, PlainWords()
    found = next((one for one in grounds_of(case) if one.code == ground), None)
    if found is None or case.closed_on:
        raise Http404
    form = _form(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.request_ground(
                actor=request.user, case=case, ground=found.code, on=request.today, **form.asked
            )
        except CaseError as error:
            form.add_error(None, refusal(error))
        else:
            return redirect("portal:request", made.public_id)
    context = {"line": ground_line(found, words), "kind": KINDS[found.kind], "form": form}
    return render(request, "portal/acts/request_new.html", context, status=422 if form.errors else 200)


def _form(request: PortalRequest, ground: Ground) -> RequestForm:
    """The form, with the days that the rules suggest."""
    term = None
    if ground.extends:
        terms = ledger(case=request.case, on=request.today)
        term = next((one for one in terms if one.code == ground.extends), None)
    initial: dict[str, Any] = {"first_on": request.today}
    if ground.length:
        initial["last_on"] = ground.length.after(request.today) - dt.timedelta(days=1)
        initial["until"] = ground.length.after(term.due_on) if term and term.due_on else None
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return RequestForm(*data, ground=ground, term=term, initial=initial)


@require_safe
@portal_page
def request_one(request: PortalRequest, public_id: uuid.UUID) -> HttpResponse:
    """One request: its state, and the decision with its reason."""
    line = _own(request, public_id)
    office = request.case.office
    context = {"line": asked_line(line, PlainWords()), "office_language": office.language if office else "nl"}
    return render(request, "portal/acts/request.html", context)


def _own(request: PortalRequest, public_id: uuid.UUID) -> RequestLine:
    found = next((one for one in requests_of(request.case) if one.request.public_id == public_id), None)
    if found is None:
        raise Http404
    return found


@require_POST
@portal_page
def request_withdraw(request: PortalRequest, public_id: uuid.UUID) -> HttpResponse:
    """Takes a request back that nobody has decided yet."""
    line = _own(request, public_id)
    try:
        actions.withdraw_ground(actor=request.user, request=line.request, on=request.today)
    except CaseError as error:
        messages.error(request, refusal(error))
    else:
        messages.success(request, _("You have taken it back."))
    return redirect("portal:requests")
