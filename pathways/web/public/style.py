"""The style guide: every component on one page with invented contents, in demo and debug mode only."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.shortcuts import render

from pathways.web.wording import NOTES, OUTCOMES

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

ON = dt.date(2026, 3, 17)
"""The day on which the examples are shown."""

STOPS: list[dict[str, Any]] = [
    {"state": "done", "title": "First contact", "lines": ["Done 9 Apr 2024", "Intake 1.5 h"]},
    {"state": "done", "title": "Contract", "lines": ["Done 14 May 2024"], "pause": True, "gap": "15 months pause", "attention": "Update to sign"},
    {"state": "done", "title": "Social orientation", "lines": ["Done 18 Dec 2025"]},
    {"state": "here", "title": "Dutch A2", "lines": ["In progress to 30 Apr", "102 of 150 h"]},
    {"state": "next", "title": "Career orientation", "lines": ["Next, 26 Mar 2026"]},
    {"state": "blocked", "title": "Participation", "lines": ["Blocked by stop 5"]},
    {"state": "later", "title": "Certificate", "lines": ["Forecast Sept 2026"]},
]
FUNNEL: list[dict[str, Any]] = [
    {"state": "done", "icon": "message-2", "title": "First contact", "count": 14, "href": "#", "gap": "usually 34 days", "attention": "2 late", "tone": "bad"},
    {"state": "done", "icon": "signature", "title": "Contract", "count": 9, "href": "#", "gap": "usually 12 days", "attention": "1 to sign today"},
    {"state": "done", "icon": "school", "title": "Courses", "count": 82, "href": "#", "gap": "usually 9 months"},
    {"state": "done", "icon": "certificate", "title": "Certificate", "count": 1118, "href": "#", "lines": ["since January"]},
]
QUEUE = [
    {"due": dt.date(2026, 3, 12), "who": "Khaled Mansour", "what": "Send the second invitation", "law": "Decree art. 27", "act": "Send invitation", "first": True},
    {"due": ON, "who": "Mariam Sesay", "what": "Sign the contract together", "law": "Order art. 12", "act": "Open contract", "first": False},
    {"due": dt.date(2026, 3, 18), "who": "Yusuf Demir", "what": "End or extend the postponement", "law": "Order art. 19", "act": "Review", "first": False},
    {"due": dt.date(2026, 4, 30), "who": "Aïşe Yılmaz-Öztürk", "what": "Register for social orientation", "law": "Contract art. 3", "act": "Register", "first": False},
]
EVENTS: list[dict[str, Any]] = [
    {"day": dt.date(2026, 3, 6), "title": "Contract update sent", "text": "Adds career orientation. Lotte Verbeeck", "icon": "file-text"},
    {"day": dt.date(2025, 9, 1), "title": "Decision: obliged again", "text": "Pause ended.", "icon": "gavel", "decision": True, "href": "#", "link": "Rule 6, version 2022"},
    {"day": dt.date(2024, 5, 14), "title": "Contract signed", "text": "With an Arabic interpreter", "icon": "signature"},
]  # fmt: skip


class SampleForm(forms.Form):
    """One field of each shape."""

    name = forms.CharField(label="Last name", help_text="As on the residence card.")
    email = forms.EmailField(label="E-mail", required=False)
    municipality = forms.ChoiceField(label="Municipality", choices=[("44021", "Ghent"), ("21004", "Brussels")])
    born = forms.DateField(label="Date of birth", widget=forms.DateInput(attrs={"type": "date"}))
    motive = forms.ChoiceField(label="Reason of stay", choices=[("family", "Family"), ("work", "Work")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="The person was told about this", required=False)
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    file = forms.FileField(label="List of new residents", required=False, help_text="CSV or XLSX, at most 20 MB.")


def guide(request: HttpRequest) -> HttpResponse:
    """Every component, in the frame of the desk."""
    messages.success(request, "The invitation was sent to Khaled Mansour.")
    form = SampleForm({"email": "nour@", "municipality": "44021", "born": "2004-02-30", "motive": "work"})
    return render(
        request,
        "public/style.html",
        {
            "on": ON, "stops": STOPS, "funnel": FUNNEL, "queue": QUEUE, "events": EVENTS, "form": form, "outcomes": OUTCOMES, "notes": NOTES,
            "whose": [{"label": "My cases", "href": "#", "current": True}, {"label": "Whole office", "href": "#", "current": False}],
        },
    )  # fmt: skip
