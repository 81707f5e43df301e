"""The forms about certificates: a reason."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """Why, in words that the person will read."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The person reads this."),
    )


class IssueForm(forms.Form):
    """Nothing to fill in: the rules have said it."""


class AssessedForm(forms.Form):
    """Why a paper is issued that the rules have no condition for."""

    reason = forms.CharField(
        label=_("Why it is issued"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What was assessed, and what it rests on. Kept with the certificate."),
    )
