"""Cases of one counselor, or of nobody, shared out to others: chosen, seen before it is done, done as it was seen."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pathways.cases.actions import share_out_cases
from pathways.cases.errors import CaseError
from pathways.cases.models import DUE_KEY, Case
from pathways.cases.sharing import share_evenly
from pathways.web.desk.team.views import Member, lead_page, led_office, members_of
from pathways.web.gate import StaffRequest

if TYPE_CHECKING:
    import datetime as dt

    from django.utils.functional import Promise

    from accounts.models import User
    from pathways.programmes.models import Office

MOST_AT_ONCE = 1000
"""Cases that are shared out at once."""
ORDERS: dict[str, tuple[Promise, tuple[Any, ...]]] = {
    "due": (gettext_lazy("Those with the nearest term"), (DUE_KEY.asc(), "pk")),
    "newest": (gettext_lazy("Those opened last"), ("-opened_on", "-pk")),
    "oldest": (gettext_lazy("Those opened first"), ("opened_on", "pk")),
}


class ShareForm(forms.Form):
    """How many cases, which, and to whom."""

    number = forms.IntegerField(label=gettext_lazy("How many cases?"), min_value=1, max_value=MOST_AT_ONCE)
    order = forms.ChoiceField(
        label=gettext_lazy("Which ones first?"), choices=[(code, label) for code, (label, _by) in ORDERS.items()]
    )
    to = forms.MultipleChoiceField(
        label=gettext_lazy("To whom?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Each case goes to whoever has fewest open cases by then."),
    )

    def __init__(self, *args: Any, members: list[Member], **kwargs: Any) -> None:
        """`members` may get cases."""
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(member.key, _offer(member)) for member in members]


def _offer(member: Member) -> str:
    """A colleague with the load that speaks for or against them."""
    number = member.load.cases
    cases = ngettext("%(number)d open case", "%(number)d open cases", number) % {"number": number}
    away = f", {_('away')}" if member.away else ""
    return f"{member.user}: {cases}{away}"


@lead_page
def share(request: StaffRequest, office: str) -> HttpResponse:
    """Asks what and to whom; shows what would happen; does exactly that."""
    place, on = led_office(request, office), request.today
    members = members_of(place, on=on)
    source = _source(members, request.GET.get("from", ""))
    others = [member for member in members if member.user and member != source]
    initial = {
        "number": min(source.load.cases, MOST_AT_ONCE),
        "to": [member.key for member in others if not member.away],
    }
    form = ShareForm(request.POST if request.method == "POST" else None, members=others, initial=initial)
    preview = _preview(place, source, others, form, on) if request.method == "POST" and form.is_valid() else None
    if preview and request.POST.get("seen") == preview["seal"]:
        return _done(request, place, source, preview["shares"])
    context = {"office": place, "source": source, "form": form, "preview": preview, "stale": "seen" in request.POST}
    context["back"] = f"{reverse('desk:team')}?office={place.code}"
    return render(request, "desk/team/share.html", context, status=422 if form.errors else 200)


def _source(members: list[Member], public_id: str) -> Member:
    """Whose cases they are: a colleague, or nobody."""
    for member in members:
        if public_id == member.key and member.load.cases:
            return member
    raise Http404


def _preview(place: Office, source: Member, others: list[Member], form: ShareForm, on: dt.date) -> dict[str, Any]:
    """Who would get which cases; the seal says whether it is still the same when it is confirmed."""
    _label, order = ORDERS[form.cleaned_data["order"]]
    held = Case.objects.filter(office=place, counselor=source.user, closed_on__isnull=True)
    cases = list(held.select_related("person", "decision").order_by(*order)[: form.cleaned_data["number"]])
    chosen = [member for member in others if member.key in form.cleaned_data["to"]]
    by_user = {member.user: member.load.cases for member in chosen if member.user}
    shares = share_evenly(cases, by_user)
    text = repr([(user.pk, [case.pk for case in given]) for user, given in shares.items()])
    lines = [
        {"user": user, "before": by_user[user], "cases": given, "after": by_user[user] + len(given)}
        for user, given in shares.items()
    ]
    seal = hashlib.sha256(f"{on} {text}".encode()).hexdigest()[:32]
    return {"shares": shares, "lines": lines, "number": len(cases), "seal": seal}


def _done(request: StaffRequest, place: Office, source: Member, shares: dict[User, list[Case]]) -> HttpResponse:
    try:
        number = share_out_cases(actor=request.user, shares=shares, source=source.user, on=request.today)
    except CaseError as error:
        messages.error(request, str(error))
    else:
        done = ngettext("%(number)d case was given.", "%(number)d cases were given.", number)
        messages.success(request, done % {"number": number})
    return redirect(f"{reverse('desk:team')}?office={place.code}")
