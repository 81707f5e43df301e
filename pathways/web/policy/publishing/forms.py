"""The words that a step on the way into force asks for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class NoteForm(forms.Form):
    """What the second person should know."""

    note = forms.CharField(
        label=_("Note for the second person"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReasonForm(forms.Form):
    """Why something is stopped, ended or left."""

    reason = forms.CharField(label=_("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class ScheduleForm(forms.Form):
    """Nothing but the act; a version that starts in the past says why."""

    def __init__(self, *args: object, backdated: bool, **kwargs: object) -> None:
        """The reason is asked where it is needed."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if backdated:
            self.fields["reason"] = ReasonForm.base_fields["reason"]
            self.fields["reason"].label = _("Why it starts in the past")
