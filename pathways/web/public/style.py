"""The style guide: every component on one page with invented contents, in demo and debug mode only."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from django import forms
from django.contrib import messages
from django.shortcuts import render

from pathways.web.wording import NOTES, OUTCOMES

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

ENTERED = {"email": "nour@", "municipality": "44021", "born": "2004-02-30", "motive": "work"}


class SampleForm(forms.Form):
    """One field of each shape."""

    name = forms.CharField(label="Last name", help_text="As on the residence card.")
    email = forms.EmailField(label="E-mail", required=False)
    municipality = forms.ChoiceField(label="Municipality", choices=[("44021", "Ghent"), ("21004", "Brussels")])
    born = forms.DateField(label="Date of birth", widget=forms.DateInput(attrs={"type": "date"}))
    motive = forms.ChoiceField(
        label="Reason of stay", choices=[("family", "Family"), ("work", "Work")], widget=forms.RadioSelect
    )
    agreed = forms.BooleanField(label="The person was told about this", required=False)
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    file = forms.FileField(label="List of new residents", required=False, help_text="CSV or XLSX, at most 20 MB.")


def guide(request: HttpRequest) -> HttpResponse:
    """Every component, in the frame of the desk."""
    messages.success(request, "The invitation was sent to Khaled Mansour.")
    file = Path(__file__).with_name("style_samples.yaml")
    samples: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    context = {**samples, "form": SampleForm(ENTERED), "outcomes": OUTCOMES, "notes": NOTES}
    return render(request, "public/style.html", context)
