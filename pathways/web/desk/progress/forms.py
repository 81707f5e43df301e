"""The form of a correction."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from pathways.attendance.models import Presence


class CorrectionForm(forms.Form):
    """The mark that should stand there, and why."""

    state = forms.ChoiceField(label=_("Right mark"), choices=Presence.Mark.choices)
    minutes_late = forms.IntegerField(label=_("Minutes late"), min_value=0, max_value=999, required=False)
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: signed on the wrong line, medical certificate received."),
    )  # fmt: skip
